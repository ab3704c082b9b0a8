import { Duration } from 'aws-cdk-lib';
import { EbsCrossRegionCopyRule } from './ebs-cross-region-copy-rule';
import { EbsSnapshotRetention } from './ebs-snapshot-retention';
import { EbsSnapshotSchedule } from './ebs-snapshot-schedule';
import { EbsSnapshotTarget } from './ebs-snapshot-target';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';

/**
 * Properties of a snapshot policy. All of them change in place.
 */
export interface EbsSnapshotPolicyProps {
  /** What snapshots are made of, by a tag. */
  readonly target: EbsSnapshotTarget;

  /**
   * The keys that these volumes are encrypted under, each of the Region of the policy. A copy of a volume under a key that is not among them fails.
   *
   * None where the volumes are not encrypted, or under `alias/aws/ebs`.
   */
  readonly volumeKeys: ICustomerManagedKey[];

  /** When. */
  readonly schedule: EbsSnapshotSchedule;

  /** How long the snapshots are kept in their own Region. */
  readonly retention: EbsSnapshotRetention;

  /** Where they are copied to: 1 to 3 Regions. */
  readonly copies: EbsCrossRegionCopyRule[];

  /**
   * Whether the snapshots get the tags of their volume.
   *
   * @default true
   */
  readonly copyTags?: boolean;

  /**
   * Whether the policy runs. Where it does not, it deletes nothing either.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * How old the newest copy may be, 1 hour to 7 days, in whole hours: longer than the interval of the schedule. Copies of another policy, from the same Region,
   * count as well. Gives alarms: one in the stack of each destination, and one beside the policy for what it reports as failed.
   *
   * @default - no alarms
   */
  readonly maxAge?: Duration;
}
