import { CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { CustomerManagedKey } from '../../src';
import { identityStatements, statement, useSids } from '../support/key-policy';
import { ACCOUNT, newApp, newRole, newStack, OTHER_ACCOUNT, REGION, roleArn, ROOT } from '../support/key-stack';

const DELEGATED = { StringEquals: { 'kms:CallerAccount': ACCOUNT } };
const FOREIGN = { StringEquals: { 'kms:CallerAccount': OTHER_ACCOUNT } };

function newKey(env?: { account?: string; region?: string }) {
  const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' });
  const keys = newStack(app, 'Keys', env);
  return { key: new CustomerManagedKey(keys, 'Key'), keys, users: newStack(app, 'Users', env), app };
}

describe('a principal of the key\'s stack', () => {
  test.each<[string, (keys: Stack) => iam.IGrantable, unknown]>([
    ['a role', (keys) => newRole(keys), { 'Fn::GetAtt': ['Role1ABCC5F0', 'Arn'] }],
    ['a user', (keys) => new iam.User(keys, 'User'), { 'Fn::GetAtt': ['User00B015A1', 'Arn'] }],
  ])('that is %s is named in the key policy, and gets the identity half', (_name, of, AWS) => {
    const { key, keys } = newKey();
    expect(key.grantDecrypt(of(keys)).success).toBe(true);
    expect(statement(key, 'DirectDecrypt')).toEqual({ Sid: 'DirectDecrypt', Effect: 'Allow', Principal: { AWS }, Action: 'kms:Decrypt', Resource: '*' });
    expect(identityStatements(keys)).toEqual([{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } }]);
  });

  test('that is a group cannot be named: its actions are delegated', () => {
    const { key, keys } = newKey();
    key.grantDecrypt(new iam.Group(keys, 'Group'));
    expect(statement(key, 'DelegatedDecrypt')).toMatchObject({ Principal: { AWS: ROOT }, Condition: DELEGATED });
    expect(identityStatements(keys)).toHaveLength(1);
  });

  test('that is only imported is delegated to, it alone', () => {
    const { key, keys } = newKey();
    key.grantDecrypt(iam.Role.fromRoleName(keys, 'Role', 'reader'));
    key.grantDecrypt(iam.Role.fromRoleArn(keys, 'Writer', `arn:aws:iam::${ACCOUNT}:role/writer`));
    expect(useSids(key)).toEqual(['DelegatedDecrypt']);
  });

  test('keeps its conditions in both halves', () => {
    const { key, keys } = newKey();
    const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
    key.grantDecrypt(new iam.PrincipalWithConditions(newRole(keys), mfa));
    expect(statement(key, 'DirectDecrypt').Condition).toEqual(mfa);
    expect(identityStatements(keys)[0].Condition).toEqual(mfa);
  });
});

describe('a principal of another stack', () => {
  test('with a name of its own is delegated to, it alone', () => {
    const { key, users } = newKey();
    key.grantDecrypt(newRole(users, 'Role', 'reader'));
    expect(statement(key, 'DelegatedDecrypt')).toMatchObject({
      Principal: { AWS: ROOT }, Condition: { ...DELEGATED, ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/reader` } },
    });
    expect(identityStatements(users)).toMatchObject([{ Action: 'kms:Decrypt' }]);
  });

  test('with a path has it in the pin', () => {
    const { key, users } = newKey();
    key.grantDecrypt(new iam.Role(users, 'Role', { roleName: 'reader', path: '/apps/', assumedBy: new iam.AccountRootPrincipal() }));
    expect(statement(key, 'DelegatedDecrypt').Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:role/apps/reader` });
  });

  test.each<[string, (users: Stack) => iam.IGrantable, string]>([
    ['a user', (users) => new iam.User(users, 'User', { userName: 'ada' }), 'user/ada'],
    ['an imported role', (users) => iam.Role.fromRoleArn(users, 'Role', `arn:aws:iam::${ACCOUNT}:role/reader`), 'role/reader'],
  ])('that is %s is pinned by its name', (_name, of, resource) => {
    const { key, users } = newKey();
    key.grantDecrypt(of(users));
    expect(statement(key, 'DelegatedDecrypt').Condition?.ArnEquals).toEqual({ 'aws:PrincipalArn': `arn:aws:iam::${ACCOUNT}:${resource}` });
  });

  test.each<[string, (users: Stack) => iam.IGrantable]>([
    ['a role with a generated name', (users) => newRole(users)],
    ['a role whose name is a token', (users) => newRole(users, 'Role', new CfnParameter(users, 'Name').valueAsString)],
    ['a role of a nested stack', (users) => newRole(new NestedStack(users, 'Nested'))],
    ['a group', (users) => new iam.Group(users, 'Group', { groupName: 'readers' })],
  ])('that is %s is delegated to without a pin', (_name, of) => {
    const { key, users } = newKey();
    key.grantDecrypt(of(users));
    expect(statement(key, 'DelegatedDecrypt')).toMatchObject({ Principal: { AWS: ROOT }, Condition: DELEGATED });
    expect(statement(key, 'DelegatedDecrypt').Condition?.ArnEquals).toBeUndefined();
  });

  test('loses the pin of the others where it is known at deployment only', () => {
    const { key, users } = newKey();
    key.grantDecrypt(newRole(users, 'Named', 'reader'));
    key.grantDecrypt(newRole(users, 'Generated'));
    expect(statement(key, 'DelegatedDecrypt').Condition).toEqual(DELEGATED);
  });

  test('of another Region refers to the key, and the key not to it', () => {
    const { key, app } = newKey();
    const abroad = newStack(app, 'Abroad', { account: ACCOUNT, region: 'eu-west-1' });
    key.grantDecrypt(newRole(abroad, 'Role', 'reader'));
    expect(identityStatements(abroad)[0].Resource).toMatchObject({ 'Fn::GetStackOutput': { StackName: 'Keys', Region: REGION } });
    expect(JSON.stringify(statement(key, 'DelegatedDecrypt'))).not.toContain('Fn::');
  });
});

describe('a principal of another account', () => {
  test('that is a role of the app gets both halves', () => {
    const { key, app } = newKey();
    const elsewhere = newStack(app, 'Elsewhere', { account: OTHER_ACCOUNT, region: REGION });
    key.grantDecrypt(newRole(elsewhere, 'Role', 'reader'));
    expect(statement(key, `Account${OTHER_ACCOUNT}Decrypt`)).toMatchObject({
      Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
      Condition: { ...FOREIGN, ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER_ACCOUNT}:role/reader` } },
    });
    expect(identityStatements(elsewhere)[0].Resource).toMatchObject({ 'Fn::GetStackOutput': { StackName: 'Keys' } });
  });

  test.each([
    ['in a stack of a known account', undefined],
    ['in a stack whose account is known at deployment only', {}],
  ])('that is the account is let in as it is written, %s', (_name, env) => {
    const { key } = newKey(env);
    expect(key.grantDecrypt(new iam.AccountPrincipal(OTHER_ACCOUNT)).success).toBe(true);
    expect(statement(key, `Account${OTHER_ACCOUNT}Decrypt`).Condition).toEqual(FOREIGN);
  });

  test('fails where its IAM policy is out of reach', () => {
    expect(() => newKey().key.grantDecrypt(roleArn('reader', OTHER_ACCOUNT))).toThrow(new Error(
      'IdentityHalfMissing: access needs the key policy and the IAM policy, and the IAM policy of '
      + `ArnPrincipal(arn:aws:iam::${OTHER_ACCOUNT}:role/reader) is out of reach; `
      + 'add this statement to it: {"Effect":"Allow","Action":["kms:Decrypt"],"Resource":"the ARN of the key"}, '
      + "and grant to its account instead: new AccountPrincipal('…') [at Keys/Key]",
    ));
  });

  test('fails where the account is a token', () => {
    const { key, keys } = newKey();
    expect(() => key.grantDecrypt(new iam.AccountPrincipal(new CfnParameter(keys, 'Account').valueAsString))).toThrow(new Error(
      'AccountNotLiteral: an account was granted as a token, which could be any account; write its 12 digits out: '
      + "new AccountPrincipal('111122223333'), or new AccountRootPrincipal() for the account of the key [at Keys/Key]",
    ));
  });
});

describe('a principal without an IAM policy of ours', () => {
  test.each([undefined, {}])('is delegated to as the account of the key, in an environment %j', (env) => {
    const { key } = newKey(env);
    key.grantDecrypt(new iam.AccountRootPrincipal());
    expect(useSids(key)).toEqual(['DelegatedDecrypt']);
  });

  test('is named where its ARN is known', () => {
    const { key } = newKey();
    expect(key.grantDecrypt(roleArn('reader')).success).toBe(true);
    expect(statement(key, 'DirectDecrypt').Principal).toEqual({ AWS: `arn:aws:iam::${ACCOUNT}:role/reader` });
  });

  test('fails where its name is generated', () => {
    const { key, users } = newKey();
    expect(() => key.grantDecrypt(newRole(users).withoutPolicyUpdates())).toThrow(/^IdentityHalfMissing: .* is out of reach; add this statement to it/);
  });

  test('fails where it is a service: services are let in with via', () => {
    expect(() => newKey().key.grantDecrypt(new iam.ServicePrincipal('logs.amazonaws.com'))).toThrow(new Error(
      'ServicePrincipalNeedsService: the service principal logs.amazonaws.com was granted direct use; hand the key to the service instead, '
      + 'with key.via(KmsService.…), which writes what the service needs, and no more [at Keys/Key]',
    ));
  });

  test.each([['everyone', new iam.AnyPrincipal()], ['a wildcard', roleArn('*')]])('fails where it is %s', (who, principal) => {
    expect(() => newKey().key.grantDecrypt(principal)).toThrow(new Error(
      `PrincipalNotGrantable: a key cannot be granted to ${who}; grant to each role, user or account (AccountPrincipal) that shall use it, `
      + 'or narrow a service with via(service, { useOnlyBy }) [at Keys/Key]',
    ));
  });
});

test.each([['kms:PutKeyPolicy'], ['kms:CreateGrant'], ['kms:*'], ['kms:Sign'], ['s3:GetObject']])('fails where %s is granted: it is no use of the key', (action) => {
  expect(() => newKey().key.grant(roleArn('reader'), action)).toThrow(new Error(
    `ActionNotUse: a grant gives use of the key, given: ${action}; this key can be granted kms:DescribeKey, kms:Decrypt, kms:Encrypt, kms:ReEncryptFrom, `
    + 'kms:ReEncryptTo, kms:ReEncrypt*, kms:GenerateDataKey, kms:GenerateDataKey*, kms:GenerateDataKeyPair, kms:GenerateDataKeyPairWithoutPlaintext, '
    + 'kms:GenerateDataKeyWithoutPlaintext. Administration is given with the administrators of the key, grants are made by AWS services through via(service) '
    + '[at Keys/Key]',
  ));
});

test('fails where nothing is granted', () => {
  const key = new CustomerManagedKey(newStack(), 'Key', { keySpec: kms.KeySpec.HMAC_256, keyUsage: kms.KeyUsage.GENERATE_VERIFY_MAC });
  expect(() => key.grant(roleArn('reader'))).toThrow(new Error(
    'ActionNotUse: a grant gives use of the key, given: no action; this key can be granted kms:DescribeKey, kms:GenerateMac, kms:VerifyMac. '
    + 'Administration is given with the administrators of the key, grants are made by AWS services through via(service) [at Keys/Key]',
  ));
});
