import { Token, TokenComparison } from 'aws-cdk-lib';

/** Where something is. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** Whether one is in another account or Region than the other, as far as they are known before deployment. */
export function isElsewhere(one: Place, other: Place): boolean {
  return (['account', 'region'] as const).some((part) => Token.compareStrings(one[part], other[part]) === TokenComparison.DIFFERENT);
}
