import { randomUUID } from 'node:crypto';
import { ParameterProperties } from '../../src/secret/handler/wanted-parameter';
import { ParameterWorld } from '../support/handler/parameter-world';

let world: ParameterWorld;
beforeAll(async () => {
  world = await ParameterWorld.start();
});
beforeEach(() => world.next());
afterEach(() => world.assertNoValueToldAnywhere());
afterAll(() => world.stop());

const GENERATED = { Generated: { Length: '32' } };

describe('a generated value', () => {
  test('is made, is encrypted under the key, and is told to nobody', async () => {
    const told = await world.stack.create(world.properties({ Value: GENERATED }));

    expect(told).toEqual({
      Status: 'SUCCESS',
      PhysicalResourceId: world.name,
      NoEcho: true,
      StackId: world.stack.stackId,
      LogicalResourceId: 'Token',
      RequestId: expect.any(String),
    });
    expect(await world.versions()).toEqual([expect.objectContaining({ Type: 'SecureString', KeyId: world.key, Value: expect.stringMatching(/^[!-~]{32}$/) })]);
  });

  test('stays while its options stay', async () => {
    await world.stack.create(world.properties({ Value: GENERATED }));
    const [{ Value }] = await world.versions();
    await world.stack.update(world.properties({ Value: GENERATED, Tags: [{ Key: 'team', Value: 'billing' }] }));

    expect(await world.versions()).toEqual([expect.objectContaining({ Value })]);
  });

  test('is another one with another revision', async () => {
    await world.stack.create(world.properties({ Value: GENERATED }));
    await world.stack.update(world.properties({ Value: { Generated: { Length: '32', Revision: '2' } } }));

    expect(new Set((await world.versions()).map(({ Value }) => Value)).size).toBe(2);
  });

  test('is encrypted under another key, the same value', async () => {
    await world.stack.create(world.properties({ Value: GENERATED }));
    const key = await world.anotherKey();
    await world.stack.update(world.properties({ Value: GENERATED, KeyArn: key }));

    const [first, second] = await world.versions();
    expect(second).toMatchObject({ KeyId: key, Value: first.Value });
  });

  test('goes along to another name, and the old parameter is deleted', async () => {
    await world.stack.create(world.properties({ Value: GENERATED }));
    const [{ Value }] = await world.versions();
    const name = `/renamed/${randomUUID()}`;
    const told = await world.stack.update(world.properties({ Value: GENERATED, ParameterName: name }));

    expect(told.PhysicalResourceId).toBe(name);
    expect(await world.versions(name)).toEqual([expect.objectContaining({ Value })]);
    expect(await world.versions()).toEqual([]);
  });
});

test('a generated value goes along to another name and another key at once, and comes back', async () => {
  await world.stack.create(world.properties());
  const [before, old] = [await world.value(), world.name];
  world.name = `/billing/${randomUUID()}`;
  const properties = world.properties({ KeyArn: await world.anotherKey() });
  world.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');
  await world.stack.update(properties, 'fails');
  expect([await world.versions(world.name), (await world.versions(old)).map(({ Value }) => Value)]).toEqual([[], [before]]);

  await world.stack.update(properties);
  expect((await world.versions()).map(({ Value, KeyId }) => [Value, KeyId])).toEqual([[before, properties.KeyArn]]);
  expect(await world.versions(old)).toEqual([]);
});

test('fails for another slash only, which could be the same parameter, and leaves the value', async () => {
  const name = randomUUID();
  const ParameterArn = `arn:aws:ssm:eu-west-2:123456789012:parameter/${name}`;
  await world.stack.create(world.properties({ ParameterName: name, ParameterArn }));
  const before = await world.versions(name);
  const told = await world.stack.update(world.properties({ ParameterName: `/${name}`, ParameterArn }));

  expect(told.Reason).toBe(`Changing the parameter /${name} failed: the names ${name} and /${name} share an ARN; `
    + 'give a parameterName that differs by more than the slash');
  expect(await world.versions(name)).toEqual(before);
  expect(world.endpoint.operations).not.toContain('DeleteParameter');
});

describe('a value from a secret', () => {
  test.each([
    ['the whole secret', 'swordfish-4', undefined, 'swordfish-4'],
    ['a field of it', '{"user":"admin","password":"swordfish-5"}', 'password', 'swordfish-5'],
    ['a field that is named like a member of every object', '{"constructor":"swordfish-6"}', 'constructor', 'swordfish-6'],
  ])('is %s', async (_what, text, Field, value) => {
    await world.stack.create(world.properties({ Value: { Secret: { SecretId: await world.secret(text), Field } } }));

    expect(await world.value()).toBe(value);
  });

  test('is copied again with another revision only', async () => {
    const SecretId = await world.secret('swordfish-7');
    await world.stack.create(world.properties({ Value: { Secret: { SecretId } } }));
    await world.changeSecret(SecretId, 'swordfish-8');

    await world.stack.update(world.properties({ Value: { Secret: { SecretId } }, Description: 'of the bank' }));
    expect(await world.value()).toBe('swordfish-7');
    await world.stack.update(world.properties({ Value: { Secret: { SecretId, Revision: '2' } } }));
    expect(await world.value()).toBe('swordfish-8');
  });
});

describe('a value that was encrypted beforehand', () => {
  test('is decrypted with the encryption context of the parameter', async () => {
    const Blob = await world.ciphertext('swordfish-9');
    await world.stack.create(world.properties({ Value: { Ciphertext: { Blob, KeyArn: world.key } } }));

    expect(await world.value()).toBe('swordfish-9');
  });

  test('may be as long as AWS KMS encrypts', async () => {
    const Blob = await world.ciphertext('x'.repeat(4096));
    await world.stack.create(world.properties({ Value: { Ciphertext: { Blob, KeyArn: world.key } } }));

    expect(await world.value()).toHaveLength(4096);
  });
});

describe('tags', () => {
  test('reach the parameter, change and go, and the tags of others stay', async () => {
    await world.stack.create(world.properties({ Tags: [{ Key: 'team', Value: 'billing' }, { Key: 'stage', Value: 'test' }] }));
    await world.tag('by', 'hand');
    expect(await world.tags()).toEqual({ team: 'billing', stage: 'test', by: 'hand' });

    await world.stack.update(world.properties({ Tags: [{ Key: 'team', Value: 'payments' }] }));
    expect(await world.tags()).toEqual({ team: 'payments', by: 'hand' });
  });
});

describe('where somebody removed our tags', () => {
  const STATE = ['cdk-kms-patterns:owner', 'cdk-kms-patterns:state', 'cdk-kms-patterns:requests'];

  test.each<[string, (key: string) => Partial<ParameterProperties>]>([
    ['another description', () => ({ Description: 'of the bank' })],
    ['other tags', () => ({ Tags: [{ Key: 'team', Value: 'billing' }] })],
    ['another key', (KeyArn) => ({ KeyArn })],
  ])('the value stays: %s', async (_what, properties) => {
    await world.stack.create(world.properties());
    const before = await world.value();
    await world.untag(...STATE);
    const told = await world.stack.update(world.properties(properties(await world.anotherKey())));

    expect(told.Status).toBe('SUCCESS');
    expect(await world.value()).toBe(before);
  });

  test('another revision is another value, and is rolled back', async () => {
    await world.stack.create(world.properties());
    const before = await world.value();
    await world.untag(...STATE);
    world.stackIs('UPDATE_ROLLBACK_IN_PROGRESS');
    await world.stack.update(world.properties({ Value: { Generated: { Length: '20', Revision: '2' } } }), 'fails');

    expect((await world.versions()).length).toBeGreaterThan(1);
    expect(await world.value()).toBe(before);
  });
});

describe('a deletion', () => {
  test('deletes the parameter', async () => {
    await world.stack.create(world.properties());
    await world.stack.delete();

    expect(await world.versions()).toEqual([]);
  });

  test('of what is gone succeeds', async () => {
    await world.stack.create(world.properties());
    await world.stack.delete();

    expect((await world.stack.delete()).Status).toBe('SUCCESS');
  });

  test('leaves a parameter of somebody else, after a creation that failed because of it', async () => {
    await world.putByHand('swordfish-10');
    const told = await world.stack.create(world.properties());

    expect(told.Reason).toBe(`Making the parameter ${world.name} failed: a parameter of this name exists, and belongs to no stack or to another resource; `
      + 'give another parameterName, or delete that one');
    expect(await world.value()).toBe('swordfish-10');
  });

  test('leaves a parameter that was made again by another resource', async () => {
    await world.stack.create(world.properties());
    await world.deleteByHand();
    await world.putByHand('swordfish-11', { 'cdk-kms-patterns:owner': 'another' });
    await world.stack.delete();

    expect(await world.value()).toBe('swordfish-11');
  });

  test('deletes a parameter whose tags somebody removed', async () => {
    await world.stack.create(world.properties());
    await world.untag('cdk-kms-patterns:owner', 'cdk-kms-patterns:state', 'cdk-kms-patterns:requests');
    await world.stack.delete();

    expect(await world.versions()).toEqual([]);
  });
});

test('a parameter that somebody deleted is made again', async () => {
  await world.stack.create(world.properties());
  await world.deleteByHand();
  await world.stack.update(world.properties({ Description: 'again' }));

  expect(await world.versions()).toHaveLength(1);
});

test('the tier of advanced parameters takes 8,192 bytes', async () => {
  const SecretId = await world.secret('ü'.repeat(4096));
  const told = await world.stack.create(world.properties({ Tier: 'Advanced', Value: { Secret: { SecretId } } }));

  expect(told.Status).toBe('SUCCESS');
  expect(await world.value()).toBe('ü'.repeat(4096));
});
