import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { GeneratedSecretOptions } from './generated-secret-options';
import { KmsPatternsError } from '../private/kms-patterns-error';

const LONGEST = 4096;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Refuses what AWS Secrets Manager cannot generate, which fails the deployment otherwise. */
export function assertGeneratable(secret: IConstruct, options: GeneratedSecretOptions): void {
  const { passwordLength: length = 32, excludeCharacters = '', requireEachIncludedType = true } = options;
  if (Token.isUnresolved(length) || Token.isUnresolved(excludeCharacters)) {
    return;
  }
  const kinds = [
    options.excludeLowercase ? '' : LETTERS,
    options.excludeUppercase ? '' : LETTERS.toUpperCase(),
    options.excludeNumbers ? '' : '0123456789',
    options.excludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    options.includeSpace ? ' ' : '',
  ].filter((characters) => [...characters].some((character) => !excludeCharacters.includes(character)));
  if (kinds.length === 0) {
    throw new KmsPatternsError('GeneratedSecretWithoutCharacters',
      'a value is generated of the characters that are not excluded, given: all of them excluded; exclude fewer', secret);
  }
  const least = requireEachIncludedType ? kinds.length : 1;
  if (!Number.isInteger(length) || length < least || length > LONGEST) {
    throw new KmsPatternsError('GeneratedSecretLengthInvalid',
      `a value that has ${requireEachIncludedType ? 'each' : 'any'} of ${kinds.length} kinds of characters is ${least} to ${LONGEST} long, given: ${length}; `
      + 'write such a passwordLength', secret);
  }
}
