import { randomInt } from 'node:crypto';
import { GeneratedSource } from './wanted-parameter';

/**
 * The sets of characters of AWS Secrets Manager, by the option that leaves each out. Without the opening brace: Parameter Store takes two
 * of them for a reference to another parameter.
 */
const SETS = {
  ExcludeLowercase: 'abcdefghijklmnopqrstuvwxyz',
  ExcludeUppercase: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  ExcludeNumbers: '0123456789',
  ExcludePunctuation: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`|}~',
};

/** A value that nobody knows before: every one that fits the options is as likely as every other. */
export function generatedValue(source: GeneratedSource): string {
  const sets = characterSets(source);
  const alphabet = sets.flat();
  const required = source.RequireEachIncludedType === 'false' ? [] : sets;
  for (;;) {
    const value = Array.from({ length: Number(source.Length) }, () => alphabet[randomInt(alphabet.length)]).join('');
    if (required.every((set) => set.some((character) => value.includes(character)))) {
      return value;
    }
  }
}

/** The characters of a generated value, in the sets that it has one of each of. */
export function characterSets(source: Omit<GeneratedSource, 'Length'>): string[][] {
  return Object.entries(SETS)
    .filter(([option]) => source[option as keyof typeof SETS] !== 'true')
    .map(([, characters]) => [...characters].filter((character) => !(source.ExcludeCharacters ?? '').includes(character)))
    .filter((characters) => characters.length > 0);
}
