import { EbsWorld, Setting } from '../support/handler/ebs-world';

const AWS_MANAGED = 'alias/aws/ebs';
const RECORD = '/cdk-kms-patterns/ebs-encryption-by-default';

let world: EbsWorld;
beforeAll(async () => {
  world = await EbsWorld.start('eu-south-1');
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

describe('a deletion', () => {
  test.each(FORMER)('restores it as it was: %s', async (_what, makeFormer) => {
    const former = await makeFormer();
    await world.set(former);
    await world.stack.create(world.properties());
    const told = await world.stack.delete();

    expect(told.Status).toBe('SUCCESS');
    expect(told.Reason).toBeUndefined();
    expect(await world.setting()).toEqual(former);
    expect(await world.record()).toBeUndefined();
  });

  test('restores the AWS managed key, where Amazon EC2 told its ARN', async () => {
    await world.set(['on', world.defaultKey.awsManagedArn]);
    await world.stack.create(world.properties());
    await world.stack.delete();

    expect(await world.setting()).toEqual(['on', AWS_MANAGED]);
    expect(world.endpoint.operations).toContain('ResetEbsDefaultKmsKeyId');
  });

  test('after updates restores what was before all of them', async () => {
    await world.stack.create(world.properties());
    await world.stack.update(world.properties(await world.anotherKey()));
    await world.stack.update(world.properties(await world.anotherKey()));
    await world.stack.delete();

    expect(await world.setting()).toEqual(['off', AWS_MANAGED]);
  });

  test('changes nothing where the same key was the default one before', async () => {
    await world.set(['on', world.key]);
    await world.stack.create(world.properties());
    await world.stack.delete();

    expect(await world.setting()).toEqual(['on', world.key]);
    expect(world.endpoint.operations).not.toContain('ModifyEbsDefaultKmsKeyId');
  });

  test('leaves a default key alone that somebody else chose meanwhile, succeeds, and says why', async () => {
    await world.stack.create(world.properties());
    const other = await world.anotherKey();
    await world.set(['on', other]);
    const told = await world.stack.delete();
    const reason = `it is left as it is, because the default key was changed to ${other} by somebody else`;

    expect(told).toMatchObject({ Status: 'SUCCESS', Reason: reason });
    expect(world.stack.output.at(-1)).toContain(reason);
    expect(await world.setting()).toEqual(['on', other]);
    expect(await world.record()).toBeUndefined();
  });

  test('leaves encryption off that somebody else switched off meanwhile, and restores the key', async () => {
    const other = await world.anotherKey();
    await world.set(['on', other]);
    await world.stack.create(world.properties());
    await world.set(['off', world.key]);
    const told = await world.stack.delete();

    expect(told).toMatchObject({ Status: 'SUCCESS', Reason: 'encryption by default is left off, because somebody else switched it off' });
    expect(await world.setting()).toEqual(['off', other]);
  });

  test.each<[string, (key: string) => Promise<void>, string]>([
    ['is disabled', (key) => world.disableKey(key), 'is in the state Disabled'],
    ['is to be deleted', (key) => world.scheduleKeyDeletion(key), 'is in the state PendingDeletion'],
  ])('is not blocked by a former key that %s: the AWS managed one takes its place', async (_what, ruin, problem) => {
    const former = await world.anotherKey();
    await world.set(['on', former]);
    await world.stack.create(world.properties());
    await ruin(former);
    const told = await world.stack.delete();

    expect(told).toMatchObject({
      Status: 'SUCCESS', Reason: `the default key is the AWS managed one now, because the former one, ${former}, ${problem}`,
    });
    expect(await world.setting()).toEqual(['on', AWS_MANAGED]);
  });

  test('is not blocked by a former key that is gone', async () => {
    const former = 'arn:aws:kms:eu-south-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    await world.set(['off', former]);
    await world.stack.create(world.properties());
    const told = await world.stack.delete();

    expect(told).toMatchObject({
      Status: 'SUCCESS', Reason: `the default key is the AWS managed one now, because the former one, ${former}, is not there`,
    });
    expect(await world.setting()).toEqual(['off', AWS_MANAGED]);
  });

  test('changes nothing where somebody deleted the record, and says so', async () => {
    await world.stack.create(world.properties());
    await world.deleteRecord();
    const told = await world.stack.delete();

    expect(told).toMatchObject({ Status: 'SUCCESS', Reason: 'it is left as it is, because nothing is remembered of what it was before' });
    expect(await world.setting()).toEqual(['on', world.key]);
  });

  test('fails for a record that somebody overwrote', async () => {
    await world.stack.create(world.properties());
    await world.overwriteRecord('off');

    expect((await world.stack.delete()).Reason).toBe(
      `Restoring EBS encryption by default failed: the record of what it was before cannot be read; delete the parameter ${RECORD}`);
    await world.deleteRecord();
  });
});
