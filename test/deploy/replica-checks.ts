import { GetBucketReplicationCommand, GetBucketVersioningCommand } from '@aws-sdk/client-s3';
import { type Checks } from './checks';
import { type DeployedResource } from './deployed-resource';
import { storeKey } from './store-keys';

/** Every bucket that is replicated is replicated to buckets that keep all versions, under the keys that those say they are encrypted under. */
export async function checkReplicas(checks: Checks, resources: DeployedResource[]): Promise<void> {
  const buckets = resources.filter(({ type }) => type === 'AWS::S3::Bucket');
  for (const source of buckets.filter(({ property }) => property('ReplicationConfiguration'))) {
    const { ReplicationConfiguration: found } = await source.aws.s3.send(new GetBucketReplicationCommand({ Bucket: source.physicalId }));
    const destinations = found?.Rules?.map(({ Destination }) => Destination!) ?? [];
    checks.equal(`${source.path} is replicated by each of its rules`, destinations.length, source.property('ReplicationConfiguration').Rules.length);
    for (const { Bucket, EncryptionConfiguration } of destinations) {
      const replica = buckets.find(({ physicalId }) => Bucket === `arn:aws:s3:::${physicalId}`);
      if (!replica) {
        checks.fail(`${source.path} is replicated to ${Bucket}, which is no bucket of the example.`);
        continue;
      }
      const { Status } = await replica.aws.s3.send(new GetBucketVersioningCommand({ Bucket: replica.physicalId }));
      checks.equal(`${source.path} is replicated under the key of ${replica.path}`, EncryptionConfiguration?.ReplicaKmsKeyID, await storeKey(replica)?.key(replica));
      checks.equal(`${replica.path} keeps all versions`, Status, 'Enabled');
    }
  }
}
