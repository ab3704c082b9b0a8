import { keyArn } from './fake-surroundings';
import { probe } from './probe';
import { AGREED, DESTINATION, operation, SOURCE, world } from './two-groups';

describe('what was made is deleted', () => {
  const fails = operation(async () => {
    throw new Error('half way');
  });

  test('after a failure in the middle, which is told', async () => {
    const { surroundings, groups } = world();

    expect(await probe(AGREED, [fails], surroundings)).toBe(1);
    expect(surroundings.callsOf('logs.CreateLogGroup')).toHaveLength(1);
    expect([...groups]).toEqual([]);
    expect(surroundings.callsOf('kms.ScheduleKeyDeletion')).toHaveLength(2);
    expect(surroundings.said).toContain('two-groups: half way');
    expect(surroundings.said.join('\n')).toContain('two-groups was not done to its end: half way');
  });

  test('after a failure of another operation, which goes on', async () => {
    const { surroundings, groups } = world();
    await probe(AGREED, [{ ...fails, name: 'other' }, operation()], surroundings);

    expect(surroundings.callsOf('logs.CreateLogGroup').map(({ input }) => input.logGroupName)).toEqual(
      expect.arrayContaining(['kms-probe-test-other', 'kms-probe-test-two-groups']));
    expect([...groups]).toEqual([]);
  });

  test('where the second key could not be made', async () => {
    const { surroundings } = world({
      'kms.CreateKey': (_input, region) => {
        if (region === DESTINATION) {
          throw Object.assign(new Error('too many'), { name: 'LimitExceededException' });
        }
        return { KeyMetadata: { Arn: keyArn(region) } };
      },
    });
    await probe(AGREED, [operation()], surroundings);

    expect(surroundings.callsOf('logs.CreateLogGroup')).toEqual([]);
    expect(surroundings.callsOf('kms.ScheduleKeyDeletion').map(({ region }) => region)).toEqual([SOURCE]);
    expect(surroundings.said).toContain('two-groups: LimitExceededException: too many');
  });

  test('what it noted before is told', async () => {
    const { surroundings } = world();
    await probe(AGREED, [operation(async ({ note }) => {
      note('a name');
      throw new Error('half way');
    })], surroundings);

    expect(surroundings.said.join('\n')).toContain('half way\ntwo-groups saw: a name\n');
  });

  test('when it is stopped, where it waits next', async () => {
    const { surroundings, groups } = world();
    const stops = operation(async ({ until }) => {
      surroundings.stop();
      await until('something is', 10, async () => false);
    });

    expect(await probe(AGREED, [stops], surroundings)).toBe(1);
    expect([...groups]).toEqual([]);
    expect(surroundings.said).toContain('two-groups: stopped while it waited until something is');
    expect(surroundings.callsOf('cloudTrail.LookupEvents')).toEqual([]);
  });

  test('when something takes longer than its minutes, or than those of the probe', async () => {
    for (const minutes of ['240', '3']) {
      const { surroundings, groups } = world();
      const began = surroundings.now();
      let gaveUp = 0;
      await probe([...AGREED, '--minutes', minutes], [operation(({ until }) => until('it rains', 10, async () => false).finally(() => {
        gaveUp = surroundings.now() - began;
      }))], surroundings);

      expect(gaveUp / 60_000).toBe(Math.min(10, Number(minutes)));
      expect(surroundings.said).toContain('two-groups: gave up waiting until it rains');
      expect([...groups]).toEqual([]);
    }
  });

  test('though a list does not show it at once', async () => {
    let looks = 0;
    const deleted: string[] = [];
    const { surroundings } = world({
      'logs.DescribeLogGroups': (_input, region) => region === SOURCE && ++looks === 2 ? { logGroups: [{ logGroupName: 'late' }] } : {},
      'logs.DeleteLogGroup': ({ logGroupName }) => void deleted.push(logGroupName),
    });
    await probe(AGREED, [operation()], surroundings);

    expect(deleted).toEqual(['late']);
  });

  test('or it is told what is left behind, with its reason, and how to delete it', async () => {
    const { surroundings } = world({
      'logs.DeleteLogGroup': () => {
        throw Object.assign(new Error('in use'), { name: 'ConflictException' });
      },
    });

    expect(await probe(AGREED, [fails], surroundings)).toBe(1);
    expect(surroundings.said).toContain(
      `Left behind, delete it with --clean: log group in ${SOURCE} kms-probe-test-two-groups (ConflictException: in use)`);
    expect(surroundings.callsOf('kms.ScheduleKeyDeletion')).toHaveLength(2);
  });

  test('by --clean, which makes nothing, and finds what every former run left behind', async () => {
    const tags: Record<string, string> = { [keyArn(SOURCE)]: 'kms-probe-former-two-groups', [keyArn(DESTINATION)]: 'of somebody else' };
    let pending = false;
    const { surroundings, groups } = world({
      'kms.ListKeys': (_input, region) => ({ Keys: [{ KeyArn: keyArn(region) }] }),
      'kms.ListResourceTags': ({ KeyId }) => ({ Tags: [{ TagKey: 'kms-probe', TagValue: tags[KeyId] }] }),
      'kms.DescribeKey': () => ({ KeyMetadata: { KeyState: pending ? 'PendingDeletion' : 'Enabled' } }),
      'kms.ScheduleKeyDeletion': () => {
        pending = true;
      },
    });
    groups.add(`${SOURCE} kms-probe-former-two-groups`).add(`${SOURCE} kms-of-somebody-else`);

    expect(await probe([...AGREED, '--clean'], [operation()], surroundings)).toBe(0);
    expect([...groups]).toEqual([`${SOURCE} kms-of-somebody-else`]);
    expect(surroundings.callsOf('kms.ScheduleKeyDeletion').map(({ input }) => input.KeyId)).toEqual([keyArn(SOURCE).split('/')[1]]);
    expect(surroundings.calls.filter(({ call }) => call.includes('.Create'))).toEqual([]);
  });
});
