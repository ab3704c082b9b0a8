import { randomUUID } from 'node:crypto';
import { ParameterWorld } from '../support/handler/parameter-world';
import { keyDisabled } from '../support/handler/recorded-answers';

let world: ParameterWorld;
let key: string;
beforeAll(async () => {
  world = await ParameterWorld.start();
});
beforeEach(async () => {
  await world.next();
  await world.putByHand('swordfish-1');
  key = await world.keyThere();
});
afterEach(() => world.assertNoValueToldAnywhere());
afterAll(() => world.stop());

const values = async () => (await world.versionsThere()).map(({ Value }) => Value);

test('a copy has the value of its source, under the key of the other Region, and is told to nobody', async () => {
  const told = await world.stack.create(world.copy({ KeyArn: key }));

  expect(told).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: world.name, NoEcho: true });
  expect(told).not.toHaveProperty('Data');
  expect(await world.versionsThere()).toEqual([expect.objectContaining({ Type: 'SecureString', KeyId: key, Value: 'swordfish-1' })]);
  expect(await world.versions()).toEqual([expect.objectContaining({ KeyId: world.key, Value: 'swordfish-1' })]);
});

test.each<[string, { From?: string; Revision?: string }]>([
  ['where the value of the source comes from elsewhere', { From: 'another generated value' }],
  ['with another revision', { Revision: '2' }],
])('the value is copied again %s', async (_when, parameter) => {
  await world.stack.create(world.copy({ KeyArn: key }));
  await world.putByHand('swordfish-2', {}, true);
  await world.stack.update(world.copy({ KeyArn: key }, parameter));

  expect(await values()).toEqual(['swordfish-1', 'swordfish-2']);
});

test('the value stays where nothing is said of its source, also under another key', async () => {
  await world.stack.create(world.copy({ KeyArn: key }));
  await world.putByHand('swordfish-2', {}, true);
  const another = await world.keyThere();
  await world.stack.update(world.copy({ KeyArn: another }));

  expect((await world.versionsThere()).map(({ Value, KeyId }) => [Value, KeyId])).toEqual([['swordfish-1', key], ['swordfish-1', another]]);
});

test('an update that is rolled back has the value as it was, whatever the source has now', async () => {
  await world.stack.create(world.copy({ KeyArn: key }));
  await world.putByHand('swordfish-2', {}, true);
  world.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');
  await world.stack.update(world.copy({ KeyArn: key }, { Revision: '2' }), 'fails');

  expect(await values()).toEqual(['swordfish-1', 'swordfish-2', 'swordfish-1']);
});

test('a repeated request copies once', async () => {
  await world.stack.create(world.copy({ KeyArn: key }));
  await world.stack.repeat();

  expect(await values()).toEqual(['swordfish-1']);
});

test('the value goes along to another name there, and the source stays under its own', async () => {
  await world.stack.create(world.copy({ KeyArn: key }));
  await world.putByHand('swordfish-2', {}, true);
  const name = `/renamed/${randomUUID()}`;
  await world.stack.update(world.copy({ KeyArn: key, ParameterName: name }));

  expect((await world.versionsThere(name)).map(({ Value }) => Value)).toEqual(['swordfish-1']);
  expect(await values()).toEqual([]);
  expect(await world.value()).toBe('swordfish-2');
});

test('a copy that is deleted leaves its source of the same name', async () => {
  await world.stack.create(world.copy({ KeyArn: key }));
  await world.stack.delete();

  expect(await values()).toEqual([]);
  expect(await world.value()).toBe('swordfish-1');
});

test('fails for a name that is taken there, and leaves what has it', async () => {
  await world.putThereByHand('of somebody else');
  const { Reason } = await world.stack.create(world.copy({ KeyArn: key }));

  expect(Reason).toBe(`Making the parameter ${world.name} failed: a parameter of this name exists, and belongs to no stack or to another resource; `
    + 'give another parameterName, or delete that one');
  expect(await values()).toEqual(['of somebody else']);
});

test('fails for a source that is not there', async () => {
  await world.deleteByHand();
  const { Reason } = await world.stack.create(world.copy({ KeyArn: key }));

  expect(Reason).toMatch(new RegExp(`^Making the parameter ${world.name} failed: ParameterNotFound: .*To mend it: the parameter ${world.name} is not there to be `
    + 'copied; make it before$'));
  expect(await values()).toEqual([]);
});

test('fails for a key there that is disabled', async () => {
  world.endpoint.fail('PutParameter', keyDisabled(key));
  const { Reason } = await world.stack.create(world.copy({ KeyArn: key }));

  expect(Reason).toContain(`Parameter Store cannot use the key ${key}; look whether it is enabled, or give another one`);
});
