import { Construct } from 'constructs';
import { SYDNEY } from './copies';
import { BucketDestination, BucketReplication, BucketReplicationProps, EncryptedBucket, SnapshotDestination } from '../../src';

/** A bucket whose objects are replicated to Sydney. */
export function replicatedBucket(scope: Construct, id = 'Invoices', props: Partial<BucketReplicationProps> = {}): BucketReplication {
  const source = props.source ?? new EncryptedBucket(scope, id);
  return new BucketReplication(scope, `${id}Copies`, { source, destination: newBucketIn(SYDNEY), ...props });
}

export function newBucketIn(region: string): BucketDestination {
  return BucketDestination.newBucket(SnapshotDestination.inRegion(region));
}

/** The first rule by which a bucket of a template is replicated. */
export function ruleIn(template: { Resources: Record<string, any> }): any {
  return Object.values(template.Resources).flatMap(({ Properties }) => Properties.ReplicationConfiguration?.Rules ?? [])[0];
}
