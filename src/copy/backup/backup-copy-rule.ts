import { Duration, TimeZone } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { BackupLifecycle } from './backup-lifecycle';

/**
 * When backups are made and copied, and how long both are kept.
 */
export interface BackupCopyRule extends BackupLifecycle {
  /**
   * When, as `events.Schedule.cron`: AWS Backup takes no rate.
   */
  readonly schedule: events.Schedule;

  /**
   * The time zone of the schedule.
   *
   * @default TimeZone.ETC_UTC
   */
  readonly timeZone?: TimeZone;

  /**
   * How long a backup may wait to start before AWS Backup gives it up, in whole minutes: 1 hour or longer.
   *
   * @default Duration.hours(8)
   */
  readonly startWindow?: Duration;

  /**
   * How long a backup may take before AWS Backup ends it, in whole minutes: at least 1 hour more than `startWindow`. Copies begin after it.
   *
   * @default Duration.days(7)
   */
  readonly completionWindow?: Duration;

  /**
   * The name that is shown.
   *
   * @default - a generated name
   */
  readonly ruleName?: string;

  /**
   * Whether backups are continuous where the store can, for a restore to any second. They are kept for 35 days at most, without cold storage.
   *
   * Their copies are snapshots: a copy is restored to the time when it was made only.
   *
   * @default false
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/point-in-time-recovery.html
   */
  readonly continuous?: boolean;

  /**
   * How long the copies are kept, counted from when the backup was made.
   *
   * @default - as long as the backup
   */
  readonly copies?: BackupLifecycle;
}
