import { ebsMachines, ebsWorld } from '../../support/snapshot-copies/ebs-copies';
import { begunTwice, waysOf } from '../../support/snapshot-copies/outcome';
import { NO_KEY } from '../../support/snapshot-copies/snapshots-stub';

jest.setTimeout(120_000);
// Amazon EC2 and Amazon SQS are a stub here, with shapes and messages as they were recorded.
const machines = ebsMachines({ attempts: 2 });

/** Fifty snapshots at once, a copy of every seventh of which fails the first time. */
async function run(lag: () => number) {
  const begun: string[] = [];
  const world = ebsWorld(machines, { lag, after: (call, args) => call === 'copySnapshot' && begun.push(args.SourceSnapshotId) });
  const ids = Array.from({ length: 50 }, () => world.create());
  const failing = new Set(ids.filter((_id, i) => i % 7 === 0));
  world.ec2.copiesEnd((id) => ({ minutes: 4, failure: failing.delete(id) ? NO_KEY : undefined }));
  await world.pass(3);
  return { ways: waysOf(world, ids), again: begunTwice(begun).length, calls: world.ec2.calls, begun: begun.length, failed: world.failed.length };
}

test.each([
  ['a tenth of a second', () => 100], ['a second', () => 1000], ['a minute', () => 60_000], ['an hour for every third change', third()],
])('each snapshot is copied once, and once more where that failed, though the index of claims is late by %s', async (_late, lag) => {
  const { ways, again, calls, begun, failed } = await run(lag);

  expect({ ways, again, begun, failed }).toEqual({ ways: ['copied'], again: 8, begun: 58, failed: 0 });
  // Calls that are refused because too many are in progress.
  expect(calls - begun).toBeLessThan(begun);
});

function third(): () => number {
  let writes = 0;
  return () => ++writes % 3 === 0 ? 3_600_000 : 100;
}
