#!/usr/bin/env node
import { readFileSync } from 'fs';
import { join } from 'path';
import { main } from './main';

const { version } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string };

void main(process.argv.slice(2), process, version).then((code) => {
  process.exitCode = code;
});
