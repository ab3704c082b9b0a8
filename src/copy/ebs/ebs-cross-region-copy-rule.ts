import { Duration } from 'aws-cdk-lib';
import { SnapshotDestination } from '../snapshot-destination';

/**
 * A copy that a snapshot policy makes of each snapshot.
 *
 * @see https://docs.aws.amazon.com/dlm/latest/APIReference/API_CrossRegionCopyRule.html
 */
export interface EbsCrossRegionCopyRule {
  /** The Region of the copies, in the same account, and their key there. Another one leaves the copies that exist behind, which nothing deletes any longer. */
  readonly destination: SnapshotDestination;

  /**
   * How long the copies are kept, 1 day to 100 years, in whole days.
   *
   * @default Duration.days(7)
   */
  readonly retention?: Duration;

  /**
   * Whether the copies get the tags of the snapshot.
   *
   * @default true
   */
  readonly copyTags?: boolean;
}
