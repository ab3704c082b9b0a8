import { Aspects, Duration, Lazy, NestedStack, Token } from 'aws-cdk-lib';
import * as rds from 'aws-cdk-lib/aws-rds';
import { CustomerManagedKey, EncryptedDatabaseCluster, EncryptedDatabaseInstance, KmsService, RdsBackupReplication, SnapshotDestination } from '../../../src';
import { Copies, ledgerIn, replicated, SYDNEY } from '../../support/copies';
import { AURORA_POSTGRES, theOnly, vpcWith, WRITER } from '../../support/databases';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { templateDifference } from '../../support/template-difference';

const THERE = `Data-copies-${SYDNEY}`;
const VIA = [`rds.${SYDNEY}.amazonaws.com`, `rds.${REGION}.amazonaws.com`];
const KEY_THERE = { 'Fn::GetStackOutput': { StackName: THERE, Region: SYDNEY, OutputName: 'PublishOutputFnGetAttKey961B73FDArn43BC6B29' } };
const keyArn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

const instanceOf = ({ instance }: EncryptedDatabaseInstance) => instance.node.defaultChild as rds.CfnDBInstance;
const sharesOf = (template: { Resources: object }) => theOnly(template as never, 'AWS::KMS::Key').Properties.KeyPolicy.Statement
  .filter(({ Sid }: { Sid: string }) => /RdsCopies|GrantsThrough/.test(Sid));

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test('three properties of the instance are all that becomes of it, beside what lets Amazon RDS in', () => {
    const [plain, copied] = [false, true].map((copies) => {
      const { data, app } = new Copies(references);
      const ledger = ledgerIn(data);
      if (copies) {
        replicated(ledger, undefined, { retention: Duration.days(14) });
      }
      return app.synth().getStackByName('Data').template;
    });
    const { added, removed, changed } = templateDifference(plain, copied);
    const instance = 'Resources.LedgerB7379752.Properties';
    const policy = /^Resources\.LedgerKey\w+\.Properties\.KeyPolicy\.Statement/;

    expect(Object.fromEntries(Object.entries(added).filter(([path]) => !policy.test(path)))).toEqual({
      [`${instance}.AutomaticBackupReplicationKmsKeyId`]: KEY_THERE,
      [`${instance}.AutomaticBackupReplicationRegion`]: SYDNEY,
      [`${instance}.AutomaticBackupReplicationRetentionPeriod`]: 14,
    });
    expect([...Object.keys(removed), ...Object.keys(changed)].filter((path) => !policy.test(path))).toEqual([]);
  });

  test('the stack there has a key and its alias, and refers to nothing', () => {
    const copies = new Copies(references);
    replicated(ledgerIn(copies.data));
    const assembly = copies.app.synth();
    const there = assembly.getStackByName(THERE);

    expect(Object.values<any>(there.template.Resources).map(({ Type }) => Type)).toEqual(['AWS::KMS::Key', 'AWS::KMS::Alias']);
    expect(JSON.stringify(there.template)).not.toMatch(/GetStackOutput|ImportValue/);
    expect(there.dependencies.filter(({ id }) => !id.endsWith('.assets'))).toEqual([]);
    expect(assembly.getStackByName('Data').dependencies.map(({ id }) => id)).toContain(there.id);
  });

  test('both keys let in Amazon RDS of both Regions to copy', () => {
    const copies = new Copies(references, { account: ACCOUNT, region: REGION });
    replicated(ledgerIn(copies.data));
    const shares = ['Data', THERE].map((name) => sharesOf(copies.template(name)));

    shares.forEach(([use, grants]) => {
      expect(use).toMatchObject({
        Sid: 'UseThroughRdsCopies',
        Action: [
          'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
        ],
        Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': VIA } },
      });
      expect(grants.Condition.StringEquals['kms:ViaService']).toEqual(expect.arrayContaining(VIA));
      expect(grants.Condition.Bool).toEqual({ 'kms:GrantIsForAWSResource': 'true' });
    });
  });

  test('replicates the backups of an instance in a nested stack', () => {
    const copies = new Copies(references);
    const nested = new NestedStack(copies.data, 'Nested');
    const { destinationStack } = replicated(ledgerIn(nested));
    const [, resolved] = [copies.app.synth(), nested.resolve(instanceOf(nested.node.findChild('Ledger') as EncryptedDatabaseInstance).automaticBackupReplicationKmsKeyId)];

    expect(destinationStack.stackName).toBe(THERE);
    expect(resolved).toEqual(KEY_THERE);
  });
});

test('keeps replicated backups for seven days where nothing else is said', () => {
  const copies = new Copies();
  replicated(ledgerIn(copies.data));

  expect(theOnly(copies.template('Data'), 'AWS::RDS::DBInstance').Properties.AutomaticBackupReplicationRetentionPeriod).toBe(7);
});

test('keeps them as long as is known at deployment only', () => {
  const copies = new Copies();
  const retention = Duration.days(Lazy.number({ produce: () => 21 }));
  replicated(ledgerIn(copies.data), undefined, { retention });

  expect(theOnly(copies.template('Data'), 'AWS::RDS::DBInstance').Properties.AutomaticBackupReplicationRetentionPeriod).toBe(21);
});

test('replicates under a key that is imported from there', () => {
  const copies = new Copies();
  const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });
  const key = CustomerManagedKey.fromKeyArn(there, 'Key', keyArn(SYDNEY), { services: [KmsService.RDS_COPIES] });
  const { destinationKey } = replicated(ledgerIn(copies.data), SnapshotDestination.ofStack(there, key));

  expect(destinationKey).toBe(key);
  expect(theOnly(copies.template('Data'), 'AWS::RDS::DBInstance').Properties.AutomaticBackupReplicationKmsKeyId).toBe(keyArn(SYDNEY));
});

test('fails for an imported key whose policy does not say so, with the statement for both Regions', () => {
  const copies = new Copies();
  const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });

  expect(() => replicated(ledgerIn(copies.data), SnapshotDestination.ofStack(there, CustomerManagedKey.fromKeyArn(there, 'Key', keyArn(SYDNEY)))))
    .toThrow(`"kms:ViaService":["${VIA.join('","')}"]`);
});

test('the execution role that deploys it needs both keys through both Regions, and reads the output there', () => {
  const { destinationKey } = replicated(ledgerIn(new Copies().data));
  const statements = (destinationKey as CustomerManagedKey).deployPermissions().toJSON().Statement;
  const bySid = (sid: string) => statements.find(({ Sid }: { Sid: string }) => Sid === sid);

  expect(bySid('EncryptRdsCopies')).toMatchObject({ Condition: { StringEquals: { 'kms:ViaService': VIA } } });
  expect(bySid('GrantRdsCopies')).toMatchObject({ Action: 'kms:CreateGrant', Condition: { StringEquals: { 'kms:ViaService': VIA } } });
  expect(bySid('ReadOutputs').Resource).toContain(`:cloudformation:${SYDNEY}:${ACCOUNT}:stack/${THERE}/*`);
});

test('a further database and a further Region change nothing of what is there', () => {
  const [before, after] = [false, true].map((further) => {
    const copies = new Copies();
    replicated(ledgerIn(copies.data));
    if (further) {
      replicated(ledgerIn(copies.data, 'Orders'));
      replicated(ledgerIn(copies.data, 'Bills'), SnapshotDestination.inRegion('eu-west-1'));
    }
    const { stacks } = copies.app.synth();
    return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template]));
  });

  expect(Object.keys(after).sort()).toEqual(['Data', THERE, 'Data-copies-eu-west-1']);
  expect(after[THERE]).toEqual(before[THERE]);
  expect(after.Data.Resources).toMatchObject(before.Data.Resources);
});

test.each<[string, (instance: rds.CfnDBInstance) => void]>([
  ['another key', (instance) => { instance.automaticBackupReplicationKmsKeyId = keyArn(SYDNEY); }],
  ['no key', (instance) => instance.addPropertyDeletionOverride('AutomaticBackupReplicationKmsKeyId')],
  ['another Region', (instance) => instance.addPropertyOverride('AutomaticBackupReplicationRegion', 'eu-west-1')],
])('fails where an aspect gives the instance %s', (_what, change) => {
  const { app, data } = new Copies();
  replicated(ledgerIn(data));
  Aspects.of(app).add({ visit: (node) => rds.CfnDBInstance.isCfnDBInstance(node) && change(node) });

  expect(() => app.synth()).toThrow('BackupReplicationUndone: an aspect, a mixin or an override changed AutomaticBackupReplicationRegion or '
    + 'AutomaticBackupReplicationKmsKeyId of Data/Ledger/Default/Resource; leave this instance out of it, or give what you want to RdsBackupReplication');
});

test('fails where there are no backups', () => {
  const { app, data } = new Copies();
  replicated(ledgerIn(data, 'Ledger', { backupRetention: Duration.days(0) }));

  expect(() => app.synth()).toThrow('BackupsOff: there are no automated backups of Data/Ledger/Default/Resource to replicate, given: backupRetention: '
    + 'Duration.days(0); give 1 day or more');
});

test('fails for a second Region, of which Amazon RDS knows none', () => {
  const { data } = new Copies();
  const ledger = ledgerIn(data);
  replicated(ledger);

  expect(() => new RdsBackupReplication(data, 'Again', { source: ledger, destination: SnapshotDestination.inRegion('eu-west-1') })).toThrow(
    'BackupReplicationTwice: Amazon RDS replicates the backups of an instance to one Region, given: another for Data/Ledger/Default/Resource, whose backups '
    + `go to ${SYDNEY} already; leave one of them out [at Data/Again]`);
});

test.each([[Duration.days(0), '0'], [Duration.days(36), '36'], [Duration.hours(36), '1.5']])('fails for a retention of %s', (retention, given) => {
  const { data } = new Copies();

  expect(() => replicated(ledgerIn(data), undefined, { retention })).toThrow(
    `RetentionInvalid: replicated backups are kept for 1 to 35 whole days, given: ${given} days; write for example Duration.days(14) [at Data/LedgerCopies]`);
});

test('nothing looks for replicated backups where nothing is said of their age', () => {
  const copies = new Copies();

  expect(replicated(ledgerIn(copies.data)).newestCopyAlarm).toBeUndefined();
  expect(JSON.stringify(copies.template(THERE))).not.toMatch(/AWS::(Events|CloudWatch|StepFunctions|IAM)::/);
});

test('fails for an age that no alarm takes', () => {
  expect(() => replicated(ledgerIn(new Copies().data), undefined, { maxAge: Duration.days(8) })).toThrow(
    'MaxAgeInvalid: the newest copy may be 1 hour to 7 days old, in whole hours, given: 8 days; write for example Duration.hours(26) [at Data/LedgerCopies]');
});

test('fails for another account, where Amazon RDS replicates nothing', () => {
  const copies = new Copies();
  const there = newStack(copies.app, 'There', { account: OTHER_ACCOUNT, region: SYDNEY });

  expect(() => replicated(ledgerIn(copies.data), SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key')))).toThrow(
    `DestinationInAnotherAccount: Amazon RDS replicates backups within an account only, given: There in ${OTHER_ACCOUNT}, for a source in ${ACCOUNT}; `
    + `give a stack of ${ACCOUNT} [at Data/LedgerCopies]`);
});

test('fails for a cluster, whose backups Amazon RDS does not replicate', () => {
  const { data } = new Copies();
  const cluster = new EncryptedDatabaseCluster(data, 'Catalogue', { engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(data, 'isolated') });

  // Its type is refused where types are checked.
  expect(() => replicated(cluster as unknown as EncryptedDatabaseInstance)).toThrow(
    'AuroraNotReplicated: Amazon RDS replicates the automated backups of instances, not of Aurora clusters, given: Data/Catalogue; '
    + 'copy the snapshots of the cluster, which are made every day, with RdsSnapshotCopy [at Data/CatalogueCopies]');
});

test('the Region is known to whoever restores there', () => {
  const { destinationRegion, destinationStack } = replicated(ledgerIn(new Copies().data));

  expect(Token.isUnresolved(destinationRegion)).toBe(false);
  expect([destinationRegion, destinationStack.region]).toEqual([SYDNEY, SYDNEY]);
});
