import { OnKeyChange } from '../../src/service/kms-service-facts';
import { SQS } from '../../src/service/sqs';

describe('Amazon SQS', () => {
  test('has producers generate data keys and consumers decrypt, and makes no grants', () => {
    expect(SQS.viaServices).toEqual(['sqs']);
    expect(SQS.useActions).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
    expect(SQS.createsGrants).toBeUndefined();
  });

  test.each(['events', 's3', 'sns'])('takes messages from %s, which generates data keys and decrypts', (name) => {
    expect(SQS.senders).toContainEqual(expect.objectContaining({
      servicePrincipal: `${name}.amazonaws.com`, actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    }));
  });

  test('deploys without the key, and takes another in place', () => {
    expect(SQS.deployActions).toBeUndefined();
    expect(SQS.resources).toEqual([{ type: 'AWS::SQS::Queue', property: 'KmsMasterKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION }]);
  });
});
