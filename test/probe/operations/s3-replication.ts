import { HeadObjectCommand, PutBucketReplicationCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { KmsService } from '../../../src';
import { Operation, Sandbox } from '../operation';
import { cleanProbeBuckets, makeProbeBucket } from '../probe-bucket';
import { cleanProbeRoles, makeProbeRole } from '../probe-role';

/** An object that Amazon S3 replicates. */
export const S3_REPLICATION: Operation = {
  name: 's3-replication',
  services: [KmsService.S3, KmsService.S3_REPLICATION],
  makes: 'an Amazon S3 bucket in each Region, a role, an object and its replica',
  dollars: 0.05,
  minutes: 40,

  async make(sandbox) {
    const { source, destination } = sandbox;
    const Role = await makeProbeRole(sandbox, { service: 's3.amazonaws.com', actions: ['s3:*'] });
    const [Bucket, replica] = [await makeProbeBucket(sandbox, source), await makeProbeBucket(sandbox, destination)];
    await replicateTo(sandbox, { Bucket, replica, Role });
    await source.aws.s3.send(new PutObjectCommand({ Bucket, Key: 'probe', Body: 'probe' }));
    await untilReplicated(sandbox, Bucket, 25);
  },

  async clean(place, sweep) {
    await cleanProbeBuckets(place, sweep);
    await cleanProbeRoles(place, sweep);
  },
};

export interface Replication {
  readonly Bucket: string;
  /** The bucket of the destination. */
  readonly replica: string;
  readonly Role: string;
}

/** Replicates what is put into the bucket from now on. */
export async function replicateTo({ source, destination, partition, until }: Sandbox, { Bucket, replica, Role }: Replication): Promise<void> {
  await until('the role is known', 5, async () => {
    try {
      await source.aws.s3.send(new PutBucketReplicationCommand({
        Bucket,
        ReplicationConfiguration: {
          Role,
          Rules: [{
            ID: 'probe',
            Status: 'Enabled',
            Priority: 1,
            Filter: { Prefix: '' },
            DeleteMarkerReplication: { Status: 'Disabled' },
            SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
            Destination: { Bucket: `arn:${partition}:s3:::${replica}`, EncryptionConfiguration: { ReplicaKmsKeyID: destination.key } },
          }],
        },
      }));
      return true;
    } catch (error) {
      if ((error as Error).name === 'InvalidRequest') {
        return false; // IAM is consistent later only.
      }
      throw error;
    }
  });
}

export async function untilReplicated({ source, until }: Sandbox, Bucket: string, minutes: number): Promise<void> {
  await until('the object is replicated', minutes, async () => {
    const { ReplicationStatus } = await source.aws.s3.send(new HeadObjectCommand({ Bucket, Key: 'probe' }));
    if (ReplicationStatus === 'FAILED') {
      throw new Error('The object was not replicated');
    }
    return ReplicationStatus === 'COMPLETED' || ReplicationStatus === 'COMPLETE';
  });
}
