import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';
import { ServiceLinkedRoleFacts } from './service-linked-role-facts';

/**
 * Copies from another account what stays under the key of its source: with this role of the account that it copies to.
 *
 * @see https://aws.amazon.com/blogs/storage/how-encryption-works-in-aws-backup/
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceLinkedRolePolicyForBackup.html
 */
export const BACKUP_COPIES_FROM_OTHERS: ServiceLinkedRoleFacts = {
  servicePrincipal: 'backup.amazonaws.com',
  roleName: 'AWSServiceRoleForBackup',
  actions: ['kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom'],
  createsGrants: true,
};

// The key of a vault. What AWS Backup does not fully manage, such as Amazon EBS, RDS and Redshift, stays under the key of its source:
// the backup role needs that one through the service of the source.
export const BACKUP: KmsServiceFacts = {
  name: 'AWS Backup',
  viaServices: ['backup'],
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  createsGrants: true,
  deployActions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  identityOnlyActions: ['kms:RetireGrant'],
  encryptionContexts: [
    { key: 'aws:backup:backup-vault', value: 'of the vault', confidence: FactConfidence.UNKNOWN },
  ],
  resources: [
    { type: 'AWS::Backup::BackupVault', property: 'EncryptionKeyArn', onKeyChange: OnKeyChange.REPLACEMENT },
    { type: 'AWS::Backup::LogicallyAirGappedBackupVault', property: 'EncryptionKeyArn', onKeyChange: OnKeyChange.REPLACEMENT },
  ],
  unconfirmed: [
    'The page prints the key of the encryption context, not its value; no statement demands one.',
    'The page prints `backup.*.amazonaws.com`; the statements allow the Region of the key, which is that of the vault, and further Regions where they are given.',
    'A copy to another account is made by its service-linked role for AWS Backup, which `BackupCopy` lets in on the keys of the sources; `via` alone does not.',
    'No page says that AWS Backup sends `aws:SourceAccount` when it assumes a role; the roles of `BackupCopy` demand it where it is sent.',
    'No page says in which Region AWS Backup tells of a copy to another one; the alarms of `BackupCopy` look in that of the source, where the job is.',
  ],
  sources: [
    'https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html',
    'https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-logicallyairgappedbackupvault.html',
  ],
};
