import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as cloudwatchActions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as eventSources from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as schedulerTargets from 'aws-cdk-lib/aws-scheduler-targets';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { functionIn } from './neighbours';
import { KmsService } from '../../src';
import { KeyTaker } from '../support/key-taker';
import { ThreeStacks } from '../support/three-stacks';

const { SNS, SQS } = KmsService;
const QUEUE = ['aws-sqs QueueProps.encryptionMasterKey'];
const TOPIC = ['aws-sns TopicProps.masterKey'];
const PRODUCE = ['kms:Decrypt', 'kms:GenerateDataKey'];
const PUBLISH = ['kms:Decrypt', 'kms:GenerateDataKey*'];

const queueIn = ({ data, key }: ThreeStacks, props: sqs.QueueProps = {}) => new sqs.Queue(data, 'Queue', {
  queueName: 'invoices', encryptionMasterKey: key.via(SQS), ...props,
});
const topicIn = ({ data, key }: ThreeStacks) => new sns.Topic(data, 'Topic', { topicName: 'invoices', masterKey: key.via(SNS) });
const hourly = events.Schedule.rate(Duration.hours(1));

export const QUEUES: KeyTaker[] = [
  {
    l2: 'sqs.Queue that is sent to',
    takes: QUEUE,
    via: SQS,
    build: (stacks) => {
      const queue = queueIn(stacks);
      return (grantee) => queue.grantSendMessages(grantee);
    },
    consumer: PRODUCE,
  },
  {
    l2: 'sqs.Queue with a dead-letter queue and redrive',
    takes: QUEUE,
    via: SQS,
    build: (stacks) => {
      const dead = new sqs.Queue(stacks.data, 'Dead', {
        queueName: 'dead',
        encryptionMasterKey: stacks.key.via(SQS),
        redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.ALLOW_ALL },
      });
      const queue = queueIn(stacks, { deadLetterQueue: { queue: dead, maxReceiveCount: 3 } });
      return (grantee) => {
        queue.grantConsumeMessages(grantee);
        dead.grantConsumeMessages(grantee);
      };
    },
    consumer: ['kms:Decrypt'],
  },
  {
    l2: 'sqs.Queue that a function reads, with what fails in a queue',
    takes: QUEUE,
    via: SQS,
    build: (stacks) => {
      const queue = queueIn(stacks);
      functionIn(stacks.data, {
        events: [new eventSources.SqsEventSource(queue)], onFailure: new destinations.SqsDestination(queue), deadLetterQueue: queue,
      });
    },
    ownRoles: PRODUCE,
  },
  {
    l2: 'sqs.Queue that a bucket notifies',
    takes: QUEUE,
    via: SQS,
    build: (stacks) => {
      const queue = queueIn(stacks);
      const bucket = new s3.Bucket(stacks.data, 'Bucket');
      bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SqsDestination(queue));
    },
    letsIn: { 's3.amazonaws.com': PRODUCE },
  },
  {
    l2: 'sqs.Queue that is subscribed to a topic, with what is not delivered in a queue',
    takes: QUEUE,
    via: SQS,
    build: (stacks) => {
      const queue = queueIn(stacks);
      new sns.Topic(stacks.users, 'Topic').addSubscription(new subscriptions.SqsSubscription(queue, { deadLetterQueue: queue }));
    },
    letsIn: { 'sns.amazonaws.com': PRODUCE },
  },
  {
    l2: 'sqs.Queue that a rule sends to, with what is not delivered in a queue',
    takes: QUEUE,
    via: SQS,
    build: (stacks) => {
      const queue = queueIn(stacks);
      new events.Rule(stacks.data, 'Rule', { schedule: hourly, targets: [new targets.SqsQueue(queue, { deadLetterQueue: queue })] });
    },
    letsIn: { 'events.amazonaws.com': PRODUCE },
  },
  {
    l2: 'sqs.Queue that a schedule sends to',
    takes: QUEUE,
    via: SQS,
    build: (stacks) => {
      const target = new schedulerTargets.SqsSendMessage(queueIn(stacks));
      new scheduler.Schedule(stacks.data, 'Schedule', { schedule: scheduler.ScheduleExpression.expression('rate(1 hour)'), target });
    },
    ownRoles: PRODUCE,
  },
];

export const TOPICS: KeyTaker[] = [
  {
    l2: 'sns.Topic that is published to',
    takes: TOPIC,
    via: SNS,
    build: (stacks) => {
      const topic = topicIn(stacks);
      topic.addSubscription(new subscriptions.LambdaSubscription(functionIn(stacks.data)));
      return (grantee) => {
        topic.grantPublish(grantee);
        topic.grantSubscribe(grantee);
      };
    },
    consumer: PUBLISH,
  },
  {
    l2: 'sns.Topic that a bucket notifies',
    takes: TOPIC,
    via: SNS,
    build: (stacks) => {
      // Without its flag, aws-cdk-lib asks nothing of the key, and the notifications are dropped.
      stacks.data.node.setContext('@aws-cdk/s3-notifications:addS3TrustKeyPolicyForSnsSubscriptions', true);
      const bucket = new s3.Bucket(stacks.data, 'Bucket');
      bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.SnsDestination(topicIn(stacks)));
    },
    letsIn: { 's3.amazonaws.com': PRODUCE },
  },
  {
    l2: 'sns.Topic that a bucket notifies, its key granted to Amazon S3 by hand',
    takes: TOPIC,
    via: SNS,
    build: (stacks) => {
      const topic = topicIn(stacks);
      topic.masterKey!.grantEncryptDecrypt(new iam.ServicePrincipal('s3.amazonaws.com'));
    },
    letsIn: { 's3.amazonaws.com': PRODUCE },
  },
  {
    l2: 'sns.Topic that a rule publishes to',
    takes: TOPIC,
    via: SNS,
    build: (stacks) => {
      new events.Rule(stacks.data, 'Rule', { schedule: hourly, targets: [new targets.SnsTopic(topicIn(stacks))] });
    },
    letsIn: { 'events.amazonaws.com': PUBLISH },
  },
  {
    l2: 'sns.Topic that an alarm notifies',
    takes: TOPIC,
    via: SNS,
    build: (stacks) => {
      stacks.key.via(KmsService.CLOUDWATCH_ALARMS);
      const metric = new cloudwatch.Metric({ namespace: 'Billing', metricName: 'Unpaid' });
      new cloudwatch.Alarm(stacks.data, 'Alarm', { metric, threshold: 1, evaluationPeriods: 1 })
        .addAlarmAction(new cloudwatchActions.SnsAction(topicIn(stacks)));
    },
    letsIn: { 'cloudwatch.amazonaws.com': PUBLISH },
  },
];
