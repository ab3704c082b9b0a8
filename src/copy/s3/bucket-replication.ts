import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { batchReplicationRole } from './batch-replication-role';
import { ReplicaBucket } from './bucket-destination';
import { BucketReplicationProps } from './bucket-replication-props';
import { assertRegionsOnce } from '../destination';
import { assertReplicable, replicaProblems } from './replicable';
import { letReplicationIn, replicationStatements } from './replication-access';
import { delayAlarm, failuresAlarm } from './replication-alarms';
import { replicationRule } from './replication-rule';
import { ReplicationRules } from './replication-rules';
import { nameRole } from './role-name';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { ServiceKey } from '../../key/service-key';
import { EncryptedBucket } from '../../resource/encrypted-bucket';
import { KmsService } from '../../service/kms-service';

/**
 * Replicates the new objects of a bucket to another Region, encrypted there under a key of that Region.
 *
 * Amazon S3 copies what is written from then on, most of it within 15 minutes, with a role that this makes, and that all replications of the bucket
 * share. It decrypts nothing but the objects of the source, and encrypts nothing but replicas. Who reads the source decrypts nothing of the replicas:
 * whoever shall read there gets a grant of the destination bucket. Amazon S3 bills the transfer between Regions, requests and the storage there.
 *
 * What was in the bucket before is replicated by a Batch Replication job, which somebody starts: `addBatchReplicationRole` makes its role. So is what
 * failed, for which an alarm rings: a key that is disabled or deleted makes replication fail and nothing else.
 *
 * Where the construct leaves the app, the replication stops. The destination bucket and its key stay, and so does what is in them: where the key stays in
 * the app for other copies, give it `via(KmsService.S3)` for as long as somebody reads there.
 *
 * Replicas are not replicated again: two buckets can replicate to each other, which is how data comes back. The one that is deployed
 * later names the other with `BucketDestination.ofName`.
 *
 * @example
 * declare const invoices: EncryptedBucket;
 * declare const auditor: iam.Role; // of the other Region's stack, or of any that is deployed after it
 * const replication = new BucketReplication(this, 'InvoicesInSydney', {
 *   source: invoices,
 *   destination: BucketDestination.newBucket(SnapshotDestination.inRegion('ap-southeast-2')),
 * });
 * replication.destinationBucket.grantRead(auditor);
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html
 */
@propertyInjectable
export class BucketReplication extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.BucketReplication';

  /** The Region of the replicas. */
  public readonly destinationRegion: string;
  /** The stack there, where this app deploys the destination: what is restored from the replicas belongs into it, or beside it. */
  public readonly destinationStack?: Stack;
  /** The bucket that objects are replicated to. */
  public readonly destinationBucket: s3.IBucket;
  /** The key that the replicas are encrypted under. */
  public readonly destinationKey: ICustomerManagedKey;
  /** The role that Amazon S3 replicates with. */
  public readonly replicationRole: iam.Role;
  /** The alarm of objects that could not be replicated, in the Region of the source, without an action yet; none without metrics. */
  public readonly failuresAlarm?: cloudwatch.Alarm;
  /** The alarm of replicas that are older than `maxAge`, in the Region of the destination, without an action yet. */
  public readonly newestCopyAlarm?: cloudwatch.Alarm;

  private readonly source: EncryptedBucket;
  private readonly replicaKey: kms.IKey;
  private readonly foreign: boolean;

  constructor(scope: Construct, id: string, props: BucketReplicationProps) {
    super(scope, id);
    const { source, destination, prefix = '', metrics = true, maxAge } = props;
    const replica = destination._for(this, source);
    assertReplicable(this, props, replica);
    const rules = ReplicationRules.of(this, source);
    assertRegionsOnce(this, [...rules.regions, replica.region].map((region) => ({ stack: { region } })));
    rules.add(replica, (priority) => replicationRule(this, props, replica, priority));
    this.source = source;
    this.destinationRegion = replica.region;
    this.destinationStack = replica.stack;
    this.destinationBucket = replica.bucket;
    this.destinationKey = replica.key;
    this.replicationRole = rules.role;
    this.foreign = replica.foreign;
    if (this.foreign) {
      letReplicationIn(replica, Stack.of(source).account, nameRole(rules.role));
    }
    this.replicaKey = this.keyForThisReplica(replica);
    replicationStatements(source.bucket, replica, prefix).forEach((statement) => this.replicationRole.addToPolicy(statement));
    this.letUseKeys(this.replicationRole);
    this.failuresAlarm = metrics ? failuresAlarm(this, source, replica) : undefined;
    this.newestCopyAlarm = maxAge ? delayAlarm(this, replica, maxAge) : undefined;
    this.node.addValidation({ validate: () => replicaProblems(source, replica) });
  }

  /**
   * Makes the role of S3 Batch Replication jobs, which replicate what was there before and what failed. Somebody starts each of them, and is billed
   * for it, for every object, and for the transfer:
   *
   * ```sh
   * aws s3control create-job --region SOURCE-REGION --account-id ACCOUNT --role-arn ROLE-ARN --priority 1 --operation '{"S3ReplicateObject":{}}' \
   *   --manifest-generator '{"S3JobManifestGenerator":{"SourceBucket":"arn:aws:s3:::SOURCE","EnableManifestOutput":false,"Filter":{"EligibleForReplication":true,"ObjectReplicationStatuses":["NONE","FAILED"]}}}' \
   *   --report '{"Enabled":true,"Bucket":"arn:aws:s3:::REPORTS","Prefix":"replication","Format":"Report_CSV_20180820","ReportScope":"FailedTasksOnly"}'
   * ```
   *
   * Who starts it needs `s3:CreateJob`, and `iam:PassRole` for this role.
   *
   * @param reports the bucket in the Region of the source that lists of objects and reports are kept in
   * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-batch-replication-existing-config.html
   */
  public addBatchReplicationRole(reports: s3.IBucket): iam.Role {
    const role = batchReplicationRole(this, this.source, reports);
    if (this.foreign) {
      nameRole(role);
    }
    this.letUseKeys(role);
    return role;
  }

  private letUseKeys(role: iam.Role): void {
    this.source.bucket.encryptionKey!.grantDecrypt(role);
    this.replicaKey.grantEncryptDecrypt(role);
  }

  /** Objects are replicated with and without an S3 Bucket Key, which the encryption context tells. */
  private keyForThisReplica({ key, arn }: ReplicaBucket): kms.IKey {
    const handed = key.via(KmsService.S3_REPLICATION);
    return handed instanceof ServiceKey
      ? handed.pinnedTo({ resource: this, key: 'aws:s3:arn', values: [arn, `${arn}/*`] })
      : handed;
  }
}
