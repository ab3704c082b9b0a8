import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

// Nothing for users of the database. Callers of the Data API make a grant with each first statement, long after the cluster was made.
export const REDSHIFT: KmsServiceFacts = {
  name: 'Amazon Redshift',
  viaServices: ['redshift', 'redshift-data'],
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
  createsGrants: true,
  // The last one where a snapshot copy grant goes.
  deployActions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:RevokeGrant'],
  identityOnlyActions: ['kms:RetireGrant'],
  encryptionContexts: [
    { key: 'aws:redshift:arn', value: 'arn:{partition}:redshift:{region}:{account}:cluster:NAME', confidence: FactConfidence.CONFIRMED },
    { key: 'aws:redshift:createtime', value: 'TIME', confidence: FactConfidence.CONFIRMED, assignedOnCreation: true },
    { key: 'serviceName', value: 'RedshiftDataAPI', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    { type: 'AWS::Redshift::Cluster', property: 'KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    // In the Region that snapshots are copied to, under a key of that Region.
    { type: 'AWS::Redshift::SnapshotCopyGrant', property: 'KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
    { type: 'Custom::RedshiftSnapshotCopy', property: 'DestinationKeyArn', onKeyChange: OnKeyChange.NO_INTERRUPTION, ofCopies: true },
  ],
  unconfirmed: [
    'No page says which actions a snapshot copy grant needs of who makes and deletes it, nor whether enabling copies uses the keys once more; the statements '
    + 'have those of a cluster, each key for its own Region, and `kms:RetireGrant` and `kms:RevokeGrant` for its end.',
    'The page of the Data API prints `redshift.amazonaws.com`, without a Region, as the `kms:ViaService` of its grants, and AWS KMS lists none of its own '
    + 'for it; the statements allow `redshift` and `redshift-data` in the Region of the key.',
  ],
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-kms-customer-managed-key.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/working-with-db-encryption.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-kms.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/cross-region-snapshot-copy.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/xregioncopy-kms-encrypted-snapshot.html',
    'https://docs.aws.amazon.com/kms/latest/developerguide/services-redshift.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-redshift-cluster.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-redshift-snapshotcopygrant.html',
  ],
};
