import { Duration } from 'aws-cdk-lib';
import { ebsMachines, ebsWorld } from '../../support/snapshot-copies/ebs-copies';
import { ec2Error } from '../../support/snapshot-copies/snapshots-stub';

jest.setTimeout(120_000);
// Amazon EC2 and Amazon SQS are a stub here, with shapes and messages as they were recorded.
const machines = ebsMachines({ attempts: 2, retention: Duration.days(1) });

const OF_EXPIRY = ['Expire', 'Expired', 'FindExpired', 'Forget', 'Keep', 'RemoveExpired', 'StillThere', 'TellKept'];
const OF_A_PROBLEM = ['Refuse', 'RefuseProblem', 'Refused'];
/** Before it is written down that somebody was told. */
const TOLD_TWICE = ['Keep', 'Refused'];

/** Two copies whose time comes, one of which is of an AMI, and a snapshot that is deleted before anybody looks at it; the machine is stopped before that transition. */
async function run(stopAt?: number) {
  const entered: string[] = [];
  let stopped: string | undefined;
  const world = ebsWorld(machines, {
    stop: (state) => {
      entered.push(state);
      if (entered.length - 1 === stopAt) {
        stopped = state;
      }
      return entered.length - 1 === stopAt;
    },
    before: (call, { SnapshotId }) => {
      if (call === 'deleteSnapshot' && SnapshotId === kept()) {
        throw ec2Error(`The snapshot ${SnapshotId} is currently in use by ami-1234567890abcdef0`);
      }
    },
  });
  const [ofAmi, expiring] = [0.98, 0.98].map((days) => world.create([], days));
  const kept = () => world.copiesOf(ofAmi)[0]?.SnapshotId;
  const gone = world.create();
  world.ec2.source.delete(gone);
  await world.pass(1);
  const told = (id: string) => [...new Set(world.failed.filter(({ snapshot }) => snapshot.endsWith(`/${id}`)).map(({ reason }) => String(reason)))];
  return {
    entered,
    stopped,
    ends: {
      ofAmi: [world.stateOf(ofAmi), world.copiesOf(ofAmi).length, told(ofAmi)],
      expiring: [world.stateOf(expiring), world.copiesOf(expiring).length, told(expiring)],
      gone: [world.stateOf(gone), world.copiesOf(gone).length, told(gone)],
    },
    messages: world.failed.length,
    executions: world.executionsFailed.map(({ input }) => Object.keys(input)[0]),
  };
}

test('wherever the machine is stopped while copies expire, or while it refuses a snapshot, no copy is lost or left, and each failure is told of', async () => {
  const { entered, ends, executions, messages } = await run();
  expect([executions, messages]).toEqual([[], 2]);
  expect(ends).toEqual({
    ofAmi: ['KEPT', 1, [expect.stringContaining('A copy whose time has come could not be deleted: Ec2.Ec2Exception: The snapshot ')]],
    expiring: [undefined, 0, []],
    gone: ['FAILED', 0, ['The snapshot was deleted before it could be copied']],
  });
  const reached = new Set<string>();
  for (const [at, state] of entered.entries()) {
    if (![...OF_EXPIRY, ...OF_A_PROBLEM].includes(state) || state === 'Expire' && reached.has(state)) {
      continue;
    }
    reached.add(state);
    const ended = await run(at);

    expect({ at, stopped: ended.stopped, executions: ended.executions.length }).toEqual({ at, stopped: state, executions: 1 });
    // Where a problem is not written down, Amazon EC2 says of the next attempts why not.
    const gone = ['FAILED', 0, expect.arrayContaining([expect.stringMatching(/^The snapshot was deleted before it could be copied$|The snapshot '.*' does not exist/)])];
    expect({ at, state, ...ended.ends }).toEqual({ at, state, ...ends, gone });
    expect({ at, state, messages: ended.messages }).toEqual({ at, state, messages: TOLD_TWICE.includes(state) ? 3 : 2 });
  }
  expect([...reached].sort()).toEqual([...OF_EXPIRY, ...OF_A_PROBLEM].sort());
});
