import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, KmsService } from '../../src';
import { identityStatements, statement, useSids } from '../support/key-policy';
import { ACCOUNT, newApp, newRole, newStack, OTHER_ACCOUNT, REGION, roleArn } from '../support/key-stack';

const OTHER_ROOT = `arn:aws:iam::${OTHER_ACCOUNT}:root`;
const THROUGH_S3 = { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' };
const FOREIGN_FENCE = { StringEquals: { 'kms:CallerAccount': OTHER_ACCOUNT, ...THROUGH_S3 } };

function keyVia(service = KmsService.S3) {
  const app = newApp();
  const keys = newStack(app);
  const users = newStack(app, 'Users');
  const elsewhere = newStack(app, 'Elsewhere', { account: OTHER_ACCOUNT, region: REGION });
  const key = new CustomerManagedKey(keys, 'Key', { denyDirectGrants: false });
  return { key, view: key.via(service), keys, users, elsewhere };
}

describe('a grantee of the account', () => {
  test.each<[string, (users: iam.IRole | iam.IGrantable) => iam.IGrantable]>([
    ['a role', (role) => role],
    ['a role under conditions of the fence', (role) => new iam.PrincipalWithConditions(role.grantPrincipal, { StringEquals: THROUGH_S3 })],
  ])('as %s gets the identity half with the fence, and the key policy stays without it', (_name, of) => {
    const { key, view, users } = keyVia();
    const grant = view.grantDecrypt(of(newRole(users)));
    expect(grant.success).toBe(true);
    expect(identityStatements(users)).toEqual([
      { Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::ImportValue': expect.stringMatching(/Arn/) }, Condition: { StringEquals: THROUGH_S3 } },
    ]);
    expect(useSids(key)).toEqual(['UseThroughS3']);
  });

  test.each<[string, (scope: iam.Role['stack']) => iam.IGrantable]>([
    ['a user', (scope) => new iam.User(scope, 'User')],
    ['a group', (scope) => new iam.Group(scope, 'Group')],
    ['an imported role', (scope) => iam.Role.fromRoleArn(scope, 'Role', `arn:aws:iam::${ACCOUNT}:role/reader`)],
    ['an imported user', (scope) => iam.User.fromUserName(scope, 'User', 'reader')],
    ['a managed policy', (scope) => new iam.ManagedPolicy(scope, 'Policy')],
    ['a policy', (scope) => new iam.Policy(scope, 'Policy', { users: [new iam.User(scope, 'User')] })],
    ['a role of a stack', (scope) => newRole(scope, 'Role', 'named')],
  ])('as %s leaves the key policy as it is', (_name, of) => {
    const { key, view, users } = keyVia();
    expect(view.grantDecrypt(of(users)).success).toBe(true);
    expect(useSids(key)).toEqual(['UseThroughS3']);
  });

  test('keeps conditions that are none of the fence', () => {
    const { view, users } = keyVia();
    const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    view.grantDecrypt(new iam.PrincipalWithConditions(newRole(users), { ...mfa, StringEquals: { 'kms:CallerAccount': ACCOUNT } }));
    expect(identityStatements(users)[0].Condition).toEqual({ ...mfa, StringEquals: THROUGH_S3 });
  });

  test('that is the account itself is covered already', () => {
    const { key, view } = keyVia();
    expect(view.grantDecrypt(new iam.AccountRootPrincipal()).success).toBe(true);
    expect(useSids(key)).toEqual(['UseThroughS3']);
  });

  test('without an IAM policy of ours is named in the key policy, with the fence', () => {
    const { key, view } = keyVia();
    expect(view.grantDecrypt(roleArn('reader')).success).toBe(true);
    expect(statement(key, 'NamedThroughS3')).toMatchObject({
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:role/reader` }, Action: 'kms:Decrypt', Condition: { StringEquals: THROUGH_S3 },
    });
  });

  test('that is immutable is named in the key policy', () => {
    const { key, view, users } = keyVia();
    view.grantDecrypt(iam.Role.fromRoleArn(users, 'Role', `arn:aws:iam::${ACCOUNT}:role/reader`, { mutable: false }));
    expect(statement(key, 'NamedThroughS3').Principal).toEqual({ AWS: `arn:aws:iam::${ACCOUNT}:role/reader` });
  });

  test('without an IAM policy of ours makes grants for AWS resources only', () => {
    const { key, view } = keyVia(KmsService.EBS);
    view.grant(roleArn('operator'), 'kms:CreateGrant');
    expect(statement(key, 'NamedGrantsThroughEbs')).toMatchObject({
      Action: 'kms:CreateGrant',
      Condition: { StringEquals: { 'kms:ViaService': 'ec2.eu-west-2.amazonaws.com' }, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    });
  });

  test('fails where it is immutable and has a generated name', () => {
    const { view, users } = keyVia();
    const reader = newRole(users, 'Reader').withoutPolicyUpdates() as iam.Role;
    expect(() => view.grantDecrypt(reader)).toThrow(new Error(
      `IdentityHalfMissing: access needs the key policy and the IAM policy, and the IAM policy of ${reader} is out of reach; add this statement to it: `
      + '{"Effect":"Allow","Action":["kms:Decrypt"],"Resource":"the ARN of the key","Condition":{"StringEquals":{"kms:ViaService":"s3.eu-west-2.amazonaws.com"}}}, '
      + "and grant to its account instead: new AccountPrincipal('…') [at Keys/Key/ViaS3]",
    ));
  });
});

describe('what is asked for', () => {
  test('is narrowed to what the service does with a key', () => {
    const { view, users } = keyVia();
    view.grantEncryptDecrypt(newRole(users));
    expect(identityStatements(users).map(({ Action }) => Action)).toEqual([['kms:Decrypt', 'kms:GenerateDataKey']]);
  });

  test('is split where grants are among it', () => {
    const { view, users } = keyVia(KmsService.EBS);
    view.grant(newRole(users), 'kms:CreateGrant', 'kms:DescribeKey');
    expect(identityStatements(users).map(({ Action, Condition }) => [Action, Condition])).toEqual([
      ['kms:CreateGrant', { StringEquals: { 'kms:ViaService': 'ec2.eu-west-2.amazonaws.com' }, Bool: { 'kms:GrantIsForAWSResource': 'true' } }],
      ['kms:DescribeKey', { StringEquals: { 'kms:ViaService': 'ec2.eu-west-2.amazonaws.com' } }],
    ]);
  });

  test('fails where the service does none of it', () => {
    const { view, users } = keyVia();
    expect(() => view.grantSign(newRole(users))).toThrow(new Error(
      'ActionNotOfService: Amazon S3 does none of kms:Sign with a key; it does kms:Decrypt, kms:GenerateDataKey. '
      + 'Grant direct use on the CustomerManagedKey itself [at Keys/Key/ViaS3]',
    ));
  });

  test('fails where the service does nothing for callers', () => {
    const { view, users } = keyVia(KmsService.CLOUDWATCH_ALARMS);
    expect(() => view.grantDecrypt(newRole(users))).toThrow(new Error(
      'ActionNotOfService: Amazon CloudWatch alarms does none of kms:Decrypt with a key; it does nothing for a caller. '
      + 'Grant direct use on the CustomerManagedKey itself [at Keys/Key/ViaCloudWatchAlarms]',
    ));
  });
});

describe('a grantee of another account', () => {
  test('as the account gets a statement with its own fence, once', () => {
    const { key, view } = keyVia();
    [1, 2].forEach(() => view.grantDecrypt(new iam.AccountPrincipal(OTHER_ACCOUNT)));
    expect(statement(key, `Account${OTHER_ACCOUNT}ThroughS3`)).toMatchObject({
      Principal: { AWS: OTHER_ROOT }, Action: 'kms:Decrypt', Condition: FOREIGN_FENCE,
    });
  });

  test.each([
    ['the ARN of its root', new iam.ArnPrincipal(OTHER_ROOT)],
    ['its id', new iam.ArnPrincipal(OTHER_ACCOUNT)],
  ])('is the account where it is given by %s', (_name, principal) => {
    const { key, view } = keyVia();
    view.grantDecrypt(principal);
    expect(statement(key, `Account${OTHER_ACCOUNT}ThroughS3`).Principal).toEqual({ AWS: OTHER_ROOT });
  });

  test('as a role of the app gets both halves, and is pinned by its explicit name', () => {
    const { key, view, elsewhere } = keyVia();
    view.grantDecrypt(newRole(elsewhere, 'Role', 'reader'));
    expect(statement(key, `Account${OTHER_ACCOUNT}ThroughS3`).Condition).toEqual({
      ...FOREIGN_FENCE, ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER_ACCOUNT}:role/reader` },
    });
    expect(identityStatements(elsewhere)[0]).toMatchObject({ Action: 'kms:Decrypt', Condition: { StringEquals: THROUGH_S3 } });
    expect(identityStatements(elsewhere)[0].Resource).not.toBe('*');
  });

  test('as a role that a stack of its account imports gets both halves', () => {
    const { key, view, elsewhere } = keyVia();
    view.grantDecrypt(iam.Role.fromRoleArn(elsewhere, 'Role', `arn:aws:iam::${OTHER_ACCOUNT}:role/reader`));
    expect(statement(key, `Account${OTHER_ACCOUNT}ThroughS3`).Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': `arn:aws:iam::${OTHER_ACCOUNT}:role/reader` });
    expect(identityStatements(elsewhere)).toMatchObject([{ Action: 'kms:Decrypt', Condition: { StringEquals: THROUGH_S3 } }]);
  });

  test('loses the pin where another one is known at deployment only', () => {
    const { key, view, elsewhere } = keyVia();
    view.grantDecrypt(newRole(elsewhere, 'Named', 'reader'));
    view.grantDecrypt(newRole(elsewhere, 'Generated'));
    expect(statement(key, `Account${OTHER_ACCOUNT}ThroughS3`).Condition).toEqual(FOREIGN_FENCE);
  });

  test('makes grants in a statement without use', () => {
    const { key, view } = keyVia(KmsService.EBS);
    view.grant(new iam.AccountPrincipal(OTHER_ACCOUNT), 'kms:CreateGrant', 'kms:DescribeKey');
    expect(statement(key, `Account${OTHER_ACCOUNT}GrantsThroughEbs`)).toMatchObject({
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    });
    expect(statement(key, `Account${OTHER_ACCOUNT}ThroughEbs`).Action).toBe('kms:DescribeKey');
  });

  test.each<[string, (scope: iam.Role['stack']) => iam.IGrantable]>([
    ['an ARN', () => roleArn('reader', OTHER_ACCOUNT)],
    ['an imported role', (keys) => iam.Role.fromRoleArn(keys, 'Role', `arn:aws:iam::${OTHER_ACCOUNT}:role/reader`)],
  ])('fails where it is %s, whose IAM policy is out of reach', (_name, of) => {
    const { view, keys } = keyVia();
    expect(() => view.grantDecrypt(of(keys))).toThrow(
      'add this statement to it: {"Effect":"Allow","Action":["kms:Decrypt"],"Resource":"the ARN of the key",'
      + '"Condition":{"StringEquals":{"kms:ViaService":"s3.eu-west-2.amazonaws.com"}}}, '
      + "and grant to its account instead: new AccountPrincipal('…') [at Keys/Key/ViaS3]",
    );
  });
});

test.each<[string, iam.IGrantable]>([
  ['everyone', new iam.AnyPrincipal()],
  ['everyone', new iam.StarPrincipal()],
  ['an organization', new iam.OrganizationPrincipal('o-a1b2c3d4e5')],
  ['several principals at once', new iam.CompositePrincipal(roleArn('a'), roleArn('b'))],
  ['a federated identity', new iam.FederatedPrincipal('cognito-identity.amazonaws.com')],
  ['a canonical user', new iam.CanonicalUserPrincipal('79a59df900b949e5')],
  ['a wildcard', new iam.ArnPrincipal('*')],
  ['a wildcard', roleArn('*')],
])('fails where it is granted to %s', (who, grantee) => {
  expect(() => keyVia().view.grantDecrypt(grantee)).toThrow(new Error(
    `PrincipalNotGrantable: a key cannot be granted to ${who}; grant to each role, user or account (AccountPrincipal) that shall use it, `
    + 'or narrow a service with via(service, { useOnlyBy }) [at Keys/Key]',
  ));
});
