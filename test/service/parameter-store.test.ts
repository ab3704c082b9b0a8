import { FactConfidence } from '../../src/service/fact-confidence';
import { PARAMETER_STORE } from '../../src/service/parameter-store';

describe('Parameter Store', () => {
  test('encrypts standard parameters, and advanced ones with data keys', () => {
    expect(PARAMETER_STORE.viaServices).toEqual(['ssm']);
    expect(PARAMETER_STORE.useActions).toEqual(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey']);
    expect(PARAMETER_STORE.createsGrants).toBeUndefined();
  });

  test('is narrowed by the ARN of the parameter', () => {
    expect(PARAMETER_STORE.encryptionContexts).toEqual([
      { key: 'PARAMETER_ARN', value: 'arn:{partition}:ssm:{region}:{account}:parameter/NAME', confidence: FactConfidence.CONFIRMED },
    ]);
  });

  test('has no resource type of AWS, only that of this library: CloudFormation cannot make a SecureString', () => {
    expect(PARAMETER_STORE.resources?.map(({ type }) => type)).toEqual(['Custom::SecureStringParameter', 'Custom::SecureStringCopy']);
    expect(PARAMETER_STORE.deployActions).toBeUndefined();
  });
});
