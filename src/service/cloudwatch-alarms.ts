import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts } from './kms-service-facts';
import { ServicePrincipalFacts } from './service-principal-facts';

/** Alarms that notify an encrypted topic. */
export const CLOUDWATCH_ALARM_ACTIONS: ServicePrincipalFacts = {
  servicePrincipal: 'cloudwatch.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  sourceAccount: FactConfidence.UNKNOWN,
};

// Without the statement, notifications are dropped: only the history of the alarm says so.
export const CLOUDWATCH_ALARMS: KmsServiceFacts = {
  name: 'Amazon CloudWatch alarms',
  servicePrincipals: [CLOUDWATCH_ALARM_ACTIONS],
  unconfirmed: [
    'No page says whether alarms send `aws:SourceAccount`; it is demanded where it is sent.',
  ],
  sources: [
    'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
  ],
};
