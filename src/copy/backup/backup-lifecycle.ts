import { Duration } from 'aws-cdk-lib';

/**
 * How long backups are kept, and where.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
 */
export interface BackupLifecycle {
  /**
   * When a backup is deleted, in whole days after it was made. With cold storage 90 days after the move or later.
   *
   * @default Duration.days(35)
   */
  readonly deleteAfter?: Duration;

  /**
   * When a backup moves to cold storage, in whole days after it was made. Stores that have none stay where they are.
   *
   * At least 90 days of it are billed. What is there is copied to no other Region any more.
   *
   * @default - never
   */
  readonly moveToColdStorageAfter?: Duration;
}
