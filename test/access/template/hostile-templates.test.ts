import { AccessModel } from '../../../src/access/access-model';
import { UNKNOWN_DEPLOYMENT } from '../../../src/access/template/deployment-unknowns';
import { readTemplate } from '../../../src/access/template/template';
import { A, ask, K, R, worldModel } from '../../support/access-world';
import { keyAllows, keyDenies, NAMES_R } from '../golden/statements';

function nested(depth: number, inner: unknown): unknown {
  let value = inner;
  for (let i = 0; i < depth; i++) {
    value = [value];
  }
  return value;
}

describe('a key policy that nobody can read is unknown', () => {
  test.each<[string, unknown]>([
    ['a number', 4],
    ['a string that is no JSON', 'kms:*'],
    ['a list', []],
    ['an import that nobody exports', { 'Fn::ImportValue': 'Policy' }],
    ['a statement that is a number', { Statement: [7] }],
    ['a statement that is a function', { Statement: [{ 'Fn::Transform': { Name: 'Policy' } }] }],
    ['an effect that AWS does not know', { Statement: [{ ...NAMES_R, Effect: 'allow' }] }],
    ['an operator that AWS does not know', { Statement: [{ ...NAMES_R, Condition: { StringEqual: { a: 'b' } } }] }],
    ['a condition that is known at deployment only', { Statement: [{ ...NAMES_R, Condition: { StringEquals: { 'Fn::GetAtt': ['Json', 'Value'] } } }] }],
    ['an action that is known at deployment only', { Statement: [{ ...NAMES_R, Action: { 'Fn::ImportValue': 'Action' } }] }],
  ])('%s', (_, KeyPolicy) => {
    expect(ask({ key: { KeyPolicy } })).toMatchObject({ verdict: 'unknown' });
  });
});

test('values of two branches are not taken for the same', () => {
  const branches = (name: string) => ({ StringEquals: { 'kms:ViaService': { 'Fn::If': [name, `s3.${name}.amazonaws.com`, `sqs.${name}.amazonaws.com`] } } });
  expect(ask({ keyPolicy: [keyAllows({ AWS: R }, 'kms:*', branches('a')), keyDenies('*', 'kms:*', branches('b'))] })).toMatchObject({ verdict: 'unknown' });
});

test('whether policy variables are known is not known where the version is not', () => {
  const statement = keyAllows({ AWS: R }, 'kms:*', { StringEquals: { 'aws:PrincipalTag/team': '${aws:PrincipalTag/team}' } });
  const question = { context: { 'aws:PrincipalTag/team': 'a' }, complete: true };
  const versioned = (Version: unknown, Statement: object) => ask({ key: { KeyPolicy: { Version, Statement } } }, question).verdict;
  expect(['2012-10-17', '2008-10-17', undefined, { Ref: 'Given' }].map((version) => versioned(version, statement))).toEqual(['allowed', 'denied', 'denied', 'unknown']);
  expect(versioned({ Ref: 'Given' }, NAMES_R)).toBe('allowed');
});

test('a key policy as JSON in a string is read', () => {
  expect(ask({ key: { KeyPolicy: JSON.stringify({ Statement: NAMES_R }) } })).toMatchObject({ verdict: 'allowed' });
});

test('a policy of 100,000 lists in each other is read, or unknown', () => {
  expect(ask({ keyPolicy: [{ ...NAMES_R, Action: nested(100_000, 'kms:Decrypt') }] })).toMatchObject({ verdict: 'unknown' });
  expect(ask({ keyPolicy: [{ ...NAMES_R, Condition: nested(100_000, 1) as object }] })).toMatchObject({ verdict: 'unknown' });
  expect(ask({ key: { KeyPolicy: nested(100_000, NAMES_R) } })).toMatchObject({ verdict: 'unknown' });
});

test('condition keys and parameters can have the names that every object has', () => {
  const condition = JSON.parse('{"StringEquals": {"__proto__": "x", "constructor": "y"}}') as object;
  expect(ask({ keyPolicy: [keyAllows({ AWS: R }, 'kms:*', condition)] })).toMatchObject({ verdict: 'denied' });
  expect(() => ask({}, { key: '__proto__' })).toThrow("UnknownKey: no template makes this key, given: '__proto__'");
});

test('statements that contradict themselves do not multiply the combinations', () => {
  const tags = Array.from({ length: 24 }, (_, i) => keyDenies('*', 'kms:*', {
    StringEquals: { [`aws:PrincipalTag/a${i}`]: 'x', [`aws:PrincipalTag/b${i}`]: 'x', [`aws:PrincipalTag/c${i}`]: 'x' },
    StringNotEquals: { [`aws:PrincipalTag/a${i}`]: 'x' },
  }));
  expect(ask({ keyPolicy: [NAMES_R, ...tags] })).toMatchObject({ verdict: 'allowed' });
});

test('a policy far beyond the limits of AWS is answered soon', () => {
  const statements = Array.from({ length: 4_000 }, (_, i) => keyDenies('*', 'kms:*', { StringLike: { 'kms:ViaService': [`s${i}.*`, `*.${i}`], [`aws:PrincipalTag/${i}`]: 'x*' } }));
  const values = Array.from({ length: 20_000 }, (_, i) => `s${i}.eu-west-1.amazonaws.com`);
  expect(ask({ keyPolicy: [NAMES_R, ...statements] }).verdict).toBe('unknown');
  expect(ask({ keyPolicy: [keyAllows({ AWS: R }, 'kms:*', { StringEquals: { 'kms:ViaService': values } })] }).verdict).toBe('conditional');
});

test('a template that is no object has no keys', () => {
  expect([null, 3, 'x', [], { Resources: [] }, { Resources: { K: 7 } }].map((body) => new AccessModel([readTemplate('S', UNKNOWN_DEPLOYMENT, body)]).keys)).toEqual(
    [[], [], [], [], [], []]);
});

test.each<[string, object, string]>([
  ['a principal', { principal: 'Nobody' }, "UnknownPrincipal: this is no principal of the templates, given: 'Nobody'; "
    + 'write the logical id or the ARN of a role or user, an account, or a service principal such as sns.amazonaws.com'],
  ['a key', { key: 'alias/none' }, "UnknownKey: no template makes this key, given: 'alias/none'; write its logical id, StackName/LogicalId, alias, id or ARN"],
  ['an action', { action: 'kms:*' }, "UnknownAction: AWS KMS has no action of this name, given: 'kms:*'; write kms:Decrypt, for example"],
  ['an operation that takes two actions', { action: 'kms:ReEncrypt' },
    "UnknownAction: AWS KMS has no action of this name, given: 'kms:ReEncrypt'; write kms:ReEncryptFrom or kms:ReEncryptTo"],
  ['an id that two stacks have', { principal: 'RB', key: 'Twice' },
    "AmbiguousKey: the templates make 2 of this name, given: 'Twice'; write 'One/Twice' or 'Two/Twice'"],
])('fails for %s that nobody knows', (_, question, message) => {
  const keys = { Resources: { Twice: { Type: 'AWS::KMS::Key' } } };
  const model = new AccessModel([readTemplate('One', UNKNOWN_DEPLOYMENT, keys), readTemplate('Two', UNKNOWN_DEPLOYMENT, keys)]);
  const known = worldModel({});
  const asked = { principal: R, key: 'K', action: 'kms:Decrypt', ...question };
  expect(() => asked.key === 'Twice' ? model.decide({ ...asked, principal: A }) : known.decide(asked)).toThrow(message);
});

test('a policy whose role is known at deployment only may be that of every role', () => {
  const resources = {
    P: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ 'Fn::ImportValue': 'Role' }], PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: K } } } },
  };
  expect(ask({ keyPolicy: [keyAllows({ AWS: A }, 'kms:*')], resources })).toMatchObject({ verdict: 'unknown' });
});

test('a resource under a condition of the template may not be there', () => {
  const resource = (Condition: string) => ({
    P: { Type: 'AWS::IAM::RolePolicy', Condition, Properties: { RoleName: 'R', PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } } },
  });
  expect(ask({ keyPolicy: [keyAllows({ AWS: A }, 'kms:*')], resources: resource('Production') })).toMatchObject({ verdict: 'unknown' });
});
