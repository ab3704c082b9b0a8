import {
  CreateBucketCommand, DeleteBucketCommand, DeleteObjectsCommand, ListBucketsCommand, ListObjectVersionsCommand, PutBucketEncryptionCommand,
  PutBucketTaggingCommand, PutBucketVersioningCommand, S3Client,
} from '@aws-sdk/client-s3';
import { bothOf, Place, Sandbox, SandboxRegion, tagsOf } from './operation';
import { Sweep } from './sweep';

/** Makes a bucket with versions, under the key of its Region, and returns its name. */
export async function makeProbeBucket({ name, account }: Sandbox, { aws: { s3 }, region, key }: SandboxRegion): Promise<string> {
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

export async function cleanProbeBuckets(place: Place, sweep: Sweep): Promise<void> {
  for (const { s3, region } of bothOf(place)) {
    // Buckets of both Regions are listed in either.
    await sweep.each(`bucket in ${region}`,
      async () => (await s3.send(new ListBucketsCommand({ Prefix: place.prefix, BucketRegion: region }))).Buckets?.filter(({ Name }) => Name!.endsWith(`-${region}`)),
      ({ Name }) => Name, ({ Name }) => emptied(s3, Name!));
  }
}

async function emptied(s3: S3Client, Bucket: string): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length > 0) {
    await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  }
  await s3.send(new DeleteBucketCommand({ Bucket }));
}
