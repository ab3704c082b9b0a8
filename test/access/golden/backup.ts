import { grantsThrough, LINKED, may, mayIf, useByRole, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, from, grantBy, otherGrants, pair, strangers } from './requests';
import { allows, aws, keyAllows } from './statements';
import { KmsService } from '../../../src/service/kms-service';
import { A, B, ROOT } from '../../support/access-world';
import { ServiceWorld } from '../../support/service-world';

const DLM_USE = ['Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*', 'DescribeKey'];
const COPIES = ['ec2', 'ec2.us-east-1'];
const IN_THE_VAULT = { 'kms:EncryptionContextKeys': ['aws:backup:backup-vault'] };
const VOLUME = pair('aws:ebs:id', 'vol-1');
const OF_THE_VAULT = { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:backup:backup-vault' } };
const BACKUP_ROLE = LINKED('backup', 'AWSServiceRoleForBackup');
const FOR_BACKUPS = 'service-role/AWSBackupServiceRolePolicyForBackup';
const FOR_RESTORES = 'service-role/AWSBackupServiceRolePolicyForRestores';

export const BACKUP: readonly ServiceWorld[] = [{
  about: 'DLM',
  services: ['EbsCopies'],
  source: 'DLM-ev, DLM-mp',
  keyPolicy: [useThrough(COPIES, ...DLM_USE), grantsThrough(...COPIES)],
  handOver: (key) => key.via(KmsService.EBS_COPIES, { regions: ['us-east-1'] }),
  people: {
    Lifecycle: [may(...DLM_USE), mayIf({ Bool: { 'kms:GrantIsForAWSResource': 'true' } }, 'CreateGrant', 'ListGrants', 'RevokeGrant')],
    AsDocumented: ['service-role/AWSDataLifecycleManagerServiceRole'],
    WithoutGrants: [may(...DLM_USE)],
  },
  rows: [
    ...COPIES.flatMap((name) => [
      ...['ReEncryptFrom', 'GenerateDataKeyWithoutPlaintext'].flatMap((action) => fenced('consumer', 'Lifecycle', action, name, VOLUME)),
      ['consumer', 'Lifecycle', 'CreateGrant', grantBy(name, VOLUME), 'allowed'] as const,
      ['must not', 'WithoutGrants', 'CreateGrant', grantBy(name, VOLUME), 'denied'] as const,
    ]),
    ['must not', 'Lifecycle', 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', 'AsDocumented', 'ReEncryptFrom', by('ec2', VOLUME), 'denied'],
    ['must not', 'AsDocumented', 'CreateGrant', grantBy('ec2'), 'denied'],
    ['must not', 'dlm.amazonaws.com', 'Decrypt', from(`arn:aws:dlm:eu-west-1:${A}:policy/policy-1`), 'denied'],
    ['must not', 'Lifecycle', 'ReEncryptFrom', by('dlm'), 'denied'],
    ['must not', 'Nobody', 'ReEncryptFrom', by('ec2', VOLUME), 'denied'],
    ['must not', 'Administrator', 'Decrypt', by('ec2.eu-central-1', VOLUME), 'denied'],
  ],
}, {
  about: 'AWS Backup vault',
  services: ['Backup'],
  source: 'BK-vault, BK-enc, BK-mp',
  keyPolicy: [useThrough('backup', 'DescribeKey', 'GenerateDataKey', 'Decrypt'), grantsThrough('backup')],
  people: {
    Deployer: [may('CreateGrant', 'DescribeKey', 'GenerateDataKey', 'Decrypt', 'RetireGrant')],
    WithoutGrants: [may('DescribeKey', 'GenerateDataKey', 'Decrypt')],
    BackupRole: [FOR_BACKUPS, may('GenerateDataKey', 'Decrypt')],
    Restores: [FOR_RESTORES],
    OnVaults: [allows('backup:*')],
    Narrow: [mayIf(OF_THE_VAULT, 'CreateGrant')],
  },
  rows: [
    ...['DescribeKey', 'GenerateDataKey', 'Decrypt'].map((action) => ['deployer', 'Deployer', action, by('backup'), 'allowed'] as const),
    ['deployer', 'Deployer', 'CreateGrant', grantBy('backup', IN_THE_VAULT), 'allowed'],
    ['deployer', 'Deployer', 'RetireGrant', by('backup'), 'allowed'],
    ['deployer', 'WithoutGrants', 'RetireGrant', by('backup'), 'denied'],
    ['deployer', 'WithoutGrants', 'CreateGrant', grantBy('backup', IN_THE_VAULT), 'denied'],
    ...fenced('consumer', 'BackupRole', 'GenerateDataKey', 'backup', pair('aws:backup:backup-vault', 'v')),
    ['consumer', 'BackupRole', 'DescribeKey', by('backup'), 'allowed'],
    ['consumer', 'BackupRole', 'CreateGrant', grantBy('backup', IN_THE_VAULT), 'allowed'],
    ['consumer', 'Narrow', 'CreateGrant', grantBy('backup', IN_THE_VAULT), 'allowed'],
    ['must not', 'Narrow', 'CreateGrant', grantBy('backup', { 'kms:EncryptionContextKeys': ['aws:ebs:id'] }), 'denied'],
    ['must not', 'Narrow', 'CreateGrant', grantBy('backup'), 'denied'],
    ['must not', 'Restores', 'Decrypt', by('backup'), 'denied'],
    ['must not', 'OnVaults', 'Decrypt', by('backup'), 'denied'],
    ['must not', 'backup.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
    ['must not', BACKUP_ROLE, 'ReEncryptFrom', by('ec2', VOLUME), 'denied'],
    ...strangers('backup', 'Decrypt'),
    ...otherGrants('backup'),
  ],
}, {
  about: 'AWS Backup vault, as its page prints the key policy',
  services: [],
  source: 'BK-enc',
  keyPolicy: [
    keyAllows(aws(ROOT), ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:ListKeys', 'kms:ListAliases']),
    keyAllows(aws(ROOT), 'kms:CreateGrant', {
      ...OF_THE_VAULT, Bool: { 'kms:GrantIsForAWSResource': 'true' }, StringLike: { 'kms:ViaService': 'backup.*.amazonaws.com' },
    }),
  ],
  people: { BackupRole: ['AWSBackupFullAccess'], Lists: [may('ListKeys')] },
  rows: [
    ['consumer', 'BackupRole', 'GenerateDataKey', DIRECTLY, 'allowed'],
    ['consumer', 'BackupRole', 'CreateGrant', grantBy('backup.us-east-1', IN_THE_VAULT), 'allowed'],
    ['must not', 'BackupRole', 'CreateGrant', grantBy('backup', { 'kms:EncryptionContextKeys': [] }), 'denied'],
    ['must not', 'BackupRole', 'Decrypt', by('backup'), 'denied'],
    ['must not', 'Lists', 'ListKeys', DIRECTLY, 'denied'],
  ],
}, {
  about: 'AWS Backup, not fully managed: the key of the source, copied by another account',
  services: [],
  source: 'BKblog: the service-linked role of the destination account',
  keyPolicy: [
    useThrough('ec2', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo', 'Decrypt'), grantsThrough('ec2'),
    ...useByRole(BACKUP_ROLE.replace(A, B), ['DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom'], B),
  ],
  people: { BackupRole: [FOR_BACKUPS], Describes: [allows('kms:DescribeKey', '*', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/aws/backup' } })] },
  partners: { Copies: ['service-role/AWSBackupServiceRolePolicyForBackup', allows('kms:*', `arn:aws:kms:*:${A}:key/*`)] },
  rows: [
    ['consumer', 'BackupRole', 'ReEncryptFrom', by('ec2', VOLUME), 'allowed'],
    ['consumer', 'BackupRole', 'CreateGrant', grantBy('ec2'), 'allowed'],
    ['must not', 'BackupRole', 'ReEncryptFrom', by('ec2'), 'denied'],
    ['must not', 'BackupRole', 'ReEncryptFrom', VOLUME, 'denied'],
    ['must not', 'BackupRole', 'Decrypt', by('ec2', VOLUME), 'denied'],
    ['service-linked role', BACKUP_ROLE.replace(A, B), 'ReEncryptFrom', by('ec2', VOLUME), 'allowed'],
    ['service-linked role', BACKUP_ROLE.replace(A, B), 'CreateGrant', grantBy('ec2', VOLUME), 'allowed'],
    ['service-linked role', BACKUP_ROLE.replace(A, B), 'DescribeKey', DIRECTLY, 'allowed'],
    ['must not', BACKUP_ROLE.replace(A, B), 'ReEncryptFrom', VOLUME, 'denied'],
    ['must not', BACKUP_ROLE.replace(A, B), 'Decrypt', by('ec2', VOLUME), 'denied'],
    ['service-linked role', BACKUP_ROLE, 'ReEncryptFrom', by('ec2', VOLUME), 'allowed'],
    ['must not', BACKUP_ROLE, 'ReEncryptTo', by('ec2', VOLUME), 'denied'],
    ['must not', 'Copies', 'ReEncryptFrom', by('ec2', VOLUME), 'denied'],
    ['must not', 'Describes', 'DescribeKey', DIRECTLY, 'denied'],
  ],
}];
