import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { CustomerManagedKey, EncryptedBucket, EncryptedBucketProps, KmsService } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS, templateOf } from '../support/template-difference';

const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const KEYS: Record<string, (scope: Construct) => EncryptedBucketProps['encryptionKey']> = {
  new: () => undefined,
  given: (scope) => new CustomerManagedKey(scope, 'Key', { alias: 'data' }),
  imported: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN.replace('eu-west-1', 'eu-west-2'), { services: [KmsService.S3] }),
  undeclared: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN.replace('eu-west-1', 'eu-west-2')),
  elsewhere: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN, { services: [KmsService.S3] }),
};
const LOGS: Record<string, (scope: Construct) => s3.IBucket | undefined> = {
  new: () => undefined,
  given: (scope) => new s3.Bucket(scope, 'Logs'),
  imported: (scope) => s3.Bucket.fromBucketName(scope, 'Logs', 'logs'),
  underAwsKms: (scope) => new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.KMS_MANAGED }),
};
const GRANTEES: Record<string, (scope: Construct) => iam.IGrantable> = {
  role: (scope) => new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
  imported: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111122223333:role/reader'),
  foreign: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::444455556666:role/reader'),
  arn: () => new iam.ArnPrincipal('arn:aws:iam::111122223333:role/reader'),
  account: () => new iam.AccountPrincipal('444455556666'),
  service: () => new iam.ServicePrincipal('delivery.logs.amazonaws.com'),
  everyone: () => new iam.AnyPrincipal(),
};

const props = fc.record({
  removalPolicy: mostly(orNothing(RemovalPolicy.DESTROY, RemovalPolicy.RETAIN), fc.constantFrom(...Object.values(RemovalPolicy))),
  autoDeleteObjects: mostly(orNothing(false), fc.constant(true)),
  serverAccessLogsPrefix: orNothing('', 'logs/'),
  targetObjectKeyFormat: orNothing(s3.TargetObjectKeyFormat.simplePrefix()),
  minimumTLSVersion: orNothing(1.2, 1.3),
  abacStatus: orNothing(true, false),
  lifecycleRules: mostly<s3.LifecycleRule[] | undefined>(
    orNothing([], [{ expiration: Duration.days(1) }]), fc.constant([{ expiration: Duration.hours(5) }]),
  ),
  objectLockEnabled: mostly(orNothing(true), fc.constant(false)),
  objectLockDefaultRetention: orNothing(s3.ObjectLockRetention.governance(Duration.days(1))),
  eventBridgeEnabled: orNothing(true, false),
  cors: orNothing<s3.CorsRule[]>([{ allowedMethods: [s3.HttpMethods.PUT], allowedOrigins: ['*'] }]),
  intelligentTieringConfigurations: orNothing<s3.IntelligentTieringConfiguration[]>([{ name: 'old', archiveAccessTierTime: Duration.days(90) }]),
  notificationsSkipDestinationValidation: orNothing(true, false),
}, { requiredKeys: [] });

/** What the type does not offer, and a variable or another language may bring along. */
const smuggled = fc.record({
  encryption: fc.constantFrom(...Object.values(s3.BucketEncryption)),
  bucketKeyEnabled: fc.constant(false),
  blockedEncryptionTypes: fc.constant([s3.BlockedEncryptionType.NONE]),
  blockPublicAccess: fc.constant(s3.BlockPublicAccess.BLOCK_ACLS_ONLY),
  publicReadAccess: fc.boolean(),
  accessControl: fc.constantFrom(...Object.values(s3.BucketAccessControl)),
  enforceSSL: fc.constant(false),
  versioned: fc.constant(false),
  websiteIndexDocument: fc.constant('index.html'),
}, { requiredKeys: [] });

const names = mostly<Pick<EncryptedBucketProps, 'bucketName' | 'bucketNamePrefix' | 'bucketNamespace'>>(
  fc.constantFrom({}, { bucketName: 'invoices' }, { bucketNamePrefix: 'invoices', bucketNamespace: s3.BucketNamespace.ACCOUNT_REGIONAL }),
  fc.record({ bucketName: orNothing('In_valid', 'ab', 'x'.repeat(64)), bucketNamePrefix: orNothing('-invalid') }),
);

const shapes = fc.record({
  names,
  props,
  smuggled: mostly<object>(fc.constant({}), smuggled),
  key: mostly(fc.constantFrom('new', 'given', 'imported'), fc.constantFrom(...Object.keys(KEYS))),
  logs: mostly(fc.constantFrom('new', 'given', 'imported'), fc.constantFrom(...Object.keys(LOGS))),
  grantee: mostly(fc.constantFrom('role', 'imported'), fc.constantFrom(...Object.keys(GRANTEES))),
  verbs: fc.subarray(['grantRead', 'grantWrite', 'grantPut', 'grantReadWrite', 'grantDelete'] as const),
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function synthesized(shape: Shape): Record<string, any> {
  return templateOf((scope) => {
    const bucket = new EncryptedBucket(scope, 'Invoices', {
      ...shape.smuggled, ...shape.names, ...shape.props, encryptionKey: KEYS[shape.key](scope), serverAccessLogsBucket: LOGS[shape.logs](scope),
    });
    const grantee = GRANTEES[shape.grantee](scope);
    shape.verbs.forEach((verb) => bucket[verb](grantee));
  }, shape).Resources;
}

function assertPromise(resources: Record<string, any>): void {
  const { Properties } = resources.InvoicesF0222E8D;
  const [{ ServerSideEncryptionByDefault, ...rule }, ...others] = Properties.BucketEncryption.ServerSideEncryptionConfiguration;
  const { SSEAlgorithm, KMSMasterKeyID } = ServerSideEncryptionByDefault;
  expect(SSEAlgorithm).toBe('aws:kms');
  expect(typeof KMSMasterKeyID === 'string' ? 'AWS::KMS::Key' : resources[KMSMasterKeyID['Fn::GetAtt'][0]].Type).toBe('AWS::KMS::Key');
  expect([rule, others]).toEqual([{ BucketKeyEnabled: true, BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] } }, []]);
  expect(Object.values(Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
  expect(Properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
  expect(Properties.LoggingConfiguration.DestinationBucketName).toBeDefined();

  const denied = resources.InvoicesPolicy38C96D29.Properties.PolicyDocument.Statement.filter(({ Effect }: any) => Effect === 'Deny');
  expect(denied[0].Condition).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
  expect(denied.map(({ Sid }: any) => Sid).filter(Boolean)).toEqual(['DenyOtherKey', 'DenyOtherEncryption', 'DenyEncryptionWithoutKey']);
  expect(denied.find(({ Sid }: any) => Sid === 'DenyOtherKey').Condition.StringNotEquals).toEqual({
    's3:x-amz-server-side-encryption-aws-kms-key-id': KMSMasterKeyID,
  });

  const identities = Object.values(resources).filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap((policy) => policy.Properties.PolicyDocument.Statement);
  for (const { Condition, Resource } of identities.filter(({ Action }: any) => JSON.stringify(Action).includes('kms:'))) {
    expect(Resource).toEqual(KMSMasterKeyID);
    expect(Condition).toEqual({
      StringEquals: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': expect.any(Array) },
    });
  }
}

test('every bucket keeps the promise, or is refused with a reason', () => {
  assertKeptOrRefused(shapes, synthesized, assertPromise);
});
