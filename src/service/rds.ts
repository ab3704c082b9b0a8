import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

/** Storage, backups and Performance Insights. The master user password that Amazon RDS manages is `RDS_MASTER_SECRET`, copies are `RDS_COPIES`. */
export const RDS: KmsServiceFacts = {
  name: 'Amazon RDS',
  viaServices: ['rds'],
  // Storage needs DescribeKey; who looks at Performance Insights needs the other two. Users of the database need nothing.
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  createsGrants: true,
  deployActions: ['kms:CreateGrant', 'kms:DescribeKey'],
  encryptionContexts: [
    { key: 'aws:rds:db-id', value: 'db-ID', confidence: FactConfidence.CONFIRMED, assignedOnCreation: true },
    { key: 'aws:rds:dbc-id', value: 'cluster-ID', confidence: FactConfidence.CONFIRMED, assignedOnCreation: true },
    { key: 'aws:pi:service', value: 'rds', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    { type: 'AWS::RDS::DBCluster', property: 'KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
    { type: 'AWS::RDS::DBCluster', property: 'PerformanceInsightsKmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    { type: 'AWS::RDS::DBInstance', property: 'KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
    // In place for an instance that has none: isPerformanceInsightsKMSKeyIdMutable in github.com/aws-cloudformation/aws-cloudformation-resource-providers-rds.
    { type: 'AWS::RDS::DBInstance', property: 'PerformanceInsightsKMSKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
  ],
  unconfirmed: [
    'No page of Amazon RDS prints `kms:GrantIsForAWSResource` for its grants; the statement demands it, as AWS KMS defines it for every integrated service.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.access-control.cmk-policy.html',
    'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/services-rds.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbinstance.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-dbcluster.html',
  ],
};
