import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

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
    'A copy from another account is made by its service-linked role for AWS Backup, which no statement lets in.',
  ],
  sources: [
    'https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html',
    'https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-logicallyairgappedbackupvault.html',
  ],
};
