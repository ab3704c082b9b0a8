import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';

/**
 * Properties of an encrypted bucket: those of `s3.Bucket`, without the ones that could undo the encryption or open the bucket.
 */
export interface EncryptedBucketProps {
  /**
   * The key that new objects are encrypted under. Another key does not re-encrypt the objects that are there.
   *
   * @default - a new key, retained when the stack is deleted
   */
  readonly encryptionKey?: ICustomerManagedKey;

  /**
   * The name. Another one replaces the bucket.
   *
   * @default - a generated name
   */
  readonly bucketName?: string;

  /**
   * What the name starts with, in the namespace of the account and Region. Another one replaces the bucket.
   *
   * Needs `BucketNamespace.ACCOUNT_REGIONAL`, and no `bucketName`.
   *
   * @default - no prefix
   */
  readonly bucketNamePrefix?: string;

  /**
   * Where the name is unique: in the world, or in the account and Region, where nobody else can take it.
   *
   * @default - in the world
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html
   */
  readonly bucketNamespace?: s3.BucketNamespace;

  /**
   * What becomes of the bucket when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether all objects are deleted with the bucket, by a custom resource. Needs `RemovalPolicy.DESTROY`. The access logs and a key made here stay.
   *
   * @default false
   */
  readonly autoDeleteObjects?: boolean;

  /**
   * The bucket for server access logs. Amazon S3 delivers only to buckets with SSE-S3, never to one encrypted under a key of AWS KMS.
   *
   * @default - a new bucket with SSE-S3, retained when the stack is deleted
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshooting-server-access-logging.html
   */
  readonly serverAccessLogsBucket?: s3.IBucket;

  /**
   * What the keys of the access logs start with.
   *
   * @default - no prefix
   */
  readonly serverAccessLogsPrefix?: string;

  /**
   * How the keys of the access logs go on: with the time only, or partitioned by account, Region, bucket and date.
   *
   * @default - with the time only
   */
  readonly targetObjectKeyFormat?: s3.TargetObjectKeyFormat;

  /**
   * The lowest version of TLS that requests may use, such as 1.2.
   *
   * @default - the lowest that Amazon S3 takes
   */
  readonly minimumTLSVersion?: number;

  /**
   * Whether policies can decide by the tags of the bucket.
   *
   * @default - not set
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html
   */
  readonly abacStatus?: boolean;

  /**
   * Rules for the life of objects.
   *
   * @default - objects and their versions are kept
   */
  readonly lifecycleRules?: s3.LifecycleRule[];

  /**
   * The smallest objects that lifecycle rules move to another storage class.
   *
   * @default - 128 KiB for every storage class
   */
  readonly transitionDefaultMinimumObjectSize?: s3.TransitionDefaultMinimumObjectSize;

  /**
   * Whether objects can be locked against deletion.
   *
   * @default false, unless objectLockDefaultRetention is given
   */
  readonly objectLockEnabled?: boolean;

  /**
   * How long new objects are locked.
   *
   * @default - not locked
   */
  readonly objectLockDefaultRetention?: s3.ObjectLockRetention;

  /**
   * Whether events go to Amazon EventBridge.
   *
   * @default false
   */
  readonly eventBridgeEnabled?: boolean;

  /**
   * Rules for requests of browsers.
   *
   * @default - none
   */
  readonly cors?: s3.CorsRule[];

  /**
   * Metrics of requests.
   *
   * @default - none
   */
  readonly metrics?: s3.BucketMetrics[];

  /**
   * Lists of the objects, made daily or weekly. Where the destination is encrypted under a key handed out by `via(KmsService.S3)`,
   * as an `EncryptedBucket` is, the key lets Amazon S3 deliver; another key must let in `s3.amazonaws.com` by itself.
   *
   * @default - none
   */
  readonly inventories?: s3.Inventory[];

  /**
   * Archive tiers for objects that are not used.
   *
   * @default - none
   */
  readonly intelligentTieringConfigurations?: s3.IntelligentTieringConfiguration[];

  /**
   * Whether transfers over long distances go through edge locations.
   *
   * @default false
   */
  readonly transferAcceleration?: boolean;

  /**
   * The role of the function that sets up event notifications.
   *
   * @default - a new role
   */
  readonly notificationsHandlerRole?: iam.IRole;

  /**
   * Whether event notifications are set up without asking their queues, topics and functions first.
   *
   * @default false
   */
  readonly notificationsSkipDestinationValidation?: boolean;
}
