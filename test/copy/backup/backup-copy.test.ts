import { Duration, Lazy, NestedStack, Stack, Stage, TimeZone } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import { BackupCopy, BackupVaultLock, CustomerManagedKey, EncryptedVolume, KmsService, SnapshotDestination } from '../../../src';
import { backedUp, diskIn } from '../../support/backups';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, newApp, newStack, REGION } from '../../support/key-stack';
import { templateDifference } from '../../support/template-difference';

const LONDON = { account: ACCOUNT, region: REGION };
const THERE = `Data-copies-${SYDNEY}`;
const TYPE = (name: string) => `AWS::Backup::Backup${name}`;
const vaultArn = (region: string, name: string) => `arn:aws:backup:${region}:${ACCOUNT}:backup-vault:${name}`;
const schedule = events.Schedule.cron({ hour: '2', minute: '30' });

/** The rules of the plan. */
const rulesIn = (copies: Copies) => theOnly(copies.template('Data'), TYPE('Plan')).Properties.BackupPlan.BackupPlanRule;

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test('the source has a vault under its key, a plan that copies, a selection, and a rule and an alarm of copies that fail', () => {
    const copies = new Copies(references, LONDON);
    const disk = diskIn(copies.data);
    const types = Object.values(copies.template('Data').Resources).map(({ Type }) => Type);
    const after = new Copies(references, LONDON);
    backedUp(after.data, [diskIn(after.data)]);
    const { Resources } = after.template('Data');
    const added = Object.values(Resources).map(({ Type }) => Type).filter((type) => !types.includes(type) || type === 'AWS::KMS::Key');

    expect(disk.node.path).toBe('Data/Disk');
    expect(added.sort()).toEqual([
      TYPE('Plan'), TYPE('Selection'), TYPE('Vault'), 'AWS::CloudWatch::Alarm', 'AWS::Events::Rule', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::KMS::Key', 'AWS::KMS::Key',
    ]);
    expect(theOnly({ Resources }, TYPE('Vault'))).toMatchObject({
      Properties: { BackupVaultName: 'Data-Backups', EncryptionKeyArn: { 'Fn::GetAtt': ['BackupsKeyC696F888', 'Arn'] } },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    expect(theOnly({ Resources }, TYPE('Selection')).Properties.BackupSelection.Resources).toHaveLength(1);
  });

  test('the destination has a vault under the key there, deployed before, and refers to nothing', () => {
    const copies = new Copies(references, LONDON);
    backedUp(copies.data, [diskIn(copies.data)]);
    const assembly = copies.app.synth();
    const there = assembly.getStackByName(THERE);

    expect(Object.values<any>(there.template.Resources).map(({ Type }) => Type)).toEqual(['AWS::KMS::Key', 'AWS::KMS::Alias', TYPE('Vault')]);
    expect(theOnly(there.template, TYPE('Vault'))).toMatchObject({
      Properties: { BackupVaultName: `Data-Backups-from-${REGION}`, EncryptionKeyArn: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } },
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
    expect(JSON.stringify(there.template)).not.toMatch(/GetStackOutput|ImportValue/);
    expect(assembly.getStackByName('Data').dependencies.map(({ id }) => id)).toContain(there.id);
  });

  test('the plan copies to the vault there by its ARN, which is no reference', () => {
    const copies = new Copies(references, LONDON);
    backedUp(copies.data, [diskIn(copies.data)]);
    const [rule] = rulesIn(copies);

    expect(rule).toMatchObject({ ScheduleExpression: 'cron(0 5 * * ? *)', Lifecycle: { DeleteAfterDays: 35 } });
    expect(rule.CopyActions).toEqual([{ DestinationBackupVaultArn: expect.anything(), Lifecycle: { DeleteAfterDays: 35 } }]);
    expect(JSON.stringify(rule)).not.toMatch(/GetStackOutput|ImportValue/);
  });
});

test('copies to several Regions, each to a vault under the key there', () => {
  const copies = new Copies('weak', LONDON);
  const { copies: made } = backedUp(copies.data, [diskIn(copies.data)], {
    destinations: [SYDNEY, 'eu-west-1'].map((region) => SnapshotDestination.inRegion(region)),
  });

  expect(made.map(({ destinationRegion }) => destinationRegion)).toEqual([SYDNEY, 'eu-west-1']);
  expect(made.map(({ destinationKey, destinationStack }) => Stack.of(destinationKey) === destinationStack)).toEqual([true, true]);
  expect(rulesIn(copies)[0].CopyActions.map(({ DestinationBackupVaultArn }: any) => DestinationBackupVaultArn)).toEqual(
    [SYDNEY, 'eu-west-1'].map((region) => vaultArn(region, `Data-Backups-from-${REGION}`)));
});

test('takes rules, each with its schedule, and another life for the copies', () => {
  const copies = new Copies('weak', LONDON);
  backedUp(copies.data, [diskIn(copies.data)], {
    rules: [
      { ruleName: 'Nightly', schedule, timeZone: TimeZone.EUROPE_LONDON, continuous: true, copies: { deleteAfter: Duration.days(100), moveToColdStorageAfter: Duration.days(10) } },
      { schedule, deleteAfter: Duration.days(Lazy.number({ produce: () => 400 })), moveToColdStorageAfter: Duration.days(30) },
    ],
  });

  expect(rulesIn(copies)).toEqual([
    expect.objectContaining({
      RuleName: 'Nightly',
      ScheduleExpression: 'cron(30 2 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/London',
      EnableContinuousBackup: true,
      Lifecycle: { DeleteAfterDays: 35 },
      CopyActions: [expect.objectContaining({ Lifecycle: { DeleteAfterDays: 100, MoveToColdStorageAfterDays: 10 } })],
    }),
    expect.objectContaining({
      Lifecycle: { DeleteAfterDays: 400, MoveToColdStorageAfterDays: 30 },
      CopyActions: [expect.objectContaining({ Lifecycle: { DeleteAfterDays: 400, MoveToColdStorageAfterDays: 30 } })],
    }),
  ]);
});

test('takes the windows of a rule, and leaves them to AWS Backup where nothing is said', () => {
  const copies = new Copies('weak', LONDON);
  backedUp(copies.data, [diskIn(copies.data)], {
    rules: [
      { schedule, startWindow: Duration.hours(1), completionWindow: Duration.minutes(Lazy.number({ produce: () => 720 })) }, { schedule },
    ],
  });
  const [given, left] = rulesIn(copies);

  expect(given).toMatchObject({ StartWindowMinutes: 60, CompletionWindowMinutes: 720 });
  expect(Object.keys(left).filter((name) => name.endsWith('WindowMinutes'))).toEqual([]);
});

test('takes keys and names of vaults', () => {
  const copies = new Copies('weak', LONDON);
  const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });
  const [here, over] = [copies.data, there].map((stack) => new CustomerManagedKey(stack, 'Given'));
  const made = backedUp(copies.data, [diskIn(copies.data)], {
    encryptionKey: here,
    vault: { vaultName: 'ledger' },
    copyVaults: { vaultName: 'ledger_copies' },
    destinations: [SnapshotDestination.ofStack(there, over)],
  });

  expect(made.encryptionKey).toBe(here);
  expect(made.copies[0]).toMatchObject({ destinationKey: over, vaultArn: vaultArn(SYDNEY, 'ledger_copies') });
  expect(theOnly(copies.template('Data'), TYPE('Vault')).Properties).toEqual({ BackupVaultName: 'ledger', EncryptionKeyArn: { 'Fn::GetAtt': ['GivenEA18D9CA', 'Arn'] } });
  expect(theOnly(copies.template('There'), TYPE('Vault')).Properties.BackupVaultName).toBe('ledger_copies');
});

test('names vaults after the stack of the source and the place in it, and shortens what gets too long', () => {
  const stage = new Stage(newApp(), 'Prod', { env: LONDON });
  const data = new Stack(stage, 'Data');
  const nested = new NestedStack(data, 'Nested');
  const long = new Stack(stage, 'L'.repeat(60));
  const names = [nested, long].map((stack) => backedUp(stack, [diskIn(stack)])).flatMap(({ vault, copies }) => [vault, copies[0].vault])
    .map(({ node }) => (node.defaultChild as backup.CfnBackupVault).backupVaultName);

  expect(names).toEqual([
    'Prod-Data-Nested-Backups', `Prod-Data-Nested-Backups-from-${REGION}`,
    expect.stringMatching(/^Prod-L{36}-[0-9a-f]{8}$/), expect.stringMatching(/^Prod-L{36}-[0-9a-f]{8}$/),
  ]);
  expect(new Set(names).size).toBe(4);
});

test('locks vaults and denies deletion where it is asked to', () => {
  const copies = new Copies('weak', LONDON);
  const retention = { minRetention: Duration.days(7), maxRetention: Duration.days(365) };
  backedUp(copies.data, [diskIn(copies.data)], {
    vault: { lock: BackupVaultLock.governance({ minRetention: Duration.days(1) }) },
    copyVaults: { lock: BackupVaultLock.compliance(retention, Duration.days(3)), blockRecoveryPointDeletion: true },
  });

  expect(theOnly(copies.template('Data'), TYPE('Vault')).Properties).toMatchObject({ LockConfiguration: { MinRetentionDays: 1 } });
  expect(theOnly(copies.template('Data'), TYPE('Vault')).Properties.AccessPolicy).toBeUndefined();
  expect(theOnly(copies.template(THERE), TYPE('Vault')).Properties).toMatchObject({
    LockConfiguration: { MinRetentionDays: 7, MaxRetentionDays: 365, ChangeableForDays: 3 },
    AccessPolicy: { Statement: [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'], Resource: '*' }] },
  });
});

test('has no lock where nothing is said of one', () => {
  const copies = new Copies('weak', LONDON);
  backedUp(copies.data, [diskIn(copies.data)]);

  expect(JSON.stringify([copies.template('Data'), copies.template(THERE)])).not.toMatch(/LockConfiguration|ChangeableForDays/);
});

test('works where the account is known at deployment only', () => {
  const copies = new Copies('weak', { region: REGION });
  backedUp(copies.data, [diskIn(copies.data)], { maxAge: Duration.hours(26) });

  expect(rulesIn(copies)[0].CopyActions[0].DestinationBackupVaultArn).toEqual({
    'Fn::Join': ['', [`arn:aws:backup:${SYDNEY}:`, { Ref: 'AWS::AccountId' }, `:backup-vault:Data-Backups-from-${REGION}`]],
  });
});

test('copies under a key that is imported from there', () => {
  const copies = new Copies('weak', LONDON);
  const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });
  const key = CustomerManagedKey.fromKeyArn(there, 'Key', `arn:aws:kms:${SYDNEY}:${ACCOUNT}:key/1`, { services: [KmsService.BACKUP, KmsService.EBS_COPIES] });
  backedUp(copies.data, [diskIn(copies.data)], { destinations: [SnapshotDestination.ofStack(there, key)] });

  expect(theOnly(copies.template('There'), TYPE('Vault')).Properties.EncryptionKeyArn).toBe(key.keyArn);
});

test('a further destination adds what is there, and changes the plan and who may use the keys only', () => {
  const [one, two] = [[SYDNEY], [SYDNEY, 'eu-west-1']].map((regions) => {
    const copies = new Copies('weak', LONDON);
    backedUp(copies.data, [diskIn(copies.data)], { destinations: regions.map((region) => SnapshotDestination.inRegion(region)) });
    return [copies.template('Data'), copies.template(THERE)];
  });
  const { added, removed, changed } = templateDifference(one[0], two[0]);
  const paths = [...Object.keys(added), ...Object.keys(removed), ...Object.keys(changed)].map((path) => path.split('.').slice(1, 3).join('.'));

  expect([...new Set(paths)].sort()).toEqual([
    'BackupsKeyC696F888.Properties', 'BackupsPlanAF2A6E1B.Properties', 'BackupsRoleDefaultPolicyD6E8F1AC.Properties', 'DiskKey0A8923E7.Properties',
  ]);
  expect(one[1]).toEqual(two[1]);
});

test('what is restored from a snapshot there is under the key of the copies', () => {
  const copies = new Copies('weak', LONDON);
  const { copies: [{ destinationStack, destinationKey }] } = backedUp(copies.data, [diskIn(copies.data)]);
  new EncryptedVolume(destinationStack, 'Restored', { availabilityZone: `${SYDNEY}a`, snapshotId: 'snap-0123456789abcdef0', encryptionKey: destinationKey });

  expect(theOnly(copies.template(THERE), 'AWS::EC2::Volume').Properties).toMatchObject({
    Encrypted: true, KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] }, SnapshotId: 'snap-0123456789abcdef0',
  });
});

test('is one construct, whose vault is its own', () => {
  const { data } = new Copies('weak', LONDON);
  const made = backedUp(data, [diskIn(data)]);

  expect(made).toBeInstanceOf(BackupCopy);
  expect(made.plan.backupVault).toBe(made.vault);
});
