import { Duration } from 'aws-cdk-lib';
import { SnapshotCopyGrant } from './snapshot-copy-grant';
import { EncryptedRedshiftCluster } from '../../resource/redshift/encrypted-redshift-cluster';
import { SnapshotDestination } from '../snapshot-destination';

/**
 * Properties of the copies of an Amazon Redshift cluster's snapshots in another Region.
 */
export interface RedshiftSnapshotCopyProps {
  /**
   * The cluster whose snapshots are copied, automated and manual ones. Amazon Redshift copies those of a cluster to one Region.
   */
  readonly source: EncryptedRedshiftCluster;

  /**
   * The Region of the copies, in the same account, and their key there.
   *
   * Another Region or key stops the copies and starts them anew: what was copied before stays where it is, under the key that it is under,
   * until its retention ends. The former snapshot copy grant stays, too.
   */
  readonly destination: SnapshotDestination;

  /**
   * How Amazon Redshift gets to use the key there. Another grant stops the copies and starts them anew, and the former one stays.
   *
   * @default SnapshotCopyGrant.byFunction()
   */
  readonly grant?: SnapshotCopyGrant;

  /**
   * How long copies of automated snapshots are kept, 1 to 35 whole days. Where it gets shorter, Amazon Redshift deletes those that are older.
   *
   * @default Duration.days(7)
   */
  readonly automatedSnapshotRetention?: Duration;

  /**
   * How long copies of manual snapshots are kept, 1 to 3,653 whole days. It is that of copies that are made from then on.
   *
   * @default - until they are deleted
   */
  readonly manualSnapshotRetention?: Duration;

  /**
   * How old the newest copy may be, 1 hour to 7 days, in whole hours, before an alarm rings, as it does until the first copy is there. Automated
   * snapshots are made every eight hours or so. Amazon Redshift tells nobody of a copy: the function looks for one every half hour.
   *
   * @default - no alarm
   */
  readonly maxAge?: Duration;
}
