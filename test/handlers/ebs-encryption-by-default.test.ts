import { EbsWorld, Setting } from '../support/handler/ebs-world';
import { stackResourceIn } from '../support/handler/recorded-answers';

const AWS_MANAGED = 'alias/aws/ebs';
const RECORD = '/cdk-kms-patterns/ebs-encryption-by-default';

let world: EbsWorld;
beforeAll(async () => {
  world = await EbsWorld.start('eu-west-1');
});
beforeEach(() => world.next());
afterAll(() => world.stop());

/** What was before, with a key of the account where it is no AWS managed one. */
const FORMER: [string, () => Promise<Setting>][] = [
  ['off', async () => ['off', AWS_MANAGED]],
  ['on, under the AWS managed key', async () => ['on', AWS_MANAGED]],
  ['on, under another key', async () => ['on', await world.anotherKey()]],
  ['off, with another default key', async () => ['off', await world.anotherKey()]],
];

describe('a creation', () => {
  test.each(FORMER)('switches it on under the key, where it was %s', async (_what, former) => {
    await world.set(await former());
    const told = await world.stack.create(world.properties());

    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: RECORD });
    expect(told.Reason).toBeUndefined();
    expect(await world.setting()).toEqual(['on', world.key]);
  });

  test('remembers who set it, and what it was before', async () => {
    const other = await world.anotherKey();
    await world.set(['on', other]);
    await world.stack.create(world.properties());

    expect(await world.record()).toEqual({
      owner: { stack: world.stack.stackId, resource: 'Encryption' },
      former: { enabled: true, key: other },
      keys: [world.key],
      requests: [expect.any(String)],
    });
  });

  test.each<[string, () => Promise<string>, string]>([
    ['is disabled', async () => {
      await world.disableKey(world.key);
      return world.key;
    }, 'is in the state Disabled'],
    ['is to be deleted', async () => {
      await world.scheduleKeyDeletion(world.key);
      return world.key;
    }, 'is in the state PendingDeletion'],
    ['is asymmetric', () => world.anotherKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }), 'is of the kind RSA_2048'],
    ['is not there', async () => 'arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab', 'is not there'],
  ])('fails for a key that %s, and leaves all as it was', async (_what, makeKey, problem) => {
    const key = await makeKey();
    const told = await world.stack.create(world.properties(key));

    expect(told).toMatchObject({
      Status: 'FAILED',
      Reason: `Setting EBS encryption by default failed: the key ${key} ${problem}; give a symmetric encryption key that is enabled`,
    });
    expect(await world.setting()).toEqual(['off', AWS_MANAGED]);
    expect(await world.record()).toBeUndefined();
  });
});

describe('an update', () => {
  test('makes another key the default one, and stays the same resource', async () => {
    await world.stack.create(world.properties());
    const other = await world.anotherKey();
    const told = await world.stack.update(world.properties(other));

    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: RECORD });
    expect(await world.setting()).toEqual(['on', other]);
  });

  test('that is rolled back has the old key again', async () => {
    await world.stack.create(world.properties());
    await world.stack.update(world.properties(await world.anotherKey()), 'fails');

    expect(world.stack.told.map(({ Status }) => Status)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS']);
    expect(await world.setting()).toEqual(['on', world.key]);
  });

  test('fails for a key that is disabled, and rolls back', async () => {
    await world.stack.create(world.properties());
    const disabled = await world.anotherKey();
    await world.disableKey(disabled);
    const told = await world.stack.update(world.properties(disabled));

    expect(told.Reason).toBe(`Changing EBS encryption by default failed: the key ${disabled} is in the state Disabled; give a symmetric encryption key that is enabled`);
    expect(world.stack.told.at(-1)!.Status).toBe('SUCCESS');
    expect(await world.setting()).toEqual(['on', world.key]);
  });

  test.each<[string, () => Promise<Setting>, (key: string) => string]>([
    ['another default key', async () => ['on', await world.anotherKey()], (key) => `the default key was changed to ${key} by somebody else`],
    ['the AWS managed key', async () => ['on', AWS_MANAGED], (key) => `the default key was changed to ${key} by somebody else`],
    ['encryption off', async () => ['off', world.key], () => 'encryption by default was switched off by somebody else'],
  ])('fails where somebody else chose %s meanwhile, and its rollback leaves that alone', async (_what, choose, what) => {
    await world.stack.create(world.properties());
    const chosen = await choose();
    await world.set(chosen);
    const told = await world.stack.update(world.properties(await world.anotherKey()));

    expect(told.Reason).toBe(`Changing EBS encryption by default failed: ${what(chosen[1])}; switch it on with the default key ${world.key} again, then deploy again`);
    expect(world.stack.told.at(-1)).toMatchObject({ Status: 'SUCCESS', Reason: `${what(chosen[1])}, and is left as it is` });
    expect(await world.setting()).toEqual(chosen);
  });

  test('goes on where somebody deleted the record: the deletion then leaves encryption on under the AWS managed key', async () => {
    await world.stack.create(world.properties());
    await world.deleteRecord();
    const other = await world.anotherKey();
    await world.stack.update(world.properties(other));
    expect(await world.setting()).toEqual(['on', other]);

    await world.stack.delete();
    expect(await world.setting()).toEqual(['on', AWS_MANAGED]);
  });
});

describe('another resource', () => {
  test('of another stack fails with the name of the one that sets it, and its deletion restores nothing', async () => {
    await world.stack.create(world.properties());
    const other = await world.anotherStack();
    world.endpoint.fail('DescribeStackResource', stackResourceIn('CREATE_COMPLETE'), Infinity);
    const told = await other.create(world.properties(await world.anotherKey()));

    expect(told.Reason).toBe(`Setting EBS encryption by default failed: Encryption of the stack ${world.stack.stackId} sets it, and an account has one `
      + 'in each Region; remove it there and deploy, or leave it out here');
    expect(other.told.at(-1)).toMatchObject({ Status: 'SUCCESS', Reason: `it is left as it is, because Encryption of the stack ${world.stack.stackId} set it` });
    expect(await world.setting()).toEqual(['on', world.key]);
  });

  test('of the same stack fails as well', async () => {
    await world.stack.create(world.properties());
    world.stack.logicalId = 'Renamed';
    world.endpoint.fail('DescribeStackResource', stackResourceIn('UPDATE_COMPLETE'), Infinity);

    expect((await world.stack.create(world.properties())).Reason).toContain(`Encryption of the stack ${world.stack.stackId} sets it`);
  });

  test('that comes first by a moment prevails', async () => {
    const other = await world.anotherStack();
    world.endpoint.supplement('GetEbsEncryptionByDefault', {
      after: () => {
        world.endpoint.supplement('GetEbsEncryptionByDefault', {});
        return world.overwriteRecord(JSON.stringify({ owner: { stack: other.stackId, resource: 'Encryption' }, former: {}, keys: [], requests: [] }));
      },
    });
    const told = await world.stack.create(world.properties());

    expect(told.Reason).toContain(`Encryption of the stack ${other.stackId} sets it`);
    expect(await world.setting()).toEqual(['off', AWS_MANAGED]);
  });

  test('can set it after a deletion', async () => {
    await world.stack.create(world.properties());
    await world.stack.delete();
    const other = await world.anotherStack();

    expect((await other.create(world.properties())).Status).toBe('SUCCESS');
  });

  test.each(['DELETE_SKIPPED', 'DELETE_COMPLETE'])('takes over from one that is %s in its stack: what that left is what was before', async (status) => {
    await world.stack.create(world.properties());
    const [other, key] = [await world.anotherStack(), await world.anotherKey()];
    world.endpoint.fail('DescribeStackResource', stackResourceIn(status), Infinity);
    await other.create(world.properties(key));
    expect(await world.setting()).toEqual(['on', key]);

    await other.delete();
    expect(await world.setting()).toEqual(['on', world.key]);
  });

  test('takes over from one whose stack CloudFormation does not remember', async () => {
    await world.stack.create(world.properties());
    const other = await world.anotherStack();

    // moto does not know the stacks that these tests play.
    expect((await other.create(world.properties(await world.anotherKey()))).Status).toBe('SUCCESS');
  });

  test('with the name of one that was retained when it left the stack starts anew', async () => {
    await world.stack.create(world.properties());
    await world.set(['off', world.key]);
    const key = await world.anotherKey();
    await world.stack.create(world.properties(key));
    expect(await world.setting()).toEqual(['on', key]);

    await world.stack.delete();
    expect(await world.setting()).toEqual(['off', world.key]);
  });
});
