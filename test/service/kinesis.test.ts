import { FactConfidence } from '../../src/service/fact-confidence';
import { KINESIS } from '../../src/service/kinesis';
import { OnKeyChange } from '../../src/service/kms-service-facts';

describe('Amazon Kinesis Data Streams', () => {
  test('has producers generate data keys and consumers decrypt, and makes no grants', () => {
    expect(KINESIS.viaServices).toEqual(['kinesis']);
    expect(KINESIS.useActions).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']);
    expect(KINESIS.createsGrants).toBeUndefined();
  });

  test('deploys by describing the key, and takes another in place', () => {
    expect(KINESIS.deployActions).toEqual(['kms:DescribeKey']);
    expect(KINESIS.resources).toEqual([{ type: 'AWS::Kinesis::Stream', property: 'StreamEncryption.KeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION }]);
  });

  test('sends the ARN of the stream, which a key policy can name beforehand', () => {
    expect(KINESIS.encryptionContexts).toEqual([
      { key: 'aws:kinesis:arn', value: 'arn:{partition}:kinesis:{region}:{account}:stream/NAME', confidence: FactConfidence.CONFIRMED },
    ]);
  });
});
