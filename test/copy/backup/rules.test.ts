import { Aws, Duration, Lazy } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { BackupCopyProps, BackupCopyRule, BackupVaultLock, CustomerManagedKey, SnapshotDestination } from '../../../src';
import { backedUp, filesIn } from '../../support/backups';
import { Copies, SYDNEY } from '../../support/copies';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';

const { days, hours, minutes } = Duration;
const schedule = events.Schedule.cron({ hour: '2', minute: '0' });
const [week, year] = [days(7), days(365)];

function given(props: Partial<BackupCopyProps>, data = new Copies('weak', { account: ACCOUNT, region: REGION }).data) {
  return () => backedUp(data, [filesIn(data)], props);
}

describe('fails for a rule', () => {
  const LIFECYCLE = 'BackupLifecycleInvalid: a backup is kept for 1 day or longer, and in cold storage for 90 days or longer, given: ';
  const CONTINUOUS = 'ContinuousBackupInvalid: continuous backups are kept for 35 days at most, without cold storage, given: ';
  const OTHERWISE = '; give the copies another lifecycle with copies, or make a second rule [at Data/Backups]';
  const WINDOWS = '; a backup may wait an hour or longer, and take an hour more than it may wait: write for example { startWindow: Duration.hours(1), '
    + 'completionWindow: Duration.hours(12) } [at Data/Backups]';
  test.each<[string, Partial<BackupCopyRule>, string]>([
    ['that keeps nothing', { deleteAfter: days(0) }, `${LIFECYCLE}deleteAfter: Duration.days(0); write for example deleteAfter: Duration.days(91) [at Data/Backups]`],
    ['with less than 90 days of cold storage', { deleteAfter: days(119), moveToColdStorageAfter: days(30) },
      `${LIFECYCLE}deleteAfter: Duration.days(119) with moveToColdStorageAfter: Duration.days(30); write for example deleteAfter: Duration.days(120) [at Data/Backups]`],
    ['with cold storage and the retention that is the default', { moveToColdStorageAfter: days(7) },
      `${LIFECYCLE}deleteAfter: Duration.days(35) with moveToColdStorageAfter: Duration.days(7); write for example deleteAfter: Duration.days(97) [at Data/Backups]`],
    ['with cold storage at once', { deleteAfter: year, moveToColdStorageAfter: days(0) },
      `${LIFECYCLE}deleteAfter: Duration.days(365) with moveToColdStorageAfter: Duration.days(0); write for example deleteAfter: Duration.days(91) [at Data/Backups]`],
    ['whose copies have less than 90 days of cold storage', { copies: { deleteAfter: days(91), moveToColdStorageAfter: days(2) } },
      `${LIFECYCLE}deleteAfter: Duration.days(91) with moveToColdStorageAfter: Duration.days(2); write for example deleteAfter: Duration.days(92) [at Data/Backups]`],
    ['of parts of days', { deleteAfter: hours(36) }, 'DaysNotWhole: AWS Backup counts whole days, given: 1 day 12 hours; write for example Duration.days(7) [at Data/Backups]'],
    ['of continuous backups that are kept too long', { continuous: true, deleteAfter: days(36) }, `${CONTINUOUS}deleteAfter: Duration.days(36)${OTHERWISE}`],
    ['of continuous backups with cold storage', { continuous: true, deleteAfter: days(120), moveToColdStorageAfter: days(1) },
      `${CONTINUOUS}deleteAfter: Duration.days(120) with moveToColdStorageAfter${OTHERWISE}`],
    ['with a rate', { schedule: events.Schedule.rate(days(1)) },
      'ScheduleNotCron: AWS Backup takes schedules in cron only, given: rate(1 day); write for example events.Schedule.cron({ hour: \'5\', minute: \'0\' }) [at Data/Backups]'],
    ['that waits less than an hour', { startWindow: minutes(59) }, `BackupWindowInvalid: startWindow is 60 to 52,560,000 whole minutes here, given: 59 minutes${WINDOWS}`],
    ['that waits more than a hundred years', { startWindow: minutes(52_560_001) },
      `BackupWindowInvalid: startWindow is 60 to 52,560,000 whole minutes here, given: 36500 days 1 minute${WINDOWS}`],
    ['that waits parts of minutes', { startWindow: Duration.seconds(3630) }, `startWindow is 60 to 52,560,000 whole minutes here, given: 1 hour 30 seconds${WINDOWS}`],
    ['that takes no time', { completionWindow: minutes(0) }, `BackupWindowInvalid: completionWindow is 1 to 52,560,000 whole minutes here, given: 0 minutes${WINDOWS}`],
    ['that takes less than an hour more than it waits', { startWindow: hours(2), completionWindow: minutes(179) },
      `BackupWindowInvalid: completionWindow is 180 to 52,560,000 whole minutes here, given: 2 hours 59 minutes${WINDOWS}`],
  ])('%s', (_what, rule, message) => {
    expect(given({ rules: [{ schedule, ...rule }] })).toThrow(message);
  });
});

test.each<[string, Partial<BackupCopyRule>]>([
  ['90 days of cold storage', { deleteAfter: days(120), moveToColdStorageAfter: days(30) }],
  ['one day', { deleteAfter: days(1) }],
  ['the shortest windows', { startWindow: hours(1), completionWindow: hours(2) }],
  ['the longest windows', { startWindow: days(36_499), completionWindow: days(36_500) }],
  ['windows that are known at deployment only', { startWindow: minutes(Lazy.number({ produce: () => 90 })), completionWindow: minutes(Lazy.number({ produce: () => 900 })) }],
  ['35 days of continuous backups, whose copies are kept longer', { continuous: true, copies: { deleteAfter: year } }],
])('takes %s', (_what, rule) => {
  expect(given({ rules: [{ schedule, ...rule }] })).not.toThrow();
});

describe('fails for a lock', () => {
  const RETENTION = 'LockRetentionInvalid: a lock keeps backups for 1 to 36500 days, at least minRetention and at most maxRetention, given: ';
  const INSTEAD = '; write for example { minRetention: Duration.days(7), maxRetention: Duration.days(365) } [at ';
  const OUTSIDE = 'RetentionOutsideLock: the lock of the vault takes backups that are kept for ';
  test.each<[string, BackupVaultLock, string]>([
    ['that nobody takes off after less than three days', BackupVaultLock.compliance({ minRetention: week }, days(2)),
      'LockGraceTimeTooShort: nobody takes a compliance lock off after its grace time, which is 3 days or longer, given: Duration.days(2); write for example '
      + 'Duration.days(14), or BackupVaultLock.governance [at '],
    ['that keeps nothing', BackupVaultLock.governance({ minRetention: days(0) }), `${RETENTION}minRetention: Duration.days(0)${INSTEAD}`],
    ['whose longest retention is the shorter', BackupVaultLock.governance({ minRetention: days(30), maxRetention: week }),
      `${RETENTION}maxRetention: Duration.days(7) with minRetention: Duration.days(30)${INSTEAD}`],
    ['of more than a hundred years', BackupVaultLock.governance({ minRetention: week, maxRetention: days(36501) }),
      `${RETENTION}maxRetention: Duration.days(36501) with minRetention: Duration.days(7)${INSTEAD}`],
    ['that takes none of the backups: they are deleted before', BackupVaultLock.governance({ minRetention: days(36) }),
      `${OUTSIDE}36 days or longer, given: 35 days; change deleteAfter of the rule, or the lock [at Data/Backups]`],
    ['that takes none of the backups: they are kept longer', BackupVaultLock.governance({ minRetention: week, maxRetention: days(34) }),
      `${OUTSIDE}7 to 34 days, given: 35 days; change deleteAfter of the rule, or the lock [at Data/Backups]`],
  ])('%s', (_what, lock, message) => {
    expect(given({ vault: { lock } })).toThrow(message);
    expect(given({ copyVaults: { lock } })).toThrow(message);
  });

  test('of the copies only where the copies are outside of it', () => {
    const lock = BackupVaultLock.governance({ minRetention: days(100) });

    expect(given({ copyVaults: { lock }, rules: [{ schedule, copies: { deleteAfter: days(100) } }] })).not.toThrow();
    expect(given({ vault: { lock }, rules: [{ schedule, copies: { deleteAfter: days(100) } }] })).toThrow('RetentionOutsideLock: ');
  });
});

test.each<[string, Partial<BackupCopyProps>, string]>([
  ['no destination', { destinations: [] },
    'DestinationMissing: backups are copied to one Region or several, given: none; write for example SnapshotDestination.inRegion(\'ap-southeast-2\') [at Data/Backups]'],
  ['a Region twice', { destinations: [SYDNEY, SYDNEY].map((region) => SnapshotDestination.inRegion(region)) },
    `DestinationRegionTwice: copies go to each Region once, given: ${SYDNEY} twice; leave one of the destinations there out [at Data/Backups]`],
  ['the Region of the source', { destinations: [SnapshotDestination.inRegion(REGION)] }, 'DestinationRegionInvalid: '],
  ['no rules', { rules: [] }, 'BackupRulesMissing: a plan has one rule or several, given: none; leave rules out for a daily one [at Data/Backups]'],
  ['a name of a vault with a space', { vault: { vaultName: 'my vault' } },
    'VaultNameInvalid: a vault has a name of 2 to 50 letters, digits, - and _, known before deployment, given: \'my vault\'; write for example vaultName: '
    + '\'ledger-copies\' [at Data/Backups]'],
  ['a name of a vault that is known at deployment only', { copyVaults: { vaultName: Aws.STACK_NAME } },
    'VaultNameInvalid: a vault has a name of 2 to 50 letters, digits, - and _, known before deployment, given: a token; write for example vaultName: '
    + '\'ledger-copies\' [at Data/Backups]'],
  ['copies that may be 8 days old', { maxAge: days(8) }, 'MaxAgeInvalid: the newest copy may be 1 hour to 7 days old, in whole hours, given: 8 days; '],
])('fails for %s', (_what, props, message) => {
  expect(given(props)).toThrow(message);
});

test('fails for a key of another Region, and for a source without a Region', () => {
  const { app, data } = new Copies('weak', { account: ACCOUNT, region: REGION });
  const far = new CustomerManagedKey(newStack(app, 'Far', { account: ACCOUNT, region: SYDNEY }), 'Key');

  expect(given({ encryptionKey: far }, data)).toThrow(`KeyOfAnotherRegion: a key encrypts in its own Region only, given: Far/Key in ${SYDNEY}, for ${REGION}; `);
  expect(given({}, newStack(app, 'Agnostic', {}))).toThrow('SourceRegionUnknown: ');
});

test('fails for somebody who restores without an IAM policy that the app can change', () => {
  const { data } = new Copies('weak', { account: ACCOUNT, region: REGION });
  const { copies: [made] } = given({}, data)();

  expect(() => made.grantRestore(new iam.AccountPrincipal(OTHER_ACCOUNT))).toThrow(
    'GranteeOutOfReach: AWS Backup looks at the IAM policy of the caller only, and at callers of the vault\'s account only, given: ');
});
