import { Duration } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import { IConstruct } from 'constructs';
import { BackupCopyRule } from './backup-copy-rule';
import { BackupLifecycle } from './backup-lifecycle';
import { BackupVaultLock, wholeDays } from './backup-vault-lock';
import { assertWindows } from './backup-windows';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** What AWS Backup bills of cold storage at least, and takes no shorter. */
const COLD_DAYS = 90;
/** The longest retention of a continuous backup. */
const CONTINUOUS_DAYS = 35;

interface KnownLifecycle extends BackupLifecycle {
  readonly deleteAfter: Duration;
}

/** Where no rules are given. */
export const DAILY: BackupCopyRule = { ruleName: 'Daily', schedule: events.Schedule.cron({ hour: '5', minute: '0' }) };

/** Where the backups of a rule, and their copies, go to. */
export interface RuleVaults {
  readonly lock?: BackupVaultLock;
  readonly copies: backup.BackupPlanCopyActionProps['destinationBackupVault'][];
  readonly copiesLock?: BackupVaultLock;
}

/** A rule of a backup plan, whose backups are copied to every destination. */
export function backupRule(scope: IConstruct, rule: BackupCopyRule, vaults: RuleVaults): backup.BackupPlanRule {
  const { schedule, timeZone, ruleName, continuous, startWindow, completionWindow } = rule;
  const kept = lifecycleOf(scope, rule);
  const copied = rule.copies ? lifecycleOf(scope, rule.copies) : kept;
  vaults.lock?._assertTakes(scope, wholeDays(scope, kept.deleteAfter));
  vaults.copiesLock?._assertTakes(scope, wholeDays(scope, copied.deleteAfter));
  if (!schedule.expressionString.startsWith('cron(')) {
    throw new KmsPatternsError('ScheduleNotCron',
      `AWS Backup takes schedules in cron only, given: ${schedule.expressionString}; write for example events.Schedule.cron({ hour: '5', minute: '0' })`, scope);
  }
  if (continuous) {
    assertContinuous(scope, kept);
  }
  assertWindows(scope, rule);
  return new backup.BackupPlanRule({
    ...kept,
    ruleName,
    scheduleExpression: schedule,
    scheduleExpressionTimezone: timeZone,
    enableContinuousBackup: continuous,
    startWindow,
    completionWindow,
    copyActions: vaults.copies.map((destinationBackupVault) => ({ ...copied, destinationBackupVault })),
  });
}

function lifecycleOf(scope: IConstruct, given: BackupLifecycle): KnownLifecycle {
  const { deleteAfter = Duration.days(35), moveToColdStorageAfter } = given;
  const days = wholeDays(scope, deleteAfter);
  const cold = moveToColdStorageAfter && wholeDays(scope, moveToColdStorageAfter);
  const tooShort = (days !== undefined && days < 1) || (cold !== undefined && (cold < 1 || (days !== undefined && days < cold + COLD_DAYS)));
  if (tooShort) {
    throw new KmsPatternsError('BackupLifecycleInvalid',
      `a backup is kept for 1 day or longer, and in cold storage for ${COLD_DAYS} days or longer, given: deleteAfter: Duration.days(${days})`
      + `${cold === undefined ? '' : ` with moveToColdStorageAfter: Duration.days(${cold})`}; write for example `
      + `deleteAfter: Duration.days(${Math.max(cold ?? 0, 1) + COLD_DAYS})`, scope);
  }
  return { deleteAfter, moveToColdStorageAfter };
}

function assertContinuous(scope: IConstruct, { deleteAfter, moveToColdStorageAfter }: KnownLifecycle): void {
  const days = wholeDays(scope, deleteAfter);
  if (moveToColdStorageAfter || (days !== undefined && days > CONTINUOUS_DAYS)) {
    throw new KmsPatternsError('ContinuousBackupInvalid',
      `continuous backups are kept for ${CONTINUOUS_DAYS} days at most, without cold storage, given: deleteAfter: Duration.days(${days})`
      + `${moveToColdStorageAfter ? ' with moveToColdStorageAfter' : ''}; give the copies another lifecycle with copies, or make a second rule`, scope);
  }
}
