import { Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, inPacks } from '../private/acknowledgement';

/**
 * A new bucket for logs of a service, with SSE-S3.
 *
 * @param reason why it has no other encryption
 */
export function newLogBucket(scope: Construct, id: string, reason: string, serverAccessLogsBucket?: s3.IBucket): s3.Bucket {
  const logs = new s3.Bucket(scope, id, {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    serverAccessLogsBucket,
  });
  acknowledge(logs, reason, inPacks('S3DefaultEncryptionKMS'));
  return logs;
}

/** Whether a bucket is known to have a key of AWS KMS. `BucketEncryption.KMS_MANAGED` and `DSSE_MANAGED` show none on the L2. */
export function isUnderAwsKms(bucket: s3.IBucket): boolean {
  const resource = bucket.node.defaultChild;
  return bucket.encryptionKey !== undefined
    || (s3.CfnBucket.isCfnBucket(resource) && JSON.stringify(Stack.of(bucket).resolve(resource.bucketEncryption) ?? {}).includes('"aws:kms'));
}
