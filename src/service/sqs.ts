import { EVENTBRIDGE_TO_QUEUES } from './eventbridge';
import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';
import { S3_EVENT_NOTIFICATIONS } from './s3';
import { ServicePrincipalFacts } from './service-principal-facts';

/** Subscriptions of an encrypted queue to a topic. */
export const SNS_SUBSCRIPTIONS: ServicePrincipalFacts = {
  servicePrincipal: 'sns.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  sourceAccount: FactConfidence.UNKNOWN,
};

export const SQS: KmsServiceFacts = {
  name: 'Amazon SQS',
  viaServices: ['sqs'],
  // Producers need both, consumers Decrypt; those of a dead-letter queue also under the key of the queue that it serves.
  useActions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  senders: [EVENTBRIDGE_TO_QUEUES, S3_EVENT_NOTIFICATIONS, SNS_SUBSCRIPTIONS],
  encryptionContexts: [
    { key: 'aws:sqs:arn', value: 'arn:{partition}:sqs:{region}:{account}:NAME', confidence: FactConfidence.UNKNOWN },
  ],
  resources: [
    { type: 'AWS::SQS::Queue', property: 'KmsMasterKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  unconfirmed: [
    'No page read says which encryption context Amazon SQS sends; no statement demands one.',
    'The page lists `aws:SourceArn` for its senders, but not `aws:SourceAccount`; the latter is demanded where it is sent.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html',
  ],
};
