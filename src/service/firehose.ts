import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

// Records that are put into a stream, encrypted under its grant. Objects in its bucket are Amazon S3's, those of a source stream Kinesis'.
export const FIREHOSE: KmsServiceFacts = {
  name: 'Amazon Data Firehose',
  viaServices: ['firehose'],
  useActions: ['kms:DescribeKey'],
  createsGrants: true,
  deployActions: ['kms:CreateGrant', 'kms:DescribeKey'],
  resources: [{
    type: 'AWS::KinesisFirehose::DeliveryStream',
    property: 'DeliveryStreamEncryptionConfigurationInput.KeyARN',
    onKeyChange: OnKeyChange.NO_INTERRUPTION,
  }],
  unconfirmed: [
    'The page says that Amazon Data Firehose creates a grant for its caller, and lists no other action; `kms:DescribeKey` is allowed as well.',
    'No page of Amazon Data Firehose prints `kms:GrantIsForAWSResource` for its grants; the statement demands it, as AWS KMS defines it for every integrated service.',
  ],
  sources: [
    'https://docs.aws.amazon.com/firehose/latest/dev/encryption.html',
    'https://docs.aws.amazon.com/firehose/latest/APIReference/API_DeliveryStreamEncryptionConfigurationInput.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/'
    + 'aws-properties-kinesisfirehose-deliverystream-deliverystreamencryptionconfigurationinput.html',
  ],
};
