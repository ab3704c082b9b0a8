import { Duration } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { IConstruct } from 'constructs';
import { BackupRetentionRange } from './backup-retention-range';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** AWS Backup takes no shorter one. */
const SHORTEST_GRACE_DAYS = 3;

/**
 * A lock of a vault: nobody deletes its backups before their time, nor changes how long they are kept.
 *
 * @example
 * declare const ledger: EncryptedDatabaseInstance;
 * new BackupCopy(this, 'Backups', {
 *   resources: [backup.BackupResource.fromConstruct(ledger)],
 *   destinations: [SnapshotDestination.inRegion('ap-southeast-2')],
 *   copyVaults: { lock: BackupVaultLock.governance({ minRetention: Duration.days(7) }) },
 * });
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
 */
export class BackupVaultLock {
  /**
   * Whoever IAM allows `backup:DeleteBackupVaultLockConfiguration` takes it off again.
   */
  public static governance(retention: BackupRetentionRange): BackupVaultLock {
    return new BackupVaultLock(retention);
  }

  /**
   * Nobody takes it off after the grace time, not the root user of the account and not AWS: backups, and their cost, stay until their time,
   * and the vault as long as there is one in it. It cannot be tried out in an account that you want to keep clean.
   *
   * @param graceTime how long the lock can still be changed and taken off, in whole days: 3 days or longer, counted from the deployment
   */
  public static compliance(retention: BackupRetentionRange, graceTime: Duration): BackupVaultLock {
    return new BackupVaultLock(retention, graceTime);
  }

  private constructor(private readonly retention: BackupRetentionRange, private readonly graceTime?: Duration) {}

  /** @internal */
  public _configuration(scope: IConstruct): backup.LockConfiguration {
    const { minRetention, maxRetention } = this.retention;
    const [min, max, grace] = [minRetention, maxRetention, this.graceTime].map((duration) => duration && wholeDays(scope, duration));
    if (min !== undefined && min < 1) {
      throw this.invalid(scope, `minRetention: Duration.days(${min})`);
    }
    if (min !== undefined && max !== undefined && (max < min || max > 36500)) {
      throw this.invalid(scope, `maxRetention: Duration.days(${max}) with minRetention: Duration.days(${min})`);
    }
    if (grace !== undefined && grace < SHORTEST_GRACE_DAYS) {
      throw new KmsPatternsError('LockGraceTimeTooShort',
        `nobody takes a compliance lock off after its grace time, which is ${SHORTEST_GRACE_DAYS} days or longer, given: Duration.days(${grace}); `
        + 'write for example Duration.days(14), or BackupVaultLock.governance', scope);
    }
    return { minRetention, maxRetention, changeableFor: this.graceTime };
  }

  /**
   * Jobs of another retention fail when they run.
   *
   * @internal
   */
  public _assertTakes(scope: IConstruct, days: number | undefined): void {
    const { minRetention, maxRetention } = this.retention;
    const [min = 0, max = Infinity] = [minRetention, maxRetention].map((duration) => duration && wholeDays(scope, duration));
    if (days !== undefined && (days < min || days > max)) {
      throw new KmsPatternsError('RetentionOutsideLock',
        `the lock of the vault takes backups that are kept for ${min} ${max === Infinity ? 'days or longer' : `to ${max} days`}, given: ${days} days; `
        + 'change deleteAfter of the rule, or the lock', scope);
    }
  }

  private invalid(scope: IConstruct, given: string): KmsPatternsError {
    return new KmsPatternsError('LockRetentionInvalid',
      `a lock keeps backups for 1 to 36500 days, at least minRetention and at most maxRetention, given: ${given}; `
      + 'write for example { minRetention: Duration.days(7), maxRetention: Duration.days(365) }', scope);
  }
}

/** The days of a duration, where they are known before deployment. */
export function wholeDays(scope: IConstruct, duration: Duration): number | undefined {
  if (duration.isUnresolved()) {
    return undefined;
  }
  const days = duration.toDays({ integral: false });
  if (!Number.isInteger(days)) {
    throw new KmsPatternsError('DaysNotWhole', `AWS Backup counts whole days, given: ${duration.toHumanString()}; write for example Duration.days(7)`, scope);
  }
  return days;
}
