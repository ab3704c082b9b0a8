import { rdsMachines } from '../../support/snapshot-copies/rds-copies';
import { RdsCopiesWorld } from '../../support/snapshot-copies/rds-copies-world';
import { IN_PROGRESS, rdsError } from '../../support/snapshot-copies/rds-stub';

type Options = Omit<ConstructorParameters<typeof RdsCopiesWorld>[0], 'selecting' | 'copying'>;

jest.setTimeout(120_000);
const machines = rdsMachines();

/** Two Regions with the state machines as they are deployed, and a stub of Amazon RDS. */
const world = (options: Options = {}) => new RdsCopiesWorld({ ...machines, ...options });

const AUTOMATED = 'rds:ledger-2026-11-28-05-10';
const CLUSTER = { type: 'cluster-snapshot', database: 'catalogue' } as const;

test.each([
  ['an automated snapshot of an instance', AUTOMATED, {}],
  ['a manual one', 'ledger-before-migration', {}],
  ['one that is not encrypted, of an instance', 'ledger-before-migration', { encrypted: false }],
  ['an automated one of a cluster', 'rds:catalogue-2026-11-28-05-10', CLUSTER],
  ['a manual one of a cluster with a long name', 'c'.repeat(63), CLUSTER],
])('%s has one copy, under the key there', async (_what, name, given) => {
  const w = world();
  const arn = w.make(name, { ...given, TagList: [{ Key: 'team', Value: 'a' }, { Key: 'aws:cloudformation:stack-name', Value: 'Data' }] });
  await w.pass(1);

  expect(w.fateOf(arn)).toBe('COPIED');
  expect([...w.rds.copies.values()]).toEqual([expect.objectContaining({
    Status: 'available',
    encrypted: true,
    KmsKeyId: expect.stringMatching(/Key.*\.Arn$/),
    TagList: [{ Key: 'cdk-kms-patterns:copy-of', Value: arn }, { Key: 'cdk-kms-patterns:copied-by', Value: expect.any(String) }, { Key: 'team', Value: 'a' }],
  })]);
  expect([w.failed, w.executionsFailed, w.rds.calls.length]).toEqual([[], [], 1]);
});

test('a cluster snapshot that is not encrypted is told of with what to do, and never asked for', async () => {
  const w = world();
  const arn = w.make('catalogue', { ...CLUSTER, encrypted: false });
  await w.pass(1);

  expect(w.failed).toEqual([{
    snapshot: arn,
    attempts: 0,
    reason: 'The snapshot is not encrypted, and Amazon RDS encrypts no copy of the snapshot of a cluster: restore it under a key, which encrypts the cluster, '
      + 'and have the snapshots of that one copied',
  }]);
  expect([w.fateOf(arn), w.rds.calls]).toEqual(['FAILED', []]);
});

test('what is told of twice, or ends twice, is copied once', async () => {
  const w = world({ deliveries: () => 3 });
  const arns = Array.from({ length: 10 }, (_, i) => w.make(`ledger-${i}`));
  await w.pass(2);

  expect(arns.map((arn) => w.fateOf(arn))).toEqual(arns.map(() => 'COPIED'));
  expect([w.rds.calls.length, w.rds.copies.size, w.failed, w.executionsFailed]).toEqual([10, 10, [], []]);
});

test('without a single event, everything is found at the daily look, and settled at the looks between', async () => {
  const w = world({ deliveries: (event) => Number(event === 'wanted') });
  const arns = [w.make(AUTOMATED), w.make('catalogue', CLUSTER)];
  await w.pass(26);

  expect(arns.map((arn) => w.fateOf(arn))).toEqual(['COPIED', 'COPIED']);
});

test('copies wait for the limit, however long it takes', async () => {
  const w = world({ latency: () => 200, limit: 5 });
  w.rds.outcome = () => ({ minutes: 55 });
  const arns = Array.from({ length: 15 }, (_, i) => w.make(`ledger-${i}`, i % 2 ? CLUSTER : {}));
  await w.pass(4);

  expect(arns.map((arn) => w.fateOf(arn))).toEqual(arns.map(() => 'COPIED'));
  expect([w.rds.copies.size, w.failed, w.executionsFailed]).toEqual([15, [], []]);
});

test('copies wait where others have the places, which is no attempt', async () => {
  let refusals = 0;
  const w = world({
    before: (call) => {
      if (call === 'copyDBSnapshot' && refusals < 200) {
        refusals++;
        throw rdsError('SnapshotQuotaExceeded', IN_PROGRESS);
      }
    },
  });
  const arn = w.make(AUTOMATED);
  await w.pass(24);

  expect([w.fateOf(arn), refusals, w.failed]).toEqual(['COPIED', 200, []]);
  expect(w.claimOf(arn)!.attempts).toEqual({ N: '0' });
});

test('throttled a thousand times, everything is copied in the end', async () => {
  let refusals = 0;
  const w = world({
    before: (call) => {
      if (call === 'copyDBSnapshot' && refusals < 1000) {
        refusals++;
        throw rdsError('Rds', 'Rate exceeded');
      }
    },
  });
  const arns = Array.from({ length: 5 }, (_, i) => w.make(`ledger-${i}`));
  await w.pass(24);

  expect(refusals).toBe(1000);
  expect(arns.map((arn) => w.fateOf(arn))).toEqual(arns.map(() => 'COPIED'));
  expect([w.rds.copies.size, w.failed]).toEqual([5, []]);
});

test('the quota of manual snapshots is told of after three attempts, with its reason, and copied when asked again', async () => {
  const w = world();
  w.rds.others = 100;
  const arn = w.make(AUTOMATED);
  await w.pass(5);

  expect(w.failed).toEqual([{ snapshot: arn, attempts: 3, reason: expect.stringContaining('Cannot create more than 100 manual snapshots') }]);
  expect(w.rds.calls).toHaveLength(3);

  w.rds.others = 0;
  w.select({ retryFailed: true });
  await w.pass(1);
  expect(w.fateOf(arn)).toBe('COPIED');
});

test.each([['an instance', {}, 'Rds.DbSnapshotNotFoundException'], ['a cluster', CLUSTER, 'Rds.DbClusterSnapshotNotFoundException']])(
  'a snapshot of %s that is deleted before it is copied ends in the queue', async (_what, given, error) => {
    const w = world({ before: (call, args) => call.startsWith('copyDB') && w.rds.source.delete(args.SourceDBSnapshotIdentifier ?? args.SourceDBClusterSnapshotIdentifier) });
    const arn = w.make('ledger', given);
    await w.pass(5);

    expect(w.failed).toEqual([{ snapshot: arn, attempts: 3, reason: expect.stringContaining(error) }]);
  });

test('a snapshot that is deleted before anybody looks at it ends in the queue', async () => {
  const w = world();
  const arn = w.rds.create('ledger');
  w.rds.source.clear();
  w.tellMade(arn);
  await w.pass(1);

  expect(w.failed).toEqual([{ snapshot: arn, attempts: 0, reason: 'The snapshot was deleted before it could be copied' }]);
  expect(w.executionsFailed).toEqual([]);
});

test.each(['failed', 'cancelled'] as const)('a copy that is %s minutes later is made again', async (end) => {
  const w = world();
  w.rds.outcome = (_arn, call) => call === 1 ? { minutes: 3, end } : { minutes: 10 };
  const arn = w.make(AUTOMATED);
  await w.pass(3);

  expect([w.fateOf(arn), w.rds.calls.length, w.rds.copies.size, w.failed]).toEqual(['COPIED', 2, 1, []]);
});

test.each(['failed', 'cancelled'] as const)('copies that are %s each time end in the queue, and leave nothing', async (end) => {
  const w = world();
  w.rds.outcome = () => ({ minutes: 3, end });
  const arn = w.make(AUTOMATED);
  await w.pass(8);

  expect(w.failed).toEqual([{
    snapshot: arn, attempts: 3, reason: end === 'failed' ? 'Amazon RDS says of the copy: failed' : 'No copy was found after it was begun',
  }]);
  expect(w.rds.copies.size).toBe(0);
});

test('a key that is disabled is told of after three attempts', async () => {
  const w = world({
    before: (call) => {
      if (call === 'copyDBSnapshot') {
        throw rdsError('KmsKeyNotAccessible', 'The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it');
      }
    },
  });
  const arn = w.make(AUTOMATED);
  await w.pass(5);

  expect(w.failed).toEqual([{ snapshot: arn, attempts: 3, reason: expect.stringContaining('source snapshot KMS key does not exist') }]);
});

test('an execution that stops between the call and its record makes no second copy', async () => {
  let stops = 3;
  const w = world({ stop: (state) => state === 'Record' && stops-- > 0 });
  const arns = Array.from({ length: 5 }, (_, i) => w.make(`ledger-${i}`, i % 2 ? CLUSTER : {}));
  await w.pass(3);

  expect(arns.map((arn) => w.fateOf(arn))).toEqual(arns.map(() => 'COPIED'));
  expect([w.rds.copies.size, w.rds.calls.length, w.failed]).toEqual([5, 5, []]);
});

test('a call whose answer is lost, and which is made again, finds the copy by its name', async () => {
  let lost = 1;
  const w = world({
    after: (call) => {
      if (call === 'copyDBSnapshot' && lost-- > 0) {
        throw rdsError('SdkClient', 'Read timed out');
      }
    },
  });
  const arn = w.make(AUTOMATED);
  await w.pass(2);

  expect([w.fateOf(arn), w.rds.copies.size, w.failed]).toEqual(['COPIED', 1, []]);
});

test('whatever state the execution stops in, every snapshot ends as one copy', async () => {
  for (let at = 1; at <= 40; at += 3) {
    let stopped = false;
    const w = world({ stop: (_state, transition) => !stopped && transition >= at && (stopped = true) });
    const arns = [w.make(AUTOMATED), w.make('catalogue', CLUSTER)];
    await w.pass(1);
    w.select();
    await w.pass(1);

    expect([at, ...arns.map((arn) => w.fateOf(arn)), w.rds.copies.size]).toEqual([at, 'COPIED', 'COPIED', 2]);
  }
});

test.each([
  ['an instance', 'ledger', {}], ['a cluster', 'catalogue', CLUSTER],
])('a snapshot of %s that has the name of the copy, but is of somebody else, is left alone and told of, until it is gone', async (_what, name, given) => {
  const w = world();
  w.rds.outcome = () => ({ minutes: 5 });
  const arn = w.make(name, given);
  await w.pass(1);
  const [[target, copy]] = w.rds.copies;
  const foreign = { ...copy, TagList: [] };
  w.rds.copies.set(target, foreign);
  w.claims.clear();
  w.tellMade(arn);
  await w.pass(12);

  const reason = `A snapshot called ${copy.name}, which is no copy of this one, has the name of the copy, so that Amazon RDS refuses it (DBSnapshotAlreadyExists): `
    + 'delete that one, then select with retryFailed';
  expect(w.failed).toEqual([{ snapshot: arn, attempts: 3, reason }]);
  expect([...w.rds.copies.values()]).toEqual([foreign]);

  w.rds.copies.delete(target);
  w.select({ retryFailed: true });
  await w.pass(1);
  expect([w.fateOf(arn), w.rds.copies.size, w.failed.length]).toEqual(['COPIED', 1, 1]);
});
