import type { GoldenRow } from './policy-model';
import { pair } from './requests';
import { DELEGATED, DENY_DIRECT_GRANTS, keyAllows, NAMES_R, aws, via } from './statements';
import { Verdict } from '../../../src/access/decision/decision';
import { A, R, World } from '../../support/access-world';

const has = (...names: string[]): World => ({ keyPolicy: [DELEGATED, DENY_DIRECT_GRANTS], managed: names.map((name) => `arn:aws:iam::aws:policy/${name}`) });
const asks = (action: string, context: object = {}) => ({ action: `kms:${action}`, context: context as Record<string, unknown>, complete: true });
const through = (name: string, more: object = {}) => ({ 'kms:ViaService': via(name), ...more });
const grantThrough = (name: string) => through(name, { 'kms:GrantIsForAWSResource': 'true' });
const VOLUME = pair('aws:ebs:id', 'vol-1');

/** A managed policy, what it does, and under which request. */
type Row = readonly [policy: string, action: string, context: object, verdict: Verdict];

const LOOKS = ['ReadOnlyAccess', 'SecurityAudit', 'job-function/SupportUser'];
const ROWS: readonly Row[] = [
  ...LOOKS.flatMap((name): Row[] => [
    [name, 'DescribeKey', {}, 'allowed'], [name, 'GetKeyPolicy', {}, 'allowed'], [name, 'ListGrants', {}, 'allowed'],
    [name, 'Decrypt', {}, 'denied'], [name, 'Encrypt', through('s3'), 'denied'], [name, 'PutKeyPolicy', {}, 'denied'], [name, 'CreateGrant', grantThrough('ec2'), 'denied'],
  ]),
  ['AdministratorAccess', 'Decrypt', {}, 'allowed'],
  ['AdministratorAccess', 'PutKeyPolicy', {}, 'allowed'],
  ['AdministratorAccess', 'CreateGrant', {}, 'denied'],
  ['PowerUserAccess', 'Decrypt', {}, 'allowed'],
  ['PowerUserAccess', 'ScheduleKeyDeletion', {}, 'allowed'],
  ['job-function/ViewOnlyAccess', 'ListKeys', {}, 'allowed'],
  ['job-function/ViewOnlyAccess', 'DescribeKey', {}, 'denied'],
  ['AWSKeyManagementServicePowerUser', 'DescribeKey', {}, 'allowed'],
  ['AWSKeyManagementServicePowerUser', 'TagResource', {}, 'allowed'],
  ['AWSKeyManagementServicePowerUser', 'Decrypt', {}, 'denied'],
  ['AWSKeyManagementServicePowerUser', 'PutKeyPolicy', {}, 'denied'],
  ['service-role/AWSBackupServiceRolePolicyForBackup', 'ReEncryptTo', through('ec2', VOLUME), 'allowed'],
  ['service-role/AWSBackupServiceRolePolicyForBackup', 'GenerateDataKeyWithoutPlaintext', through('ec2', VOLUME), 'allowed'],
  ['service-role/AWSBackupServiceRolePolicyForBackup', 'ReEncryptTo', through('ec2'), 'denied'],
  ['service-role/AWSBackupServiceRolePolicyForBackup', 'ReEncryptTo', through('rds', VOLUME), 'denied'],
  ['service-role/AWSBackupServiceRolePolicyForBackup', 'Decrypt', through('dynamodb'), 'allowed'],
  ['service-role/AWSBackupServiceRolePolicyForBackup', 'Decrypt', through('ec2'), 'denied'],
  ['service-role/AWSBackupServiceRolePolicyForBackup', 'CreateGrant', grantThrough('rds'), 'allowed'],
  ['service-role/AWSBackupServiceRolePolicyForBackup', 'CreateGrant', {}, 'denied'],
  ['service-role/AWSBackupServiceRolePolicyForBackup', 'DescribeKey', {}, 'allowed'],
  ['service-role/AWSBackupServiceRolePolicyForRestores', 'Decrypt', through('redshift'), 'allowed'],
  ['service-role/AWSBackupServiceRolePolicyForRestores', 'ReEncryptFrom', through('ec2'), 'allowed'],
  ['service-role/AWSBackupServiceRolePolicyForRestores', 'Decrypt', {}, 'denied'],
  ['service-role/AWSBackupServiceRolePolicyForRestores', 'CreateGrant', grantThrough('ec2'), 'allowed'],
  ['AWSBackupFullAccess', 'CreateGrant', { ...grantThrough('backup'), 'kms:EncryptionContextKeys': ['aws:backup:backup-vault'] }, 'allowed'],
  ['AWSBackupFullAccess', 'CreateGrant', grantThrough('ec2'), 'denied'],
  ['service-role/AWSDataLifecycleManagerServiceRole', 'ReEncryptFrom', through('ec2'), 'denied'],
  ['service-role/AWSDataLifecycleManagerServiceRole', 'DescribeKey', {}, 'denied'],
  ['service-role/AWSLambdaBasicExecutionRole', 'Decrypt', through('lambda'), 'denied'],
  ['service-role/AmazonECSTaskExecutionRolePolicy', 'Decrypt', through('secretsmanager'), 'denied'],
  ['AmazonS3FullAccess', 'GenerateDataKey', through('s3'), 'denied'],
  ['AmazonSQSFullAccess', 'Decrypt', through('sqs'), 'denied'],
  ['AmazonEC2FullAccess', 'CreateGrant', grantThrough('ec2'), 'denied'],
  ['AmazonRDSFullAccess', 'CreateGrant', grantThrough('rds'), 'denied'],
  ['SecretsManagerReadWrite', 'Decrypt', through('secretsmanager'), 'denied'],
  ['SecretsManagerReadWrite', 'DescribeKey', {}, 'allowed'],
  ['service-role/AWS_ConfigRole', 'GetKeyPolicy', {}, 'allowed'],
  ['IAMFullAccess', 'Decrypt', {}, 'denied'],
  ['SomethingThatComesNextYear', 'Decrypt', {}, 'unknown'],
];

/** What AWS managed policies allow where the key policy delegates everything. [BK-mp, DLM-mp, AWS managed policies] */
export const MANAGED_POLICIES: readonly GoldenRow[] = [
  ...ROWS.map(([name, action, context, verdict]): GoldenRow => [name, `${action} ${JSON.stringify(context)}`, has(name), asks(action, context), verdict, 'AWS managed policies']),
  ['AWSDenyAll', 'beats the key policy', { keyPolicy: [NAMES_R], managed: ['arn:aws:iam::aws:policy/AWSDenyAll'] }, asks('Decrypt'), 'denied', 'AWS managed policies'],
  ['of unknown text', 'denies nobody whom the key policy names', { keyPolicy: [NAMES_R], managed: ['arn:aws:iam::aws:policy/SomethingNew'] }, asks('Decrypt'), 'allowed', 'AWS managed policies'],
  ['as boundary', 'ReadOnlyAccess limits a role that the key policy names', { keyPolicy: [NAMES_R], role: { PermissionsBoundary: 'arn:aws:iam::aws:policy/ReadOnlyAccess' } }, asks('Decrypt'), 'denied', 'IAM-eval'],
  ['as boundary', 'PowerUserAccess does not', { keyPolicy: [NAMES_R], role: { PermissionsBoundary: 'arn:aws:iam::aws:policy/PowerUserAccess' } }, asks('Decrypt'), 'allowed', 'IAM-eval'],
  ['of the account', 'by its ARN, which no template makes', { keyPolicy: [keyAllows(aws(R), 'kms:DescribeKey'), DELEGATED], managed: [`arn:aws:iam::${A}:policy/Team`] }, asks('Decrypt'), 'unknown', 'safe side'],
];
