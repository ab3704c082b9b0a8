import { Aspects, Duration, Lazy, NestedStack, Token } from 'aws-cdk-lib';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import { CustomerManagedKey, EncryptedRedshiftCluster, KmsService, RedshiftSnapshotCopy, SnapshotDestination } from '../../../src';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { templateDifference } from '../../support/template-difference';
import { clusterIn, copied } from '../../support/warehouse-copies';

const LONDON = { account: ACCOUNT, region: REGION };
const THERE = `Data-copies-${SYDNEY}`;
const KEY_THERE = { 'Fn::GetStackOutput': { StackName: THERE, Region: SYDNEY, OutputName: 'PublishOutputFnGetAttKey961B73FDArn43BC6B29' } };
const VIA = [`redshift-data.${SYDNEY}.amazonaws.com`, `redshift.${SYDNEY}.amazonaws.com`];
const keyArn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const copiesOf = (template: { Resources: object }) => theOnly(template as never, 'Custom::RedshiftSnapshotCopy').Properties;

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test('nothing becomes of the cluster and its key: what copies it comes beside it', () => {
    const [plain, copies] = [false, true].map((copy) => {
      const { data, app } = new Copies(references, LONDON);
      const warehouse = clusterIn(data);
      if (copy) {
        copied(warehouse);
      }
      return app.synth().getStackByName('Data').template;
    });
    const { added, removed, changed } = templateDifference(plain, copies);

    expect([...Object.keys(removed), ...Object.keys(changed)]).toEqual([]);
    expect(Object.keys(added).map((path) => path.split('.').slice(0, 2).join('.').replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'Resources.WarehouseCopies', 'Resources.WarehouseCopiesFunction', 'Resources.WarehouseCopiesLogs', 'Resources.WarehouseCopiesRole',
      'Resources.WarehouseCopiesRoleDefaultPolicy',
    ]);
  });

  test('the function starts them under the key there, after its policy is there', () => {
    const copies = new Copies(references, LONDON);
    const { snapshotCopyGrantName } = copied(clusterIn(copies.data), {
      automatedSnapshotRetention: Duration.days(14), manualSnapshotRetention: Duration.days(90),
    });
    const { DependsOn, Properties } = theOnly(copies.template('Data'), 'Custom::RedshiftSnapshotCopy');

    expect(Properties).toMatchObject({
      ClusterIdentifier: { Ref: 'Warehouse' },
      DestinationRegion: SYDNEY,
      DestinationKeyArn: KEY_THERE,
      GrantName: snapshotCopyGrantName,
      MakesGrant: 'true',
      AutomatedSnapshotRetentionPeriod: '14',
      ManualSnapshotRetentionPeriod: '90',
    });
    expect(DependsOn).toEqual(expect.arrayContaining([expect.stringMatching(/^WarehouseCopiesRoleDefaultPolicy/)]));
  });

  test('the stack there has a key and its alias, and refers to nothing', () => {
    const copies = new Copies(references, LONDON);
    copied(clusterIn(copies.data));
    const assembly = copies.app.synth();
    const there = assembly.getStackByName(THERE);

    expect(Object.values<any>(there.template.Resources).map(({ Type }) => Type)).toEqual(['AWS::KMS::Key', 'AWS::KMS::Alias']);
    expect(JSON.stringify(there.template)).not.toMatch(/GetStackOutput|ImportValue/);
    expect(assembly.getStackByName('Data').dependencies.map(({ id }) => id)).toContain(there.id);
  });

  test('copies those of a cluster in a nested stack', () => {
    const copies = new Copies(references, LONDON);
    const { destinationStack } = copied(clusterIn(new NestedStack(copies.data, 'Nested')));
    copies.app.synth();

    expect(destinationStack.stackName).toBe(THERE);
  });
});

test('the role of the function can copy this cluster, by this grant, under this key', () => {
  const copies = new Copies('weak', LONDON);
  const { snapshotCopyGrantName } = copied(clusterIn(copies.data));
  const policies = Object.entries<any>(copies.template('Data').Resources).filter(([id]) => id.startsWith('WarehouseCopiesRoleDefaultPolicy'));
  const [logs, copy, look, ...grants] = policies[0][1].Properties.PolicyDocument.Statement;

  expect(logs.Action).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
  expect(copy).toEqual({
    Action: ['redshift:DisableSnapshotCopy', 'redshift:EnableSnapshotCopy', 'redshift:ModifySnapshotCopyRetentionPeriod'],
    Effect: 'Allow',
    Resource: { 'Fn::Join': ['', [`arn:aws:redshift:${REGION}:${ACCOUNT}:cluster:`, { Ref: 'Warehouse' }]] },
  });
  expect(look).toEqual({
    Action: ['redshift:DescribeClusters', 'redshift:DescribeSnapshotCopyGrants'],
    Effect: 'Allow',
    Resource: '*',
    Condition: { StringEquals: { 'aws:RequestedRegion': [SYDNEY, REGION] } },
  });
  expect(grants).toEqual([
    {
      Action: ['redshift:CreateSnapshotCopyGrant', 'redshift:DeleteSnapshotCopyGrant'],
      Effect: 'Allow',
      Resource: `arn:aws:redshift:${SYDNEY}:${ACCOUNT}:snapshotcopygrant:${snapshotCopyGrantName}`,
    },
    {
      Action: 'kms:CreateGrant',
      Effect: 'Allow',
      Resource: KEY_THERE,
      Condition: { StringEquals: { 'kms:ViaService': VIA }, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    },
    { Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'], Effect: 'Allow', Resource: KEY_THERE, Condition: { StringEquals: { 'kms:ViaService': VIA } } },
    { Action: ['kms:RetireGrant', 'kms:RevokeGrant'], Effect: 'Allow', Resource: KEY_THERE, Condition: { StringEquals: { 'kms:ViaService': VIA[1] } } },
  ]);
});

test('keeps copies of automated snapshots for seven days, and of manual ones until they are deleted, where nothing else is said', () => {
  const copies = new Copies();
  copied(clusterIn(copies.data));

  expect(copiesOf(copies.template('Data'))).toMatchObject({ AutomatedSnapshotRetentionPeriod: '7', ManualSnapshotRetentionPeriod: '-1' });
});

test('keeps them as long as is known at deployment only', () => {
  const copies = new Copies();
  copied(clusterIn(copies.data), { automatedSnapshotRetention: Duration.days(Lazy.number({ produce: () => 21 })) });

  expect(copiesOf(copies.template('Data')).AutomatedSnapshotRetentionPeriod).toBe(21);
});

test('copies under a key that is imported from there', () => {
  const copies = new Copies('weak', LONDON);
  const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });
  const key = CustomerManagedKey.fromKeyArn(there, 'Key', keyArn(SYDNEY), { services: [KmsService.REDSHIFT] });
  const { destinationKey } = copied(clusterIn(copies.data), { destination: SnapshotDestination.ofStack(there, key) });

  expect(destinationKey).toBe(key);
  expect(copiesOf(copies.template('Data')).DestinationKeyArn).toBe(keyArn(SYDNEY));
});

test('copies under a key that Amazon Redshift has there already', () => {
  const copies = new Copies('weak', LONDON);
  const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });
  const key = new CustomerManagedKey(there, 'Key');
  key.via(KmsService.REDSHIFT);

  expect(copied(clusterIn(copies.data), { destination: SnapshotDestination.ofStack(there, key) }).destinationKey).toBe(key);
});

test('fails for an imported key whose policy does not say so, with the statement', () => {
  const copies = new Copies('weak', LONDON);
  const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });

  expect(() => copied(clusterIn(copies.data), { destination: SnapshotDestination.ofStack(there, CustomerManagedKey.fromKeyArn(there, 'Key', keyArn(SYDNEY))) }))
    .toThrow(`"kms:ViaService":["${VIA.join('","')}"]`);
});

test('a cluster is restored from a copy in the stack there, under the key of the copies', () => {
  const copies = new Copies('weak', LONDON);
  const { destinationStack, destinationKey } = copied(clusterIn(copies.data));
  clusterIn(destinationStack, { encryptionKey: destinationKey, snapshotIdentifier: 'copy:rs:sales-2026-11-01', databaseName: 'dev', adminUsername: 'admin' });
  const template = copies.template(THERE);

  expect(theOnly(template, 'AWS::Redshift::Cluster').Properties).toMatchObject({
    SnapshotIdentifier: 'copy:rs:sales-2026-11-01', Encrypted: true, KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] },
  });
  expect(Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::KMS::Key')).toHaveLength(1);
});

test('a further cluster and a further Region change nothing of what is there', () => {
  const [before, after] = [false, true].map((further) => {
    const copies = new Copies('weak', LONDON);
    copied(clusterIn(copies.data));
    if (further) {
      const orders = new EncryptedRedshiftCluster(copies.data, 'Orders', { vpc: copies.data.node.findChild('Vpc') as never, nodeType: 'ra3.large' });
      copied(orders, { destination: SnapshotDestination.inRegion('eu-west-1') });
    }
    const { stacks } = copies.app.synth();
    return Object.fromEntries(stacks.map(({ stackName, template }) => [stackName, template]));
  });

  expect(Object.keys(after).sort()).toEqual(['Data', `Data-copies-${SYDNEY}`, 'Data-copies-eu-west-1'].sort());
  expect(after[THERE]).toEqual(before[THERE]);
  expect(after.Data.Resources).toMatchObject(before.Data.Resources);
});

test('the Region is known to whoever restores there', () => {
  const { destinationRegion, destinationStack } = copied(clusterIn(new Copies().data));

  expect(Token.isUnresolved(destinationRegion)).toBe(false);
  expect([destinationRegion, destinationStack.region]).toEqual([SYDNEY, SYDNEY]);
});

test('fails where an aspect has CloudFormation copy, too', () => {
  const { app, data } = new Copies();
  copied(clusterIn(data));
  Aspects.of(app).add({ visit: (node) => redshift.CfnCluster.isCfnCluster(node) && node.addPropertyOverride('DestinationRegion', 'eu-west-1') });

  expect(() => app.synth()).toThrow('SnapshotCopyTwice: an aspect, a mixin or an override set DestinationRegion of Data/Warehouse/Default, whose snapshots '
    + 'RedshiftSnapshotCopy copies already; leave this cluster out of it, or give what you want to RedshiftSnapshotCopy');
});

test('fails for a second Region, of which Amazon Redshift knows none', () => {
  const { data } = new Copies();
  const source = clusterIn(data);
  copied(source);

  expect(() => new RedshiftSnapshotCopy(data, 'Again', { source, destination: SnapshotDestination.inRegion('eu-west-1') })).toThrow(
    'SnapshotCopyTwice: Amazon Redshift copies the snapshots of a cluster to one Region, given: another for Data/Warehouse/Default, whose snapshots go to '
    + `${SYDNEY} already; leave one of them out [at Data/Again]`);
});

test('fails in another Region than the cluster', () => {
  const { app, data } = new Copies('weak', LONDON);
  const source = clusterIn(data);
  const paris = newStack(app, 'Paris', { account: ACCOUNT, region: 'eu-west-3' });

  expect(() => new RedshiftSnapshotCopy(paris, 'Copies', { source, destination: SnapshotDestination.inRegion(SYDNEY) })).toThrow(
    `CopyElsewhere: copies are started in the account and Region of their cluster, given: Paris in ${ACCOUNT} and eu-west-3, for Data/Warehouse/Default in `
    + `${ACCOUNT} and ${REGION}; make the RedshiftSnapshotCopy in the stack of the cluster [at Paris/Copies]`);
});

test.each([
  ['automatedSnapshotRetention', Duration.days(0), '0', '35'],
  ['automatedSnapshotRetention', Duration.days(36), '36', '35'],
  ['automatedSnapshotRetention', Duration.hours(36), '1.5', '35'],
  ['manualSnapshotRetention', Duration.days(0), '0', '3,653'],
  ['manualSnapshotRetention', Duration.days(3654), '3654', '3,653'],
])('fails for %s of %s', (property, retention, given, most) => {
  const { data } = new Copies();

  expect(() => copied(clusterIn(data), { [property]: retention })).toThrow(
    `RetentionInvalid: Amazon Redshift keeps such copies for 1 to ${most} whole days, given: ${given} days as ${property}; write for example Duration.days(14) `
    + '[at Data/WarehouseCopies]');
});

test('fails for another account, where Amazon Redshift copies nothing', () => {
  const copies = new Copies('weak', LONDON);
  const there = newStack(copies.app, 'There', { account: OTHER_ACCOUNT, region: SYDNEY });

  expect(() => copied(clusterIn(copies.data), { destination: SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key')) })).toThrow(
    `DestinationInAnotherAccount: Amazon Redshift copies snapshots within an account only, given: There in ${OTHER_ACCOUNT}, for a source in ${ACCOUNT}; `
    + `give a stack of ${ACCOUNT} [at Data/WarehouseCopies]`);
});
