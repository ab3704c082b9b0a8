import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

// Nothing for who mounts a file system: Amazon EFS decrypts under its grant.
export const EFS: KmsServiceFacts = {
  name: 'Amazon EFS',
  viaServices: ['elasticfilesystem'],
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'],
  createsGrants: true,
  deployActions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext'],
  encryptionContexts: [
    { key: 'aws:elasticfilesystem:filesystem:id', value: 'fs-ID', confidence: FactConfidence.CONFIRMED, assignedOnCreation: true },
  ],
  resources: [
    { type: 'AWS::EFS::FileSystem', property: 'KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
    {
      type: 'AWS::EFS::FileSystem',
      property: 'ReplicationConfiguration.Destinations.KmsKeyId',
      onKeyChange: OnKeyChange.NO_INTERRUPTION,
      ofCopies: true,
    },
  ],
  unconfirmed: [
    'No page of Amazon EFS prints `kms:GrantIsForAWSResource` for its grants; the statement demands it, as AWS KMS defines it for every integrated service.',
  ],
  sources: [
    'https://docs.aws.amazon.com/efs/latest/ug/EFSKMS.html',
    'https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html',
    'https://docs.aws.amazon.com/efs/latest/ug/logging-using-cloudtrail.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-efs-filesystem.html',
  ],
};
