import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** `default:mysql-8-0` among them. */
const NAME = /^[a-z][a-z0-9:-]{0,254}$/i;

/** Option groups by their names, which what copies in another Region must know before they are deployed. */
export function assertOptionGroups(copy: IConstruct, optionGroups: Readonly<Record<string, string>>): void {
  for (const [from, to] of Object.entries(optionGroups)) {
    const wrong = [from, to].find((name) => Token.isUnresolved(name) || !NAME.test(name));
    if (wrong !== undefined) {
      throw new KmsPatternsError('OptionGroupInvalid',
        `option groups are named by literals, that of the snapshot and that of its copy, given: ${Token.isUnresolved(wrong) ? 'a token' : `'${wrong}'`}; `
        + 'write for example { \'ledger-tde\': \'ledger-tde-sydney\' }', copy);
    }
  }
}
