import { ebsMachines, ebsWorld } from '../../support/snapshot-copies/ebs-copies';
import { begunTwice, outcomesOf, waysOf } from '../../support/snapshot-copies/outcome';
import { ec2Error, LIMIT, NO_KEY, THROTTLED } from '../../support/snapshot-copies/snapshots-stub';
import { StateError } from '../../support/state-machine/state-error';

// Amazon EC2 and Amazon SQS are a stub here, with shapes and messages as they were recorded.
jest.setTimeout(300_000);
const machines = ebsMachines();

/** The snapshots that a call of CopySnapshot was begun for, in the order of the calls. */
function recorded(options: Parameters<typeof ebsWorld>[1] = {}) {
  const begun: string[] = [];
  const world = ebsWorld(machines, {
    ...options,
    after: (call, args) => {
      if (call === 'copySnapshot') {
        begun.push(args.SourceSnapshotId);
      }
      options.after?.(call, args);
    },
  });
  return { world, begun };
}

const some = (count: number) => Array.from({ length: count });
test('throttled 1,000 times, everything is copied in the end', async () => {
  let left = 1000;
  const { world, begun } = recorded({
    before: (call) => {
      if (call === 'copySnapshot' && left-- > 0) {
        throw ec2Error(THROTTLED, 503);
      }
    },
  });
  const ids = some(30).map(() => world.create());
  await world.pass(48);

  expect(left).toBeLessThan(0);
  expect(waysOf(world, ids)).toEqual(['copied']);
  expect(begunTwice(begun)).toEqual([]);
});

test.each([
  ['throttled', () => ec2Error(THROTTLED, 503)],
  ['of the limit', () => ec2Error(LIMIT)],
])('no attempt counts where the call is %s: a snapshot waits as long as it takes', async (_what, error) => {
  let over = false;
  const { world } = recorded({
    before: (call) => {
      if (call === 'copySnapshot' && !over) {
        throw error();
      }
    },
  });
  const id = world.create();
  await world.pass(6);
  expect([world.stateOf(id), world.failed]).toEqual(['WANTED', []]);
  over = true;
  await world.pass(1);

  expect(outcomesOf(world, [id])).toEqual(['copied']);
});

test('at most 20 copies are in progress, and none is begun that would be refused', async () => {
  const { world } = recorded();
  let most = 0;
  world.ec2.copiesEnd((_id, call) => {
    most = Math.max(most, world.ec2.inProgress);
    return { minutes: 7 + call % 5 };
  });
  const ids = some(120).map(() => world.create());
  await world.pass(3);

  expect(waysOf(world, ids)).toEqual(['copied']);
  expect([most, world.ec2.calls]).toEqual([20, 120]);
});

test('where others copy too, snapshots wait until there is room', async () => {
  const { world, begun } = recorded();
  world.ec2.others = 20;
  const ids = some(10).map(() => world.create());
  await world.pass(5);
  expect([world.ec2.copies.size, world.failed]).toEqual([0, []]);
  world.ec2.others = 15;
  await world.pass(5);

  expect(waysOf(world, ids)).toEqual(['copied']);
  expect(begunTwice(begun)).toEqual([]);
});

test('events that come three times, late and in any order make one copy', async () => {
  const { world, begun } = recorded({ deliveries: () => 3 });
  const ids = some(40).map(() => world.create());
  world.tellCreated(...ids.slice(0, 15).reverse());
  await world.pass(4);

  expect(waysOf(world, ids)).toEqual(['copied']);
  expect(begunTwice(begun)).toEqual([]);
});

test('events of ends that are lost are made good by the next look at everything', async () => {
  const { world } = recorded({ deliveries: (event) => event === 'ended' ? 0 : 1 });
  const ids = some(60).map(() => world.create());
  await world.pass(4);

  expect(waysOf(world, ids)).toEqual(['copied']);
});

test('events of new snapshots that are lost are made good by the sweep of the next day', async () => {
  const { world } = recorded({ deliveries: (event) => event === 'created' ? 0 : 1 });
  const ids = some(25).map(() => world.create());
  await world.pass(26);

  expect(waysOf(world, ids)).toEqual(['copied']);
});

test('a snapshot that is deleted while it waits is told of, with what Amazon EC2 said', async () => {
  const { world } = recorded();
  world.ec2.others = 20;
  const [gone, there] = [world.create(), world.create()];
  await world.pass(1);
  world.ec2.source.delete(gone);
  world.ec2.others = 0;
  await world.pass(4);

  expect(outcomesOf(world, [gone, there])).toEqual(['failed', 'copied']);
  expect(world.failed).toEqual([{ snapshot: `arn:aws:ec2:eu-west-2::snapshot/${gone}`, attempts: 3, reason: expect.stringContaining(`The snapshot '${gone}' does not exist.`) }]);
});

test('a snapshot that is deleted before anybody looked is told of', async () => {
  const { world } = recorded();
  const id = world.create();
  world.ec2.source.delete(id);
  await world.pass(1);

  expect(outcomesOf(world, [id])).toEqual(['failed']);
  expect(world.failed[0].reason).toBe('The snapshot was deleted before it could be copied');
});

test('a snapshot that Amazon EC2 does not know yet when it tells of it is copied', async () => {
  const { world } = recorded();
  const id = world.create();
  const snapshot = world.ec2.source.get(id)!;
  world.ec2.source.delete(id);
  world.clock.at(world.clock.now + 10_000, () => world.ec2.source.set(id, snapshot));
  await world.pass(1);

  expect(outcomesOf(world, [id])).toEqual(['copied']);
});

test('copies that fail minutes later are begun three times, and then told of', async () => {
  const { world } = recorded();
  world.ec2.copiesEnd(() => ({ minutes: 4, failure: NO_KEY }));
  const ids = some(5).map(() => world.create());
  await world.pass(6);

  expect(waysOf(world, ids)).toEqual(['failed']);
  expect(world.ec2.calls).toBe(15);
  expect(new Set(world.failed.map(({ reason, attempts }) => `${attempts}: ${reason}`))).toEqual(new Set([`3: ${NO_KEY}`]));
});

test('while the key of the destination is disabled for a quarter of an hour, copies fail, and all are made afterwards', async () => {
  const { world } = recorded();
  const enabled = world.clock.now + 15 * 60_000;
  world.ec2.copiesEnd(() => ({ minutes: 4, failure: world.clock.now < enabled ? NO_KEY : undefined }));
  const ids = some(5).map(() => world.create());
  await world.pass(6);

  expect(waysOf(world, ids)).toEqual(['copied']);
});

test('while the key of the destination is disabled for a day, everything is told of, and copied when it is asked for again', async () => {
  const { world } = recorded();
  const enabled = world.clock.now + 24 * 3_600_000;
  const disabled = () => world.clock.now < enabled;
  world.ec2.copiesEnd(() => ({ minutes: 4, failure: disabled() ? NO_KEY : undefined }));
  const ids = some(5).map(() => world.create());
  await world.pass(20);
  expect(waysOf(world, ids)).toEqual(['failed']);
  await world.pass(10);
  world.failed.length = 0;
  world.select({ retryFailed: true });
  await world.pass(2);

  expect(waysOf(world, ids)).toEqual(['copied']);
});

test('where the table and the queue cannot be reached for an hour, nothing is lost', async () => {
  const { world, begun } = recorded({
    before: (call) => {
      if (['putItem', 'updateItem', 'query', 'getItem', 'sendMessage'].includes(call) && world.clock.now < reached) {
        throw new StateError('DynamoDB.DynamoDbException', 'The request was denied because the key is disabled (Service: DynamoDb, Status Code: 400)');
      }
    },
  });
  const reached: number = world.clock.now + 3_600_000;
  const ids = some(5).map(() => world.create());
  await world.pass(30);

  expect(waysOf(world, ids)).toEqual(['copied']);
  expect(begunTwice(begun)).toEqual([]);
  expect(world.executionsFailed.length).toBeGreaterThan(0);
});

test.each([
  ['times out after it was heard', true, 1],
  ['times out before it was heard', false, 2],
])('a call that %s is never simply repeated', async (_what, heard, calls) => {
  let first = true;
  const fail = () => {
    if (first) {
      first = false;
      throw new StateError('Ec2.SdkClientException', 'Unable to execute HTTP request: Read timed out');
    }
  };
  const { world } = recorded({
    before: (call) => call === 'copySnapshot' && !heard ? fail() : undefined,
    after: (call) => call === 'copySnapshot' && heard ? fail() : undefined,
  });
  const id = world.create();
  await world.pass(3);

  expect(outcomesOf(world, [id])).toEqual(['copied']);
  expect(heard ? world.ec2.calls : world.ec2.calls + 1).toBe(calls);
});

test('a copy that cannot be recorded is found by its tag', async () => {
  const { world, begun } = recorded({
    before: (call, args) => {
      if (call === 'updateItem' && args.UpdateExpression === 'SET #copy = :copy') {
        throw new StateError('DynamoDB.InternalServerErrorException', 'Internal server error');
      }
    },
  });
  const id = world.create();
  await world.pass(3);

  expect(outcomesOf(world, [id])).toEqual(['copied']);
  expect(begun).toHaveLength(1);
});

test('the copies of others are neither counted, changed nor deleted', async () => {
  const { world } = recorded();
  const id = world.create();
  world.ec2.copies.set('snap-others', { ...world.ec2.create(), Tags: [{ Key: 'cdk-kms-patterns:copy-of', Value: `arn:aws:ec2:eu-west-2::snapshot/${id}` }] });
  await world.pass(3);

  expect(world.stateOf(id)).toBe('COPIED');
  expect([...world.ec2.copies.keys()]).toEqual(['snap-others', 'snap-c0000000000000001']);
});
