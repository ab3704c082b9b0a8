import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

/**
 * The admin password that Amazon Redshift manages in AWS Secrets Manager.
 *
 * An entry of its own for the reason that `RDS_MASTER_SECRET` is one: only here do calls come through both services.
 */
export const REDSHIFT_ADMIN_SECRET: KmsServiceFacts = {
  name: 'Amazon Redshift admin secret',
  viaServices: ['redshift', 'redshift-serverless', 'secretsmanager'],
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  createsGrants: true,
  deployActions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  encryptionContexts: [{
    key: 'SecretARN',
    value: 'arn:{partition}:secretsmanager:{region}:{account}:secret:redshift!ID',
    confidence: FactConfidence.CONFIRMED,
    assignedOnCreation: true,
  }],
  resources: [
    { type: 'AWS::Redshift::Cluster', property: 'MasterPasswordSecretKmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    { type: 'AWS::RedshiftServerless::Namespace', property: 'AdminPasswordSecretKmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  unconfirmed: [
    'No page read lists the actions on the key of a managed admin password; the statements allow those of the master user secrets of Amazon RDS, '
    + 'grants included, through both services.',
    'No page read says how the secret of a namespace is named, and CloudFormation does not return its ARN; grants on an `EncryptedRedshiftServerless` take '
    + '`redshift!NAMESPACE-ADMINISTRATOR`, as published configurations have it.',
  ],
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-redshift-cluster.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-redshiftserverless-namespace.html',
  ],
};
