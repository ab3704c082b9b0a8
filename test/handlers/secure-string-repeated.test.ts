import { ParameterProperties } from '../../src/secret/handler/wanted-parameter';
import { ParameterWorld } from '../support/handler/parameter-world';
import { jsonError, ROLE_MISSING, THROTTLED } from '../support/handler/recorded-answers';

let world: ParameterWorld;
beforeAll(async () => {
  world = await ParameterWorld.start();
});
beforeEach(() => world.next());
afterEach(() => world.assertNoValueToldAnywhere());
afterAll(() => world.stop());

describe('CloudFormation is answered', () => {
  test('in time, where the endpoint hangs', async () => {
    world.stack.time = 15_500;
    world.endpoint.fail('PutParameter', 'hangs', Infinity);
    const told = await world.stack.create(world.properties());

    expect(told).toMatchObject({ Status: 'FAILED', Reason: `Making the parameter ${world.name} took too long; deploy again` });
  });

  test('and nothing is done after the answer', async () => {
    world.stack.time = 15_300;
    world.endpoint.fail('PutParameter', THROTTLED, 1);
    world.endpoint.fail('GetParameter', THROTTLED, 3);
    await world.stack.create(world.properties());
    await new Promise((resolve) => setTimeout(resolve, 3_000));

    expect(await world.versions()).toEqual([]);
  });

  test('also where it does not listen at first', async () => {
    world.stack.deaf = 3;

    expect((await world.stack.create(world.properties())).Status).toBe('SUCCESS');
  });

  test('fails aloud where it never listens, so that AWS Lambda delivers the request again', async () => {
    world.stack.deaf = 5;
    await expect(world.stack.create(world.properties())).rejects.toThrow('CloudFormation could not be told what became of Token: HTTP status 503');
    const [made1] = await world.versions();

    expect((await world.stack.repeat()).Status).toBe('SUCCESS');
    expect(await world.versions()).toEqual([made1]);
  });
});

describe('a request that comes again', () => {
  const again: [string, Partial<ParameterProperties>][] = [
    ['another revision', { Value: { Generated: { Length: '20', Revision: '2' } } }],
    ['another description', { Description: 'of the bank' }],
  ];

  test('makes nothing a second time', async () => {
    await world.stack.create(world.properties());
    const before = await world.versions();
    const told = await world.stack.repeat();

    expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: world.name });
    expect(await world.versions()).toEqual(before);
  });

  test.each(again)('changes nothing a second time: %s', async (_what, properties) => {
    await world.stack.create(world.properties());
    await world.stack.update(world.properties(properties));
    const before = await world.versions();
    await world.stack.repeat();

    expect(await world.versions()).toEqual(before);
  });

  test.each(again)('changes nothing where it comes after its rollback: %s', async (_what, properties) => {
    await world.stack.create(world.properties());
    world.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');
    await world.stack.update(world.properties(properties), 'fails');
    const before = await world.versions();
    await world.stack.repeat(world.stack.events[1]);

    expect(await world.versions()).toEqual(before);
  });

  test('deletes nothing a second time, and is answered', async () => {
    await world.stack.create(world.properties());
    await world.stack.delete();

    expect((await world.stack.repeat()).Status).toBe('SUCCESS');
  });

  test('makes nothing after the parameter was deleted, because its role is gone by then', async () => {
    await world.stack.create(world.properties());
    await world.stack.delete();
    world.endpoint.fail('AssumeRole', ROLE_MISSING, Infinity);
    const told = await world.stack.repeat(world.stack.events[0]);

    expect(told.Reason).toContain('AccessDenied: User: arn:aws:sts::123456789012:assumed-role/Function/f is not authorized to perform: sts:AssumeRole');
    expect(await world.versions()).toEqual([]);
  });

  test('finishes what it did not finish the first time, and can be rolled back', async () => {
    await world.stack.create(world.properties());
    const first = await world.value();
    world.stack.deaf = 5;
    // What comes after the value is written fails, and the function with it.
    world.endpoint.fail('AddTagsToResource', jsonError('InternalServerError', 'It failed', 500), 7, 1);
    await expect(world.stack.update(world.properties({ Value: { Generated: { Length: '20', Revision: '2' } } })))
      .rejects.toThrow('CloudFormation could not be told what became of Token');
    expect(await world.value()).not.toBe(first);
    const [, update] = world.stack.events;
    expect((await world.stack.repeat(update)).Status).toBe('SUCCESS');

    world.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');
    await world.stack.deliver({
      ...update, RequestId: 'rollback', ResourceProperties: update.OldResourceProperties!, OldResourceProperties: update.ResourceProperties,
    });
    expect(await world.value()).toBe(first);
  });

  test('removes the tags that are not wanted any more, which it did not the first time', async () => {
    const tagged = (...keys: string[]) => world.properties({ Tags: keys.map((Key) => ({ Key, Value: 'billing' })) });
    await world.stack.create(tagged('team', 'stage'));
    world.endpoint.fail('RemoveTagsFromResource', jsonError('InternalServerError', 'It failed', 500), 7);
    world.stack.deaf = 5;
    await expect(world.stack.update(tagged('team'))).rejects.toThrow('CloudFormation could not be told what became of Token');

    expect((await world.stack.repeat()).Status).toBe('SUCCESS');
    expect(await world.tags()).toEqual({ team: 'billing' });
  });
});
