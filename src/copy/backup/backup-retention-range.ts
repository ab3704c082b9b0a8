import { Duration } from 'aws-cdk-lib';

/**
 * How long a locked vault keeps what is in it: jobs of another retention fail.
 */
export interface BackupRetentionRange {
  /**
   * The shortest retention, in whole days, 1 or more.
   */
  readonly minRetention: Duration;

  /**
   * The longest retention, in whole days, 36500 at most.
   *
   * @default - any
   */
  readonly maxRetention?: Duration;
}
