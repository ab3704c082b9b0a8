import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { LambdaDestination, SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedBucket, EncryptedBucketProps, KmsService } from '../../src';
import { changedProperties, Place, templateDifference, templateOf } from '../support/template-difference';

type Props = Omit<EncryptedBucketProps, 'encryptionKey'>;

interface Shape {
  readonly props?: (scope: Construct) => Props;
  readonly then?: (bucket: s3.Bucket, scope: Construct) => void;
}

const SHAPES: [string, Shape][] = [
  ['without properties', {}],
  ['a name', { props: () => ({ bucketName: 'invoices' }) }],
  ['a name prefix', { props: () => ({ bucketNamePrefix: 'invoices', bucketNamespace: s3.BucketNamespace.ACCOUNT_REGIONAL }) }],
  ['lifecycle rules', {
    props: () => ({
      lifecycleRules: [{ expiration: Duration.days(30), noncurrentVersionExpiration: Duration.days(7) }],
      transitionDefaultMinimumObjectSize: s3.TransitionDefaultMinimumObjectSize.VARIES_BY_STORAGE_CLASS,
    }),
  }],
  ['object lock', { props: () => ({ objectLockEnabled: true, objectLockDefaultRetention: s3.ObjectLockRetention.compliance(Duration.days(1)) }) }],
  ['automatic deletion', { props: () => ({ autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY }) }],
  ['Amazon EventBridge', { props: () => ({ eventBridgeEnabled: true }) }],
  ['requests of browsers, metrics, archive tiers and acceleration', {
    props: () => ({
      cors: [{ allowedMethods: [s3.HttpMethods.GET], allowedOrigins: ['https://example.com'] }],
      metrics: [{ id: 'all' }],
      intelligentTieringConfigurations: [{ name: 'old', archiveAccessTierTime: Duration.days(90) }],
      transferAcceleration: true,
      abacStatus: true,
    }),
  }],
  ['inventories', { props: (scope) => ({ inventories: [{ destination: { bucket: new s3.Bucket(scope, 'Lists') } }] }) }],
  ['notifications to a queue, without asking it first', {
    props: () => ({ notificationsSkipDestinationValidation: true }),
    then: (bucket, scope) => bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new SqsDestination(new sqs.Queue(scope, 'Queue'))),
  }],
  ['notifications to a function, set up with a role of our own', {
    props: (scope) => ({ notificationsHandlerRole: new iam.Role(scope, 'Handler', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }) }),
    then: (bucket, scope) => bucket.addObjectCreatedNotification(new LambdaDestination(new lambda.Function(scope, 'Function', {
      code: lambda.Code.fromInline('exports.handler = () => {}'), handler: 'index.handler', runtime: lambda.Runtime.NODEJS_22_X,
    }))),
  }],
];

const PLACES: [string, Place][] = [
  ['with the recommended feature flags', { flags: 'recommended' }],
  ['without feature flags', { flags: 'none' }],
  ['in a nested stack', { nested: true }],
  ['in any account and Region', { env: {} }],
];

const plain = ({ props, then }: Shape, place: Place, encryption: (scope: Construct) => s3.BucketProps) => templateOf((scope) => {
  const bucket = new s3.Bucket(scope, 'Invoices', { ...encryption(scope), ...props?.(scope) });
  then?.(bucket, scope);
}, place);
const ours = ({ props, then }: Shape, place: Place, encryption: (scope: Construct) => EncryptedBucketProps) => templateOf((scope) => {
  const { bucket } = new EncryptedBucket(scope, 'Invoices', { ...encryption(scope), ...props?.(scope) });
  then?.(bucket, scope);
}, place);

const underTheSameKey = {
  plain: (scope: Construct) => ({ encryption: s3.BucketEncryption.KMS, encryptionKey: new CustomerManagedKey(scope, 'Key').via(KmsService.S3) }),
  ours: (scope: Construct) => ({ encryptionKey: new CustomerManagedKey(scope, 'Key') }),
};

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const objects = (id: string) => ({ 'Fn::Join': ['', [arn(id), '/*']] });
const deny = (rest: object) => ({ Effect: 'Deny', Principal: { AWS: '*' }, ...rest });
const onlyTls = (id: string) => deny({ Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } }, Resource: [arn(id), objects(id)] });
const policy = (id: string, statements: object[]) => ({
  Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: { Ref: id }, PolicyDocument: { Statement: statements, Version: '2012-10-17' } },
});

const BUCKET = 'InvoicesF0222E8D';
const POLICY = 'InvoicesPolicy38C96D29';
const NOTIFICATIONS = 'InvoicesNotificationsD4557D20';
const LOGS = 'InvoicesAccessLogsFDD271AD';
const PRIVATE = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const VERSIONED = { Status: 'Enabled' };
const ENCRYPTION = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const STATEMENTS = [
  onlyTls(BUCKET),
  ...Object.entries({
    DenyOtherKey: { StringNotEquals: { [KEY_ID]: arn('Key961B73FD') }, Null: { [KEY_ID]: 'false' } },
    DenyOtherEncryption: { StringNotEquals: { [ENCRYPTION]: 'aws:kms' }, Null: { [ENCRYPTION]: 'false' } },
    DenyEncryptionWithoutKey: { StringEquals: { [ENCRYPTION]: 'aws:kms' }, Null: { [KEY_ID]: 'true' } },
  }).map(([Sid, Condition]) => deny({ Sid, Action: 's3:PutObject', Condition, Resource: objects(BUCKET) })),
];

/** Everything that we add to an encrypted `s3.Bucket`. */
function hardening(before: any, { flags, env }: Place): Record<string, unknown> {
  const encryption = `Resources.${BUCKET}.Properties.BucketEncryption.ServerSideEncryptionConfiguration.0`;
  const deliverLogs = {
    Action: 's3:PutObject',
    Condition: { ArnLike: { 'aws:SourceArn': arn(BUCKET) }, StringEquals: { 'aws:SourceAccount': env ? { Ref: 'AWS::AccountId' } : '111122223333' } },
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Resource: objects(LOGS),
  };
  const byAcl = flags === 'none';
  return {
    [`${encryption}.BlockedEncryptionTypes`]: { EncryptionType: ['SSE-C'] },
    [`${encryption}.BucketKeyEnabled`]: true,
    [`Resources.${BUCKET}.Properties.LoggingConfiguration`]: { DestinationBucketName: { Ref: LOGS } },
    [`Resources.${BUCKET}.Properties.PublicAccessBlockConfiguration`]: PRIVATE,
    [`Resources.${BUCKET}.Properties.VersioningConfiguration`]: VERSIONED,
    [`Resources.${LOGS}`]: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        ...byAcl ? { AccessControl: 'LogDeliveryWrite', OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] } } : {},
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: PRIVATE,
        VersioningConfiguration: VERSIONED,
      },
      UpdateReplacePolicy: 'Retain',
      DeletionPolicy: 'Retain',
    },
    'Resources.InvoicesAccessLogsPolicyCB45149C': policy(LOGS, byAcl ? [onlyTls(LOGS)] : [onlyTls(LOGS), deliverLogs]),
    ...before.Resources[POLICY]
      ? { [`Resources.${POLICY}.Properties.PolicyDocument.Statement`]: STATEMENTS }
      : { [`Resources.${POLICY}`]: policy(BUCKET, STATEMENTS) },
    ...before.Resources[NOTIFICATIONS] && !before.Resources[POLICY] ? { [`Resources.${NOTIFICATIONS}.DependsOn`]: [POLICY] } : {},
  };
}

describe.each(PLACES)('%s', (_place, place) => {
  test.each(SHAPES)('equals an s3.Bucket under the same key, and our hardening: %s', (_shape, shape) => {
    const before = plain(shape, place, underTheSameKey.plain);
    const after = ours(shape, place, underTheSameKey.ours);

    expect(templateDifference(before, after)).toEqual({ added: hardening(before, place), removed: {}, changed: {} });
  });
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html, and the pages beside it. */
const UPDATE_REQUIRES: Record<string, string> = {
  'AWS::KMS::Key.Description': 'No interruption',
  'AWS::KMS::Key.EnableKeyRotation': 'No interruption',
  'AWS::KMS::Key.KeyPolicy': 'No interruption',
  'AWS::S3::Bucket.BucketEncryption': 'No interruption',
  'AWS::S3::Bucket.LoggingConfiguration': 'No interruption',
  'AWS::S3::Bucket.PublicAccessBlockConfiguration': 'No interruption',
  'AWS::S3::Bucket.VersioningConfiguration': 'Some interruptions',
  'AWS::S3::BucketPolicy.PolicyDocument': 'No interruption',
};

test.each(SHAPES)('replaces nothing of an s3.Bucket that made its own key: %s', (_shape, shape) => {
  const before = plain(shape, {}, () => ({ encryption: s3.BucketEncryption.KMS }));
  const changed = changedProperties(before, ours(shape, {}, () => ({})));

  expect(changed).toContain('AWS::KMS::Key.KeyPolicy');
  expect(changed.map((property) => UPDATE_REQUIRES[property])).not.toContain(undefined);
});

test.each(SHAPES)('replaces nothing of an s3.Bucket that was not encrypted by a key: %s', (_shape, shape) => {
  const changed = changedProperties(plain(shape, {}, () => ({})), ours(shape, {}, () => ({})));

  expect(changed.map((property) => UPDATE_REQUIRES[property])).not.toContain(undefined);
});

test('two in one stack share nothing but a key that is given to both', () => {
  const template = templateOf((scope) => {
    const encryptionKey = new CustomerManagedKey(scope, 'Key');
    ['Invoices', 'Receipts'].forEach((id) => new EncryptedBucket(scope, id, { encryptionKey }));
  });
  const types = Object.values<any>(template.Resources).map(({ Type }) => Type).sort();

  expect(types).toEqual(['AWS::KMS::Key', ...Array(4).fill('AWS::S3::Bucket'), ...Array(4).fill('AWS::S3::BucketPolicy')]);
});
