import { Duration } from 'aws-cdk-lib';
import { SnapshotDestination } from './snapshot-destination';
import { EncryptedDatabaseInstance } from '../resource/database/encrypted-database-instance';

/**
 * Properties of a replication of backups to another Region.
 */
export interface RdsBackupReplicationProps {
  /**
   * The instance whose automated backups are replicated. Amazon RDS replicates those of an instance to one Region.
   */
  readonly source: EncryptedDatabaseInstance;

  /**
   * The Region of the replicated backups, in the same account, and their key there.
   *
   * Another one stops the replication and starts it anew: what was replicated before stays where it is until its retention ends.
   * Amazon RDS takes another key in the same Region only after the backups under the former were deleted there.
   */
  readonly destination: SnapshotDestination;

  /**
   * How long the replicated backups are kept, 1 to 35 days.
   *
   * @default Duration.days(7)
   */
  readonly retention?: Duration;
}
