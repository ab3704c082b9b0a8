import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';
import { ServicePrincipalFacts } from './service-principal-facts';

const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'];
const OF_LOGS = { SourceArn: 'arn:{partition}:logs:{region}:{account}:*' };

/** Events of a bus; ReEncrypt is for archives. */
const EVENT_BUS_EVENTS: ServicePrincipalFacts = {
  servicePrincipal: 'events.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt*'],
  describesKey: true,
  sourceAccount: FactConfidence.UNKNOWN,
  encryptionContext: { 'aws:events:event-bus:arn': 'arn:{partition}:events:{region}:{account}:event-bus/*' },
};

/** Logs of a bus, encrypted on their way. */
const EVENT_BUS_LOGS: ServicePrincipalFacts = {
  servicePrincipal: 'events.amazonaws.com',
  actions: ['kms:GenerateDataKey'],
  sourceAccount: FactConfidence.UNKNOWN,
  encryptionContext: OF_LOGS,
};

/** Logs of a bus, decrypted where they are delivered. */
export const EVENT_BUS_LOG_DELIVERY: ServicePrincipalFacts = {
  servicePrincipal: 'delivery.logs.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  sourceAccount: FactConfidence.UNKNOWN,
  encryptionContext: OF_LOGS,
};

// Nothing for who puts events. What rules deliver to topics and queues is `EVENTBRIDGE`.
export const EVENT_BUS: KmsServiceFacts = {
  name: 'Amazon EventBridge event buses',
  viaServices: ['events'],
  // Who makes or changes a bus needs all, who makes or looks at its rules Decrypt.
  useActions: USE,
  servicePrincipals: [EVENT_BUS_EVENTS, EVENT_BUS_LOGS],
  senders: [EVENT_BUS_LOG_DELIVERY],
  deployActions: USE,
  encryptionContexts: [
    { key: 'aws:events:event-bus:arn', value: 'arn:{partition}:events:{region}:{account}:event-bus/NAME', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    { type: 'AWS::Events::Archive', property: 'KmsKeyIdentifier', onKeyChange: OnKeyChange.NO_INTERRUPTION },
    { type: 'AWS::Events::EventBus', property: 'KmsKeyIdentifier', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  unconfirmed: [
    'The pages print `aws:SourceArn` for buses and none for archives; the encryption context, which both print, is demanded, and `aws:SourceAccount` where it is sent.',
    'No page lists what callers need for an archive; what they need for a bus is allowed.',
  ],
  sources: [
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-key-policy.html',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-event-bus-cmkey.html',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-archives.html',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-eventbus.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-archive.html',
  ],
};
