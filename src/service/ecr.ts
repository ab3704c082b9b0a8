import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

// Nothing for who pushes and pulls: Amazon ECR uses the key under its grants.
export const ECR: KmsServiceFacts = {
  name: 'Amazon ECR',
  viaServices: ['ecr'],
  useActions: ['kms:DescribeKey'],
  createsGrants: true,
  deployActions: ['kms:CreateGrant', 'kms:DescribeKey'],
  // Who deletes a repository retires its grants.
  identityOnlyActions: ['kms:RetireGrant'],
  resources: [
    { type: 'AWS::ECR::Repository', property: 'EncryptionConfiguration.KmsKey', onKeyChange: OnKeyChange.REPLACEMENT },
    { type: 'AWS::ECR::RepositoryCreationTemplate', property: 'EncryptionConfiguration.KmsKey', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  unconfirmed: [
    'No page of Amazon ECR prints `kms:GrantIsForAWSResource` for its grants; the statement demands it, as AWS KMS defines it for every integrated service.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-ecr-repository-encryptionconfiguration.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ecr-repositorycreationtemplate.html',
  ],
};
