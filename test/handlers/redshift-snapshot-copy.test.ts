import { SnapshotCopyProperties } from '../../src/copy/redshift/handler/snapshot-copy-properties';
import { redshiftError, SnapshotCopyWorld, SYDNEY } from '../support/handler/snapshot-copy-world';

let world: SnapshotCopyWorld;
beforeAll(async () => {
  world = await SnapshotCopyWorld.start('eu-west-1');
});
beforeEach(() => world.next());
afterAll(() => world.stop());

const grantName = () => `copy-${world.cluster}`;
const left = (name: string, region: string) => `the snapshot copy grant ${name} in ${region} is left; delete it with aws redshift delete-snapshot-copy-grant `
  + `--region ${region} --snapshot-copy-grant-name ${name}`;
const called = (operation: string) => world.endpoint.calls.filter((call) => call.operation === operation)
  .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));

describe('a creation', () => {
  test('makes the grant there, and starts the copies by it', async () => {
    const told = await world.stack.create(world.properties({ AutomatedSnapshotRetentionPeriod: '14', ManualSnapshotRetentionPeriod: '90' }));

    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantName() });
    expect(told.Reason).toBeUndefined();
    expect(await world.copies()).toEqual([SYDNEY, grantName(), 14]);
    expect(await world.grants()).toEqual({ [grantName()]: world.key });
    expect(called('EnableSnapshotCopy')).toEqual([expect.objectContaining({ RetentionPeriod: '14', ManualSnapshotRetentionPeriod: '90' })]);
  });

  test('starts the copies by a grant that exists', async () => {
    await world.makeGrant(`of-${world.cluster}`);
    const told = await world.stack.create(world.properties({ GrantName: `of-${world.cluster}`, MakesGrant: 'false' }));

    expect(told.Status).toBe('SUCCESS');
    expect(await world.copies()).toEqual([SYDNEY, `of-${world.cluster}`, 7]);
    expect(world.endpoint.operations).not.toContain('CreateSnapshotCopyGrant');
  });

  test('fails for a grant that does not exist', async () => {
    const told = await world.stack.create(world.properties({ GrantName: 'nowhere', MakesGrant: 'false' }));

    expect(told).toMatchObject({
      Status: 'FAILED',
      Reason: `Starting the copies of snapshots of ${world.cluster} failed: there is no snapshot copy grant nowhere in ${SYDNEY}; make it there, for the key ${world.key}`,
    });
    expect(await world.copies()).toBeUndefined();
  });

  test.each(['true', 'false'] as const)('fails for a grant for another key, where it makes the grant: %s', async (MakesGrant) => {
    const other = await world.anotherKey();
    await world.makeGrant(grantName(), other);
    const told = await world.stack.create(world.properties({ MakesGrant }));

    expect(told).toMatchObject({
      Status: 'FAILED',
      Reason: `Starting the copies of snapshots of ${world.cluster} failed: the snapshot copy grant ${grantName()} in ${SYDNEY} is for the key ${other}, not for `
        + `${world.key}; take the copies out and deploy, delete it where it is left even then, and put them back`,
    });
    expect(await world.copies()).toBeUndefined();
  });

  test('fails where somebody copies them by hand, and leaves that as it is', async () => {
    await world.copyByHand('eu-west-2', 'by-hand');
    const told = await world.stack.create(world.properties());

    expect(told).toMatchObject({
      Status: 'FAILED',
      Reason: `Starting the copies of snapshots of ${world.cluster} failed: somebody else copies the snapshots of ${world.cluster}, to eu-west-2 by the grant by-hand; stop that with `
        + `aws redshift disable-snapshot-copy --cluster-identifier ${world.cluster}, then deploy again`,
    });
    expect(await world.copies()).toEqual(['eu-west-2', 'by-hand', 7]);
    expect(await world.grants()).toEqual({});
  });
});

describe('an update', () => {
  test('of how long they are kept changes nothing else', async () => {
    await world.stack.create(world.properties());
    world.endpoint.forget();
    const told = await world.stack.update(world.properties({ AutomatedSnapshotRetentionPeriod: '35', ManualSnapshotRetentionPeriod: '90' }));

    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantName() });
    expect(await world.copies()).toEqual([SYDNEY, grantName(), 35]);
    expect(called('ModifySnapshotCopyRetentionPeriod').map(({ RetentionPeriod, Manual }) => [RetentionPeriod, Manual])).toEqual([['35', 'false'], ['90', 'true']]);
    expect(world.endpoint.operations).not.toContain('DisableSnapshotCopy');
  });

  test.each<[string, () => Promise<Partial<SnapshotCopyProperties>>]>([
    ['Region', async () => ({ DestinationRegion: 'us-west-2', DestinationKeyArn: await world.anotherKey('us-west-2') })],
    ['key', async () => ({ DestinationKeyArn: await world.anotherKey(), GrantName: `other-${world.cluster}` })],
  ])('to another %s starts them anew by another grant, and says that the former one stays, which its role may not delete any more', async (_what, change) => {
    await world.stack.create(world.properties());
    const properties = world.properties(await change());
    const told = await world.stack.update(properties);

    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: grantName(), Reason: left(grantName(), SYDNEY) });
    expect(await world.copies()).toEqual([properties.DestinationRegion, properties.GrantName, 7]);
    expect(await world.grants(world.cluster, properties.DestinationRegion)).toMatchObject({ [properties.GrantName]: properties.DestinationKeyArn });
    expect(await world.grants()).toMatchObject({ [grantName()]: world.key });
    expect(world.endpoint.operations).not.toContain('DeleteSnapshotCopyGrant');
  });

  test('to a grant that exists says that the former one stays', async () => {
    await world.stack.create(world.properties());
    await world.makeGrant(`of-${world.cluster}`);

    expect((await world.stack.update(world.properties({ GrantName: `of-${world.cluster}`, MakesGrant: 'false' }))).Reason).toBe(left(grantName(), SYDNEY));
    expect(await world.copies()).toEqual([SYDNEY, `of-${world.cluster}`, 7]);
  });

  test('from a grant that exists says nothing of it', async () => {
    await world.makeGrant(`of-${world.cluster}`);
    await world.stack.create(world.properties({ GrantName: `of-${world.cluster}`, MakesGrant: 'false' }));

    expect((await world.stack.update(world.properties())).Reason).toBeUndefined();
    expect(await world.copies()).toEqual([SYDNEY, grantName(), 7]);
  });

  test('to another cluster stops those of the former one', async () => {
    await world.stack.create(world.properties());
    const other = await world.anotherCluster();

    expect((await world.stack.update(world.properties({ ClusterIdentifier: other }))).Status).toBe('SUCCESS');
    expect(await world.copies(other)).toEqual([SYDNEY, grantName(), 7]);
    expect(await world.copies()).toBeUndefined();
  });

  test('to another cluster does not mind that the former one is gone', async () => {
    await world.stack.create(world.properties());
    const other = await world.anotherCluster();
    await world.deleteCluster();

    expect((await world.stack.update(world.properties({ ClusterIdentifier: other }))).Status).toBe('SUCCESS');
    expect(await world.copies(other)).toEqual([SYDNEY, grantName(), 7]);
  });

  test('to another cluster is done where the role may not stop those of the former one any more, and says so', async () => {
    await world.stack.create(world.properties());
    const other = await world.anotherCluster();
    world.endpoint.fail('DisableSnapshotCopy', redshiftError('AccessDenied', 'User is not authorized', 403), Infinity);

    expect(await world.stack.update(world.properties({ ClusterIdentifier: other }))).toMatchObject({
      Status: 'SUCCESS',
      Reason: `the snapshots of ${world.cluster} are still copied, to ${SYDNEY} by the grant ${grantName()}, because stopping that is refused with AccessDenied`,
    });
    expect(await world.copies(other)).toEqual([SYDNEY, grantName(), 7]);
  });

  test('starts them again where somebody stopped them', async () => {
    await world.stack.create(world.properties());
    await world.stopByHand();

    expect((await world.stack.update(world.properties({ AutomatedSnapshotRetentionPeriod: '14' }))).Status).toBe('SUCCESS');
    expect(await world.copies()).toEqual([SYDNEY, grantName(), 14]);
  });

  test('fails where somebody sent them elsewhere', async () => {
    await world.stack.create(world.properties());
    await world.stopByHand();
    await world.copyByHand('eu-west-2', 'by-hand');

    expect(await world.stack.request('Update', world.properties({ AutomatedSnapshotRetentionPeriod: '14' }), world.properties())).toMatchObject({
      Status: 'FAILED', Reason: expect.stringContaining('somebody else copies the snapshots'),
    });
    expect(await world.copies()).toEqual(['eu-west-2', 'by-hand', 7]);
  });

  test('that is rolled back has them go where they went', async () => {
    await world.stack.create(world.properties());
    const key = await world.anotherKey('us-west-2');
    await world.stack.update(world.properties({ DestinationRegion: 'us-west-2', DestinationKeyArn: key }), 'fails');

    expect(await world.copies()).toEqual([SYDNEY, grantName(), 7]);
    expect(await world.grants()).toEqual({ [grantName()]: world.key });
    expect(await world.grants(world.cluster, 'us-west-2')).toEqual({ [grantName()]: key });
  });
});

describe('a deletion', () => {
  test('stops them, then deletes the grant', async () => {
    await world.stack.create(world.properties());
    const told = await world.stack.delete();

    expect(told.Status).toBe('SUCCESS');
    expect(told.Reason).toBeUndefined();
    expect(await world.copies()).toBeUndefined();
    expect(await world.grants()).toEqual({});
    const { operations } = world.endpoint;
    expect(operations.indexOf('DisableSnapshotCopy')).toBeLessThan(operations.indexOf('DeleteSnapshotCopyGrant'));
  });

  test('leaves a grant that it did not make', async () => {
    await world.makeGrant(`of-${world.cluster}`);
    await world.stack.create(world.properties({ GrantName: `of-${world.cluster}`, MakesGrant: 'false' }));
    await world.stack.delete();

    expect(await world.copies()).toBeUndefined();
    expect(await world.grants()).toEqual({ [`of-${world.cluster}`]: world.key });
  });

  test('does not mind that the cluster is gone', async () => {
    await world.stack.create(world.properties());
    await world.deleteCluster();

    expect((await world.stack.delete()).Status).toBe('SUCCESS');
    expect(await world.grants()).toEqual({});
  });

  test('leaves copies that somebody else sent elsewhere, and says so', async () => {
    await world.stack.create(world.properties());
    await world.stopByHand();
    await world.copyByHand('eu-west-2', 'by-hand');

    expect(await world.stack.delete()).toMatchObject({
      Status: 'SUCCESS', Reason: `the snapshots of ${world.cluster} are still copied, to eu-west-2 by the grant by-hand, because somebody else changed it`,
    });
    expect(await world.copies()).toEqual(['eu-west-2', 'by-hand', 7]);
  });

  test('is never blocked by a grant that another cluster uses', async () => {
    await world.stack.create(world.properties());
    world.endpoint.fail('DeleteSnapshotCopyGrant', redshiftError('InvalidSnapshotCopyGrantStateFault', 'The grant is in use'));

    expect(await world.stack.delete()).toMatchObject({
      Status: 'SUCCESS', Reason: `the snapshot copy grant ${grantName()} in ${SYDNEY} is left, because its deletion is refused with InvalidSnapshotCopyGrantStateFault`,
    });
    expect(await world.copies()).toBeUndefined();
  });
});
