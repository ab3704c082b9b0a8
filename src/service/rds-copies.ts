import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

/**
 * Copies of snapshots, and automated backups that are replicated to another Region.
 *
 * An entry of its own: only copies decrypt, encrypt and re-encrypt with the permissions of their caller, where a database needs a grant and no more.
 */
export const RDS_COPIES: KmsServiceFacts = {
  name: 'Amazon RDS copies',
  viaServices: ['rds'],
  useActions: [
    'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
  ],
  createsGrants: true,
  deployActions: [
    'kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext',
    'kms:ReEncryptFrom', 'kms:ReEncryptTo',
  ],
  resources: [
    { type: 'AWS::RDS::DBInstance', property: 'AutomaticBackupReplicationKmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION, ofCopies: true },
  ],
  unconfirmed: [
    'No page says which actions the replication of automated backups needs on each key, and from which Region they come; the statements have what copies of '
    + 'snapshots need, on the keys of both Regions and from both.',
    'No page prints how `DescribeDBInstanceAutomatedBackups` names the key of replicated backups; where the name of an instance is generated, `maxAge` looks for '
    + 'the ARN of the key, and rings where it is named in another way.',
    // https://github.com/awslabs/aurora-snapshot-tool/issues/29
    'No page says which of the actions a copy of a snapshot calls on the key of the source, and which on that of the copy, nor that it makes a grant on both, '
    + 'without which people saw copies fail; the statements have all of them on both.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_ReplicateBackups.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedBackups.Replicating.Describe.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/AutomatedXREGBackups.Troubleshooting.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html',
  ],
};
