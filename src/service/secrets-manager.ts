import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

// No grants: the only secrets that need one are those that another service manages, such as `RDS_MASTER_SECRET`.
export const SECRETS_MANAGER: KmsServiceFacts = {
  name: 'AWS Secrets Manager',
  viaServices: ['secretsmanager'],
  // Without Encrypt on its new key, a secret silently keeps the versions that it has under the old one (UpdateSecret).
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
  deployActions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
  encryptionContexts: [
    { key: 'SecretARN', value: 'arn:{partition}:secretsmanager:{region}:{account}:secret:NAME-??????', confidence: FactConfidence.CONFIRMED },
    { key: 'SecretVersionId', value: 'ID, or RequestToValidateKeyAccess', confidence: FactConfidence.CONFIRMED, assignedOnCreation: true },
  ],
  resources: [
    { type: 'AWS::SecretsManager::Secret', property: 'KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    { type: 'AWS::SecretsManager::Secret', property: 'ReplicaRegions.KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION, ofCopies: true },
  ],
  unconfirmed: [
    'No page says with whose credentials a changed value reaches its replicas, nor the Region in the `kms:ViaService` of these calls '
    + 'and in the ARN of their encryption context; '
    + 'whoever writes needs the actions on the key of each Region, and both keys are handed over with `regions` of the other.',
  ],
  sources: [
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/replicate-secrets_troubleshoot.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecret.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html',
  ],
};
