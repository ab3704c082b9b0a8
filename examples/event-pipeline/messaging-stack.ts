import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as firehose from 'aws-cdk-lib/aws-kinesisfirehose';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { EncryptedBucket, KmsService } from 'cdk-kms-patterns';

/** What orders pass through: each bus, stream, topic and queue under the key of the orders. */
export class MessagingStack extends Stack {
  public readonly bus: events.EventBus;
  public readonly history: EncryptedBucket;
  public readonly accepted: sns.Topic;
  public readonly warehouse: sqs.Queue;
  public readonly undelivered: sqs.Queue;
  public readonly changes: kinesis.Stream;
  public readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, private readonly keys: KeysStack) {
    super(scope, id, { description: 'What the orders of the event pipeline pass through' });
    const { orders, operations } = keys;
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      encryptionKey: operations.via(KmsService.CLOUDWATCH_LOGS),
      retention: logs.RetentionDays.ONE_YEAR,
    });
    this.undelivered = this.queue('Undelivered');
    this.bus = this.busWithArchive();
    this.history = new EncryptedBucket(this, 'History', { encryptionKey: orders });
    this.history.bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.SnsDestination(this.topic('Recorded')));

    this.accepted = this.topic('Accepted');
    this.warehouse = this.queue('Warehouse', { queue: this.undelivered, maxReceiveCount: 3 });
    this.accepted.addSubscription(new subscriptions.SqsSubscription(this.warehouse, { deadLetterQueue: this.undelivered }));

    this.changes = new kinesis.Stream(this, 'Changes', {
      encryption: kinesis.StreamEncryption.KMS,
      encryptionKey: orders.via(KmsService.KINESIS),
      streamMode: kinesis.StreamMode.ON_DEMAND,
    });
    new events.Rule(this, 'Everything', {
      eventBus: this.bus,
      eventPattern: { source: ['shop'] },
      targets: [
        new targets.FirehoseDeliveryStream(this.deliveryStream()),
        new targets.KinesisStream(this.changes, { partitionKeyPath: '$.id' }),
      ],
    });
  }

  private busWithArchive(): events.EventBus {
    const kmsKey = this.keys.orders.via(KmsService.EVENT_BUS);
    const bus = new events.EventBus(this, 'Bus', { kmsKey, deadLetterQueue: this.undelivered });
    // What it cannot encrypt: the queue lets the bus in, and its key Amazon EventBridge, also for the rules.
    this.undelivered.grantSendMessages(new iam.ServicePrincipal('events.amazonaws.com', { conditions: { ArnEquals: { 'aws:SourceArn': bus.eventBusArn } } }));
    new events.Archive(this, 'Archive', { sourceEventBus: bus, kmsKey, eventPattern: { source: ['shop'] }, retention: Duration.days(30) });
    return bus;
  }

  private deliveryStream(): firehose.DeliveryStream {
    const stream = new firehose.DeliveryStream(this, 'Delivery', {
      encryption: firehose.StreamEncryption.customerManagedKey(this.keys.orders.via(KmsService.FIREHOSE)),
      destination: new firehose.S3Bucket(this.history.bucket, { loggingConfig: new firehose.EnableLogging(this.logGroup) }),
    });
    // A table of addresses for destinations in a network, which this one is not.
    this.node.tryRemoveChild('@aws-cdk--aws-kinesisfirehose.CidrBlocks');
    return stream;
  }

  private topic(id: string): sns.Topic {
    return new sns.Topic(this, id, { masterKey: this.keys.orders.via(KmsService.SNS), enforceSSL: true });
  }

  private queue(id: string, deadLetterQueue?: sqs.DeadLetterQueue): sqs.Queue {
    return new sqs.Queue(this, id, { encryptionMasterKey: this.keys.orders.via(KmsService.SQS), enforceSSL: true, deadLetterQueue });
  }
}
