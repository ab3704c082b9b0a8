import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedBucket, EncryptedBucketProps, KmsService } from '../../src';
import { templateOf } from '../support/template-difference';

const BUCKET = 'InvoicesF0222E8D';
const KEY = { 'Fn::GetAtt': ['InvoicesKeyD1C0D9EA', 'Arn'] };

function resources(props: EncryptedBucketProps = {}): Record<string, any> {
  return templateOf((scope) => new EncryptedBucket(scope, 'Invoices', props)).Resources;
}

function denials(props: EncryptedBucketProps = {}): any[] {
  return resources(props).InvoicesPolicy38C96D29.Properties.PolicyDocument.Statement.filter(({ Effect }: any) => Effect === 'Deny');
}

test('encrypts by default under a new key, with an S3 Bucket Key, and lets no customer-provided key in', () => {
  expect(resources()[BUCKET].Properties.BucketEncryption).toEqual({
    ServerSideEncryptionConfiguration: [{
      ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: KEY },
      BucketKeyEnabled: true,
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
    }],
  });
});

test('keeps all versions and blocks public access', () => {
  expect(resources()[BUCKET].Properties).toMatchObject({
    VersioningConfiguration: { Status: 'Enabled' },
    PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
  });
});

test('makes a key with the logical id of the key of s3.Bucket, and says what it is for', () => {
  const plain = templateOf((scope) => new s3.Bucket(scope, 'Invoices', { encryption: s3.BucketEncryption.KMS })).Resources;

  expect(plain[KEY['Fn::GetAtt'][0]].Type).toBe('AWS::KMS::Key');
  expect(resources()[KEY['Fn::GetAtt'][0]].Properties.Description).toBe('Encrypts Data/Invoices');
});

test('retains bucket, key and access logs', () => {
  const kept = Object.values(resources()).filter(({ UpdateReplacePolicy }) => UpdateReplacePolicy === 'Retain').map(({ Type }) => Type);

  expect(kept.sort()).toEqual(['AWS::KMS::Key', 'AWS::S3::Bucket', 'AWS::S3::Bucket']);
});

describe('requests that name an encryption', () => {
  const ENCRYPTION = 's3:x-amz-server-side-encryption';
  const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';
  const MATCHES: Record<string, (value: unknown, given: unknown) => boolean> = {
    Null: (value, given) => (value === undefined) === (given === 'true'),
    StringEquals: (value, given) => value !== undefined && JSON.stringify(value) === JSON.stringify(given),
    StringNotEquals: (value, given) => value === undefined || JSON.stringify(value) !== JSON.stringify(given),
  };
  const deniedBy = (request: Record<string, unknown>) => denials().filter(({ Sid }) => Sid).filter(({ Condition }) =>
    Object.entries<any>(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, value]) => MATCHES[operator](request[key], value)))).map(({ Sid }) => Sid);
  const OTHER_KEY = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

  test.each<[string, Record<string, unknown>, string[]]>([
    ['none: the bucket encrypts', {}, []],
    ['the key of the bucket', { [ENCRYPTION]: 'aws:kms', [KEY_ID]: KEY }, []],
    ['another key', { [ENCRYPTION]: 'aws:kms', [KEY_ID]: OTHER_KEY }, ['DenyOtherKey']],
    ['the key of the bucket by an alias', { [ENCRYPTION]: 'aws:kms', [KEY_ID]: 'alias/invoices' }, ['DenyOtherKey']],
    // "…do not provide x-amz-server-side-encryption-aws-kms-key-id, Amazon S3 uses the Amazon Web Services managed key (aws/s3)":
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
    ['AWS KMS without a key: Amazon S3 would take aws/s3', { [ENCRYPTION]: 'aws:kms' }, ['DenyEncryptionWithoutKey']],
    ['SSE-S3', { [ENCRYPTION]: 'AES256' }, ['DenyOtherEncryption']],
    ['two layers of encryption', { [ENCRYPTION]: 'aws:kms:dsse' }, ['DenyOtherEncryption']],
    ['two layers of encryption under the key of the bucket', { [ENCRYPTION]: 'aws:kms:dsse', [KEY_ID]: KEY }, ['DenyOtherEncryption']],
    ['two layers of encryption under another key', { [ENCRYPTION]: 'aws:kms:dsse', [KEY_ID]: OTHER_KEY }, ['DenyOtherKey', 'DenyOtherEncryption']],
  ])('%s', (_request, headers, sids) => {
    expect(deniedBy(headers)).toEqual(sids);
  });

  test('are looked at for everybody and every object', () => {
    const objects = { 'Fn::Join': ['', [{ 'Fn::GetAtt': [BUCKET, 'Arn'] }, '/*']] };

    for (const statement of denials().filter(({ Sid }) => Sid)) {
      expect(statement).toMatchObject({ Action: 's3:PutObject', Principal: { AWS: '*' }, Resource: objects });
    }
  });
});

test.each([[undefined, []], [1.3, [{ NumericLessThan: { 's3:TlsVersion': 1.3 } }]]])('denies what comes without TLS, or under the version %s', (minimumTLSVersion, further) => {
  expect(denials({ minimumTLSVersion }).filter(({ Sid }) => !Sid).map(({ Condition }) => Condition)).toEqual([
    { Bool: { 'aws:SecureTransport': 'false' } }, ...further,
  ]);
});

describe('access logs', () => {
  test('go to a new bucket with SSE-S3, under a prefix and a format of their own', () => {
    const made = resources({ serverAccessLogsPrefix: 'invoices/', targetObjectKeyFormat: s3.TargetObjectKeyFormat.simplePrefix() });

    expect(made[BUCKET].Properties.LoggingConfiguration).toEqual({
      DestinationBucketName: { Ref: 'InvoicesAccessLogsFDD271AD' }, LogFilePrefix: 'invoices/', TargetObjectKeyFormat: { SimplePrefix: {} },
    });
    expect(made.InvoicesAccessLogsFDD271AD.Properties.BucketEncryption).toEqual({
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    });
  });

  test.each<[string, (scope: Construct) => s3.IBucket]>([
    ['without encryption of its own', (scope) => new s3.Bucket(scope, 'Logs')],
    ['with SSE-S3', (scope) => new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.S3_MANAGED })],
    ['that the app does not know', (scope) => s3.Bucket.fromBucketName(scope, 'Logs', 'logs')],
  ])('go to a bucket %s', (_bucket, logs) => {
    const template = templateOf((scope) => new EncryptedBucket(scope, 'Invoices', { serverAccessLogsBucket: logs(scope) }));

    expect(Object.keys(template.Resources)).not.toContain('InvoicesAccessLogsFDD271AD');
    expect(template.Resources[BUCKET].Properties.LoggingConfiguration.DestinationBucketName).toBeDefined();
  });

  test.each<[string, (scope: Construct) => s3.IBucket]>([
    ['a key of yours', (scope) => new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.KMS })],
    ['the key of Amazon S3', (scope) => new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.KMS_MANAGED })],
    ['two layers of encryption', (scope) => new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.DSSE_MANAGED })],
    ['a key of yours, known by name', (scope) => s3.Bucket.fromBucketAttributes(scope, 'Logs', {
      bucketName: 'logs', encryptionKey: new kms.Key(scope, 'LogsKey'),
    })],
    ['a key of yours, as EncryptedBucket is', (scope) => new EncryptedBucket(scope, 'Logs').bucket],
  ])('fails for a bucket under %s, which Amazon S3 does not deliver to', (key, logs) => {
    expect(() => templateOf((scope) => new EncryptedBucket(scope, 'Invoices', { serverAccessLogsBucket: logs(scope) }))).toThrow(
      'AccessLogsNotDeliverable: Amazon S3 delivers access logs to buckets with SSE-S3 only, given: '
      + `Data/Logs${/EncryptedBucket/.test(key) ? '/Default' : ''}, which is encrypted under a key of AWS KMS; `
      + 'leave serverAccessLogsBucket out, or give a bucket with BucketEncryption.S3_MANAGED [at Data/Invoices]');
  });
});

test('inventories are let in by the key of their destination', () => {
  const template = templateOf((scope) => {
    const lists = new EncryptedBucket(scope, 'Lists', { encryptionKey: new CustomerManagedKey(scope, 'Key') });
    new EncryptedBucket(scope, 'Invoices', { inventories: [{ destination: { bucket: lists.bucket } }] });
  });

  expect(template.Resources.Key961B73FD.Properties.KeyPolicy.Statement).toContainEqual({
    Sid: 'UseByS3',
    Effect: 'Allow',
    Principal: { Service: 's3.amazonaws.com' },
    Action: 'kms:GenerateDataKey',
    Resource: '*',
    Condition: {
      StringEquals: { 'aws:SourceAccount': '111122223333' },
      ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' },
    },
  });
});

test('fails for a key of another Region', () => {
  const arn = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

  expect(() => templateOf((scope) => new EncryptedBucket(scope, 'Invoices', {
    encryptionKey: CustomerManagedKey.fromKeyArn(scope, 'Key', arn, { services: [KmsService.S3] }),
  }))).toThrow('KeyOfAnotherRegion: a key encrypts in its own Region only, given: Data/Key in eu-west-1, for eu-west-2; '
    + 'make a CustomerManagedKey in eu-west-2, or leave encryptionKey out [at Data/Invoices]');
});

test('fails to be opened to the public', () => {
  expect(() => templateOf((scope) => new EncryptedBucket(scope, 'Invoices').bucket.grantPublicAccess()))
    .toThrow("Cannot grant public access when 'blockPublicPolicy' is enabled");
  expect(() => templateOf((scope) => new EncryptedBucket(scope, 'Invoices').grantRead(new iam.AnyPrincipal()))).toThrow('PrincipalNotGrantable');
});
