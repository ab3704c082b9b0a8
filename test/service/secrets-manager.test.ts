import { FactConfidence } from '../../src/service/fact-confidence';
import { OnKeyChange } from '../../src/service/kms-service-facts';
import { SECRETS_MANAGER } from '../../src/service/secrets-manager';

describe('AWS Secrets Manager', () => {
  test('generates data keys and decrypts for its callers, and makes no grants', () => {
    expect(SECRETS_MANAGER.viaServices).toEqual(['secretsmanager']);
    expect(SECRETS_MANAGER.useActions).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']));
    expect(SECRETS_MANAGER.createsGrants).toBeUndefined();
  });

  test('re-encrypts the versions of a secret under its new key only with kms:Encrypt, in place', () => {
    expect(SECRETS_MANAGER.deployActions).toEqual(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey']);
    expect(SECRETS_MANAGER.resources).toEqual([
      { type: 'AWS::SecretsManager::Secret', property: 'KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
      { type: 'AWS::SecretsManager::Secret', property: 'ReplicaRegions.KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION, ofCopies: true },
    ]);
  });

  test('is narrowed by the ARN of the secret with its random end', () => {
    expect(SECRETS_MANAGER.encryptionContexts![0]).toEqual({
      key: 'SecretARN', value: 'arn:{partition}:secretsmanager:{region}:{account}:secret:NAME-??????', confidence: FactConfidence.CONFIRMED,
    });
  });
});
