import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts } from './kms-service-facts';
import { ServicePrincipalFacts } from './service-principal-facts';

/** Rules that deliver to an encrypted topic, where conditions on the source of the call are not supported. */
export const EVENTBRIDGE_TO_TOPICS: ServicePrincipalFacts = {
  servicePrincipal: 'events.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  sourceAccount: FactConfidence.UNSUPPORTED,
};

/** Rules that deliver to an encrypted queue, or keep what they cannot deliver in one. */
export const EVENTBRIDGE_TO_QUEUES: ServicePrincipalFacts = {
  servicePrincipal: 'events.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  sourceAccount: FactConfidence.UNKNOWN,
};

// For topics and queues alike, hence the wider of the two. An event bus under a key of its own needs more than this.
export const EVENTBRIDGE: KmsServiceFacts = {
  name: 'Amazon EventBridge',
  servicePrincipals: [EVENTBRIDGE_TO_TOPICS],
  sources: [
    'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
    'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html',
  ],
};
