import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from './kms-patterns-error';
import { outermost } from './outermost-stack';

/** Refuses a second construct of a class in an account and Region, which have one such setting. Places that are not known yet pass. */
export function assertOnlyOneInRegion(construct: IConstruct, type: Function, setting: string): void {
  const { account, region } = Stack.of(construct);
  const others = construct.node.root.node.findAll().filter((candidate) => candidate !== construct && candidate instanceof type);
  const other = others.find((candidate) => samePlace(candidate, construct));
  if (other) {
    const place = Token.isUnresolved(account) || Token.isUnresolved(region) ? 'the same stack' : `${account} and ${region}`;
    throw new KmsPatternsError('SettingTwice',
      `an account has one ${setting} in each Region, given: ${other.node.path} and ${construct.node.path} for ${place}; leave one of them out`, construct);
  }
}

function samePlace(one: IConstruct, other: IConstruct): boolean {
  const [a, b] = [Stack.of(one), Stack.of(other)];
  const same = (x: string, y: string) => Token.compareStrings(x, y) === TokenComparison.SAME;
  return outermost(a) === outermost(b) || (same(a.account, b.account) && same(a.region, b.region));
}
