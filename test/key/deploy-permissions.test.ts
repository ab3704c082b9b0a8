import { CustomerManagedKey, KmsService } from '../../src';
import { ACCOUNT, newStack, REGION } from '../support/key-stack';
import { KMS_ADMINISTRATIVE_ACTIONS, KMS_USE_AND_GRANT_ACTIONS, KMS_WILDCARDS } from '../support/kms-actions';

const KEYS = `arn:aws:kms:${REGION}:${ACCOUNT}:key/*`;
const through = (service: string) => ({ StringEquals: { 'kms:ViaService': `${service}.${REGION}.amazonaws.com` } });

function permissionsOf(...services: KmsService[]): any[] {
  const key = new CustomerManagedKey(newStack(), 'Key');
  services.forEach((service) => key.via(service));
  return key.stack.resolve(key.deployPermissions()).Statement;
}

test('a key alone needs what makes, reads, changes and deletes keys', () => {
  expect(permissionsOf()).toEqual([
    { Sid: 'CreateKeys', Effect: 'Allow', Action: ['kms:CreateKey', 'kms:ListAliases'], Resource: '*' },
    {
      Sid: 'ManageKeys',
      Effect: 'Allow',
      Action: [
        'kms:CreateAlias', 'kms:DeleteAlias', 'kms:DescribeKey', 'kms:DisableKey', 'kms:DisableKeyRotation', 'kms:EnableKey', 'kms:EnableKeyRotation',
        'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:TagResource',
        'kms:UntagResource', 'kms:UpdateAlias', 'kms:UpdateKeyDescription',
      ],
      Resource: [KEYS, `arn:aws:kms:${REGION}:${ACCOUNT}:alias/*`],
    },
    { Sid: 'ReadOutputs', Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/Keys/*` },
  ]);
});

test('services add what the role calls through them, grants apart and for AWS resources only', () => {
  expect(permissionsOf(KmsService.SECRETS_MANAGER, KmsService.RDS, KmsService.S3).slice(3)).toEqual([
    { Sid: 'EncryptRds', Effect: 'Allow', Action: 'kms:DescribeKey', Resource: KEYS, Condition: through('rds') },
    {
      Sid: 'GrantRds',
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      Resource: KEYS,
      Condition: { ...through('rds'), Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    {
      Sid: 'EncryptSecretsManager',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: KEYS,
      Condition: through('secretsmanager'),
    },
  ]);
});

test('actions that take effect in IAM only are among them', () => {
  expect(permissionsOf(KmsService.ECR).slice(3)).toEqual([
    { Sid: 'EncryptEcr', Effect: 'Allow', Action: ['kms:DescribeKey', 'kms:RetireGrant'], Resource: KEYS, Condition: through('ecr') },
    {
      Sid: 'GrantEcr',
      Effect: 'Allow',
      Action: 'kms:CreateGrant',
      Resource: KEYS,
      Condition: { ...through('ecr'), Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
  ]);
});

test('what can come through a further service at deployment is allowed through both', () => {
  const viaService = { 'kms:ViaService': [`cloudformation.${REGION}.amazonaws.com`, `lambda.${REGION}.amazonaws.com`] };
  expect(permissionsOf(KmsService.LAMBDA).slice(3).map(({ Condition }) => Condition.StringEquals)).toEqual([viaService, viaService]);
});

test('every action of every service is one of AWS KMS', () => {
  const known = [...KMS_USE_AND_GRANT_ACTIONS, ...KMS_ADMINISTRATIVE_ACTIONS, ...KMS_WILDCARDS, 'cloudformation:DescribeStacks'];
  const actions = permissionsOf(...KmsService.all()).flatMap(({ Action }) => Action as string | string[]);
  expect(actions.filter((action) => !known.includes(action))).toEqual([]);
});

test('the Sids are unique', () => {
  const sids = permissionsOf(...KmsService.all()).map(({ Sid }) => Sid as string);
  expect(new Set(sids).size).toBe(sids.length);
});

test('no use of a key is allowed without a service between', () => {
  const direct = permissionsOf(...KmsService.all()).filter(({ Condition }) => !Condition).flatMap(({ Action }) => Action as string | string[]);
  expect(direct.filter((action) => /crypt|DataKey|CreateGrant/i.test(action))).toEqual([]);
});
