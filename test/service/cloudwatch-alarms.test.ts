import { CLOUDWATCH_ALARM_ACTIONS, CLOUDWATCH_ALARMS } from '../../src/service/cloudwatch-alarms';
import { FactConfidence } from '../../src/service/fact-confidence';
import { SNS } from '../../src/service/sns';

describe('Amazon CloudWatch alarms', () => {
  test('notify by themselves, and demand the account where they send it', () => {
    expect(CLOUDWATCH_ALARMS.servicePrincipals).toEqual([{
      servicePrincipal: 'cloudwatch.amazonaws.com', actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], sourceAccount: FactConfidence.UNKNOWN,
    }]);
    expect(CLOUDWATCH_ALARMS.viaServices).toBeUndefined();
  });

  test('send to topics', () => {
    expect(SNS.senders).toContain(CLOUDWATCH_ALARM_ACTIONS);
  });
});
