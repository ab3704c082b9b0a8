import { writeFileSync } from 'node:fs';
import { EXPLAINED, explainedText, READ } from './explanations';

writeFileSync(READ, EXPLAINED.map(explainedText).join('\n'));
