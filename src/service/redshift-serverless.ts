import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';
import { REDSHIFT } from './redshift';

export const REDSHIFT_SERVERLESS: KmsServiceFacts = {
  name: 'Amazon Redshift Serverless',
  viaServices: ['redshift', 'redshift-data', 'redshift-serverless'],
  useActions: REDSHIFT.useActions,
  createsGrants: true,
  deployActions: ['kms:CreateGrant', ...REDSHIFT.useActions!],
  encryptionContexts: [{
    key: 'aws:redshift-serverless:arn',
    value: 'arn:{partition}:redshift-serverless:{region}:{account}:namespace/ID',
    confidence: FactConfidence.CONFIRMED,
    assignedOnCreation: true,
  }, {
    key: 'serviceName', value: 'RedshiftDataAPI', confidence: FactConfidence.CONFIRMED,
  }],
  resources: [
    { type: 'AWS::RedshiftServerless::Namespace', property: 'KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    {
      type: 'AWS::RedshiftServerless::Namespace',
      property: 'SnapshotCopyConfigurations.DestinationKmsKeyId',
      onKeyChange: OnKeyChange.NO_INTERRUPTION,
      ofCopies: true,
    },
  ],
  unconfirmed: [
    'No page says which actions copies of snapshots in another Region need on each key, and from which Region they come; the statements have those of a '
    + 'namespace, on the keys of both Regions and from both.',
    'No page says whether `ListSnapshots` and `ListRecoveryPoints` have copies where these are, nor which ARN of a namespace they give for them; `maxAge` looks in '
    + 'both for that of the source, and rings where there is none.',
    'No page says through which of its two names, or that of the Data API, a call for a namespace comes; the statements allow all three.',
    'The encryption context is that of the Data API; no page prints another one for namespaces.',
    'The page of the Data API prints the ARN of a namespace with `namespace:ID`, where IAM and CloudFormation write `namespace/ID`; grants on an '
    + '`EncryptedRedshiftServerless` take both.',
  ],
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-kms-customer-managed-key.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroups-and-namespaces-rotate-kms-key.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-backup-copy.html',
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListRecoveryPoints.html',
    'https://docs.aws.amazon.com/redshift-serverless/latest/APIReference/API_ListSnapshots.html',
    'https://docs.aws.amazon.com/redshift/latest/mgmt/data-api-kms.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-redshiftserverless-namespace.html',
  ],
};
