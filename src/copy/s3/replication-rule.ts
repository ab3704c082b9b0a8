import { Names } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ReplicaBucket } from './bucket-destination';
import { BucketReplicationProps } from './bucket-replication-props';

/** What Amazon S3 Replication Time Control promises, and the only threshold that there is. */
const PROMISED = { minutes: 15 };

/**
 * A rule of a replication, in the second version of the configuration, which has a filter.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-replicationrule.html
 */
export function replicationRule(
  copy: Construct, props: BucketReplicationProps, { arn, key, account, foreign }: ReplicaBucket, priority: number,
): s3.CfnBucket.ReplicationRuleProperty {
  const { storageClass, deleteMarkers, replicaModifications, replicationTimeControl, metrics = true } = props;
  return {
    id: ruleId(copy),
    priority,
    status: 'Enabled',
    filter: filterOf(props),
    sourceSelectionCriteria: {
      sseKmsEncryptedObjects: { status: 'Enabled' },
      ...replicaModifications ? { replicaModifications: { status: 'Enabled' } } : {},
    },
    deleteMarkerReplication: { status: deleteMarkers ? 'Enabled' : 'Disabled' },
    destination: {
      bucket: arn,
      encryptionConfiguration: { replicaKmsKeyId: key.keyArn },
      storageClass: storageClass?.value,
      // Another account is to own the replicas.
      ...foreign ? { account, accessControlTranslation: { owner: 'Destination' } } : {},
      ...replicationTimeControl ? { replicationTime: { status: 'Enabled', time: PROMISED } } : {},
      // Amazon S3 refuses a threshold without time control, which AWS CDK's own bucket always writes.
      ...metrics ? { metrics: { status: 'Enabled', ...replicationTimeControl ? { eventThreshold: PROMISED } : {} } } : {},
    },
  };
}

/** The name of the rule, which its metrics carry. */
export function ruleId(copy: Construct): string {
  return Names.uniqueResourceName(copy, { maxLength: 255, separator: '-' });
}

/** Exactly one of a prefix, a tag, or several of them together. */
function filterOf({ prefix = '', tags = {} }: BucketReplicationProps): s3.CfnBucket.ReplicationRuleFilterProperty {
  const tagFilters = Object.entries(tags).map(([key, value]) => ({ key, value }));
  if (tagFilters.length === 0) {
    return { prefix };
  }
  return tagFilters.length === 1 && prefix === '' ? { tagFilter: tagFilters[0] } : { and: { ...prefix === '' ? {} : { prefix }, tagFilters } };
}
