import { Duration } from 'aws-cdk-lib';
import { ebsMachines, ebsWorld } from '../../support/snapshot-copies/ebs-copies';
import { waysOf } from '../../support/snapshot-copies/outcome';
import { ec2Error } from '../../support/snapshot-copies/snapshots-stub';

jest.setTimeout(120_000);
const DAILY = { Key: 'backup', Value: 'daily' };
const machines = ebsMachines({ tags: { backup: 'daily' }, retention: Duration.days(35) });

test('a snapshot is copied once, under the key of the destination, with its tags and where it comes from', async () => {
  const world = ebsWorld(machines);
  const id = world.create([DAILY, { Key: 'aws:backup:source', Value: 'x' }]);
  await world.pass(1);

  expect([...world.ec2.copies.values()]).toEqual([expect.objectContaining({
    State: 'completed',
    KmsKeyId: expect.stringMatching(/^Key\w+\.Arn$/),
    Tags: [
      { Key: 'cdk-kms-patterns:copy-of', Value: `arn:aws:ec2:eu-west-2::snapshot/${id}` },
      { Key: 'cdk-kms-patterns:copied-by', Value: expect.stringMatching(/^Data-Copies-/) },
      DAILY,
    ],
  })]);
  expect(world.stateOf(id)).toBe('COPIED');
  expect([world.failed, world.executionsFailed]).toEqual([[], []]);
});

test('only what has the tags, is finished, young enough and no copy itself is copied, when everything is looked at', async () => {
  const world = ebsWorld(machines);
  const wanted = Array.from({ length: 112 }, () => world.ec2.create([DAILY], 3).SnapshotId);
  const others = [
    world.ec2.create([]), world.ec2.create([{ Key: 'backup', Value: 'weekly' }]), world.ec2.create([DAILY], 36), world.ec2.create([DAILY], 1, 'pending'),
    world.ec2.create([DAILY, { Key: 'cdk-kms-patterns:copy-of', Value: 'arn:aws:ec2:us-east-1::snapshot/snap-1' }]),
  ];
  world.select();
  await world.pass(3);

  expect(waysOf(world, wanted)).toEqual(['copied']);
  expect(others.map(({ SnapshotId }) => world.stateOf(SnapshotId))).toEqual(others.map(() => undefined));
});

test('a sweep looks back no longer than it is asked for', async () => {
  const world = ebsWorld(machines);
  const [young, old] = [6, 8].map((days) => world.ec2.create([DAILY], days).SnapshotId);
  world.select({ days: 7 });
  await world.pass(1);

  expect([young, old].map((id) => world.stateOf(id))).toEqual(['COPIED', undefined]);
});

test('a copy is deleted when its time has come, and its claim with it, though the snapshot is still there', async () => {
  const world = ebsWorld(machines);
  const [old, young] = [34.9, 30].map((days) => world.ec2.create([DAILY], days).SnapshotId);
  world.select();
  await world.pass(1);
  expect(waysOf(world, [old, young])).toEqual(['copied']);
  await world.pass(4);
  world.select();
  await world.pass(1);

  expect([old, young].map((id) => [world.stateOf(id), world.copiesOf(id).length])).toEqual([[undefined, 0], ['COPIED', 1]]);
});

test('a copy that an AMI is made of is left when its time has come, and told of once', async () => {
  const world = ebsWorld(machines, {
    before: (call) => {
      if (call === 'deleteSnapshot') {
        throw ec2Error('The snapshot snap-c0000000000000001 is currently in use by ami-1234567890abcdef0');
      }
    },
  });
  const { SnapshotId } = world.ec2.create([DAILY], 34.9);
  world.select();
  await world.pass(6);

  expect([world.stateOf(SnapshotId), world.copiesOf(SnapshotId).length]).toEqual(['KEPT', 1]);
  expect(world.failed).toEqual([{
    snapshot: `arn:aws:ec2:eu-west-2::snapshot/${SnapshotId}`, copy: 'snap-c0000000000000001', reason: expect.stringContaining('in use by ami-1234567890abcdef0'),
  }]);
});

test('a copy that somebody deleted is forgotten when its time has come', async () => {
  const world = ebsWorld(machines);
  const { SnapshotId } = world.ec2.create([DAILY], 34.9);
  world.select();
  await world.pass(1);
  world.ec2.copies.clear();
  await world.pass(5);

  expect([world.stateOf(SnapshotId), world.failed]).toEqual([undefined, []]);
});

test('what somebody copied into the Region is copied on, and where it is not there it is no failure', async () => {
  const all = ebsWorld(ebsMachines());
  const [id, gone] = [all.ec2.create().SnapshotId, 'snap-gone'];
  const tell = (snapshot: string) => all.run(all.selecting, {
    source: 'aws.ec2', detail: { event: 'copySnapshot', result: 'succeeded', snapshot_id: `arn:aws:ec2::eu-west-2:snapshot/${snapshot}` },
  });
  tell(id);
  tell(gone);
  await all.pass(1);

  expect([all.stateOf(id), all.stateOf(gone), all.failed]).toEqual(['COPIED', undefined, []]);
});

test('a snapshot with the tags that Amazon EC2 does not know yet when it tells of it is copied', async () => {
  const world = ebsWorld(machines);
  const id = world.create([DAILY]);
  const snapshot = world.ec2.source.get(id)!;
  world.ec2.source.delete(id);
  world.clock.at(world.clock.now + 10_000, () => world.ec2.source.set(id, snapshot));
  await world.pass(1);

  expect(world.stateOf(id)).toBe('COPIED');
});

test('snapshots that were made at once are copied each', async () => {
  const world = ebsWorld(machines);
  const ids = Array.from({ length: 23 }, () => world.ec2.create([DAILY]).SnapshotId);
  world.tellCreated(...ids);
  await world.pass(2);

  expect(waysOf(world, ids)).toEqual(['copied']);
});
