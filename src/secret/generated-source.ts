import { Token, Tokenization } from 'aws-cdk-lib';
import { GeneratedValueOptions } from './generated-value-options';
import { characterSets } from './handler/generated-value';
import { GeneratedSource as GeneratedProperties, ValueSource } from './handler/wanted-parameter';
import { ParameterOfValue, ParameterSource } from './parameter-source';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** A value that the function generates. */
export class GeneratedSource implements ParameterSource {
  constructor(private readonly options: GeneratedValueOptions) {}

  public bind({ construct, mostBytes }: ParameterOfValue): ValueSource {
    const { length = 32, revision, excludeCharacters } = this.options;
    const source: GeneratedProperties = {
      Length: Tokenization.stringifyNumber(length),
      ExcludeCharacters: excludeCharacters,
      ExcludeLowercase: flag(this.options.excludeLowercase),
      ExcludeUppercase: flag(this.options.excludeUppercase),
      ExcludeNumbers: flag(this.options.excludeNumbers),
      ExcludePunctuation: flag(this.options.excludePunctuation),
      RequireEachIncludedType: flag(this.options.requireEachIncludedType),
      Revision: revision,
    };
    const sets = characterSets(source);
    const least = Math.max(this.options.requireEachIncludedType === false ? 1 : sets.length, 1);
    if (sets.length === 0) {
      throw new KmsPatternsError('GeneratedValueWithoutCharacters',
        'a value is generated of the characters that are not excluded, given: all of them excluded; exclude fewer', construct);
    }
    if (!Token.isUnresolved(length) && (!Number.isInteger(length) || length < least || length > mostBytes)) {
      throw new KmsPatternsError('GeneratedValueLengthInvalid',
        `a value of this tier that has each of ${sets.length} kinds of characters is ${least} to ${mostBytes} long, given: ${length}; `
        + 'write such a length, or another tier', construct);
    }
    return { Generated: source };
  }
}

function flag(value?: boolean): string | undefined {
  return value === undefined ? undefined : `${value}`;
}
