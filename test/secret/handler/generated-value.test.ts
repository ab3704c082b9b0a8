import fc from 'fast-check';
import { characterSets, generatedValue } from '../../../src/secret/handler/generated-value';
import { GeneratedSource } from '../../../src/secret/handler/wanted-parameter';

const flag = fc.constantFrom(undefined, 'true', 'false');
const sources = fc.record<GeneratedSource>({
  Length: fc.integer({ min: 4, max: 60 }).map(String),
  ExcludeCharacters: fc.option(fc.string({ maxLength: 8 }), { nil: undefined }),
  ExcludeLowercase: flag,
  ExcludeUppercase: flag,
  ExcludeNumbers: flag,
  ExcludePunctuation: flag,
  RequireEachIncludedType: flag,
}).filter((source) => characterSets(source).length > 0);

test('a value has the length, the characters and the kinds of characters that are asked for', () => {
  fc.assert(fc.property(sources, (source) => {
    const value = generatedValue(source);
    const sets = characterSets(source);
    expect(value).toHaveLength(Number(source.Length));
    expect([...value].filter((character) => !sets.flat().includes(character) || source.ExcludeCharacters?.includes(character))).toEqual([]);
    if (source.RequireEachIncludedType !== 'false') {
      expect(sets.filter((set) => !set.some((character) => value.includes(character)))).toEqual([]);
    }
  }));
});

test('a value has no opening brace, two of which Parameter Store takes for a reference', () => {
  expect(characterSets({}).flat()).toHaveLength(93);
  expect(characterSets({}).flat()).not.toContain('{');
});

test('values differ, and every character is as likely as every other', () => {
  const counts = new Map<string, number>();
  const values = Array.from({ length: 200 }, () => generatedValue({ Length: '100', ExcludePunctuation: 'true', RequireEachIncludedType: 'false' }));
  [...values.join('')].forEach((character) => counts.set(character, (counts.get(character) ?? 0) + 1));

  expect(new Set(values).size).toBe(200);
  // 20,000 characters of 62: 323 of each, more or less 7 standard deviations.
  expect([...counts.values()].every((count) => count > 200 && count < 450)).toBe(true);
  expect(counts.size).toBe(62);
});

test('the longest value is generated at once', () => {
  expect(generatedValue({ Length: '8192', ExcludeLowercase: 'true', ExcludeUppercase: 'true', ExcludeNumbers: 'true' })).toHaveLength(8192);
});

// The length may be known at deployment only.
test.each<[string, Partial<GeneratedSource>, string]>([
  ['no number', { Length: 'long' }, '4 to 8192 characters, and the length is \'long\''],
  ['nothing', { Length: '0', RequireEachIncludedType: 'false' }, '1 to 8192 characters, and the length is \'0\''],
  ['less than one of each kind', { Length: '3' }, '4 to 8192 characters, and the length is \'3\''],
  ['half a character', { Length: '20.5' }, '4 to 8192 characters, and the length is \'20.5\''],
  ['more than a parameter takes', { Length: '100000000' }, '4 to 8192 characters, and the length is \'100000000\''],
])('fails for a length of %s', (_what, source, text) => {
  expect(() => generatedValue({ Length: '20', ...source })).toThrow(new Error(`a generated value has ${text}; give such a length`));
});

test('fails where all characters are excluded, which may be known at deployment only', () => {
  expect(() => generatedValue({ Length: '20', ExcludeCharacters: characterSets({}).flat().join('') })).toThrow(
    new Error('all characters are excluded from the generated value; exclude fewer'));
});
