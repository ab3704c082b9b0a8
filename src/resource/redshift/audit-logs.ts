import { Arn, ArnFormat, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { Construct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { newAccessLogs } from '../access-logs';
import { isUnderAwsKms, newLogBucket } from '../log-bucket';

/** A new bucket for the audit logs of a cluster, with the only encryption that Amazon Redshift writes them to. */
export function newAuditLogs(cluster: Construct): s3.Bucket {
  return newLogBucket(cluster, 'AuditLogs', 'Amazon Redshift writes audit logs to buckets with SSE-S3 only.', newAccessLogs(cluster));
}

/** Amazon Redshift writes no audit logs to buckets with another encryption; of imported buckets only a given key is known. */
export function assertWritable(cluster: Construct, logs: s3.IBucket): void {
  if (isUnderAwsKms(logs)) {
    throw new KmsPatternsError('AuditLogsNotDeliverable',
      `Amazon Redshift writes audit logs to buckets with SSE-S3 only, given: ${logs.node.path}, which is encrypted under a key of AWS KMS; `
      + 'leave auditLogsBucket out, or give a bucket with BucketEncryption.S3_MANAGED', cluster);
  }
}

/**
 * Lets Amazon Redshift write the audit logs of this cluster, or of the clusters of this account and Region where its name is not known before.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html#db-auditing-bucket-permissions
 */
export function letAuditLogsIn(cluster: Construct, logs: s3.IBucket, clusterIdentifier?: string): iam.AddToResourcePolicyResult {
  const stack = Stack.of(cluster);
  const resourceName = clusterIdentifier === undefined || Token.isUnresolved(clusterIdentifier) ? '*' : clusterIdentifier;
  return logs.addToResourcePolicy(new iam.PolicyStatement({
    sid: 'AuditLogsOfRedshift',
    principals: [new iam.ServicePrincipal(servicePrincipal(stack.region))],
    actions: ['s3:GetBucketAcl', 's3:PutObject'],
    resources: [logs.bucketArn, logs.arnForObjects('*')],
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: {
        'aws:SourceArn': Arn.format({ service: 'redshift', resource: 'cluster', resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }, stack),
      },
    },
  }));
}

/** Regions that an account must opt in to have a service principal of their own. */
function servicePrincipal(region: string): string {
  return !Token.isUnresolved(region) && RegionInfo.get(region).isOptInRegion ? `redshift.${region}.amazonaws.com` : 'redshift.amazonaws.com';
}
