import { ACCOUNT, keyArn } from './fake-surroundings';
import { OPERATIONS } from './operations';
import { probe } from './probe';
import { AGREED, DESTINATION, operation, REGIONS, SOURCE, world } from './two-groups';
import { KmsService } from '../../src';

describe('before anybody agreed', () => {
  test('the plan says what is made, what it costs, and how long it takes', async () => {
    const { surroundings } = world();
    surroundings.answer = 'no';
    await probe(REGIONS, [operation(), { ...operation(), name: 'more', makes: 'more of them', dollars: 1, minutes: 90 }], surroundings);

    expect(surroundings.said.slice(0, -1).join('\n')).toBe(`Makes in eu-west-2, and for copies in ap-southeast-2, and deletes again:

  two-groups      two log groups: at most USD 0.25, 10 minutes
  more            more of them: at most USD 1.00, 90 minutes
  keys            two customer managed keys for each, deleted after seven days

Altogether at most about USD 1.25 and 120 minutes: all at once, then AWS CloudTrail, which takes a quarter of an hour.
It gives up after 240 minutes, and deletes what there is. Everything is tagged kms-probe; --clean finds what an interrupted probe left behind.`);
  });

  test.each(['', 'yes', 'no', '1111'])('nothing is called for the answer "%s"', async (answer) => {
    const { surroundings } = world();
    surroundings.answer = answer;

    expect(await probe(REGIONS, [operation()], surroundings)).toBe(2);
    expect(surroundings.questions).toHaveLength(1);
    expect(surroundings.said.at(-1)).toBe('Nothing was made.');
    expect(surroundings.calls).toEqual([]);
  });

  test('nothing is called where another account is typed than was given', async () => {
    const { surroundings } = world();

    expect(await probe([...REGIONS, '--account', '444455556666'], [operation()], surroundings)).toBe(2);
    expect(surroundings.calls).toEqual([]);
  });

  test.each(OPERATIONS.map((each) => [each.name, each] as const))('nothing is called by %s', async (_name, each) => {
    const { surroundings } = world();
    surroundings.answer = '';
    await probe(REGIONS, [each], surroundings);

    expect(surroundings.calls).toEqual([]);
  });

  test('nothing is called in CI, whatever was agreed', async () => {
    const { surroundings } = world();
    surroundings.environment.CI = 'true';

    expect(await probe(AGREED, [operation()], surroundings)).toBe(2);
    expect(surroundings.said).toEqual(['The probe costs money and wants somebody who agrees: it does not run in CI.']);
    expect(surroundings.calls).toEqual([]);
  });

  test('nothing is made where the credentials are those of another account', async () => {
    const { surroundings } = world({ 'sts.GetCallerIdentity': () => ({ Account: '444455556666', Arn: 'arn:aws:iam::444455556666:root' }) });

    expect(await probe(AGREED, [operation()], surroundings)).toBe(2);
    expect(surroundings.said.at(-1)).toBe(`The credentials are those of account 444455556666, not of ${ACCOUNT}. Nothing was made.`);
    expect(surroundings.calls.map(({ call }) => call)).toEqual(['sts.GetCallerIdentity']);
  });
});

describe('when somebody agreed', () => {
  test.each([['typed', REGIONS, 1], ['given', AGREED, 0]])('by an account that was %s, it makes a key in each Region, and deletes everything', async (_how, words, questions) => {
    const { surroundings, groups } = world();
    await probe(words, [operation()], surroundings);

    expect(surroundings.questions).toHaveLength(questions);
    expect(surroundings.callsOf('logs.CreateLogGroup').map(({ region, input }) => [region, input])).toEqual([
      [SOURCE, { logGroupName: 'kms-probe-test-two-groups', kmsKeyId: keyArn(SOURCE) }],
      [DESTINATION, { logGroupName: 'kms-probe-test-two-groups', kmsKeyId: keyArn(DESTINATION) }],
    ]);
    expect([...groups]).toEqual([]);
    expect(surroundings.callsOf('kms.ScheduleKeyDeletion').map(({ region, input }) => [region, input])).toEqual(
      [SOURCE, DESTINATION].map((region) => [region, { KeyId: keyArn(region).split('/')[1], PendingWindowInDays: 7 }]));
  });

  test('the keys have the policies that the library writes, with both Regions, and a tag', async () => {
    const { surroundings } = world();
    await probe(AGREED, [{ ...operation(), services: [KmsService.EBS_COPIES] }], surroundings);
    const [{ input: { Tags, Policy } }, there] = surroundings.callsOf('kms.CreateKey');
    const use = (policy: string) => JSON.parse(policy).Statement.find(({ Sid }: { Sid: string }) => Sid === 'UseThroughEbsCopies');

    expect(Tags).toEqual([{ TagKey: 'kms-probe', TagValue: 'kms-probe-test-two-groups' }]);
    expect(use(Policy).Condition.StringEquals['kms:ViaService'].sort()).toEqual([`ec2.${DESTINATION}.amazonaws.com`, `ec2.${SOURCE}.amazonaws.com`]);
    expect(use(there.input.Policy).Condition).toEqual(use(Policy).Condition);
  });

  test('--narrow hands each key over for its own Region', async () => {
    const { surroundings } = world();
    await probe([...AGREED, '--narrow'], [{ ...operation(), services: [KmsService.EBS_COPIES] }], surroundings);

    expect(surroundings.callsOf('kms.CreateKey')[0].input.Policy).not.toContain(`ec2.${DESTINATION}`);
  });
});

describe('AWS CloudTrail', () => {
  const record = (region: string, eventName: string, more = {}) => JSON.stringify({
    eventName,
    userIdentity: { type: 'AWSService', invokedBy: `logs.${region}.amazonaws.com` },
    requestParameters: { encryptionContext: { 'aws:logs:arn': 'arn:…' } },
    resources: [{ ARN: keyArn(region) }],
    ...more,
  });

  test('is read until no more comes, in both Regions, and the probe fails where something differs', async () => {
    const { surroundings } = world({
      'cloudTrail.LookupEvents': ({ NextToken }, region) => NextToken
        ? { Events: [{ EventId: `${region}-2`, CloudTrailEvent: record(region, 'Decrypt') }] }
        : { Events: [{ EventId: `${region}-1`, CloudTrailEvent: record(region, 'ReplicateKey') }], NextToken: 'more' },
    });

    expect(await probe(AGREED, [operation()], surroundings)).toBe(1);
    const lines = surroundings.said.join('\n');
    expect(lines).toMatch(/differs +two-groups +destination \(ap-southeast-2\) +kms:ReplicateKey +logs\.ap-southeast-2\.amazonaws\.com +itself +aws:logs:arn +not listed/);
    expect(lines).toMatch(/agrees +two-groups +source \(eu-west-2\) +kms:Decrypt/);
    expect(lines).toContain('two-groups sent: aws:logs:arn = arn:…\n2 differs');
    expect(lines).toContain('AWS CloudTrail: 4 calls with the keys of the probe so far');
    expect(lines).toMatch(/\n2 differs, \d+ not seen, 2 agrees$/);
  });

  test('has a quarter of an hour, and ends when it is too late', async () => {
    for (const [news, minutes] of [[false, 15], [true, 240]] as const) {
      let event = 0;
      const { surroundings } = world({
        'cloudTrail.LookupEvents': (_input, region) => ({ Events: news ? [{ EventId: `${event++}`, CloudTrailEvent: record(region, 'Decrypt') }] : [] }),
      });
      const began = surroundings.now();
      await probe(AGREED, [operation()], surroundings);

      expect((surroundings.now() - began) / 60_000).toBeGreaterThanOrEqual(minutes);
      expect((surroundings.now() - began) / 60_000).toBeLessThan(minutes + 3);
    }
  });
});
