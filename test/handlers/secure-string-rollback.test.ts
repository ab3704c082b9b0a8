import { randomUUID } from 'node:crypto';
import { ParameterProperties } from '../../src/secret/handler/wanted-parameter';
import { ParameterWorld } from '../support/handler/parameter-world';
import { keyDisabled, NO_DOWNGRADE } from '../support/handler/recorded-answers';

let world: ParameterWorld;
beforeAll(async () => {
  world = await ParameterWorld.start();
});
beforeEach(() => world.next());
afterEach(() => world.assertNoValueToldAnywhere());
afterAll(() => world.stop());

/** After these, the endpoint is there again for the rollback. */
const SDK_ATTEMPTS = 7;
const FIRST = { Generated: { Length: '32' } };
const SECOND = { Generated: { Length: '32', Revision: '2' } };

/** Makes the parameter, and lets an update of the stack fail after the parameter was changed. */
async function rolledBack(properties: Partial<ParameterProperties>): Promise<void> {
  world.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');
  await world.stack.update(world.properties(properties), 'fails');
  expect(world.stack.told.map(({ Status }) => Status)).not.toContain('FAILED');
}

test('an update that is rolled back has the generated value as it was', async () => {
  await world.stack.create(world.properties({ Value: FIRST }));
  const before = await world.value();
  await rolledBack({ Value: SECOND });

  expect((await world.versions()).map(({ Value }) => Value === before)).toEqual([true, false, true]);
});

test('the copy of a secret is as it was, also where the secret has changed meanwhile', async () => {
  const SecretId = await world.secret('swordfish-20');
  await world.stack.create(world.properties({ Value: { Secret: { SecretId } } }));
  await world.changeSecret(SecretId, 'swordfish-21');
  await rolledBack({ Value: SECOND });

  expect(await world.value()).toBe('swordfish-20');
});

test('what others wrote into the parameter before the update is there again', async () => {
  await world.stack.create(world.properties({ Value: FIRST }));
  await world.putByHand('swordfish-22', {}, true);
  await rolledBack({ Value: SECOND });

  expect(await world.value()).toBe('swordfish-22');
});

test('the value is under the old key again', async () => {
  await world.stack.create(world.properties({ Value: FIRST }));
  const before = await world.value();
  await rolledBack({ Value: SECOND, KeyArn: await world.anotherKey() });

  expect((await world.versions()).at(-1)).toMatchObject({ Value: before, KeyId: world.key });
});

test('a parameter that got another name has the old one again, and nothing is left of the other', async () => {
  await world.stack.create(world.properties({ Value: FIRST }));
  const before = await world.versions();
  const name = `/renamed/${randomUUID()}`;
  await rolledBack({ ParameterName: name, Value: SECOND });

  expect(world.stack.physicalId).toBe(world.name);
  expect(await world.versions()).toEqual(before);
  expect(await world.versions(name)).toEqual([]);
});

test('tags are as they were', async () => {
  await world.stack.create(world.properties({ Tags: [{ Key: 'team', Value: 'billing' }] }));
  await rolledBack({ Tags: [{ Key: 'stage', Value: 'test' }] });

  expect(await world.tags()).toEqual({ team: 'billing' });
});

test('a parameter that became advanced stays so, with the old value: Parameter Store has no way back', async () => {
  await world.stack.create(world.properties({ Value: FIRST }));
  const before = await world.value();
  world.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');
  await world.stack.update(world.properties({ Value: SECOND, Tier: 'Advanced' }));
  world.endpoint.fail('PutParameter', NO_DOWNGRADE);
  const told = await world.stack.update(world.properties({ Value: FIRST }));

  expect(told.Status).toBe('SUCCESS');
  expect((await world.versions()).at(-1)).toMatchObject({ Value: before, Tier: 'Advanced' });
});

test('fails to make a standard parameter of an advanced one when somebody wants it', async () => {
  await world.stack.create(world.properties({ Value: FIRST, Tier: 'Advanced' }));
  world.stackIs('UPDATE_IN_PROGRESS');
  world.endpoint.fail('PutParameter', NO_DOWNGRADE);
  const told = await world.stack.update(world.properties({ Value: FIRST }));

  expect(told).toMatchObject({
    Status: 'FAILED',
    Reason: `Changing the parameter ${world.name} failed: Parameter Store makes no standard parameter of an advanced one; `
      + 'leave tier: ParameterTier.ADVANCED, or give another parameterName',
  });
});

test('an update back to an earlier revision that nobody rolls back makes a new value', async () => {
  await world.stack.create(world.properties({ Value: FIRST }));
  world.stackIs('UPDATE_IN_PROGRESS');
  await world.stack.update(world.properties({ Value: SECOND }));
  await world.stack.update(world.properties({ Value: FIRST }));

  expect(new Set((await world.versions()).map(({ Value }) => Value)).size).toBe(3);
});

test.each<[string, 'dies before' | 'dies after', number]>([
  ['was never written', 'dies before', 1],
  ['was written, and nobody heard of it', 'dies after', 1],
])('an update whose new value %s has the old one after the rollback', async (_what, fault) => {
  await world.stack.create(world.properties({ Value: FIRST }));
  const before = await world.value();
  world.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');
  world.endpoint.fail('PutParameter', fault, SDK_ATTEMPTS);
  const told = await world.stack.update(world.properties({ Value: SECOND }));

  // Plain Node.js has TimeoutError ECONNRESET here: within jest, the SDK does not know the errors of sockets for what they are.
  expect(told.Reason).toMatch(/^Changing the parameter \S+ failed: (TimeoutError ECONNRESET|Error)\. Its message is left out, because it could quote the value$/);
  expect(await world.value()).toBe(before);
}, 120_000);

test('an update whose new key is disabled has the value under the old one', async () => {
  await world.stack.create(world.properties({ Value: FIRST }));
  const [before] = await world.versions();
  const key = await world.anotherKey();
  world.endpoint.fail('PutParameter', keyDisabled(key));
  const told = await world.stack.update(world.properties({ Value: FIRST, KeyArn: key }));

  expect(told.Reason).toContain(`InvalidKeyId: ${key} is disabled.`);
  expect(await world.versions()).toEqual([before]);
});

test('an update to another name that failed half-way leaves nothing of that name', async () => {
  await world.stack.create(world.properties({ Value: FIRST }));
  const before = await world.versions();
  const name = `/renamed/${randomUUID()}`;
  world.endpoint.fail('PutParameter', 'dies after', SDK_ATTEMPTS);
  const told = await world.stack.update(world.properties({ ParameterName: name, Value: FIRST }));

  expect(told).toMatchObject({ Status: 'FAILED', PhysicalResourceId: world.name });
  expect(await world.versions(name)).toEqual([]);
  expect(await world.versions()).toEqual(before);
}, 120_000);
