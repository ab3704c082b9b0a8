import { CustomerManagedKey } from '../../src';
import { keyPolicyOf, policySids, statement } from '../support/key-policy';
import { ACCOUNT, newStack, roleArn, ROOT } from '../support/key-stack';

const ADMIN = `arn:aws:iam::${ACCOUNT}:role/admin`;
const SECURITY = `arn:aws:iam::${ACCOUNT}:role/security`;
const DEPLOYER = `arn:aws:iam::${ACCOUNT}:role/deployer`;
const READ = [
  'kms:DescribeKey', 'kms:GetKeyLastUsage', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus',
  'kms:ListGrants', 'kms:ListKeyPolicies', 'kms:ListKeyRotations', 'kms:ListResourceTags',
];
const ADMINISTER = [
  'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:DeleteAlias', 'kms:DisableKey', 'kms:DisableKeyRotation',
  'kms:EnableKey', 'kms:EnableKeyRotation', 'kms:RevokeGrant', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion',
  'kms:TagResource', 'kms:UntagResource', 'kms:UpdateAlias', 'kms:UpdateKeyDescription',
];
const DENY_DIRECT_GRANTS = {
  Sid: 'DenyDirectGrants',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'kms:CreateGrant',
  Resource: '*',
  Condition: { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } },
};

function namedKey(props = {}) {
  return new CustomerManagedKey(newStack(), 'Key', {
    administrators: [roleArn('admin'), roleArn('security')], executionRole: roleArn('deployer'), ...props,
  });
}

describe('administration by the IAM of the account', () => {
  test('is the whole policy of a key that nobody uses', () => {
    expect(keyPolicyOf(new CustomerManagedKey(newStack(), 'Key'))).toEqual([
      { Sid: 'ReadMetadata', Effect: 'Allow', Principal: { AWS: ROOT }, Action: READ, Resource: '*' },
      { Sid: 'Administer', Effect: 'Allow', Principal: { AWS: ROOT }, Action: ADMINISTER, Resource: '*' },
      { Sid: 'ChangePolicy', Effect: 'Allow', Principal: { AWS: ROOT }, Action: 'kms:PutKeyPolicy', Resource: '*' },
      DENY_DIRECT_GRANTS,
    ]);
  });

  test('has no break-glass statement: nobody is shut out', () => {
    expect(policySids(new CustomerManagedKey(newStack(), 'Key'))).not.toContain('BreakGlass');
  });
});

describe('administration by named administrators', () => {
  test('is theirs and the execution role\'s', () => {
    expect(statement(namedKey(), 'Administer')).toEqual({
      Sid: 'Administer', Effect: 'Allow', Principal: { AWS: [ADMIN, DEPLOYER, SECURITY] }, Action: ADMINISTER, Resource: '*',
    });
  });

  test('includes the policy, for all of them', () => {
    expect(statement(namedKey(), 'ChangePolicy')).toEqual({
      Sid: 'ChangePolicy', Effect: 'Allow', Principal: { AWS: [ADMIN, DEPLOYER, SECURITY] }, Action: 'kms:PutKeyPolicy', Resource: '*',
    });
  });

  test('leaves the policy to some of them where these are named', () => {
    const key = namedKey({ policyAdministrators: [roleArn('security')] });
    expect(statement(key, 'ChangePolicy').Principal).toEqual({ AWS: [DEPLOYER, SECURITY] });
    expect(statement(key, 'Administer').Principal).toEqual({ AWS: [ADMIN, DEPLOYER, SECURITY] });
  });

  test('leaves the metadata readable for the account', () => {
    expect(statement(namedKey(), 'ReadMetadata').Principal).toEqual({ AWS: ROOT });
  });

  test('lets the root user, and no other principal of the account, in again', () => {
    expect(statement(namedKey(), 'BreakGlass')).toEqual({
      Sid: 'BreakGlass',
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: ['kms:CancelKeyDeletion', 'kms:DescribeKey', 'kms:EnableKey', ...READ.slice(1), 'kms:PutKeyPolicy'],
      Resource: '*',
      Condition: { ArnEquals: { 'aws:PrincipalArn': ROOT } },
    });
  });
});

describe('what is denied', () => {
  test('is to make grants except through AWS services, in the shape of CT.KMS.PR.3', () => {
    expect(statement(new CustomerManagedKey(newStack(), 'Key'), 'DenyDirectGrants')).toEqual(DENY_DIRECT_GRANTS);
  });

  test('is not to make grants where that is switched off', () => {
    expect(policySids(new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false }))).toEqual(['ReadMetadata', 'Administer', 'ChangePolicy']);
  });

  test('is to get round the lock-out check where that is switched on', () => {
    expect(statement(new CustomerManagedKey(newStack(), 'Key', { denyPolicyLockoutBypass: true }), 'DenyBypass')).toEqual({
      Sid: 'DenyBypass',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 'kms:PutKeyPolicy',
      Resource: '*',
      Condition: { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } },
    });
  });
});

test.each([
  ['by the account', () => new CustomerManagedKey(newStack(), 'Key')],
  ['by name', () => namedKey({ denyPolicyLockoutBypass: true })],
])('administration %s allows no use, no grants, no wildcard and no way to other key material', (_mode, keyOf) => {
  const allowed = keyPolicyOf(keyOf()).filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
  expect(allowed.filter((action) => /\*|Crypt|DataKey|Sign|Verify|Mac$|Secret|CreateGrant|Replicate|Primary|Import/i.test(action))).toEqual([]);
});
