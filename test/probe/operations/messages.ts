import { CreateTopicCommand, DeleteTopicCommand, ListTopicsCommand, PublishCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand, DeleteQueueCommand, GetQueueAttributesCommand, ListQueuesCommand, ReceiveMessageCommand, SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { Operation, TAG, tagsOf } from '../operation';

/** A topic that delivers to a queue, both encrypted. */
export const MESSAGES: Operation = {
  name: 'messages',
  services: [KmsService.SNS, KmsService.SQS],
  wire: (stack, key) => {
    const topic = new sns.Topic(stack, 'Topic', { masterKey: key.via(KmsService.SNS) });
    topic.addSubscription(new SqsSubscription(new sqs.Queue(stack, 'Queue', { encryptionMasterKey: key.via(KmsService.SQS) })));
  },
  makes: 'an Amazon SNS topic and an Amazon SQS queue',
  dollars: 0.01,
  minutes: 10,

  async make({ name, source: { aws, key }, until }) {
    const { TopicArn } = await aws.sns.send(new CreateTopicCommand({ Name: name, Attributes: { KmsMasterKeyId: key }, Tags: tagsOf(name) }));
    const { QueueUrl } = await aws.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { KmsMasterKeyId: key }, tags: { [TAG]: name } }));
    const { Attributes } = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    const queue = Attributes!.QueueArn;
    const statement = {
      Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: queue, Condition: { ArnEquals: { 'aws:SourceArn': TopicArn } },
    };
    await aws.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy: JSON.stringify({ Version: '2012-10-17', Statement: statement }) } }));
    await aws.sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue }));
    await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'sent' }));
    await aws.sns.send(new PublishCommand({ TopicArn, Message: 'published' }));
    const received = new Set<string>();
    await until('both messages are received', 5, async () => {
      const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }));
      Messages.forEach(({ Body }) => received.add(Body === 'sent' ? 'sent' : 'published'));
      return received.size === 2;
    });
  },

  async clean({ prefix, source: aws }, sweep) {
    await sweep.each(`topic in ${aws.region}`, () => everyPage(async (NextToken) => {
      const page = await aws.sns.send(new ListTopicsCommand({ NextToken }));
      return [page.Topics?.filter(({ TopicArn }) => TopicArn!.split(':').at(-1)!.startsWith(prefix)), page.NextToken];
    }), ({ TopicArn }) => TopicArn, ({ TopicArn }) => aws.sns.send(new DeleteTopicCommand({ TopicArn })));
    await sweep.each(`queue in ${aws.region}`, async () => (await aws.sqs.send(new ListQueuesCommand({ QueueNamePrefix: prefix }))).QueueUrls,
      (url) => url, (QueueUrl) => aws.sqs.send(new DeleteQueueCommand({ QueueUrl })));
  },
};
