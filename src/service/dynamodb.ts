import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange, ViaServiceScope } from './kms-service-facts';
import { ServicePrincipalFacts } from './service-principal-facts';

/** Replicas of a multi-account global table; the accounts of the other replicas are given with `sourceAccounts`. */
export const DYNAMODB_REPLICATION: ServicePrincipalFacts = {
  servicePrincipal: 'replication.dynamodb.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  describesKey: true,
  sourceAccount: FactConfidence.CONFIRMED,
  sourceArn: 'arn:{partition}:dynamodb:*:{account}:table/*',
};

export const DYNAMODB: KmsServiceFacts = {
  name: 'Amazon DynamoDB',
  viaServices: ['dynamodb'],
  // For global tables, Amazon DynamoDB calls from Region to Region.
  viaServiceScope: ViaServiceScope.ANY_REGION,
  // Who makes a table needs all, who reads or writes items Decrypt: the table key is generated under a grant.
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  createsGrants: true,
  senders: [DYNAMODB_REPLICATION],
  deployActions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
  encryptionContexts: [
    { key: 'aws:dynamodb:tableName', value: 'NAME', confidence: FactConfidence.CONFIRMED },
    { key: 'aws:dynamodb:subscriberId', value: '{account}', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    { type: 'AWS::DynamoDB::GlobalTable', property: 'Replicas.SSESpecification.KMSMasterKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION, ofCopies: true },
    { type: 'AWS::DynamoDB::Table', property: 'SSESpecification.KMSMasterKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  unconfirmed: [
    'No page of Amazon DynamoDB prints `kms:GrantIsForAWSResource` for its grants; the statement demands it, as AWS KMS defines it for every integrated service.',
  ],
  sources: [
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html',
    'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/globaltables_MA_security.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-table-ssespecification.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-dynamodb-globaltable-replicassespecification.html',
  ],
};
