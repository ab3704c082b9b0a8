import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketDestination } from './bucket-destination';
import { EncryptedBucket } from '../../resource/encrypted-bucket';

/**
 * Properties of a replication of objects to another Region.
 */
export interface BucketReplicationProps {
  /**
   * The bucket whose new objects are replicated. It can be replicated to several Regions, with a `BucketReplication` each.
   */
  readonly source: EncryptedBucket;

  /**
   * The bucket that they are replicated to.
   *
   * Another one gets what is written from then on: what was replicated before is not replicated again, and stays where it is.
   */
  readonly destination: BucketDestination;

  /**
   * What the keys of the objects to replicate start with.
   *
   * @default - all objects
   */
  readonly prefix?: string;

  /**
   * The tags that objects must have, all of them, when they are written.
   *
   * @default - objects with any tags, or none
   */
  readonly tags?: { [name: string]: string };

  /**
   * The storage class of the replicas.
   *
   * @default - that of the source object
   */
  readonly storageClass?: s3.StorageClass;

  /**
   * Whether what is deleted in the source is hidden in the destination, too. Versions that are deleted by their id, and what lifecycle rules delete,
   * stay there in any case. Not together with `tags`.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-marker-replication.html
   */
  readonly deleteMarkers?: boolean;

  /**
   * Whether changes of the metadata of replicas that this bucket holds, such as tags, go back to where they came from. For buckets that replicate to
   * each other, on both.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-for-metadata-changes.html
   */
  readonly replicaModifications?: boolean;

  /**
   * Whether Amazon S3 promises to replicate within 15 minutes, for which it bills each GB, and metrics.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-time-control.html
   */
  readonly replicationTimeControl?: boolean;

  /**
   * Whether Amazon CloudWatch is told how far replication is behind and what failed: four custom metrics a month. Without them a replication
   * that fails does so without a word.
   *
   * @default true
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
   */
  readonly metrics?: boolean;

  /**
   * How far the replicas may be behind the source before an alarm rings in the Region of the destination, 1 hour to 7 days. Needs metrics, and a
   * destination of this app in the account of the source.
   *
   * @default - no such alarm
   */
  readonly maxAge?: Duration;
}
