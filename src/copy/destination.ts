import { Stack, Stage, Token, TokenComparison } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { isRegionName } from '../private/region-name';

/** Where copies go, and the key that they are encrypted under there. */
export interface Destination {
  readonly stack: Stack;
  readonly key: ICustomerManagedKey;
}

/** Copies go to another Region than their source, of the same partition, both known before deployment. */
export function assertOtherRegion(copy: IConstruct, source: Stack, region: string): void {
  if (Token.isUnresolved(source.region)) {
    throw new KmsPatternsError('SourceRegionUnknown',
      `a stack cannot refer to a key of another Region before its own is known, given: ${source.node.path} without a Region; give the stack an env with a region`,
      copy);
  }
  const [from, to] = [source.region, region].map((name) => RegionInfo.get(name).partition);
  const problem = Token.isUnresolved(region) ? 'one that is known at deployment only'
    : !isRegionName(region) ? `'${region}'`
      : region === source.region ? `${region}, where the source is`
        : from && to && from !== to ? `${region}, which is in the partition ${to}, while ${source.region} is in ${from}` : undefined;
  if (problem) {
    throw new KmsPatternsError('DestinationRegionInvalid',
      `copies go to another Region of the same partition, known before deployment, given: ${problem}; write a Region such as ap-southeast-2`, copy);
  }
}

/** A key of AWS takes no policy, and other languages let it pass. */
export function assertCustomerManaged(copy: IConstruct, key: ICustomerManagedKey): void {
  if (typeof key?.via !== 'function') {
    throw new KmsPatternsError('KeyNotCustomerManaged',
      `a key of your own encrypts copies, given: ${(key as IConstruct | undefined)?.node?.path ?? 'none'}; write a CustomerManagedKey, or import one with `
      + 'CustomerManagedKey.fromKeyArn', copy);
  }
}

/** A stack and a key that were given: they are in one Region, and deployed together with the source. */
export function assertReachable(copy: IConstruct, source: Stack, { stack, key }: Destination): void {
  assertCustomerManaged(copy, key);
  if (Token.compareStrings(key.env.region, stack.region) !== TokenComparison.SAME) {
    const given = Token.isUnresolved(key.env.region) ? 'a Region that is known at deployment only' : key.env.region;
    throw new KmsPatternsError('DestinationKeyOfAnotherRegion',
      `a copy is encrypted under a key of its own Region, given: ${key.node.path} in ${given}, for ${stack.node.path} in ${stack.region}; `
      + `make a CustomerManagedKey in ${stack.region}, or leave it to SnapshotDestination.inRegion('${stack.region}')`, copy);
  }
  if (Stage.of(stack) !== Stage.of(source)) {
    throw new KmsPatternsError('DestinationInAnotherStage',
      `the destination is deployed before the source, in the same Stage, given: ${stack.node.path} for ${source.node.path}; `
      + 'give a stack of the Stage of the source, or import the key there with CustomerManagedKey.fromKeyArn', copy);
  }
}

/** Of several destinations, no two are in one Region: the second copy would be a copy of nothing new. */
export function assertRegionsOnce(copy: IConstruct, destinations: readonly { readonly stack: Pick<Stack, 'region'> }[]): void {
  const regions = destinations.map(({ stack }) => stack.region);
  const twice = regions.find((region, index) => regions.indexOf(region) < index);
  if (twice !== undefined) {
    throw new KmsPatternsError('DestinationRegionTwice', `copies go to each Region once, given: ${twice} twice; leave one of the destinations there out`, copy);
  }
}

/** For services that copy within an account only. Accounts that are not known yet pass. */
export function assertSameAccount(copy: IConstruct, source: Stack, stack: Stack, service: string): void {
  if (Token.compareStrings(stack.account, source.account) === TokenComparison.DIFFERENT) {
    throw new KmsPatternsError('DestinationInAnotherAccount',
      `${service} within an account only, given: ${stack.node.path} in ${stack.account}, for a source in ${source.account}; give a stack of ${source.account}`, copy);
  }
}

/** Who copies, and what lets it in, is another matter in another account. */
export function assertAccountsKnown(copy: IConstruct, source: Stack, there: Stack): void {
  if (Token.compareStrings(source.account, there.account) === TokenComparison.ONE_UNRESOLVED) {
    const [known, unknown] = Token.isUnresolved(source.account) ? [there, source] : [source, there];
    throw new KmsPatternsError('CopyAccountUnknown',
      `copies to another account need other statements than copies within one, given: ${known.node.path} in ${known.account}, and ${unknown.node.path} without an account; `
      + 'give both stacks an env with an account', copy);
  }
}
