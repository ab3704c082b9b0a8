import { redshiftError, SnapshotCopyWorld, SYDNEY } from '../support/handler/snapshot-copy-world';

let world: SnapshotCopyWorld;
beforeAll(async () => {
  world = await SnapshotCopyWorld.start('eu-west-3');
});
beforeEach(() => world.next());
afterAll(() => world.stop());

const grantName = () => `copy-${world.cluster}`;
const DENIED = redshiftError('AccessDenied', 'User: arn:aws:sts::123456789012:assumed-role/Copies/f is not authorized to perform it', 403);
const BUSY = redshiftError('InvalidClusterState', 'The cluster is being modified.');

describe('what passes', () => {
  test.each([
    ['the permissions of the new role take effect', 'CreateSnapshotCopyGrant', DENIED],
    ['they do so for the cluster', 'EnableSnapshotCopy', DENIED],
    ['the cluster is being modified', 'EnableSnapshotCopy', BUSY],
    ['AWS KMS throttles Amazon Redshift', 'CreateSnapshotCopyGrant', redshiftError('DependentServiceRequestThrottlingFault', 'Throttled')],
    ['copies to the Region are off for a time', 'EnableSnapshotCopy', redshiftError('CopyToRegionDisabledFault', 'Temporarily disabled')],
    ['calls are throttled', 'DescribeClusters', redshiftError('Throttling', 'Rate exceeded')],
  ])('does not matter: %s', async (_what, operation, answer) => {
    world.endpoint.fail(operation, answer, 2);

    expect((await world.stack.create(world.properties())).Status).toBe('SUCCESS');
    expect(await world.copies()).toEqual([SYDNEY, grantName(), 7]);
  });

  test.each(['CreateSnapshotCopyGrant', 'DescribeSnapshotCopyGrants', 'DescribeClusters', 'EnableSnapshotCopy'])(
    'does not matter: the endpoint dies in the middle of %s', async (operation) => {
      world.endpoint.fail(operation, 'dies after');

      expect((await world.stack.create(world.properties())).Status).toBe('SUCCESS');
      expect(await world.copies()).toEqual([SYDNEY, grantName(), 7]);
    });
});

test.each(['DisableSnapshotCopy', 'DeleteSnapshotCopyGrant'])('does not matter to a deletion: the endpoint dies in the middle of %s', async (operation) => {
  await world.stack.create(world.properties());
  world.endpoint.fail(operation, 'dies after');

  const told = await world.stack.delete();
  expect([told.Status, told.Reason]).toEqual(['SUCCESS', undefined]);
  expect(await world.copies()).toBeUndefined();
  expect(await world.grants()).toEqual({});
});

test('fails where somebody starts other copies meanwhile', async () => {
  world.endpoint.supplement('EnableSnapshotCopy', {
    instead: () => redshiftError('SnapshotCopyAlreadyEnabledFault', 'Snapshot Copy is already enabled'),
    after: async () => world.copyByHand('eu-west-2', 'by-hand'),
  });
  const told = await world.stack.request('Create', world.properties());
  world.endpoint.supplement('EnableSnapshotCopy', {});

  expect(told).toMatchObject({ Status: 'FAILED', Reason: expect.stringContaining(`somebody else copies the snapshots of ${world.cluster}, to eu-west-2 by the grant by-hand;`) });
});

describe('what does not pass', () => {
  test.each([
    ['a cluster that stays busy', 'EnableSnapshotCopy', BUSY,
      'InvalidClusterStateFault: The cluster is being modified; deploy again when that has passed'],
    ['a key that does not let it', 'CreateSnapshotCopyGrant', DENIED,
      'AccessDenied: User: arn:aws:sts::123456789012:assumed-role/Copies/f is not authorized to perform it. To mend it: look '
      + 'at the policies of the keys in both Regions, and of your organization'],
    ['too many grants on the key', 'CreateSnapshotCopyGrant', redshiftError('LimitExceededFault', 'The encryption key has exceeded its grant limit in AWS KMS.'),
      'LimitExceededFault: The encryption key has exceeded its grant limit in AWS KMS'],
    ['a Region without Amazon Redshift', 'EnableSnapshotCopy', redshiftError('UnknownSnapshotCopyRegionFault', 'The specified region is incorrect.'),
      'UnknownSnapshotCopyRegionFault: The specified region is incorrect'],
  ])('fails a creation with its reason: %s', async (_what, operation, answer, reason) => {
    world.endpoint.fail(operation, answer, Infinity);
    const told = await world.stack.request('Create', world.properties());

    expect(told).toMatchObject({ Status: 'FAILED', Reason: `Starting the copies of snapshots of ${world.cluster} failed: ${reason}` });
  });

  test('fails a deletion while the copies cannot be stopped, and keeps the grant', async () => {
    await world.stack.create(world.properties());
    world.endpoint.fail('DisableSnapshotCopy', BUSY, Infinity);

    expect(await world.stack.delete()).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^Stopping the copies of snapshots of /) });
    expect(await world.grants()).toEqual({ [grantName()]: world.key });
  });

  test('is answered in time where an endpoint hangs', async () => {
    world.stack.time = 15_500;
    world.endpoint.fail('DescribeSnapshotCopyGrants', 'hangs', Infinity);

    expect(await world.stack.request('Create', world.properties())).toMatchObject({
      Status: 'FAILED', Reason: `Starting the copies of snapshots of ${world.cluster} took too long; deploy again`,
    });
  });
});

/** Does it with the function ending after the first call, after the second one, and so on until it is done. */
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

describe('wherever the function ends', () => {
  test('a creation that comes again is done', async () => {
    const calls = await cutAnywhere(async () => undefined, () => world.stack.request('Create', world.properties()), async () => {
      expect((await world.stack.repeat(world.stack.events[0])).Status).toBe('SUCCESS');
      expect(await world.copies()).toEqual([SYDNEY, grantName(), 7]);
    });

    expect(calls).toBe(5);
  });

  test('an update to another Region that comes again is done', async () => {
    let key = '';
    const calls = await cutAnywhere(
      async () => {
        await world.stack.create(world.properties());
        key = await world.anotherKey('us-west-2');
      },
      () => world.stack.request('Update', world.properties({ DestinationRegion: 'us-west-2', DestinationKeyArn: key }), world.properties()),
      async () => {
        expect((await world.stack.repeat(world.stack.events[1])).Status).toBe('SUCCESS');
        expect(await world.copies()).toEqual(['us-west-2', grantName(), 7]);
        expect(await world.grants()).toEqual({ [grantName()]: world.key });
      });

    expect(calls).toBe(6);
  });

  test('a deletion that comes again is done', async () => {
    const calls = await cutAnywhere(async () => {
      await world.stack.create(world.properties());
    }, () => world.stack.request('Delete', world.properties()), async () => {
      expect((await world.stack.repeat(world.stack.events[1])).Status).toBe('SUCCESS');
      expect(await world.copies()).toBeUndefined();
      expect(await world.grants()).toEqual({});
    });

    expect(calls).toBe(3);
  });
});
