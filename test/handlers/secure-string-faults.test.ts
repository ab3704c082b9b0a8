import { ParameterWorld } from '../support/handler/parameter-world';
import { jsonError, CHANGING, denied, keyDisabled, ROLE_MISSING, THROTTLED } from '../support/handler/recorded-answers';

let world: ParameterWorld;
beforeAll(async () => {
  world = await ParameterWorld.start();
});
beforeEach(() => world.next());
afterEach(() => world.assertNoValueToldAnywhere());
afterAll(() => world.stop());

const made = (why: string) => `Making the parameter ${world.name} failed: ${why}`;

describe('what passes', () => {
  test.each([
    ['throttled', 'PutParameter', THROTTLED],
    ['throttled when it looks', 'GetParameter', THROTTLED],
    ['refused while the permissions of the new role take effect', 'PutParameter', denied('ssm:PutParameter')],
    ['refused the new role', 'AssumeRole', ROLE_MISSING],
    ['refused while somebody else changes the parameter', 'PutParameter', CHANGING],
  ])('does not matter: %s', async (_what, operation, answer) => {
    world.endpoint.fail(operation, answer, 2);
    const told = await world.stack.create(world.properties());

    expect(told.Status).toBe('SUCCESS');
    expect(await world.versions()).toHaveLength(1);
  });

  test.each(['PutParameter', 'GetParameter', 'AssumeRole'])('does not matter: the endpoint dies in the middle of %s', async (operation) => {
    world.endpoint.fail(operation, 'dies after', 2);
    const told = await world.stack.create(world.properties());

    expect(told.Status).toBe('SUCCESS');
    expect(await world.versions()).toHaveLength(1);
  });

  test('does not matter: the endpoint dies before and after the value is changed', async () => {
    await world.stack.create(world.properties());
    const before = await world.value();
    world.endpoint.fail('AddTagsToResource', 'dies before');
    world.endpoint.fail('PutParameter', 'dies after');
    const told = await world.stack.update(world.properties({ KeyArn: await world.anotherKey() }));

    expect(told.Status).toBe('SUCCESS');
    expect(await world.value()).toBe(before);
  });
});

describe('CloudFormation gets the reason', () => {
  test('fails for a value that is too large for the tier', async () => {
    const SecretId = await world.secret('x'.repeat(4097));
    const told = await world.stack.create(world.properties({ Value: { Secret: { SecretId } } }));

    expect(told.Reason).toBe(made('the value has 4097 bytes, and Parameter Store takes 4096 in the standard tier; '
      + 'give tier: ParameterTier.ADVANCED, which takes 8192, or keep it in AWS Secrets Manager'));
  });

  test('fails for a value that is too large for any tier, counted in bytes', async () => {
    const SecretId = await world.secret('ü'.repeat(4097));
    const told = await world.stack.create(world.properties({ Tier: 'Advanced', Value: { Secret: { SecretId } } }));

    expect(told.Reason).toBe(made('the value has 8194 bytes, and Parameter Store takes 8192 in the advanced tier; keep it in AWS Secrets Manager'));
  });

  test('fails for a value that is empty', async () => {
    const SecretId = await world.secret('{"token":""}');
    const told = await world.stack.create(world.properties({ Value: { Secret: { SecretId, Field: 'token' } } }));

    expect(told.Reason).toBe(made('the value is empty, and Parameter Store takes none that is'));
  });

  test('fails for a key that is disabled', async () => {
    world.endpoint.fail('PutParameter', keyDisabled(world.key));
    const told = await world.stack.create(world.properties());

    expect(told.Reason).toBe(made(`InvalidKeyId: ${world.key} is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException; `
      + 'Request ID: 0f9b04ee-ab13-4f35-a2b2-d0902bfe6a1e; Proxy: null). '
      + `To mend it: Parameter Store cannot use the key ${world.key}; look whether it is enabled, or give another one`));
    expect(await world.versions()).toEqual([]);
  });

  test('fails where the value is under a key that is disabled, and is to be under another one', async () => {
    await world.stack.create(world.properties());
    const before = await world.value();
    world.endpoint.fail('GetParameter', keyDisabled(world.key), 1, 2);
    const told = await world.stack.update(world.properties({ KeyArn: await world.anotherKey() }));

    expect(told.Reason).toMatch(new RegExp(`InvalidKeyId: ${world.key} is disabled\\. .*To mend it: the value is under that key now, and Parameter Store cannot `
      + 'decrypt it; enable the key, or have another value written, with another revision or source$'));
    expect(await world.value()).toBe(before);
  });

  test('has another value written where that is asked for, though the key of the old one is disabled', async () => {
    await world.stack.create(world.properties());
    world.endpoint.fail('GetParameter', keyDisabled(world.key), Infinity, 2);
    const told = await world.stack.update(world.properties({ KeyArn: await world.anotherKey(), Value: { Generated: { Length: '20', Revision: '2' } } }));
    world.endpoint.forget();

    expect(told.Status).toBe('SUCCESS');
  });

  test('fails for a role that is refused for good', async () => {
    world.endpoint.fail('PutParameter', denied('kms:Encrypt'), Infinity);
    const told = await world.stack.create(world.properties());

    expect(told.Reason).toBe(made('AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/Writer/Token is not authorized to perform: kms:Encrypt. '
      + `To mend it: both halves must let in ${world.properties().RoleArn}: its IAM policy and the key policy; look at policies of your organization as well`));
  });

  test.each<[string, string, string | undefined, (secret: string) => string]>([
    ['is no JSON', 'swordfish-30', 'token', (secret) => `the secret ${secret} is no JSON, and has no field 'token'; leave the field out`],
    ['is a list', '["swordfish-31"]', '1', (secret) => `the secret ${secret} has no field '1'; give the name of one that it has`],
    ['is null', 'null', 'token', (secret) => `the secret ${secret} has no field 'token'; give the name of one that it has`],
    ['has other fields', '{"user":"swordfish-32"}', 'token', (secret) => `the secret ${secret} has no field 'token'; give the name of one that it has`],
    ['has a number there', '{"token":12345678901234567890}', 'token',
      (secret) => `the field 'token' of the secret ${secret} is no text; write it into the secret as a JSON string`],
    ['has the field of every object only', '{"token":"swordfish-33"}', 'toString',
      (secret) => `the secret ${secret} has no field 'toString'; give the name of one that it has`],
  ])('fails for a secret that %s', async (_what, text, Field, reason) => {
    const SecretId = await world.secret(text);
    const told = await world.stack.create(world.properties({ Value: { Secret: { SecretId, Field } } }));

    expect(told.Reason).toBe(made(reason(SecretId)));
  });

  test('fails for a secret of bytes', async () => {
    const SecretId = await world.secret(Buffer.from('swordfish-34'));
    const told = await world.stack.create(world.properties({ Value: { Secret: { SecretId } } }));

    expect(told.Reason).toBe(made(`the secret ${SecretId} holds bytes, and a parameter holds text; give a secret with a SecretString`));
  });

  test('fails for a secret that is not there', async () => {
    const SecretId = 'arn:aws:secretsmanager:eu-west-2:123456789012:secret:missing-AbCdEf';
    const told = await world.stack.create(world.properties({ Value: { Secret: { SecretId } } }));

    expect(told.Reason).toMatch(/ failed: ResourceNotFoundException: Secrets Manager can't find the specified secret\./);
    expect(told.Reason).toContain(`To mend it: the secret ${SecretId} has no value; write one before it is copied`);
  });

  test('fails for a ciphertext of another parameter', async () => {
    const Blob = await world.ciphertext('swordfish-35', world.key, '/another');
    const told = await world.stack.create(world.properties({ Value: { Ciphertext: { Blob, KeyArn: world.key } } }));

    expect(told.Reason).toMatch(/ failed: InvalidCiphertextException: /);
    expect(told.Reason).toContain('To mend it: the ciphertext does not fit; make it with aws kms encrypt '
      + `--key-id ${world.key} --encryption-context PARAMETER_ARN=${world.properties().ParameterArn}`);
  });

  test('fails for a ciphertext under another key', async () => {
    const Blob = await world.ciphertext('swordfish-36');
    // moto refuses it with another error.
    world.endpoint.fail('Decrypt', jsonError('IncorrectKeyException', 'The key ID in the request does not identify a CMK that can perform this operation.'));
    const told = await world.stack.create(world.properties({ Value: { Ciphertext: { Blob, KeyArn: world.key } } }));

    expect(told.Reason).toBe(made('IncorrectKeyException: The key ID in the request does not identify a CMK that can perform this operation. '
      + `To mend it: the ciphertext was made under another key than ${world.key}; give that key to fromCiphertext`));
  });

  test('fails for a ciphertext of bytes', async () => {
    const Blob = await world.ciphertext(new Uint8Array([0xff, 0xfe, 0x00]));
    const told = await world.stack.create(world.properties({ Value: { Ciphertext: { Blob, KeyArn: world.key } } }));

    expect(told.Reason).toBe(made('what is encrypted in the ciphertext is no text in UTF-8, and a parameter holds text; encrypt it as Base64 text'));
  });

  test('fails without the message of an error that could quote the value', async () => {
    const SecretId = await world.secret('swordfish-37');
    world.endpoint.fail('PutParameter', jsonError('ValidationException', 'Value \'swordfish-37\' at \'value\' failed to satisfy constraint'));
    const told = await world.stack.create(world.properties({ Value: { Secret: { SecretId } } }));

    expect(told.Reason).toBe(made('ValidationException. Its message is left out, because it could quote the value'));
  });

  test('fails without a word of a response that breaks off in the middle of the value', async () => {
    const SecretId = await world.secret('swordfish-38');
    world.endpoint.fail('GetSecretValue', 'breaks off', Infinity);
    const told = await world.stack.create(world.properties({ Value: { Secret: { SecretId } } }));

    expect(told).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/ failed: \w+\. Its message is left out, because it could quote the value$/) });
  });
});

test('a value that is told would be found', async () => {
  await world.stack.create(world.properties());
  const value = await world.value();
  world.stack.output.push(`the value is ${JSON.stringify(value)}`);

  await expect(world.assertNoValueToldAnywhere()).rejects.toThrow('toEqual');
  world.stack.output.pop();
});
