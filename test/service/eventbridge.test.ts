import { EVENTBRIDGE, EVENTBRIDGE_TO_QUEUES, EVENTBRIDGE_TO_TOPICS } from '../../src/service/eventbridge';
import { FactConfidence } from '../../src/service/fact-confidence';
import { SNS } from '../../src/service/sns';
import { SQS } from '../../src/service/sqs';

describe('Amazon EventBridge', () => {
  test('delivers by itself, and its calls for topics cannot be narrowed by their source', () => {
    expect(EVENTBRIDGE.servicePrincipals).toEqual([{
      servicePrincipal: 'events.amazonaws.com', actions: ['kms:Decrypt', 'kms:GenerateDataKey*'], sourceAccount: FactConfidence.UNSUPPORTED,
    }]);
    expect(EVENTBRIDGE.viaServices).toBeUndefined();
  });

  test('sends to topics and queues, to queues under the narrower statement', () => {
    expect(SNS.senders).toContain(EVENTBRIDGE_TO_TOPICS);
    expect(SQS.senders).toContain(EVENTBRIDGE_TO_QUEUES);
    expect(EVENTBRIDGE_TO_QUEUES.sourceAccount).toBe(FactConfidence.UNKNOWN);
  });
});
