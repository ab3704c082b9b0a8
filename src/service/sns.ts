import { CLOUDWATCH_ALARM_ACTIONS } from './cloudwatch-alarms';
import { EVENTBRIDGE_TO_TOPICS } from './eventbridge';
import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';
import { S3_EVENT_NOTIFICATIONS } from './s3';
import { ServicePrincipalFacts } from './service-principal-facts';

/** Further services that publish to an encrypted topic by themselves, with the actions that the page lists for all. */
const FURTHER_PUBLISHERS = [
  'codecommit', 'dms', 'ds', 'dynamodb', 'events.rds', 'glacier', 'inspector', 'redshift', 'ses', 'ssm-contacts', 'ssm-incidents',
];

// Auto Scaling, CodePipeline, AWS Config, Elastic Beanstalk, IoT and Image Builder publish with a role: they are callers, not senders.
export const SNS: KmsServiceFacts = {
  name: 'Amazon SNS',
  viaServices: ['sns'],
  // Publishers need both; subscribers nothing.
  useActions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
  senders: [CLOUDWATCH_ALARM_ACTIONS, EVENTBRIDGE_TO_TOPICS, S3_EVENT_NOTIFICATIONS, ...FURTHER_PUBLISHERS.map(publisher)],
  encryptionContexts: [
    { key: 'aws:sns:topicArn', value: 'arn:{partition}:sns:{region}:{account}:NAME', confidence: FactConfidence.UNKNOWN },
  ],
  resources: [
    { type: 'AWS::SNS::Topic', property: 'KmsMasterKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
  ],
  unconfirmed: [
    'No page read says which encryption context Amazon SNS sends; no statement demands one.',
    'No page says which publishing services but EventBridge send `aws:SourceAccount`; it is demanded where it is sent.',
  ],
  sources: [
    'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html',
  ],
};

function publisher(name: string): ServicePrincipalFacts {
  return {
    servicePrincipal: `${name}.amazonaws.com`,
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    sourceAccount: FactConfidence.UNKNOWN,
  };
}
