import { randomInt } from 'node:crypto';
import { GeneratedSource } from './wanted-parameter';
import { Refusal } from '../../private/custom-resource/refusal';

/** What an advanced parameter has room for. */
const MOST_CHARACTERS = 8192;

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
  const length = generatableLength(source.Length, alphabet.length, required.length);
  for (;;) {
    const value = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
    if (required.every((set) => set.some((character) => value.includes(character)))) {
      return value;
    }
  }
}

/** Options may be known at deployment only: of a length that no value has, the search for one would never end. */
function generatableLength(text: string, characters: number, kinds: number): number {
  if (characters === 0) {
    throw new Refusal('all characters are excluded from the generated value; exclude fewer');
  }
  const [length, least] = [Number(text), Math.max(kinds, 1)];
  if (!Number.isInteger(length) || length < least || length > MOST_CHARACTERS) {
    throw new Refusal(`a generated value has ${least} to ${MOST_CHARACTERS} characters, and the length is '${text}'; give such a length`);
  }
  return length;
}

/** The characters of a generated value, in the sets that it has one of each of. */
export function characterSets(source: Omit<GeneratedSource, 'Length'>): string[][] {
  return Object.entries(SETS)
    .filter(([option]) => source[option as keyof typeof SETS] !== 'true')
    .map(([, characters]) => [...characters].filter((character) => !(source.ExcludeCharacters ?? '').includes(character)))
    .filter((characters) => characters.length > 0);
}
