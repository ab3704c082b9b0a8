import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

// Logs and manual snapshots are encrypted where they go: by CloudWatch Logs and Amazon S3.
export const OPENSEARCH: KmsServiceFacts = {
  name: 'Amazon OpenSearch Service',
  viaServices: ['es'],
  useActions: ['kms:DescribeKey'],
  createsGrants: true,
  deployActions: ['kms:CreateGrant', 'kms:DescribeKey'],
  resources: [
    { type: 'AWS::Elasticsearch::Domain', property: 'EncryptionAtRestOptions.KmsKeyId', onKeyChange: OnKeyChange.UPDATE_FAILS },
    { type: 'AWS::OpenSearchService::Domain', property: 'EncryptionAtRestOptions.KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
  ],
  unconfirmed: [
    'The page asks for the permission to create grants, and to describe keys in the console only; `kms:DescribeKey` is allowed in any case.',
    'Amazon OpenSearch Service cannot change the key of a domain, while CloudFormation lists that of an Elasticsearch domain as updatable; '
    + 'it counts as a failing update here.',
  ],
  sources: [
    'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/encryption-at-rest.html',
    'https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_EncryptionAtRestOptions.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-opensearchservice-domain-encryptionatrestoptions.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-elasticsearch-domain-encryptionatrestoptions.html',
  ],
};
