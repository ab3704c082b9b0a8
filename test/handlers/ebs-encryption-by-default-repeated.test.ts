import { EbsWorld, Setting } from '../support/handler/ebs-world';
import { ec2Error } from '../support/handler/recorded-answers';

const AWS_MANAGED = 'alias/aws/ebs';

let world: EbsWorld;
beforeAll(async () => {
  world = await EbsWorld.start('eu-central-1');
});
beforeEach(() => world.next());
afterAll(() => world.stop());

const FORMER: [string, () => Promise<Setting>][] = [
  ['off', async () => ['off', AWS_MANAGED]],
  ['on, under another key', async () => ['on', await world.anotherKey()]],
];

/** Does it with the function ending after the first call, after the second one, and so on until it is done; returns how many there were. */
async function cutAnywhere(begin: () => Promise<void>, cut: () => Promise<unknown>, then: () => Promise<void>): Promise<number> {
  for (let calls = 0; ; calls++) {
    await world.next();
    await begin();
    world.endpoint.calls.length = 0;
    world.endpoint.cutAfter(calls);
    await cut();
    const done = world.endpoint.calls.length <= calls;
    world.endpoint.cutAfter(Infinity);
    await then();
    if (done) {
      return calls;
    }
  }
}

describe.each(FORMER)('where it was %s, wherever the function ends', (_what, makeFormer) => {
  let former: Setting;
  let other: string;
  const begin = async () => {
    former = await makeFormer();
    other = await world.anotherKey();
    await world.set(former);
  };
  const created = async () => {
    await begin();
    await world.stack.create(world.properties());
  };

  test('a creation that comes again is done, and what was before is remembered', async () => {
    const calls = await cutAnywhere(begin, () => world.stack.request('Create', world.properties()), async () => {
      expect((await world.stack.repeat(world.stack.events[0])).Status).toBe('SUCCESS');
      expect(await world.setting()).toEqual(['on', world.key]);
      await world.stack.request('Delete', world.properties());
      expect(await world.setting()).toEqual(former);
      expect(await world.record()).toBeUndefined();
    });
    expect(calls).toBeGreaterThan(8);
  });

  test('a creation that fails is undone', async () => {
    const calls = await cutAnywhere(begin, () => world.stack.request('Create', world.properties()), async () => {
      expect((await world.stack.request('Delete', world.properties())).Status).toBe('SUCCESS');
      expect(await world.setting()).toEqual(former);
      expect(await world.record()).toBeUndefined();
    });
    expect(calls).toBeGreaterThan(8);
  });

  test('an update that comes again is done', async () => {
    const calls = await cutAnywhere(created, () => world.stack.request('Update', world.properties(other), world.properties()), async () => {
      expect((await world.stack.repeat(world.stack.events[1])).Status).toBe('SUCCESS');
      expect(await world.setting()).toEqual(['on', other]);
      await world.stack.request('Delete', world.properties(other));
      expect(await world.setting()).toEqual(former);
    });
    expect(calls).toBeGreaterThan(6);
  });

  test('an update that fails is rolled back', async () => {
    const calls = await cutAnywhere(created, () => world.stack.request('Update', world.properties(other), world.properties()), async () => {
      expect((await world.stack.request('Update', world.properties(), world.properties(other))).Status).toBe('SUCCESS');
      expect(await world.setting()).toEqual(['on', world.key]);
      await world.stack.request('Delete', world.properties());
      expect(await world.setting()).toEqual(former);
    });
    expect(calls).toBeGreaterThan(6);
  });

  test('a deletion that comes again is done', async () => {
    const calls = await cutAnywhere(created, () => world.stack.request('Delete', world.properties()), async () => {
      expect((await world.stack.repeat(world.stack.events[1])).Status).toBe('SUCCESS');
      expect(await world.setting()).toEqual(former);
      expect(await world.record()).toBeUndefined();
    });
    expect(calls).toBeGreaterThan(4);
  });
});

test('a deletion that comes again is done, also where the former key cannot be used any more', async () => {
  let former = '';
  await cutAnywhere(async () => {
    former = await world.anotherKey();
    await world.set(['off', former]);
    await world.stack.create(world.properties());
    await world.disableKey(former);
  }, () => world.stack.request('Delete', world.properties()), async () => {
    expect((await world.stack.repeat(world.stack.events[1])).Status).toBe('SUCCESS');
    expect(await world.setting()).toEqual(['off', AWS_MANAGED]);
    expect(await world.record()).toBeUndefined();
  });
});

describe('a request that comes again', () => {
  test('changes nothing a second time', async () => {
    await world.stack.create(world.properties());
    world.endpoint.calls.length = 0;
    const told = await world.stack.repeat();

    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: '/cdk-kms-patterns/ebs-encryption-by-default' });
    expect(world.endpoint.operations).toEqual(['GetParameter']);
  });

  test('fails where somebody else chose a default key before the creation was done, and leaves it', async () => {
    world.endpoint.fail('EnableEbsEncryptionByDefault', ec2Error('InternalError', 'An internal error has occurred', 400));
    await world.stack.request('Create', world.properties());
    const other = await world.anotherKey();
    await world.set(['on', other]);
    const told = await world.stack.repeat();

    expect(told).toMatchObject({
      Status: 'FAILED',
      Reason: `Setting EBS encryption by default failed: the default key was changed to ${other} by somebody else; `
        + `switch it on with the default key ${world.key} again, then deploy again`,
    });
    await world.stack.request('Delete', world.properties());
    expect(await world.setting()).toEqual(['on', other]);
    expect(await world.record()).toBeUndefined();
  });

  test('changes nothing where it comes after its rollback', async () => {
    await world.stack.create(world.properties());
    await world.stack.update(world.properties(await world.anotherKey()), 'fails');
    await world.stack.repeat(world.stack.events[1]);

    expect(await world.setting()).toEqual(['on', world.key]);
  });

  test('changes nothing where a creation comes after an update', async () => {
    const other = await world.anotherKey();
    await world.stack.create(world.properties());
    await world.stack.update(world.properties(other));
    await world.stack.repeat(world.stack.events[0]);

    expect(await world.setting()).toEqual(['on', other]);
  });

  test('restores nothing where a deletion comes after another stack has set it', async () => {
    await world.stack.create(world.properties());
    await world.stack.delete();
    const [other, key] = [await world.anotherStack(), await world.anotherKey()];
    await other.create(world.properties(key));
    const told = await world.stack.repeat();

    expect(told.Status).toBe('SUCCESS');
    expect(await world.setting()).toEqual(['on', key]);
  });

  test('fails aloud where CloudFormation never listens, so that AWS Lambda delivers it again', async () => {
    world.stack.deaf = 5;
    await expect(world.stack.create(world.properties())).rejects.toThrow('CloudFormation could not be told what became of Encryption: HTTP status 503');
    expect((await world.stack.repeat()).Status).toBe('SUCCESS');

    await world.stack.request('Delete', world.properties());
    expect(await world.setting()).toEqual(['off', AWS_MANAGED]);
  });
});
