import { Slots, TokenBucket } from './copy-figures';
import { printFigures } from './figure';
import { CopiesWorld } from '../support/snapshot-copies/copies-world';
import { ebsMachines, Machines } from '../support/snapshot-copies/ebs-copies';
import { ec2Error, THROTTLED } from '../support/snapshot-copies/snapshots-stub';
import { StateError } from '../support/state-machine/state-error';
import { VirtualClock } from '../support/state-machine/virtual-clock';

/** Calls of AWS KMS for a copy, on both keys: no page counts them, so that each kind of permission that Amazon EBS asks for is taken once for each key. */
const KMS_OF_A_COPY = 2 * 5;
/** How long one data key or plaintext is kept, in minutes: by AWS Step Functions as asked for, by Amazon DynamoDB and Amazon SQS as documented. */
const KMS_CACHES = { states: 15, dynamodb: 5, sqs: 24 * 60 };

interface Run {
  readonly share: number;
  readonly copied: number;
  readonly transitions: number;
  readonly selecting: number;
  readonly calls: number;
  readonly kms: number;
  /** Transitions of one more look at all snapshots. */
  readonly again: number;
}

/** Everything that was there before is copied: by the documented limits of an account, with copies of 1 to 20 minutes. */
async function backfill(machines: Machines, count: number): Promise<Run> {
  const clock = new VirtualClock();
  const kmsWindows = new Set<string>();
  const buckets = bucketsOf(clock);
  const starts = { selecting: startsOf(clock), copying: startsOf(clock) };
  const lags = randomOf(11);
  const world: CopiesWorld = new CopiesWorld({
    ...machines,
    clock,
    latency: () => 80,
    // Within a second nearly always: https://repost.aws/knowledge-center/dynamodb-missing-table-items-gsi
    lag: () => lags() < 0.01 ? 30_000 : 1000 * lags(),
    mayStart: (machine) => starts[machine].take(),
    before: (call) => {
      const bucket = buckets[call];
      if (bucket && !bucket.take()) {
        throw ec2Error(THROTTLED, 503);
      }
      kmsWindows.add(`dynamodb ${Math.floor(clock.now / 60_000 / KMS_CACHES.dynamodb)}`);
      kmsWindows.add(`states ${Math.floor(clock.now / 60_000 / KMS_CACHES.states)}`);
    },
  });
  const random = randomOf(7);
  world.ec2.copiesEnd(() => ({ minutes: 1 + random() * 19 }));
  for (let i = 0; i < count; i++) {
    world.ec2.create([{ Key: 'Name', Value: `volume-${i}` }, { Key: 'backup', Value: 'daily' }], 1);
  }
  const slots = new Slots(clock, world.ec2, () => count - world.ec2.calls);
  world.select();
  // Ten minutes and a half each on the average, 20 at once. What daily sweeps cost beside it is a figure of its own.
  await world.pass(Math.ceil(count * 10.5 / 20 / 60 * 1.1 + 1), { sweeps: false });
  const copied = [...world.claims.items.values()].filter(({ state }) => state.S === 'COPIED').length;
  if (world.executionsFailed.length > 0 || world.failed.length > 0) {
    throw new StateError('Bench', JSON.stringify([world.executionsFailed[0], world.failed[0]]));
  }
  const run = {
    share: slots.share,
    copied,
    transitions: world.copying.transitions,
    selecting: world.selecting.transitions,
    calls: world.ec2.calls,
    kms: count * KMS_OF_A_COPY + 2 * kmsWindows.size,
  };
  world.select({ days: 30 });
  await world.pass(0.05);
  return { ...run, again: world.copying.transitions - run.transitions };
}

/** The transitions of one more snapshot, where as many wait already. */
async function whereManyWait(machines: Machines, waiting: number): Promise<number> {
  const world = new CopiesWorld(machines);
  const random = randomOf(7);
  world.ec2.copiesEnd(() => ({ minutes: 1 + random() * 19 }));
  for (let i = 0; i < waiting; i++) {
    const { SnapshotId, StartTime } = world.ec2.create([], 1);
    const snapshot = { S: `arn:aws:ec2:eu-west-2::snapshot/${SnapshotId}` };
    const notice = { S: JSON.stringify({ snapshot: snapshot.S, made: StartTime, tags: [] }) };
    world.claims.call('dynamodb:putItem', {
      Item: { snapshot, state: { S: 'WANTED' }, since: { S: StartTime }, made: { S: StartTime }, attempts: { N: '0' }, notice },
    });
  }
  await world.pass(2);
  return world.copying.transitions / world.ec2.calls;
}

/**
 * Calls that tasks make, in the Regions with the lowest rates.
 *
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html
 */
function bucketsOf(clock: VirtualClock): Readonly<Record<string, TokenBucket | undefined>> {
  const [mutating, reading] = [() => new TokenBucket(clock, 50, 5), () => new TokenBucket(clock, 100, 20)];
  return { copySnapshot: mutating(), deleteSnapshot: mutating(), describeSnapshots: reading(), putEvents: new TokenBucket(clock, 400, 400) };
}

/**
 * Calls of StartExecution, which Amazon EventBridge makes.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
function startsOf(clock: VirtualClock): TokenBucket {
  return new TokenBucket(clock, 800, 150);
}

function randomOf(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

async function main(): Promise<void> {
  const machines = ebsMachines();
  const runs: Run[] = [];
  for (const count of [100, 1_000, 10_000]) {
    const run = await backfill(machines, count);
    runs.push(run);
    printFigures([
      { what: `${count} snapshots: copied`, value: run.copied, atLeast: count },
      { what: `${count} snapshots: share of the slots that copy`, value: run.share, ...count < 10_000 ? {} : { atLeast: 0.95 } },
      { what: `${count} snapshots: calls of CopySnapshot for each`, value: run.calls / count, atMost: 1.5 },
      { what: `${count} snapshots: transitions for each, in the destination`, value: run.transitions / count, atMost: count < 1000 ? 80 : 40 },
      { what: `${count} snapshots: transitions for each, in the source`, value: run.selecting / count, atMost: 1 },
      { what: `${count} snapshots: transitions for each that a sweep looks at again`, value: run.again / count, atMost: 4 },
      { what: `${count} snapshots: requests to AWS KMS for each`, value: run.kms / count, atMost: KMS_OF_A_COPY + 2 },
    ]);
  }
  const few = await whereManyWait(machines, 100);
  for (const waiting of [1_000, 10_000, 100_000]) {
    const value = await whereManyWait(machines, waiting) / few;
    printFigures([{ what: `transitions for each where ${waiting} wait, as against 100`, value, atMost: 1.2 }]);
  }
  printFigures([{ what: 'transitions for each of 10,000, as against 1,000', value: runs[2].transitions / runs[1].transitions / 10, atMost: 1.2 }]);
}

void main();
