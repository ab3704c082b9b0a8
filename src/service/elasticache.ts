import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

// Not in the AWS GovCloud (US) Regions, where Amazon ElastiCache takes no customer managed key.
export const ELASTICACHE: KmsServiceFacts = {
  name: 'Amazon ElastiCache',
  // The page asks for both values.
  viaServices: ['dax', 'elasticache'],
  useActions: ['kms:DescribeKey'],
  createsGrants: true,
  deployActions: ['kms:CreateGrant', 'kms:DescribeKey'],
  resources: [
    { type: 'AWS::ElastiCache::ReplicationGroup', property: 'KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
    { type: 'AWS::ElastiCache::ServerlessCache', property: 'KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
  ],
  unconfirmed: [
    'The page says that a cache has a grant, and lists no action of its caller; `kms:CreateGrant` and `kms:DescribeKey` are allowed.',
    'No page of Amazon ElastiCache prints `kms:GrantIsForAWSResource` for its grants; the statement demands it, as AWS KMS defines it for every integrated service.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-replicationgroup.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-elasticache-serverlesscache.html',
  ],
};
