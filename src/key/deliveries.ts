import { Delivery } from './delivery';
import { LAUNCHES } from './launches';
import { CLOUDFRONT_ORIGIN_ACCESS } from '../service/cloudfront';
import { CLOUDWATCH_ALARM_ACTIONS } from '../service/cloudwatch-alarms';
import { DYNAMODB_REPLICATION } from '../service/dynamodb';
import { EVENT_BUS_LOG_DELIVERY } from '../service/event-bus';
import { EVENTBRIDGE_TO_QUEUES } from '../service/eventbridge';
import { LAMBDA_FILTERS } from '../service/lambda';
import { S3_EVENT_NOTIFICATIONS, S3_INVENTORY } from '../service/s3';
import { SNS_SUBSCRIPTIONS } from '../service/sqs';
import { STEP_FUNCTIONS_LOG_DELIVERY } from '../service/step-functions';

const QUEUES = ['AWS::SQS::Queue'];
const TOPICS_AND_QUEUES = ['AWS::SNS::Topic', ...QUEUES];
const BUCKETS = ['AWS::S3::Bucket'];

export const DELIVERIES: Delivery[] = [
  {
    code: 'AlarmCannotNotify',
    types: ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'],
    properties: ['AlarmActions', 'OKActions', 'InsufficientDataActions'],
    to: TOPICS_AND_QUEUES,
    by: CLOUDWATCH_ALARM_ACTIONS,
    does: 'the alarm PATH notifies a topic that is',
    fate: 'would be dropped',
    write: 'key.via(KmsService.CLOUDWATCH_ALARMS)',
  },
  {
    code: 'BucketCannotNotify',
    types: ['AWS::S3::Bucket', 'Custom::S3BucketNotifications'],
    properties: ['NotificationConfiguration'],
    to: TOPICS_AND_QUEUES,
    by: S3_EVENT_NOTIFICATIONS,
    does: 'PATH notifies a topic or queue that is',
    fate: 'would be dropped',
    write: 'key.via(KmsService.SNS).grantEncryptDecrypt(new iam.ServicePrincipal(\'s3.amazonaws.com\')), with KmsService.SQS for a queue',
  },
  {
    code: 'InventoryCannotDeliver',
    types: BUCKETS,
    properties: ['InventoryConfigurations.Destination'],
    to: BUCKETS,
    by: S3_INVENTORY,
    does: 'the inventory of PATH goes to a bucket that is',
    fate: 'would be dropped',
    write: 'key.via(KmsService.S3).grantEncrypt(new iam.ServicePrincipal(\'s3.amazonaws.com\'))',
  },
  {
    code: 'RuleCannotDeliver',
    types: ['AWS::Events::Rule'],
    properties: ['Targets'],
    to: TOPICS_AND_QUEUES,
    by: EVENTBRIDGE_TO_QUEUES,
    does: 'the rule PATH delivers to a topic or queue that is',
    fate: 'would be dropped',
    write: 'key.via(KmsService.EVENTBRIDGE)',
  },
  {
    code: 'BusCannotKeep',
    types: ['AWS::Events::EventBus'],
    properties: ['DeadLetterConfig'],
    to: QUEUES,
    by: EVENTBRIDGE_TO_QUEUES,
    does: 'the bus PATH keeps what it cannot encrypt in a queue that is',
    fate: 'would lose it',
    write: 'key.via(KmsService.SQS).grantEncryptDecrypt(new iam.ServicePrincipal(\'events.amazonaws.com\'))',
  },
  {
    code: 'BusCannotLog',
    types: ['AWS::Events::EventBus'],
    properties: ['LogConfig.Level'],
    isNot: 'OFF',
    by: EVENT_BUS_LOG_DELIVERY,
    does: 'the bus PATH, which logs, is',
    fate: 'its logs would be dropped',
    write: 'key.via(KmsService.EVENT_BUS).grantEncryptDecrypt(new iam.ServicePrincipal(\'delivery.logs.amazonaws.com\'))',
  },
  {
    code: 'SubscriptionCannotDeliver',
    types: ['AWS::SNS::Subscription', 'AWS::SNS::Topic'],
    properties: ['Endpoint', 'RedrivePolicy', 'Subscription'],
    to: QUEUES,
    by: SNS_SUBSCRIPTIONS,
    does: 'PATH delivers to a queue that is',
    fate: 'would be dropped',
    write: 'key.via(KmsService.SQS).grantEncryptDecrypt(new iam.ServicePrincipal(\'sns.amazonaws.com\'))',
  },
  {
    code: 'GroupCannotNotify',
    types: ['AWS::AutoScaling::AutoScalingGroup'],
    properties: ['NotificationConfigurations'],
    to: ['AWS::SNS::Topic'],
    // It publishes with its service-linked role, other services with their service principal:
    // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    by: ['AWSServiceRoleForAutoScaling'],
    roleArn: 'ServiceLinkedRoleARN',
    does: 'PATH notifies a topic that is',
    fate: 'would be dropped',
    write: 'key.via(KmsService.EC2_AUTO_SCALING)',
  },
  {
    code: 'MachineCannotLog',
    types: ['AWS::StepFunctions::StateMachine'],
    properties: ['LoggingConfiguration.Level'],
    isNot: 'OFF',
    by: STEP_FUNCTIONS_LOG_DELIVERY,
    does: 'the state machine PATH, which logs, is',
    fate: 'its logs would be dropped',
    write: 'key.via(KmsService.STEP_FUNCTIONS).grantDecrypt(new iam.ServicePrincipal(\'delivery.logs.amazonaws.com\'))',
  },
  {
    code: 'DistributionCannotRead',
    types: ['AWS::CloudFront::Distribution'],
    properties: ['DistributionConfig.Origins'],
    to: BUCKETS,
    by: CLOUDFRONT_ORIGIN_ACCESS,
    does: 'the distribution PATH reads a bucket that is',
    fate: 'would be denied',
    write: 'key.via(KmsService.CLOUDFRONT), and give the origin an origin access control',
  },
  {
    code: 'FilterCannotBeRead',
    types: ['AWS::Lambda::EventSourceMapping'],
    properties: ['FilterCriteria'],
    by: LAMBDA_FILTERS,
    does: 'the filter of PATH is',
    fate: 'AWS Lambda could not read it',
    write: 'key.via(KmsService.LAMBDA).grantDecrypt(new iam.ServicePrincipal(\'lambda.amazonaws.com\'))',
  },
  {
    code: 'ReplicaCannotReplicate',
    types: ['AWS::DynamoDB::GlobalTable'],
    properties: ['Replicas.GlobalTableSettingsReplicationMode'],
    is: 'ENABLED',
    by: DYNAMODB_REPLICATION,
    does: 'PATH, a replica of a multi-account global table, is',
    fate: 'would not be replicated',
    write: 'key.via(KmsService.DYNAMODB, { sourceAccounts: [the accounts of the other replicas] })'
      + '.grantEncryptDecrypt(new iam.ServicePrincipal(\'replication.dynamodb.amazonaws.com\'))',
  },
  ...LAUNCHES,
];
