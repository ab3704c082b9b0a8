import fc from 'fast-check';
import { ebsMachines, ebsWorld } from '../../support/snapshot-copies/ebs-copies';
import { begunTwice, outcomesOf } from '../../support/snapshot-copies/outcome';
import { NO_KEY } from '../../support/snapshot-copies/snapshots-stub';

jest.setTimeout(600_000);
// Amazon EC2 and Amazon SQS are a stub here, with shapes and messages as they were recorded.
const machines = ebsMachines({ attempts: 2 });

/** A snapshot that is copied, one whose copy fails the first time, and one that is deleted while it waits; the machine is stopped before those transitions. */
async function run(stops: readonly number[]) {
  const begun: string[] = [];
  const stopped: string[] = [];
  const world = ebsWorld(machines, {
    stop: (state, transition) => {
      const stop = stops.includes(transition + stopped.length);
      if (stop) {
        stopped.push(state);
      }
      return stop;
    },
    after: (call, args) => call === 'copySnapshot' && begun.push(args.SourceSnapshotId),
  });
  const ids = [world.create(), world.create(), world.create()];
  world.ec2.copiesEnd((id, call) => ({ minutes: 4, failure: id === ids[1] && call <= 2 ? NO_KEY : undefined }));
  world.clock.at(world.clock.now + 600, () => world.ec2.source.delete(ids[2]));
  await world.pass(1);
  // As once a day.
  world.select({ days: 7 });
  await world.pass(1);
  return { outcomes: outcomesOf(world, ids), begun, stopped, told: world.executionsFailed.length, transitions: world.copying.transitions };
}

test('wherever the machine is stopped, each snapshot ends as one copy or in the queue, and none is begun twice', async () => {
  const { outcomes, begun } = await run([]);
  expect(outcomes).toEqual(['copied', 'copied', 'failed']);
  expect(begun).toHaveLength(3);
  const reached = new Set<string>();
  for (let at = 0; at < 120; at++) {
    const { stopped, ...ended } = await run([at]);
    stopped.forEach((state) => reached.add(state));

    // Where the second attempt was stopped as well, it was the last one.
    expect({ at, stopped, outcomes: ended.outcomes }).toEqual({ at, stopped, outcomes: ['copied', expect.stringMatching(/^(copied|failed)$/), 'failed'] });
    expect(begunTwice(ended.begun.filter((id) => id.endsWith('1')))).toEqual([]);
    expect(ended.told).toBe(1);
  }

  expect([...reached].sort()).toEqual([
    'Claim', 'Copied', 'Copy', 'CopyFailed', 'Count', 'Done', 'Ended', 'Find', 'InProgress', 'Judge', 'Oldest', 'PutBack', 'Record', 'Refuse', 'Refused',
    'RemoveSurplus', 'Settle', 'Start', 'Take', 'WhatNext',
  ]);
});

test('it is the same where it is stopped again and again', async () => {
  await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.nat(120), { minLength: 2, maxLength: 8 }), async (stops) => {
    const { outcomes, begun } = await run(stops);
    const ended = outcomes.map((outcome) => /^(copied|failed)$/.test(outcome));

    expect(ended).toEqual([true, true, true]);
    expect(begunTwice(begun.filter((id) => id.endsWith('1')))).toEqual([]);
  }), { numRuns: 12, seed: 6 });
});
