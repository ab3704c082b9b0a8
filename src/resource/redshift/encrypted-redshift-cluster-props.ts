import { Duration } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { EncryptedRedshiftProps } from './encrypted-redshift-props';

/**
 * Properties of an encrypted Amazon Redshift cluster.
 */
export interface EncryptedRedshiftClusterProps extends EncryptedRedshiftProps {
  /**
   * The type of the nodes, such as `ra3.large`. It decides what the cluster costs.
   */
  readonly nodeType: string;

  /**
   * The number of nodes. RA3 nodes have their storage in common; the larger types come in twos at least.
   *
   * @default 1
   */
  readonly numberOfNodes?: number;

  /**
   * The name. Another one replaces the cluster.
   *
   * @default - a generated name
   */
  readonly clusterIdentifier?: string;

  /**
   * The name of the first database. Another one replaces the cluster. A restored cluster keeps those of its snapshot: give the one that it has.
   *
   * @default dev
   */
  readonly databaseName?: string;

  /**
   * The name of the administrator, whose password Amazon Redshift keeps in a secret under the key, and rotates every 30 days.
   * Another one replaces the cluster. A restored cluster keeps that of its snapshot: give the one that it has.
   *
   * @default admin
   * @see https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html
   */
  readonly adminUsername?: string;

  /**
   * The name of a subnet group that exists, such as the `ref` of a `redshift.CfnClusterSubnetGroup`. Another one replaces the cluster.
   *
   * @default - a new one
   */
  readonly subnetGroupName?: string;

  /**
   * The snapshot that the cluster is restored from. Another one replaces the cluster, and so does leaving it out later.
   *
   * Amazon Redshift re-encrypts it under the key, also where the snapshot is not encrypted. Where it is encrypted under another key,
   * whoever deploys needs that one as well.
   *
   * @default - a new, empty cluster
   * @see https://docs.aws.amazon.com/redshift/latest/APIReference/API_RestoreFromClusterSnapshot.html
   */
  readonly snapshotIdentifier?: string;

  /**
   * The cluster that the snapshot was made of, where the IAM policy of whoever deploys names it.
   *
   * @default - not named
   */
  readonly snapshotClusterIdentifier?: string;

  /**
   * The account that shares the snapshot.
   *
   * @default - the account of the stack
   */
  readonly snapshotOwnerAccount?: string;

  /**
   * The bucket for connection, user and user activity logs, in the Region of the cluster. Amazon Redshift writes only to buckets with SSE-S3, never to one
   * encrypted under a key of AWS KMS. A bucket that another app owns must let it in already, or the deployment fails. Whoever deploys needs
   * `s3:PutObject` on the bucket. In a Region that an account must opt in to, name the Region of the stack: Amazon Redshift has another name there.
   *
   * @default - a new bucket with SSE-S3, retained when the stack is deleted
   * @see https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html
   */
  readonly auditLogsBucket?: s3.IBucket;

  /**
   * What the keys of the logs start with.
   *
   * @default - no prefix
   */
  readonly auditLogsPrefix?: string;

  /**
   * How long automated snapshots are kept, in whole days: 35 at the most.
   *
   * @default Duration.days(7)
   */
  readonly automatedSnapshotRetention?: Duration;

  /**
   * How long manual snapshots are kept, in whole days.
   *
   * @default - until they are deleted
   */
  readonly manualSnapshotRetention?: Duration;

  /**
   * Whether the cluster spans two Availability Zones, which doubles what it costs. Needs RA3 nodes.
   *
   * @default false
   */
  readonly multiAz?: boolean;

  /**
   * The Availability Zone.
   *
   * @default - one that Amazon Redshift chooses
   */
  readonly availabilityZone?: string;

  /**
   * Whether Amazon Redshift can move the cluster to another Availability Zone. Needs RA3 nodes.
   *
   * @default - Amazon Redshift decides
   */
  readonly availabilityZoneRelocation?: boolean;

  /**
   * Whether new major versions of the engine are installed during the maintenance window.
   *
   * @default true
   */
  readonly allowVersionUpgrade?: boolean;

  /**
   * The weekly time of maintenance in UTC, such as `sun:23:45-mon:00:15`.
   *
   * @default - 30 minutes that Amazon Redshift chooses
   */
  readonly preferredMaintenanceWindow?: string;

  /**
   * The maintenance track.
   *
   * @default current
   */
  readonly maintenanceTrackName?: string;
}
