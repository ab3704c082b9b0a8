import { RemovalPolicy, Stack, Stage, Token, TokenComparison } from 'aws-cdk-lib';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** A replica is in another Region than its primary key, of the same account and partition. */
export function assertReplicaPlace(replica: IConstruct, primary: IConstruct, sibling?: IConstruct): void {
  const [here, there] = [Stack.of(replica), Stack.of(primary)];
  const unknown = [here, there].find(({ region }) => Token.isUnresolved(region));
  if (unknown) {
    throw new KmsPatternsError('ReplicaRegionUnknown',
      `the Regions of a primary key and its replicas are known before deployment, given: the stack ${unknown.node.path}, whose Region is not; `
      + 'give it an env with a region', replica);
  }
  const problem = here.region === there.region ? `${here.region}, where the primary key ${primary.node.path} is`
    : sibling ? `${here.region}, where ${sibling.node.path} is a replica of the same key`
      : inOnePartition(here, there) ? undefined
        : `${here.region} of the partition ${partitionOf(here)}, for a primary key in ${there.region} of ${partitionOf(there)}`;
  if (problem) {
    throw new KmsPatternsError('ReplicaRegionInvalid',
      `a multi-Region key has one key in a Region, and all in one partition, given: ${problem}; `
      + `${here.region === there.region || sibling ? 'use that one there, or ' : ''}make the replica in a stack of another Region`, replica);
  }
  // Two accounts that are both known at deployment only are taken for one: whoever deploys both stacks with one profile has it so.
  if ([TokenComparison.DIFFERENT, TokenComparison.ONE_UNRESOLVED].includes(Token.compareStrings(here.account, there.account))) {
    throw new KmsPatternsError('ReplicaOfAnotherAccount',
      `a replica is in the account of its primary key, given: ${accountOf(here)}, for a primary key in ${accountOf(there)}; `
      + 'give both stacks the same account in their env, and let other accounts in by grants', replica);
  }
  if (Stage.of(replica) !== Stage.of(primary)) {
    throw new KmsPatternsError('ReplicaOfAnotherStage',
      `stacks refer to others of their Stage only, given: a primary key at ${primary.node.path}; make both in one Stage`, replica);
  }
}

/** AWS KMS keeps a deleted primary key waiting for as long as one of its replicas is there. */
export function assertReplicaGoesWithPrimary(replica: IConstruct, removalPolicy: RemovalPolicy, ofPrimary: RemovalPolicy): void {
  if (ofPrimary === RemovalPolicy.DESTROY && removalPolicy !== RemovalPolicy.DESTROY) {
    throw new KmsPatternsError('ReplicaOutlivesPrimary',
      `AWS KMS deletes a primary key only after its replicas, given: removalPolicy ${removalPolicy} for the replica of a key with ${ofPrimary}; `
      + 'leave removalPolicy of the replica out, or retain the primary key', replica);
  }
}

/** `eu-west-1` → `EuWest1`. */
export function regionInSid(region: string): string {
  return region.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}

/** Regions that are newer than the library pass. */
function inOnePartition(one: Stack, other: Stack): boolean {
  const partitions = [one, other].map(partitionOf);
  return partitions.includes(undefined) || partitions[0] === partitions[1];
}

function partitionOf({ region }: Stack): string | undefined {
  return RegionInfo.get(region).partition;
}

function accountOf({ account }: Stack): string {
  return Token.isUnresolved(account) ? 'an account that is known at deployment only' : account;
}
