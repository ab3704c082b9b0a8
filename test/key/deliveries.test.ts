import { Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CustomerManagedKey, KmsService } from '../../src';
import { problemsAtSynth } from '../support/key-policy';
import { newApp, newStack } from '../support/key-stack';

interface Parts {
  readonly key: CustomerManagedKey;
  readonly data: Stack;
  readonly topic: sns.Topic;
  readonly queue: sqs.Queue;
}

function newParts(): Parts {
  const app = newApp();
  const key = new CustomerManagedKey(newStack(app), 'Key');
  const data = newStack(app, 'Data');
  return {
    key,
    data,
    topic: new sns.Topic(data, 'Topic', { masterKey: key.via(KmsService.SNS) }),
    queue: new sqs.Queue(data, 'Queue', { encryptionMasterKey: key.via(KmsService.SQS) }),
  };
}

const BUCKET = ' notifies a topic or queue that is encrypted under this key, and would be dropped; write key.via(KmsService.SNS)'
  + '.grantEncryptDecrypt(new iam.ServicePrincipal(\'s3.amazonaws.com\')), with KmsService.SQS for a queue';
const RULE = ' delivers to a topic or queue that is encrypted under this key, and would be dropped; write key.via(KmsService.EVENTBRIDGE)';

test.each<[string, (parts: Parts) => unknown, string]>([
  ['a bucket that notifies a topic, which asks nothing of the key without its feature flag', ({ data, topic }) =>
    new s3.Bucket(data, 'Bucket').addObjectCreatedNotification(new s3n.SnsDestination(topic)),
  `[Keys/Key] BucketCannotNotify: Data/Bucket/Notifications/Resource${BUCKET}`],
  ['a bucket of L1 that notifies a queue', ({ data, queue }) =>
    new s3.CfnBucket(data, 'Bucket', { notificationConfiguration: { queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: queue.queueArn }] } }),
  `[Keys/Key] BucketCannotNotify: Data/Bucket${BUCKET}`],
  ['a rule of L1 that delivers to a topic', ({ data, topic }) =>
    new events.CfnRule(data, 'Rule', { eventPattern: { source: ['aws.kms'] }, targets: [{ id: 'Topic', arn: topic.topicArn }] }),
  `[Keys/Key] RuleCannotDeliver: the rule Data/Rule${RULE}`],
])('fails for %s', (_name, deliver, problem) => {
  const parts = newParts();
  deliver(parts);
  expect(problemsAtSynth(parts.key)).toEqual([problem]);
});

test.each<[string, (parts: Parts) => unknown]>([
  ['a bucket that notifies a queue, which lets Amazon S3 in', ({ data, queue }) =>
    new s3.Bucket(data, 'Bucket').addObjectCreatedNotification(new s3n.SqsDestination(queue))],
  ['a bucket that notifies a topic, once Amazon S3 is let in', ({ key, data, topic }) => {
    new s3.Bucket(data, 'Bucket').addObjectCreatedNotification(new s3n.SnsDestination(topic));
    key.via(KmsService.SNS).grantEncryptDecrypt(new iam.ServicePrincipal('s3.amazonaws.com'));
  }],
  ['a rule that delivers to a queue, which lets Amazon EventBridge in', ({ data, queue }) =>
    new events.Rule(data, 'Rule', { eventPattern: { source: ['aws.kms'] }, targets: [new targets.SqsQueue(queue)] })],
  ['a rule of L1 that delivers to a topic, once Amazon EventBridge is let in', ({ key, data, topic }) => {
    new events.CfnRule(data, 'Rule', { eventPattern: { source: ['aws.kms'] }, targets: [{ id: 'Topic', arn: topic.topicArn }] });
    key.via(KmsService.EVENTBRIDGE);
  }],
  ['a bucket that notifies a topic under another key', ({ data }) =>
    new s3.Bucket(data, 'Bucket').addObjectCreatedNotification(new s3n.SnsDestination(new sns.Topic(data, 'Plain')))],
])('takes %s', (_name, deliver) => {
  const parts = newParts();
  deliver(parts);
  expect(problemsAtSynth(parts.key)).toEqual([]);
});
