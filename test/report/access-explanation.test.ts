import { UNKNOWN_DEPLOYMENT } from '../../src/access/template/deployment-unknowns';
import { explainAccess, Explanation, ExplainRequest } from '../../src/report/access-explanation';
import { A, K, R, ROOT, U, World, worldModel } from '../support/access-world';

const DECRYPT = { Effect: 'Allow', Action: 'kms:Decrypt' };
const BY_IAM = { ...DECRYPT, Sid: 'ByIam', Principal: { AWS: ROOT }, Resource: '*' };

function explain(world: World, question: Partial<ExplainRequest> = {}): Explanation {
  return explainAccess(worldModel(world), { principal: R, key: 'K', action: 'kms:Decrypt', ...question });
}

test('names the statements of both halves, and where they stand', () => {
  const { decision, routes } = explain({ keyPolicy: [BY_IAM], r: [{ ...DECRYPT, Resource: K }] });
  expect(decision.verdict).toBe('allowed');
  expect(routes.filter(({ holds }) => holds === 'yes')).toEqual([{
    kind: 'delegated',
    holds: 'yes',
    factors: [
      {
        half: 'key policy',
        holds: 'yes',
        missing: 'a statement of the key policy that delegates kms:Decrypt to IAM',
        statements: [{ name: 'ByIam of Keys/K', at: { stack: 'Keys', logicalId: 'K', index: 0, sid: 'ByIam' }, holds: 'yes', conditions: [] }],
      },
      {
        half: 'IAM policy',
        holds: 'yes',
        missing: `an IAM policy that allows kms:Decrypt on the key to ${R}`,
        statements: [{ name: 'statement 0 of People/R (Inline)', at: { stack: 'People', logicalId: 'R', policy: 'Inline', index: 0 }, holds: 'yes', conditions: [] }],
      },
    ],
  }]);
});

test('names the constructs that cdk synth knows', () => {
  const metadata = { Metadata: { 'aws:cdk:path': 'Keys/Data/Resource' } };
  const { key, routes } = explain({ resources: { D: { Type: 'AWS::KMS::Key', ...metadata, Properties: { KeyPolicy: { Statement: [BY_IAM] } } } } }, { key: 'Keys/D' });
  expect(key).toMatchObject({ name: 'Keys/Data', constructPath: 'Keys/Data/Resource' });
  expect(routes.flatMap(({ factors }) => factors.flatMap(({ statements }) => statements))).toMatchObject([{ constructPath: 'Keys/Data/Resource' }]);
});

test('names a role that a template makes by its construct', () => {
  expect(explain({}, { principal: U }).principal).toEqual({ name: 'People/U', arn: U });
});

describe('kms:ViaService', () => {
  test.each<[via: string, world: World, context: string]>([
    ['s3', {}, 'kms:ViaService = s3.eu-west-1.amazonaws.com'],
    ['s3', { deployment: { region: 'cn-north-1', partition: 'aws-cn' } }, 'kms:ViaService = s3.cn-north-1.amazonaws.com'],
    ['s3', { deployment: UNKNOWN_DEPLOYMENT }, 'kms:ViaService = s3.<AWS::Region>.amazonaws.com'],
    ['s3.us-east-1.amazonaws.com', {}, 'kms:ViaService = s3.us-east-1.amazonaws.com'],
  ])('of %s %#', (via, world, context) => {
    expect(explain(world, { principal: 'sns.amazonaws.com', via }).context).toEqual([context]);
  });
});

test('says what the request says as it was written, also that it has none', () => {
  const context = { 'kms:EncryptionContext:Tenant': ['a', 'b'], 'aws:SourceArn': null, 'kms:viaService': 'x' };
  expect(explain({}, { context }).context).toEqual(['kms:EncryptionContext:Tenant = a, b', 'no aws:SourceArn', 'kms:viaService = x']);
});

test('an action needs no prefix', () => {
  expect(explain({}, { action: 'Decrypt' }).action).toBe('kms:Decrypt');
});

test('what is allowed needs nothing written and has no near misses', () => {
  const { whatToWrite, nearMisses } = explain({ keyPolicy: [BY_IAM, { ...DECRYPT, Principal: { AWS: U }, Resource: '*' }], r: [{ ...DECRYPT, Resource: K }] });
  expect([whatToWrite, nearMisses]).toEqual([[], []]);
});

test('what is denied has the statements that somebody may have had in mind', () => {
  expect(explain({ keyPolicy: [{ ...DECRYPT, Principal: { AWS: U }, Resource: '*' }] }).nearMisses).toEqual([
    { half: 'key policy', name: 'statement 0 of Keys/K', why: `it names ${U}, not ${R}` },
  ]);
});

test('a statement for services comes near to services alone', () => {
  const world: World = { keyPolicy: [{ ...DECRYPT, Principal: { Service: ['sns.amazonaws.com', 'sqs.amazonaws.com'] }, Resource: '*' }] };
  expect(explain(world).nearMisses).toEqual([]);
  expect(explain(world, { principal: 's3.amazonaws.com' }).nearMisses).toEqual([
    { half: 'key policy', name: 'statement 0 of Keys/K', why: 'it names sns.amazonaws.com, sqs.amazonaws.com, not s3.amazonaws.com' },
  ]);
});

describe('what to write', () => {
  test('is all of what is missing, for each way there is', () => {
    expect(explain({}).whatToWrite).toEqual([
      [[`a statement of the key policy that allows kms:Decrypt to ${R}, with Resource "*"`]],
      [['a statement of the key policy that delegates kms:Decrypt to IAM, with Resource "*"'],
        [`an IAM policy that allows kms:Decrypt on the key to ${R}, with Resource arn:aws:kms:eu-west-1:${A}:key/<Keys/K>`]],
    ]);
  });

  test('is never what a permissions boundary would still deny', () => {
    const { whatToWrite } = explain({ boundary: [] });
    expect(whatToWrite[0]).toEqual([[`a statement of the key policy that allows kms:Decrypt to a session of ${R}, with Resource "*"`]]);
    const boundary = [`a permissions boundary of ${R} that allows kms:Decrypt on the key`];
    expect(whatToWrite.slice(1).map((steps) => steps.at(-1))).toEqual([boundary, boundary]);
    const named = { ...DECRYPT, Principal: { AWS: R }, Resource: '*' };
    expect(explain({ boundary: [], keyPolicy: [named] }).decision.verdict).toBe('denied');
  });

  test('is about the Deny alone where one always applies', () => {
    const deny = { Sid: 'No', Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
    expect(explain({ keyPolicy: [deny] }).whatToWrite).toEqual([[['the Deny No of Keys/K taken away, or narrowed so that it leaves this out']]]);
  });

  test('has every Deny that always applies', () => {
    const deny = { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*' };
    expect(explain({ keyPolicy: [{ ...deny, Sid: 'One' }, { ...deny, Sid: 'Two' }] }).whatToWrite).toEqual([
      ['One', 'Two'].map((sid) => [`the Deny ${sid} of Keys/K taken away, or narrowed so that it leaves this out`]),
    ]);
  });
});

test('others in the account are told apart from who asks', () => {
  expect(explain({ keyPolicy: [BY_IAM] })).toMatchObject({ decision: { verdict: 'denied' }, others: [{ who: `others in ${A} by IAM outside these templates`, decision: { verdict: 'allowed' } }] });
});

test('JSON has no marks of what is not known', () => {
  const world: World = { keyPolicy: [BY_IAM, { ...DECRYPT, Principal: { AWS: { 'Fn::ImportValue': 'x' } }, Resource: '*' }], deployment: UNKNOWN_DEPLOYMENT, boundary: [] };
  const text = JSON.stringify([explain(world), explain(world, { principal: 'People/R', via: 's3' })]);
  expect(text).toContain('<AWS::Region>');
  expect(text).not.toMatch(/[\uE000-\uE005]/);
});

test.each<[string, Partial<ExplainRequest>, string]>([
  ['a principal', { principal: 'Nobody' }, "UnknownPrincipal: this is no principal of the templates, given: 'Nobody'; "
    + 'write the logical id or the ARN of a role or user, an account, or a service principal such as sns.amazonaws.com'],
  ['a key', { key: 'Nothing' }, "UnknownKey: no template makes this key, given: 'Nothing'; write its logical id, StackName/LogicalId, alias, id or ARN"],
  ['an action', { action: 'Decrpt' }, "UnknownAction: AWS KMS has no action of this name, given: 'Decrpt'; write kms:Decrypt, for example"],
])('fails for %s that there is none of', (_, question, message) => {
  expect(() => explain({}, question)).toThrow(new Error(message));
});
