import { Duration } from 'aws-cdk-lib';
import { SnapshotCopyProps } from '../snapshot-copy-props';

/**
 * Properties of copies of EBS snapshots to another Region.
 */
export interface EbsSnapshotCopyProps extends SnapshotCopyProps {
  /**
   * Within what time a copy is to be finished: a multiple of 15 minutes, up to 48 hours. Time-based copies cost more for each GiB, and take part of the throughput that
   * the account has between the two Regions. An alarm in the Region of the copies rings where one takes longer: of all time-based copies from the Region of the source.
   *
   * @default - as fast as Amazon EBS does it, without a promise
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/time-based-copies.html
   */
  readonly completionDuration?: Duration;
}
