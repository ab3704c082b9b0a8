import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { IConstruct } from 'constructs';
import { ReplicaBucket } from './bucket-destination';
import { BucketReplicationProps } from './bucket-replication-props';
import { versionsLost } from './replication-rules';
import { isElsewhere } from '../../private/elsewhere';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { templateProperties } from '../../private/template-properties';
import { EncryptedBucket } from '../../resource/encrypted-bucket';

/** Refuses what Amazon S3 would refuse, or leave undone. */
export function assertReplicable(copy: IConstruct, props: BucketReplicationProps, { stack, foreign }: ReplicaBucket): void {
  const { source, tags = {}, deleteMarkers, replicationTimeControl, metrics = true, maxAge } = props;
  assertBesideSource(copy, source);
  if (deleteMarkers && Object.keys(tags).length > 0) {
    throw new KmsPatternsError('DeleteMarkersByTag',
      `Amazon S3 replicates delete markers of objects that are chosen by a prefix, not by tags, given: deleteMarkers, and the tags ${Object.keys(tags).join(', ')}; `
      + 'leave one of them out', copy);
  }
  const needed = replicationTimeControl ? 'replicationTimeControl' : maxAge ? 'maxAge' : undefined;
  if (!metrics && needed) {
    throw new KmsPatternsError('MetricsNeeded', `${needed} needs the metrics of the replication, given: metrics: false; leave metrics out`, copy);
  }
  if (maxAge && (!stack || foreign)) {
    throw new KmsPatternsError('DelayOutOfReach',
      'Amazon S3 tells how far replicas are behind in the Region of the destination, where the alarm needs a stack of this app in the account of the source, given: '
      + `maxAge for a destination ${stack ? 'of another account' : 'that is known by its name'}; leave maxAge out, or make the alarm there`, copy);
  }
}

/** What aspects, mixins and escape hatches made of a destination that this app deploys, in the words of an error. */
export function replicaProblems({ bucket: source }: EncryptedBucket, { bucket, stack }: ReplicaBucket): string[] {
  if (!stack) {
    return [];
  }
  const [from, to] = [source, bucket].map(({ node }) => node.defaultChild as s3.CfnBucket);
  const { ObjectLockEnabled, VersioningConfiguration } = templateProperties(to);
  return [
    ...VersioningConfiguration?.Status === 'Enabled' ? [] : [versionsLost(to)],
    ...templateProperties(from).ObjectLockEnabled !== true || ObjectLockEnabled === true ? [] : [
      `ReplicaNotLocked: Amazon S3 replicates a bucket that locks objects to one that locks them, too, given: ${to.node.path}, which does not; `
      + 'give it objectLockEnabled: true, or leave it to BucketDestination.newBucket',
    ],
  ];
}

/** The role and the alarm of failures are where the source is. */
function assertBesideSource(copy: IConstruct, source: EncryptedBucket): void {
  const [here, there] = [copy, source].map((construct) => Stack.of(construct));
  if (isElsewhere(here, there)) {
    throw new KmsPatternsError('ReplicationElsewhere',
      `a replication is in the account and Region of its source, given: ${here.node.path} for ${there.node.path}; write it in the stack of the source`, copy);
  }
}
