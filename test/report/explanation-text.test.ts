import { EXPLAINED, explainedText, readTexts } from './explanations';

/** Where it may differ: `npx tsx --tsconfig tsconfig.dev.json test/report/write-explanations.ts`, then read every line that changed. */
test.each(EXPLAINED.map((row, i) => [row[0], row, i] as const))('explains what is %s as it was read', (_, row, i) => {
  expect(explainedText(row)).toBe(readTexts()[i]);
});

test('every text that was read is one that is asked for', () => {
  expect(readTexts().map((text) => /^## (.*)/.exec(text)?.[1])).toEqual(EXPLAINED.map(([about]) => about));
});
