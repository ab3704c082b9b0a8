import { keyAnswer } from '../support/handler/ebs-default-key';
import { EbsWorld } from '../support/handler/ebs-world';
import { denied, EC2_DENIED, EC2_THROTTLED, THROTTLED } from '../support/handler/recorded-answers';

const AWS_MANAGED = 'alias/aws/ebs';
const TO_MEND = 'To mend it: look at the policies of your organization, which may keep this setting to itself, and for a key of somebody else at its policy';

let world: EbsWorld;
beforeAll(async () => {
  world = await EbsWorld.start('eu-west-3');
});
beforeEach(() => world.next());
afterAll(() => world.stop());

describe('what passes', () => {
  test.each([
    ['throttled', 'EnableEbsEncryptionByDefault', EC2_THROTTLED],
    ['throttled when it looks', 'GetEbsDefaultKmsKeyId', EC2_THROTTLED],
    ['throttled when it remembers', 'PutParameter', THROTTLED],
    ['refused while the permissions of the new role take effect', 'GetParameter', denied('ssm:GetParameter')],
    ['refused by Amazon EC2 while they do', 'GetEbsEncryptionByDefault', EC2_DENIED],
    ['refused the key while they do', 'DescribeKey', denied('kms:DescribeKey')],
    ['refused the change while they do', 'ModifyEbsDefaultKmsKeyId', EC2_DENIED],
  ])('does not matter: %s', async (_what, operation, answer) => {
    world.endpoint.fail(operation, answer, 2);
    const told = await world.stack.create(world.properties());

    expect(told.Status).toBe('SUCCESS');
    expect(await world.setting()).toEqual(['on', world.key]);
  });

  test.each([
    'GetParameter', 'PutParameter', 'GetEbsEncryptionByDefault', 'GetEbsDefaultKmsKeyId', 'DescribeKey', 'EnableEbsEncryptionByDefault', 'ModifyEbsDefaultKmsKeyId',
  ])('does not matter: the endpoint dies in the middle of %s', async (operation) => {
    world.endpoint.fail(operation, 'dies after', 2);
    const told = await world.stack.create(world.properties());
    expect(told.Status).toBe('SUCCESS');
    expect(await world.setting()).toEqual(['on', world.key]);

    await world.stack.delete();
    expect(await world.setting()).toEqual(['off', AWS_MANAGED]);
  });

  test.each(['ResetEbsDefaultKmsKeyId', 'DisableEbsEncryptionByDefault', 'DeleteParameter'])(
    'does not matter to a deletion: the endpoint dies in the middle of %s', async (operation) => {
      await world.stack.create(world.properties());
      world.endpoint.fail(operation, 'dies after', 2);

      expect((await world.stack.delete()).Status).toBe('SUCCESS');
      expect(await world.setting()).toEqual(['off', AWS_MANAGED]);
      expect(await world.record()).toBeUndefined();
    });

  test('does not matter: the policy of the key does not let the function look at it, only Amazon EC2', async () => {
    world.endpoint.fail('DescribeKey', denied('kms:DescribeKey'), Infinity);

    expect((await world.stack.create(world.properties())).Status).toBe('SUCCESS');
  });

  test('does not matter: Amazon EC2 shows the setting as it was before for a while', async () => {
    world.endpoint.fail('GetEbsDefaultKmsKeyId', keyAnswer('Get', AWS_MANAGED), 3);

    expect((await world.stack.create(world.properties())).Status).toBe('SUCCESS');
  });
});

describe('CloudFormation gets the reason', () => {
  test('fails where the organization keeps the setting to itself, without the message that nobody can read', async () => {
    world.endpoint.fail('EnableEbsEncryptionByDefault', EC2_DENIED, Infinity);
    const told = await world.stack.create(world.properties());

    expect(told.Reason).toBe('Setting EBS encryption by default failed: UnauthorizedOperation: You are not authorized to perform this operation. '
      + TO_MEND);
    expect(await world.setting()).toEqual(['off', AWS_MANAGED]);
    expect(await world.record()).toBeUndefined();
  });

  test('fails where Amazon EC2 accepts the key, and does not take it', async () => {
    world.endpoint.fail('GetEbsDefaultKmsKeyId', keyAnswer('Get', AWS_MANAGED), 6);
    const told = await world.stack.create(world.properties());

    expect(told.Reason).toBe(`Setting EBS encryption by default failed: Unsettled: Amazon EC2 was told to encrypt under ${world.key}, `
      + `and says that encryption is on, under ${AWS_MANAGED}`);
  });

  test('fails where it is not known whether another stack sets it still', async () => {
    await world.stack.create(world.properties());
    const other = await world.anotherStack();
    world.endpoint.fail('DescribeStackResource', denied('cloudformation:DescribeStackResource'), Infinity);

    expect((await other.create(world.properties())).Status).toBe('FAILED');
    expect(await world.setting()).toEqual(['on', world.key]);
  });

  test('in time, where the endpoint hangs', async () => {
    world.stack.time = 15_500;
    world.endpoint.fail('EnableEbsEncryptionByDefault', 'hangs', Infinity);
    const told = await world.stack.create(world.properties());

    expect(told).toMatchObject({ Status: 'FAILED', Reason: 'Setting EBS encryption by default took too long; deploy again' });
  });

  test('also where it does not listen at first', async () => {
    world.stack.deaf = 3;

    expect((await world.stack.create(world.properties())).Status).toBe('SUCCESS');
  });
});

describe('a deletion', () => {
  test('leaves encryption on where switching it off is denied, and says so', async () => {
    await world.stack.create(world.properties());
    world.endpoint.fail('DisableEbsEncryptionByDefault', EC2_DENIED, Infinity);
    const told = await world.stack.delete();

    expect(told).toMatchObject({ Status: 'SUCCESS', Reason: 'encryption by default is left on, because switching it off is denied' });
    expect(await world.setting()).toEqual(['on', AWS_MANAGED]);
    expect(await world.record()).toBeUndefined();
  });

  test('restores a former key that the function may not look at', async () => {
    const former = await world.anotherKey();
    await world.set(['on', former]);
    await world.stack.create(world.properties());
    world.endpoint.fail('DescribeKey', denied('kms:DescribeKey'), Infinity);

    expect((await world.stack.delete()).Reason).toBeUndefined();
    expect(await world.setting()).toEqual(['on', former]);
  });

  test('is not blocked by a former key that Amazon EC2 refuses', async () => {
    const former = await world.anotherKey();
    await world.set(['on', former]);
    await world.stack.create(world.properties());
    world.endpoint.fail('ModifyEbsDefaultKmsKeyId', EC2_DENIED, Infinity);
    const told = await world.stack.delete();

    expect(told).toMatchObject({
      Status: 'SUCCESS', Reason: `the default key is the AWS managed one now, because the former one, ${former}, is refused with UnauthorizedOperation`,
    });
    expect(await world.setting()).toEqual(['on', AWS_MANAGED]);
  });

  test('fails while Amazon EC2 cannot be reached, and restores the former key when it comes again', async () => {
    const former = await world.anotherKey();
    await world.set(['on', former]);
    await world.stack.create(world.properties());
    world.endpoint.fail('ModifyEbsDefaultKmsKeyId', 'dies before', 7);
    const told = await world.stack.delete();
    expect(told).toMatchObject({ Status: 'FAILED', Reason: expect.stringMatching(/^Restoring EBS encryption by default failed: \w+: /) });

    await world.stack.delete();
    expect(await world.setting()).toEqual(['on', former]);
  });

  test('fails where the default key cannot be given back at all: launches would fail under a deleted key', async () => {
    await world.stack.create(world.properties());
    world.endpoint.fail('ResetEbsDefaultKmsKeyId', EC2_DENIED, Infinity);

    expect((await world.stack.delete()).Reason).toContain('Restoring EBS encryption by default failed: UnauthorizedOperation: ');
    expect(await world.record()).toBeDefined();
  });
});
