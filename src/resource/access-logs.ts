import { Stack, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** A new bucket for the access logs of another, with the only encryption that Amazon S3 delivers them to. */
export function newAccessLogs(scope: Construct): s3.Bucket {
  const logs = new s3.Bucket(scope, 'AccessLogs', {
    encryption: s3.BucketEncryption.S3_MANAGED,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
  });
  const reason = 'Amazon S3 delivers access logs to buckets with SSE-S3 only.';
  Validations.of(logs).acknowledge(
    ...['NIST.800.53.R5-S3DefaultEncryptionKMS', 'HIPAA.Security-S3DefaultEncryptionKMS', 'PCI.DSS.321-S3DefaultEncryptionKMS'].map((id) => ({ id, reason })),
  );
  return logs;
}

/** Amazon S3 drops the logs without a trace where the bucket has another encryption; of imported buckets only a given key is known. */
export function assertDeliverable(scope: IConstruct, logs: s3.IBucket): void {
  if (isUnderAwsKms(logs)) {
    throw new KmsPatternsError('AccessLogsNotDeliverable',
      `Amazon S3 delivers access logs to buckets with SSE-S3 only, given: ${logs.node.path}, which is encrypted under a key of AWS KMS; `
      + 'leave serverAccessLogsBucket out, or give a bucket with BucketEncryption.S3_MANAGED', scope);
  }
}

/** Whether a bucket is known to have a key of AWS KMS. `BucketEncryption.KMS_MANAGED` and `DSSE_MANAGED` show none on the L2. */
export function isUnderAwsKms(bucket: s3.IBucket): boolean {
  const resource = bucket.node.defaultChild;
  return bucket.encryptionKey !== undefined
    || (s3.CfnBucket.isCfnBucket(resource) && JSON.stringify(Stack.of(bucket).resolve(resource.bucketEncryption) ?? {}).includes('"aws:kms'));
}
