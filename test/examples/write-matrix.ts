import { writeFileSync } from 'node:fs';
import { exampleMatrix, reviewedMatrix } from './example-matrix';
import { type Example, EXAMPLES } from '../support/example-app';

/** `npx tsx --tsconfig tsconfig.dev.json test/examples/write-matrix.ts [EXAMPLE…]` */
const chosen = process.argv.slice(2);
for (const example of (Object.keys(EXAMPLES) as Example[]).filter((name) => chosen.length === 0 || chosen.includes(name))) {
  writeFileSync(reviewedMatrix(example), exampleMatrix(example));
}
