import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { EncryptedDatabaseProps } from './encrypted-database-props';
import { RestorePoint } from './restore-point';

/**
 * Properties of an encrypted database instance: those of `rds.DatabaseInstance` and `rds.DatabaseInstanceFromSnapshot`, without the ones that could
 * undo the encryption or open the database.
 */
export interface EncryptedDatabaseInstanceProps extends EncryptedDatabaseProps {
  /**
   * The engine, with its version: the parameter group is for one major version.
   */
  readonly engine: rds.IInstanceEngine;

  /**
   * The name. Another one replaces the instance, and so does a first one for an instance that has none.
   *
   * @default - a generated name
   */
  readonly instanceIdentifier?: string;

  /**
   * The DB snapshot that the instance is restored from, by its name or ARN. Another one replaces the instance, and so does leaving it out later.
   *
   * Amazon RDS keeps the key of the snapshot: `encryptionKey` must be given, and be that key. To change it, or where the snapshot is not encrypted
   * or in another Region, copy the snapshot under the key first.
   *
   * @default - a new, empty instance
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
   */
  readonly snapshotIdentifier?: string;

  /**
   * The snapshot of a Multi-AZ DB cluster that the instance is restored from. Its key is kept, as with snapshotIdentifier.
   *
   * @default - a new, empty instance
   */
  readonly clusterSnapshotIdentifier?: string;

  /**
   * The replicated automated backups that the instance is restored from, and to which time. Their key is kept, as with snapshotIdentifier.
   * Another one replaces the instance, and so does leaving it out later.
   *
   * @default - a new, empty instance
   */
  readonly restorePoint?: RestorePoint;

  /**
   * The instance class.
   *
   * @default - m5.large
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * Whether a standby is kept in another Availability Zone, at the price of a second instance.
   *
   * @default false
   */
  readonly multiAz?: boolean;

  /**
   * The Availability Zone. Not together with multiAz.
   *
   * @default - one that Amazon RDS chooses
   */
  readonly availabilityZone?: string;

  /**
   * The name of the database that is made in the instance. Another one replaces the instance.
   *
   * @default - no database
   */
  readonly databaseName?: string;

  /**
   * The storage in GiB. An instance is restored with no less than that of its source.
   *
   * @default - 100, or that of the source of an instance that is restored
   */
  readonly allocatedStorage?: number;

  /**
   * Up to how many GiB the storage grows by itself.
   *
   * @default - it does not grow
   */
  readonly maxAllocatedStorage?: number;

  /**
   * The type of the storage.
   *
   * @default StorageType.GP2
   */
  readonly storageType?: rds.StorageType;

  /**
   * The throughput of gp3 storage in MiB a second.
   *
   * @default - that of the engine and the size
   */
  readonly storageThroughput?: number;

  /**
   * Operations of the storage a second.
   *
   * @default - that of the type and the size
   */
  readonly iops?: number;

  /**
   * How long automated backups are kept; `Duration.days(0)` makes none.
   *
   * @default Duration.days(7)
   */
  readonly backupRetention?: Duration;

  /**
   * The daily time of backups in UTC, such as `02:00-03:00`.
   *
   * @default - 30 minutes that Amazon RDS chooses
   */
  readonly preferredBackupWindow?: string;

  /**
   * Options of the engine.
   *
   * @default - none
   */
  readonly optionGroup?: rds.IOptionGroup;

  /**
   * The cores and threads of the processor.
   *
   * @default - those of the instance class
   */
  readonly processorFeatures?: rds.ProcessorFeatures;

  /**
   * Who owns the licence.
   *
   * @default - that of the engine
   */
  readonly licenseModel?: rds.LicenseModel;

  /**
   * Whether another major version of the engine is taken.
   *
   * @default false
   */
  readonly allowMajorVersionUpgrade?: boolean;

  /**
   * The time zone, for SQL Server. Another one replaces the instance.
   *
   * @default - that of the engine
   */
  readonly timezone?: string;

  /**
   * The character set, for the engines that take one. Another one replaces the instance.
   *
   * @default - that of the engine
   */
  readonly characterSetName?: string;

  /**
   * Who signs the certificate of the server. Another one restarts the instance.
   *
   * @default - the certificate authority that Amazon RDS chooses
   */
  readonly caCertificate?: rds.CaCertificate;

  /**
   * Whether changes are made at once, not in the maintenance window.
   *
   * @default true
   */
  readonly applyImmediately?: boolean;
}
