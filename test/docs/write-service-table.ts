import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { withServiceTable } from './readme';

const readme = join(__dirname, '../../README.md');
writeFileSync(readme, withServiceTable(readFileSync(readme, 'utf-8')));
