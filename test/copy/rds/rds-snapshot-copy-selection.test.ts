import { Duration } from 'aws-cdk-lib';
import { CopiedDatabases, RdsSnapshotCopyProps } from '../../../src';
import { rdsMachines } from '../../support/snapshot-copies/rds-copies';
import { RdsCopiesWorld } from '../../support/snapshot-copies/rds-copies-world';

jest.setTimeout(120_000);

/** Two Regions with the state machines as they are deployed, and a stub of Amazon RDS. */
const world = (props?: Partial<RdsSnapshotCopyProps>) => new RdsCopiesWorld(rdsMachines(props));

const AUTOMATED = 'rds:ledger-2026-11-28-05-10';
const CLUSTER = { type: 'cluster-snapshot', database: 'catalogue' } as const;

test('copies are deleted when their time has come, and nothing else', async () => {
  const w = world({ retention: Duration.days(2) });
  w.make(AUTOMATED);
  w.make('catalogue', CLUSTER);
  await w.pass(1);
  const foreign = { ...[...w.rds.copies.values()][0], name: 'of-others', TagList: [] };
  w.rds.copies.set('arn:aws:rds:ap-southeast-2:111122223333:snapshot:of-others', foreign);
  expect(w.rds.copies.size).toBe(3);
  await w.pass(48);

  expect([...w.rds.copies.values()]).toEqual([foreign]);
  expect([w.claims.items.size, w.failed, w.executionsFailed]).toEqual([0, [], []]);
});

test('only snapshots with the tags are copied, and no copies', async () => {
  const w = world({ tags: { backup: 'daily' } });
  const arn = w.make('meant', { TagList: [{ Key: 'backup', Value: 'daily' }] });
  w.make('other', { TagList: [{ Key: 'backup', Value: 'weekly' }] });
  w.make('copy', { TagList: [{ Key: 'backup', Value: 'daily' }, { Key: 'cdk-kms-patterns:copy-of', Value: 'arn' }] });
  w.make('none');
  await w.pass(26);

  expect([...w.claims.items.values()].map(({ snapshot }) => snapshot.S)).toEqual([arn]);
});

test('only snapshots of the databases are copied', async () => {
  const w = world({ databases: [CopiedDatabases.instancesNamed('Ledger'), CopiedDatabases.clustersNamed('catalogue')] });
  const arns = [w.make('of-instance'), w.make('of-cluster', CLUSTER)];
  w.make('other', { database: 'catalogue' });
  w.make('other', { ...CLUSTER, database: 'ledger' });
  await w.pass(26);

  expect([...w.claims.items.values()].map(({ snapshot }) => snapshot.S)).toEqual(arns);
});

test('snapshots of Amazon DocumentDB and Neptune are left alone', async () => {
  const w = world();
  w.make('documents', { ...CLUSTER, Engine: 'docdb' });
  w.make('graph', { ...CLUSTER, Engine: 'neptune' });
  await w.pass(26);

  expect([w.claims.items.size, w.failed]).toEqual([0, []]);
});

test('snapshots of AWS Backup are left alone', async () => {
  const w = world();
  w.rds.create('awsbackup:job-1234');
  w.rds.create('awsbackup:job-1234', CLUSTER);
  w.select();
  await w.pass(26);

  expect([w.claims.items.size, w.failed]).toEqual([0, []]);
});

test('existing snapshots are copied page by page, of instances and of clusters', async () => {
  const w = world();
  for (let i = 0; i < 101; i++) {
    w.rds.create(`ledger-${i}`);
  }
  w.rds.create('catalogue', CLUSTER);
  w.select();
  await w.pass(0.05);

  expect(w.claims.items.size).toBe(102);
});

test('a copy gets the option group that is named for it', async () => {
  const w = world({ optionGroups: { 'ledger-tde': 'ledger-tde-sydney' } });
  w.make('with', { OptionGroupName: 'ledger-tde' });
  w.make('without', { OptionGroupName: 'default:postgres-17' });
  w.make('cluster', CLUSTER);
  await w.pass(1);

  expect(w.rds.calls.map(({ OptionGroupName }) => OptionGroupName).sort()).toEqual(['ledger-tde-sydney', undefined, undefined]);
  expect(w.failed).toEqual([]);
});
