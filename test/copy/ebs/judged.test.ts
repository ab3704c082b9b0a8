import { Duration } from 'aws-cdk-lib';
import { ebsMachines, ebsWorld } from '../../support/snapshot-copies/ebs-copies';
import { waysOf } from '../../support/snapshot-copies/outcome';
import { ec2Error, NO_KEY } from '../../support/snapshot-copies/snapshots-stub';
import { StateError } from '../../support/state-machine/state-error';

// Amazon EC2 is a stub here, with shapes and messages as they were recorded.
jest.setTimeout(120_000);
const machines = ebsMachines();
const MINUTE = 1 / 60;
const arnOf = (id: string) => `arn:aws:ec2:eu-west-2::snapshot/${id}`;

test('a copy that is finished is never deleted for one that is not', async () => {
  const former = ebsWorld(machines);
  const id = former.create();
  await former.pass(1);
  const [finished] = former.copiesOf(id);

  // Another table of claims, as where the stack was deleted and deployed again.
  const deleted: string[] = [];
  const world = ebsWorld(machines, { before: (call, args) => call === 'deleteSnapshot' && deleted.push(args.SnapshotId) });
  world.ec2.copiesEnd(() => ({ minutes: 300 }));
  world.ec2.create();
  world.ec2.copies.set('snap-former', { ...former.ec2.copies.get(finished.SnapshotId)!, SnapshotId: 'snap-former' });
  world.select();
  await world.pass(1);

  expect([world.stateOf(id), world.claim(id)?.copy]).toEqual(['COPIED', { S: 'snap-former' }]);
  expect(world.copiesOf(id).map(({ SnapshotId }) => SnapshotId)).toEqual(['snap-former']);
  expect(deleted).toEqual(['snap-c0000000000000001']);
});

test('a failed copy that could not be deleted says nothing of the next one, which is not in the answers yet', async () => {
  const hidden = new Set<string>();
  const world = ebsWorld(machines, {
    before: (call) => {
      if (call === 'deleteSnapshot') {
        throw ec2Error('You are not authorized to perform this operation.', 403);
      }
    },
  });
  const describe = world.ec2.describeCopies.bind(world.ec2);
  world.ec2.describeCopies = (args) => ({ Snapshots: (describe(args) as any).Snapshots.filter(({ SnapshotId }: any) => !hidden.has(SnapshotId)) });
  world.ec2.copiesEnd((_id, call) => {
    if (call === 2) {
      hidden.add('snap-c0000000000000002');
      world.clock.at(world.clock.now + 8 * 60_000, () => hidden.clear());
    }
    return call === 1 ? { minutes: 4, failure: NO_KEY } : { minutes: 20 };
  });
  const id = world.create();
  await world.pass(3);

  expect(world.stateOf(id)).toBe('COPIED');
  expect(world.ec2.calls).toBe(2);
});

test('what was decided of an attempt is not written down of the next one', async () => {
  let once = true;
  const world = ebsWorld(machines, {
    before: (call, args) => {
      if (call === 'updateItem' && args.ExpressionAttributeValues[':state']?.S === 'WANTED' && once) {
        once = false;
        Object.assign(world.claim(id)!, { attempts: { N: '1' } });
      }
    },
  });
  world.ec2.copiesEnd(() => ({ minutes: 4, failure: NO_KEY }));
  const id: string = world.create();
  await world.pass(4.5 * MINUTE);

  expect([once, world.stateOf(id), world.claim(id)?.attempts]).toEqual([false, 'COPYING', { N: '1' }]);
});

test('what went wrong when no copy was found is told of with that', async () => {
  const world = ebsWorld(machines, {
    before: (call) => {
      if (call === 'copySnapshot') {
        throw new StateError('Ec2.SdkClientException', `Unable to execute HTTP request: ${'x'.repeat(1000)}`);
      }
    },
  });
  const id = world.create();
  await world.pass(12);

  expect(world.failed).toEqual([{
    snapshot: arnOf(id),
    attempts: 3,
    reason: expect.stringMatching(/^No copy was found after it was begun, when there was Ec2\.SdkClientException: Unable to execute HTTP request: x{200,300}$/),
  }]);
});

test('answers that are too large are asked for one by one', async () => {
  // As many tags as a copy has room for, as long as they may be, of characters of three bytes each.
  const tags = Array.from({ length: 48 }, (_, i) => ({ Key: `${String(i).padStart(2, '0')}${'鍵'.repeat(126)}`, Value: '値'.repeat(256) }));
  const world = ebsWorld(ebsMachines({ retention: Duration.days(35) }), { deliveries: (event) => event === 'ended' ? 0 : 1 });
  const ids = Array.from({ length: 15 }, () => world.create(tags));
  await world.pass(2);

  expect(waysOf(world, ids)).toEqual(['copied']);
  expect([world.failed, world.executionsFailed]).toEqual([[], []]);
});

test('however many attempts there are, the last one is not put off for more than three hours', async () => {
  const world = ebsWorld(ebsMachines({ attempts: 10 }));
  world.ec2.copiesEnd(() => ({ minutes: 4, failure: NO_KEY }));
  const id = world.create();
  await world.pass(26);

  expect(world.failed).toEqual([{ snapshot: arnOf(id), attempts: 10, reason: NO_KEY }]);
});

test('copies that cannot be deleted keep the others from that for a short time only', async () => {
  const world = ebsWorld(ebsMachines({ retention: Duration.days(35) }), {
    before: (call) => {
      if (call === 'deleteSnapshot') {
        throw ec2Error('The snapshot is currently in use by ami-1234567890abcdef0');
      }
    },
  });
  Array.from({ length: 40 }, () => world.ec2.create([], 34.9));
  world.select();
  await world.pass(4.9);

  expect(new Set([...world.claims.items.values()].map(({ state }) => state.S))).toEqual(new Set(['KEPT']));
  expect([world.failed.length, world.executionsFailed]).toEqual([40, []]);
});
