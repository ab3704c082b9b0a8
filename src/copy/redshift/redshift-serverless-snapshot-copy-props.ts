import { Duration } from 'aws-cdk-lib';
import { EncryptedRedshiftServerless } from '../../resource/redshift/encrypted-redshift-serverless';
import { SnapshotDestination } from '../snapshot-destination';

/**
 * Properties of the copies of an Amazon Redshift Serverless namespace's snapshots in another Region.
 */
export interface RedshiftServerlessSnapshotCopyProps {
  /**
   * The namespace whose snapshots and recovery points are copied. Amazon Redshift Serverless copies those of a namespace to one Region.
   */
  readonly source: EncryptedRedshiftServerless;

  /**
   * The Region of the copies, in the same account, and their key there.
   *
   * Another Region or key ends the configuration of the copies and makes another: what was copied before stays where it is, under the key that it is
   * under, until its retention ends.
   */
  readonly destination: SnapshotDestination;

  /**
   * How long copies of snapshots are kept, 1 to 3,653 whole days. Those of recovery points are kept for one day.
   *
   * @default - until they are deleted
   */
  readonly snapshotRetention?: Duration;

  /**
   * How old the newest copy may be, 1 hour to 7 days, in whole hours, before an alarm rings, as it does until the first copy is there. Recovery points are
   * made every half hour. Amazon Redshift tells nobody of a copy: a state machine there looks for one every half hour, for some 0.30 USD a month with the alarm.
   *
   * @default - no alarm
   */
  readonly maxAge?: Duration;
}
