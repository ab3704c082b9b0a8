import { CLOUDWATCH_LOGS } from '../../src/service/cloudwatch-logs';
import { FactConfidence } from '../../src/service/fact-confidence';
import { OnKeyChange } from '../../src/service/kms-service-facts';

describe('Amazon CloudWatch Logs', () => {
  test('encrypts by itself, with the service principal of the Region and only for log groups of the account', () => {
    expect(CLOUDWATCH_LOGS.servicePrincipals).toEqual([{
      servicePrincipal: 'logs.{region}.{urlSuffix}',
      actions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      describesKey: true,
      sourceAccount: FactConfidence.UNKNOWN,
      encryptionContext: { 'aws:logs:arn': 'arn:{partition}:logs:{region}:{account}:log-group:*' },
    }]);
  });

  test('asks the roles that call it for the same actions', () => {
    expect(CLOUDWATCH_LOGS.viaServices).toEqual(['logs']);
    expect(CLOUDWATCH_LOGS.useActions).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']);
    expect(CLOUDWATCH_LOGS.deployActions).toEqual(CLOUDWATCH_LOGS.useActions);
  });

  test('is narrowed by the context that its service principal sends', () => {
    expect(CLOUDWATCH_LOGS.encryptionContexts![0].key).toBe('aws:logs:arn');
    expect(CLOUDWATCH_LOGS.encryptionContexts![0].confidence).toBe(FactConfidence.CONFIRMED);
  });

  test('takes another key in place', () => {
    expect(CLOUDWATCH_LOGS.resources).toEqual([{ type: 'AWS::Logs::LogGroup', property: 'KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION }]);
  });
});
