import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { isUnderAwsKms, newLogBucket } from './log-bucket';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** A new bucket for the access logs of another, with the only encryption that Amazon S3 delivers them to. */
export function newAccessLogs(scope: Construct): s3.Bucket {
  return newLogBucket(scope, 'AccessLogs', 'Amazon S3 delivers access logs to buckets with SSE-S3 only.');
}

/** Amazon S3 drops the logs without a trace where the bucket has another encryption; of imported buckets only a given key is known. */
export function assertDeliverable(scope: IConstruct, logs: s3.IBucket): void {
  if (isUnderAwsKms(logs)) {
    throw new KmsPatternsError('AccessLogsNotDeliverable',
      `Amazon S3 delivers access logs to buckets with SSE-S3 only, given: ${logs.node.path}, which is encrypted under a key of AWS KMS; `
      + 'leave serverAccessLogsBucket out, or give a bucket with BucketEncryption.S3_MANAGED', scope);
  }
}
