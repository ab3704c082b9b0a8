import * as iam from 'aws-cdk-lib/aws-iam';
import { EncryptedBucket } from '../../src';
import { ACCOUNT, KEY_ARN, OTHER_ACCOUNT, REGION, Statement, ThreeStacks } from '../support/three-stacks';

const VIA_S3 = `s3.${REGION}.amazonaws.com`;
const READ = ['kms:Decrypt'];
const WRITE = ['kms:Decrypt', 'kms:GenerateDataKey'];

type Verb = 'grantRead' | 'grantWrite' | 'grantPut' | 'grantReadWrite' | 'grantDelete';

/** A bucket of a name, so that its ARN is a literal for whoever refers to it. */
function granted(grant: (bucket: EncryptedBucket, stacks: ThreeStacks) => void, references: 'weak' | 'strong' = 'weak') {
  const stacks = new ThreeStacks(references);
  stacks.role('Bystander');
  grant(new EncryptedBucket(stacks.data, 'Invoices', { bucketName: 'invoices', encryptionKey: stacks.key }), stacks);
  return stacks.synth();
}

function bucketArn(statement: Statement): unknown {
  return (statement.Condition!.StringLike['kms:EncryptionContext:aws:s3:arn'] as unknown[])[0];
}

/** The identity half: the key's ARN, through Amazon S3, for this bucket and its objects. */
function identityHalf(actions: string[], arn: unknown): object {
  return {
    Action: actions.length === 1 ? actions[0] : actions,
    Condition: {
      StringEquals: { 'kms:ViaService': VIA_S3 },
      StringLike: { 'kms:EncryptionContext:aws:s3:arn': [arn, typeof arn === 'string' ? `${arn}/*` : { 'Fn::Join': ['', [arn, '/*']] }] },
    },
    Effect: 'Allow',
    Resource: KEY_ARN,
  };
}

const DELEGATION = {
  Sid: 'UseThroughS3',
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: WRITE,
  Resource: '*',
  Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': VIA_S3 } },
};

describe.each<[Verb, string[] | undefined]>([
  ['grantRead', READ],
  // Multipart uploads decrypt their parts: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
  ['grantWrite', WRITE],
  ['grantPut', WRITE],
  ['grantReadWrite', WRITE],
  ['grantDelete', undefined],
])('%s', (verb, actions) => {
  test.each(['weak', 'strong'] as const)('gives the identity half to a role of another stack, by %s references', (references) => {
    const synthesized = granted((bucket, stacks) => bucket[verb](stacks.role()), references);
    const statements = synthesized.identityStatements('Users');

    expect(statements).toEqual(actions ? [identityHalf(actions, bucketArn(statements[0]))] : []);
    expect(synthesized.keyPolicy()).toContainEqual(DELEGATION);
  });

  test('leaves the key policy alone, however many use it', () => {
    const none = granted(() => undefined).keyPolicy();

    expect(granted((bucket, stacks) => ['A', 'B', 'C'].forEach((id) => bucket[verb](stacks.role(id)))).keyPolicy()).toEqual(none);
  });
});

test('a role beside the bucket gets the identity half', () => {
  const synthesized = granted((bucket, { data }) => bucket.grantRead(new iam.Role(data, 'Reader', { assumedBy: new iam.AccountRootPrincipal() })));
  const statements = synthesized.identityStatements('Data');

  expect(statements).toEqual([identityHalf(READ, bucketArn(statements[0]))]);
});

test('the identity half names the bucket that it is for, not the others under the key', () => {
  const synthesized = granted((bucket, stacks) => {
    const other = new EncryptedBucket(stacks.data, 'Receipts', { encryptionKey: stacks.key });
    bucket.grantRead(stacks.role('A'));
    other.grantRead(stacks.role('B'));
  });
  const [first, second] = synthesized.identityStatements('Users').map(bucketArn);

  expect(first).not.toEqual(second);
});

test('a role of another account, with a name of its own, is let in by the key and by the bucket', () => {
  const synthesized = granted((bucket, stacks) => {
    bucket.grantRead(new iam.Role(stacks.stackOf(OTHER_ACCOUNT), 'Reader', { roleName: 'reader', assumedBy: new iam.AccountRootPrincipal() }));
  });
  const [identity, ...others] = synthesized.identityStatements(`Of${OTHER_ACCOUNT}`);

  expect(others).toEqual([]);
  expect(identity).toEqual(identityHalf(READ, 'arn:aws:s3:::invoices'));
  expect(synthesized.keyPolicy()).toContainEqual({
    Sid: `Account${OTHER_ACCOUNT}ThroughS3`,
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: {
      StringEquals: { 'kms:CallerAccount': OTHER_ACCOUNT, 'kms:ViaService': VIA_S3 },
      ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER_ACCOUNT}:role/reader` },
    },
  });
});

test('an imported role gets the identity half', () => {
  const synthesized = granted((bucket, { users }) => bucket.grantRead(iam.Role.fromRoleArn(users, 'Reader', `arn:aws:iam::${ACCOUNT}:role/reader`)));
  const statements = synthesized.identityStatements('Users');

  expect(statements).toEqual([identityHalf(READ, bucketArn(statements[0]))]);
});

test.each<[string, (stacks: ThreeStacks) => iam.IGrantable]>([
  ['its ARN', () => new iam.ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/reader`)],
  ['import, for grants on resources', ({ users }) => iam.Role.fromRoleArn(users, 'Reader', `arn:aws:iam::${ACCOUNT}:role/reader`, {
    mutable: false, addGrantsToResources: true,
  })],
])('a role known by %s is named in the key policy and in the bucket policy', (_how, grantee) => {
  const synthesized = granted((bucket, stacks) => bucket.grantRead(grantee(stacks)));
  const bucketPolicy = synthesized.resources('Data').find(({ Type, Properties }) => Type === 'AWS::S3::BucketPolicy'
    && JSON.stringify(Properties).includes('DenyOtherKey'))!;

  expect(synthesized.keyPolicy()).toContainEqual({
    Sid: 'NamedThroughS3',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/reader` },
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { StringEquals: { 'kms:ViaService': VIA_S3 } },
  });
  expect(bucketPolicy.Properties.PolicyDocument.Statement).toContainEqual(
    expect.objectContaining({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/reader` } }));
});

test('fails for an imported role of another account, with what is missing', () => {
  expect(() => granted((bucket, { users }) => bucket.grantRead(iam.Role.fromRoleArn(users, 'Reader', `arn:aws:iam::${OTHER_ACCOUNT}:role/reader`))))
    .toThrow(/^IdentityHalfMissing: /);
});

test('a service that reads the bucket by itself is let in by the key', () => {
  const synthesized = granted((bucket) => bucket.grantRead(new iam.ServicePrincipal('delivery.logs.amazonaws.com')));

  expect(synthesized.keyPolicy().filter(({ Principal }) => Principal.Service)).toEqual([{
    Sid: 'UseByDeliveryLogs',
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { StringEqualsIfExists: { 'aws:SourceAccount': ACCOUNT } },
  }]);
});
