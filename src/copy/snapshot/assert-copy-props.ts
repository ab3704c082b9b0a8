import { Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { SnapshotCopyProps } from '../snapshot-copy-props';

/** What no deployment would refuse, and no copy would survive. */
export function assertCopyProps(copy: IConstruct, { attempts, copiesAtOnce, retention, tags = {} }: SnapshotCopyProps): void {
  const days = retention?.isUnresolved() ? undefined : retention?.toDays({ integral: false });
  assertWhole(copy, 'attempts', attempts, 10);
  assertWhole(copy, 'copiesAtOnce', copiesAtOnce, 100);
  assertWhole(copy, 'retention', days, 36_500, ' days');
  const tag = Object.entries(tags).flat().find((text) => Token.isUnresolved(text)) ?? Object.keys(tags).find((key) => /^(aws:|$)/i.test(key));
  if (tag !== undefined) {
    throw new KmsPatternsError('CopyTagInvalid',
      `snapshots are chosen by tags that people give, known before deployment, given: ${Token.isUnresolved(tag) ? 'a token' : `'${tag}'`}; `
      + 'write for example { backup: \'daily\' }', copy);
  }
}

function assertWhole(copy: IConstruct, name: string, value: number | undefined, most: number, unit = ''): void {
  if (value !== undefined && (!Number.isInteger(value) || value < 1 || value > most)) {
    const given = Token.isUnresolved(value) ? 'a token' : value;
    throw new KmsPatternsError('CopyNumberInvalid', `${name} is 1 to ${most}${unit}, given: ${given}; write a whole number in between, or leave it out`, copy);
  }
}
