import { Duration } from 'aws-cdk-lib';
import { EncryptedDatabaseInstance } from '../../resource/database/encrypted-database-instance';
import { SnapshotDestination } from '../snapshot-destination';

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

  /**
   * How old the replicated backups may be, 1 hour to 7 days, in whole hours, before an alarm rings, as it does until the first are there: it is about the
   * latest time that they can be restored to. Amazon RDS tells nobody: a state machine there looks for them every half hour, for some 0.30 USD a month with the alarm.
   *
   * It finds them by the name of the instance where that is known before deployment. It finds those of an instance with a generated name by their
   * key: the alarm rings when fewer of them are young than this app replicates under it.
   *
   * @default - no alarm
   */
  readonly maxAge?: Duration;
}
