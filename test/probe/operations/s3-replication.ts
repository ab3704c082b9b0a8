import {
  CreateBucketCommand, DeleteBucketCommand, DeleteObjectsCommand, HeadObjectCommand, ListBucketsCommand, ListObjectVersionsCommand,
  PutBucketEncryptionCommand, PutBucketReplicationCommand, PutBucketTaggingCommand, PutBucketVersioningCommand, PutObjectCommand, S3Client,
} from '@aws-sdk/client-s3';
import { KmsService } from '../../../src';
import { bothOf, Operation, Sandbox, SandboxRegion, tagsOf } from '../operation';
import { cleanProbeRoles, makeProbeRole } from '../probe-role';

/** An object that Amazon S3 replicates. */
export const S3_REPLICATION: Operation = {
  name: 's3-replication',
  services: [KmsService.S3, KmsService.S3_REPLICATION],
  makes: 'an Amazon S3 bucket in each Region, a role, an object and its replica',
  dollars: 0.05,
  minutes: 40,

  async make(sandbox) {
    const { source, destination, partition, until } = sandbox;
    const Role = await makeProbeRole(sandbox, { service: 's3.amazonaws.com', actions: ['s3:*'] });
    const [Bucket, replica] = [await newBucket(sandbox, source), await newBucket(sandbox, destination)];
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
    await source.aws.s3.send(new PutObjectCommand({ Bucket, Key: 'probe', Body: 'probe' }));
    await until('the object is replicated', 25, async () => {
      const { ReplicationStatus } = await source.aws.s3.send(new HeadObjectCommand({ Bucket, Key: 'probe' }));
      if (ReplicationStatus === 'FAILED') {
        throw new Error('The object was not replicated');
      }
      return ReplicationStatus === 'COMPLETED' || ReplicationStatus === 'COMPLETE';
    });
  },

  async clean(place, sweep) {
    for (const { s3, region } of bothOf(place)) {
      // Buckets of both Regions are listed in either.
      await sweep.each(`bucket in ${region}`,
        async () => (await s3.send(new ListBucketsCommand({ Prefix: place.prefix, BucketRegion: region }))).Buckets?.filter(({ Name }) => Name!.endsWith(`-${region}`)),
        ({ Name }) => Name, ({ Name }) => emptied(s3, Name!));
    }
    await cleanProbeRoles(place, sweep);
  },
};

async function newBucket({ name, account }: Sandbox, { aws: { s3 }, region, key }: SandboxRegion): Promise<string> {
  const Bucket = `${name}-${account}-${region}`;
  await s3.send(new CreateBucketCommand({
    Bucket, ...region === 'us-east-1' ? {} : { CreateBucketConfiguration: { LocationConstraint: region as never } },
  }));
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: tagsOf(name) } }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await s3.send(new PutBucketEncryptionCommand({
    Bucket,
    ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: key }, BucketKeyEnabled: false }] },
  }));
  return Bucket;
}

async function emptied(s3: S3Client, Bucket: string): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length > 0) {
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
}
