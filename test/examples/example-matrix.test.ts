import { readFileSync } from 'node:fs';
import { exampleMatrix, reviewedMatrix } from './example-matrix';
import { type Example, EXAMPLES } from '../support/example-app';

/** Where it may differ: `npx tsx --tsconfig tsconfig.dev.json test/examples/write-matrix.ts EXAMPLE`, then read every line that changed. */
test.each(Object.keys(EXAMPLES) as Example[])('who can do what with the keys of %s is what was read', (example) => {
  expect(exampleMatrix(example)).toBe(readFileSync(reviewedMatrix(example), 'utf8'));
});
