import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedBucket, EncryptedRedshiftClusterProps, KmsService } from '../../../src';
import { theOnly } from '../../support/databases';
import { newApp } from '../../support/key-stack';
import { templateOf } from '../../support/template-difference';
import { newCluster } from '../../support/warehouses';

type Env = { account?: string; region?: string };

/** The statement that lets Amazon Redshift in. */
function letIn(given: Partial<EncryptedRedshiftClusterProps> = {}, env?: Env): any {
  const template = templateOf((scope) => newCluster(scope, given), { env });
  return template.Resources.WarehouseAuditLogsPolicy95770A58.Properties.PolicyDocument.Statement.find(({ Sid }: any) => Sid === 'AuditLogsOfRedshift');
}

test('go to a new bucket with SSE-S3, no public access, TLS and versions, whose access is logged', () => {
  const { Resources } = templateOf((scope) => newCluster(scope, { auditLogsPrefix: 'sales' }));

  expect(Resources.Warehouse.Properties.LoggingProperties).toEqual({ BucketName: { Ref: 'WarehouseAuditLogsFE0093FF' }, S3KeyPrefix: 'sales' });
  expect(Resources.WarehouseAuditLogsFE0093FF).toMatchObject({
    DeletionPolicy: 'Retain',
    Properties: {
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      LoggingConfiguration: { DestinationBucketName: { Ref: 'WarehouseAccessLogs4B360937' } },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
    },
  });
});

test.each<[string, Partial<EncryptedRedshiftClusterProps>, string]>([
  ['of the cluster where its name is known', { clusterIdentifier: 'sales' }, 'sales'],
  ['of any cluster of the account and Region where it is not', {}, '*'],
])('are let in %s', (_which, given, name) => {
  expect(letIn(given)).toEqual({
    Sid: 'AuditLogsOfRedshift',
    Effect: 'Allow',
    Principal: { Service: 'redshift.amazonaws.com' },
    Action: ['s3:GetBucketAcl', 's3:PutObject'],
    Resource: [
      { 'Fn::GetAtt': ['WarehouseAuditLogsFE0093FF', 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['WarehouseAuditLogsFE0093FF', 'Arn'] }, '/*']] },
    ],
    Condition: {
      StringEquals: { 'aws:SourceAccount': '111122223333' }, ArnLike: { 'aws:SourceArn': `arn:aws:redshift:eu-west-2:111122223333:cluster:${name}` },
    },
  });
});

test.each([
  ['eu-west-2', 'redshift.amazonaws.com'],
  ['ap-east-1', 'redshift.ap-east-1.amazonaws.com'],
  ['cn-north-1', 'redshift.amazonaws.com'],
  ['us-gov-west-1', 'redshift.amazonaws.com'],
])('of a cluster in %s are written by %s', (region, service) => {
  expect(letIn({}, { account: '111122223333', region }).Principal).toEqual({ Service: service });
});

test('of a cluster in a Region that is known at deployment only are written by redshift.amazonaws.com', () => {
  expect(letIn({}, {})).toMatchObject({ Principal: { Service: 'redshift.amazonaws.com' }, Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } } });
});

test('go to a bucket of another stack, which lets them in first', () => {
  const app: App = newApp();
  const env = { account: '111122223333', region: 'eu-west-2' };
  const central = new Stack(app, 'Central', { env });
  const data = new Stack(app, 'Data', { env });
  const auditLogsBucket = new s3.Bucket(central, 'Logs', { encryption: s3.BucketEncryption.S3_MANAGED });
  newCluster(data, { auditLogsBucket });

  const { PolicyDocument } = theOnly(Template.fromStack(central).toJSON() as any, 'AWS::S3::BucketPolicy').Properties;
  expect(PolicyDocument.Statement).toMatchObject([{ Sid: 'AuditLogsOfRedshift' }]);
  expect(data.dependencies).toContain(central);
});

test('go to a bucket that another app owns, whose owner lets them in', () => {
  const { Resources } = templateOf((scope) => newCluster(scope, { auditLogsBucket: s3.Bucket.fromBucketName(scope, 'Logs', 'central-logs') }));

  expect(Resources.Warehouse.Properties.LoggingProperties).toEqual({ BucketName: 'central-logs' });
  expect(Object.values<any>(Resources).filter(({ Type }) => Type.startsWith('AWS::S3::'))).toEqual([]);
});

test.each<[string, (scope: Construct) => s3.IBucket]>([
  ['an EncryptedBucket', (scope) => new EncryptedBucket(scope, 'Logs').bucket],
  ['a bucket under a key', (scope) => new s3.Bucket(scope, 'Logs', { encryptionKey: new CustomerManagedKey(scope, 'Key').via(KmsService.S3) })],
  ['a bucket under the key of Amazon S3', (scope) => new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.KMS_MANAGED })],
  ['an imported bucket under a key', (scope) => s3.Bucket.fromBucketAttributes(scope, 'Logs', {
    bucketName: 'logs', encryptionKey: new CustomerManagedKey(scope, 'Key').via(KmsService.S3),
  })],
])('fail for %s, which Amazon Redshift cannot write to', (_what, bucket) => {
  const stack = new Stack(undefined, 'Data', { env: { account: '111122223333', region: 'eu-west-2' } });
  const auditLogsBucket = bucket(stack);

  expect(() => newCluster(stack, { auditLogsBucket })).toThrow(
    `AuditLogsNotDeliverable: Amazon Redshift writes audit logs to buckets with SSE-S3 only, given: ${auditLogsBucket.node.path}, `
    + 'which is encrypted under a key of AWS KMS; leave auditLogsBucket out, or give a bucket with BucketEncryption.S3_MANAGED [at Data/Warehouse]');
});
