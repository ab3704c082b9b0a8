import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

export const KINESIS: KmsServiceFacts = {
  name: 'Amazon Kinesis Data Streams',
  viaServices: ['kinesis'],
  // Producers generate data keys, consumers decrypt, who administers a stream describes its key.
  useActions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  deployActions: ['kms:DescribeKey'],
  encryptionContexts: [
    { key: 'aws:kinesis:arn', value: 'arn:{partition}:kinesis:{region}:{account}:stream/NAME', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    { type: 'AWS::Kinesis::Stream', property: 'StreamEncryption.KeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  sources: [
    'https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-kinesis-stream-streamencryption.html',
  ],
};
