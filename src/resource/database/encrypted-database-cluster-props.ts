import { Duration } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { EncryptedDatabaseProps } from './encrypted-database-props';

/**
 * Properties of an encrypted Aurora cluster: those of `rds.DatabaseCluster` and `rds.DatabaseClusterFromSnapshot`, without the ones that could undo
 * the encryption or open the database, those that are deprecated, Limitless Database, and replication from another Region.
 */
export interface EncryptedDatabaseClusterProps extends EncryptedDatabaseProps {
  /**
   * The engine, with its version: the parameter group is for one major version.
   */
  readonly engine: rds.IClusterEngine;

  /**
   * The instance that writes.
   */
  readonly writer: rds.IClusterInstance;

  /**
   * The instances that only read.
   *
   * @default - none
   */
  readonly readers?: rds.IClusterInstance[];

  /**
   * The name. Another one replaces the cluster, and so does a first one for a cluster that has none.
   *
   * @default - a generated name
   */
  readonly clusterIdentifier?: string;

  /**
   * The snapshot that the cluster is restored from: that of a cluster by its name or ARN, that of a DB instance by its ARN.
   * Another one replaces the cluster, and so does leaving it out later.
   *
   * Amazon Aurora re-encrypts it under the key, also where the snapshot is not encrypted. Where it is encrypted under another key,
   * whoever deploys needs that one as well.
   *
   * @default - a new, empty cluster
   */
  readonly snapshotIdentifier?: string;

  /**
   * The name of the database that is made in the cluster. Another one replaces the cluster.
   *
   * @default - no database
   */
  readonly defaultDatabaseName?: string;

  /**
   * How long automated backups are kept, and when they are made.
   *
   * @default - seven days, at a time that Amazon RDS chooses
   */
  readonly backup?: rds.BackupProps;

  /**
   * How far Aurora MySQL can be taken back in time. It cannot be turned on later.
   *
   * @default - not at all
   */
  readonly backtrackWindow?: Duration;

  /**
   * The storage: standard, or with operations at a fixed price.
   *
   * @default DBClusterStorageType.AURORA
   */
  readonly storageType?: rds.DBClusterStorageType;

  /**
   * The fewest capacity units of serverless instances.
   *
   * @default 0.5
   */
  readonly serverlessV2MinCapacity?: number;

  /**
   * The most capacity units of serverless instances.
   *
   * @default 2
   */
  readonly serverlessV2MaxCapacity?: number;

  /**
   * After which time without connections serverless instances pause.
   *
   * @default - five minutes, where the fewest capacity units are 0
   */
  readonly serverlessV2AutoPauseDuration?: Duration;

  /**
   * Whether SQL can be sent over HTTPS, with the permissions that `grantDataApiAccess` gives.
   *
   * @default - false, until grantDataApiAccess is called
   */
  readonly enableDataApi?: boolean;

  /**
   * Whether readers forward what they are told to write.
   *
   * @default false
   */
  readonly enableLocalWriteForwarding?: boolean;

  /**
   * Whether Enhanced Monitoring is set for the cluster, not for each instance.
   *
   * @default false
   */
  readonly enableClusterLevelEnhancedMonitoring?: boolean;
}
