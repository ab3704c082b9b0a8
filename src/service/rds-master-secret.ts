import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

/**
 * The master user password that Amazon RDS manages in AWS Secrets Manager.
 *
 * An entry of its own: only here do calls come through both services and does AWS Secrets Manager make a grant.
 * Under RDS, every key of a database could be used through Secrets Manager; under SECRETS_MANAGER, every key of a secret could be granted.
 */
export const RDS_MASTER_SECRET: KmsServiceFacts = {
  name: 'Amazon RDS master user secret',
  viaServices: ['rds', 'secretsmanager'],
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  createsGrants: true,
  deployActions: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  encryptionContexts: [{
    key: 'SecretARN',
    value: 'arn:{partition}:secretsmanager:{region}:{account}:secret:rds!ID',
    confidence: FactConfidence.CONFIRMED,
    assignedOnCreation: true,
  }],
  resources: [
    { type: 'AWS::RDS::DBCluster', property: 'MasterUserSecret.KmsKeyId', onKeyChange: OnKeyChange.UPDATE_FAILS },
    { type: 'AWS::RDS::DBInstance', property: 'MasterUserSecret.KmsKeyId', onKeyChange: OnKeyChange.UPDATE_FAILS },
  ],
  unconfirmed: [
    'No page says whether the grant is made through Amazon RDS or through AWS Secrets Manager; the statements allow both.',
    'Amazon RDS cannot change the key of a managed secret, while CloudFormation lists the property as updatable; it counts as a failing update here.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html',
  ],
};
