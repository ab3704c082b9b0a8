import { readFileSync } from 'node:fs';
import { dataPlatformMatrix, REVIEWED_MATRIX } from './data-platform-matrix';

/** Where it may differ: `npx tsx --tsconfig tsconfig.dev.json test/examples/write-data-platform-matrix.ts`, then read every line that changed. */
test('who can do what with the keys of data-platform is what was read', () => {
  expect(dataPlatformMatrix()).toBe(readFileSync(REVIEWED_MATRIX, 'utf8'));
});
