import * as fc from 'fast-check';
import { Decision, Verdict } from '../../../src/access/decision/decision';
import { Requirement } from '../../../src/access/decision/remaining-conditions';
import { conditionOperator, holds } from '../../../src/access/policy/condition-operator';
import { Condition } from '../../../src/access/policy/condition-test';
import { and, or, Truth } from '../../../src/access/text/truth';
import { A, ask, K, K2, Q, R, RB, REGION, ROOT, ROOT_B, Statement, U, World } from '../../support/access-world';
import { allows, aws, denies, keyAllows, keyDenies, via } from '../golden/statements';

const RUNS = { numRuns: 400, seed: 4 };
const someCondition = fc.constantFrom<[string, string, unknown]>(
  ['StringEquals', 'kms:ViaService', via('s3')],
  ['StringEquals', 'kms:ViaService', [via('s3'), via('sqs')]],
  ['StringLike', 'kms:ViaService', 's3.*.amazonaws.com'],
  ['StringLike', 'kms:ViaService', `*.${REGION}.amazonaws.com`],
  ['StringNotEquals', 'kms:ViaService', via('s3')],
  ['StringNotLike', 'kms:ViaService', 's3.*'],
  ['StringEqualsIfExists', 'kms:ViaService', via('sqs')],
  ['Null', 'kms:ViaService', 'true'],
  ['Bool', 'aws:ViaAWSService', 'true'],
  ['StringEquals', 'kms:EncryptionContext:a', ['1', '2']],
  ['StringEquals', 'kms:encryptioncontext:A', '2'],
  ['StringLike', 'kms:EncryptionContext:a', '1*'],
  ['ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', ['a']],
  ['ForAllValues:StringEquals', 'kms:EncryptionContextKeys', ['a', 'b']],
  ['Null', 'kms:EncryptionContextKeys', 'false'],
  ['Bool', 'aws:MultiFactorAuthPresent', 'true'],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24'],
  ['NotIpAddress', 'aws:SourceIp', ['203.0.113.0/28', '198.51.100.0/24']],
  ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${A}:role/*`],
  ['StringEquals', 'kms:CallerAccount', A],
  ['StringEquals', 'aws:PrincipalTag/team', '${kms:EncryptionContext:a}'],
  ['StringEquals', 'kms:EncryptionContext:a', '${aws:PrincipalTag/team}'],
);
const conditions = fc.array(someCondition, { maxLength: 2 }).map((all) => {
  const block: Record<string, Record<string, unknown>> = {};
  all.forEach(([operator, key, value]) => {
    block[operator] = { ...block[operator], [key]: value };
  });
  return all.length > 0 ? block : undefined;
});
const actions = fc.constantFrom<unknown>('kms:Decrypt', 'kms:*', ['kms:Decrypt', 'kms:Encrypt'], 'kms:Encrypt', ['kms:D*', 'kms:GenerateDataKey*']);
const principals = fc.constantFrom<unknown>(aws(ROOT), aws(R), aws('*'), aws(R, ROOT_B), aws(Q), aws(ROOT, RB), aws(U), aws(`arn:aws:sts::${A}:assumed-role/R/s1`));
const keyAllow = fc.tuple(principals, actions, conditions).map((parts) => keyAllows(...parts));
const keyDeny = fc.tuple(principals, actions, conditions).map((parts) => keyDenies(...parts));
const resources = fc.constantFrom<unknown>('*', K, K2, `arn:aws:kms:*:${A}:key/*`);
const iamAllow = fc.tuple(actions, resources, conditions).map((parts) => allows(...parts));
const iamDeny = fc.tuple(actions, resources, conditions).map((parts) => denies(...parts));
const keyStatements = fc.array(fc.oneof({ weight: 4, arbitrary: keyAllow }, keyDeny), { maxLength: 4 });
const iamStatements = fc.array(fc.oneof({ weight: 4, arbitrary: iamAllow }, iamDeny), { maxLength: 3 });
const world: fc.Arbitrary<World> = fc.record({
  keyPolicy: keyStatements, r: iamStatements, rb: iamStatements, u: iamStatements, boundary: fc.option(iamStatements, { nil: undefined, freq: 2 }),
});
const context = fc.record({
  'kms:ViaService': fc.constantFrom(undefined, via('s3'), via('s3', 'us-east-1'), via('sqs'), via('ec2')),
  'kms:EncryptionContext:a': fc.constantFrom(undefined, '1', '2', '12', '3'),
  'kms:EncryptionContext:c': fc.constantFrom(undefined, undefined, 'x'),
  'aws:MultiFactorAuthPresent': fc.constantFrom(undefined, 'true', 'false'),
  'aws:SourceIp': fc.constantFrom(undefined, '203.0.113.1', '203.0.113.99', '198.51.100.7', '192.0.2.9'),
  'aws:PrincipalTag/team': fc.constantFrom(undefined, '1', '3'),
});
const principal = fc.constantFrom(R, R, R, RB, U, `arn:aws:sts::${A}:assumed-role/R/s1`, ROOT, 'sns.amazonaws.com');
const question = fc.record({ principal, context, complete: fc.constant(true) });
const openQuestion = fc.record({ principal });
const anyQuestion = fc.oneof(question, openQuestion);

/** What is denied stays denied, and nothing becomes allowed. */
function expectNarrower(before: Verdict, after: Verdict): void {
  expect([before === 'denied' && after !== 'denied', after === 'allowed' && before !== 'allowed']).toEqual([false, false]);
}

test('another Deny never widens', () => {
  fc.assert(fc.property(world, anyQuestion, keyDeny, iamDeny, (given, asked, key, iam) => {
    const before = ask(given, asked).verdict;
    expectNarrower(before, ask({ ...given, keyPolicy: [...given.keyPolicy!, key] }, asked).verdict);
    expectNarrower(before, ask({ ...given, r: [...given.r!, iam] }, asked).verdict);
  }), RUNS);
});

test('another Allow never narrows', () => {
  fc.assert(fc.property(world, anyQuestion, keyAllow, iamAllow, (given, asked, key, iam) => {
    const before = ask(given, asked).verdict;
    expectNarrower(ask({ ...given, keyPolicy: [...given.keyPolicy!, key] }, asked).verdict, before);
    expectNarrower(ask({ ...given, r: [...given.r!, iam] }, asked).verdict, before);
  }), RUNS);
});

test('the order of statements never matters', () => {
  fc.assert(fc.property(world, anyQuestion, (given, asked) => {
    const turned = {
      ...given, keyPolicy: [...given.keyPolicy!].reverse(), r: [...given.r!].reverse(), boundary: given.boundary && [...given.boundary].reverse(),
    };
    expect(ask(turned, asked).verdict).toBe(ask(given, asked).verdict);
  }), RUNS);
});

test('splitting a list of actions never matters', () => {
  const split = (statements: readonly Statement[] = []) => statements.flatMap((statement) =>
    [statement.Action].flat().map((action) => ({ ...statement, Action: action })));
  fc.assert(fc.property(world, anyQuestion, (given, asked) => {
    expect(ask({ ...given, keyPolicy: split(given.keyPolicy), r: split(given.r) }, asked).verdict).toBe(ask(given, asked).verdict);
  }), RUNS);
});

test('the answer to an open question is that to every request, or says which', () => {
  fc.assert(fc.property(world, principal, fc.array(context, { minLength: 1, maxLength: 8 }), (given, who, contexts) => {
    const open = ask(given, { principal: who });
    for (const one of contexts) {
      const { verdict } = ask(given, { principal: who, context: one, complete: true });
      expect(open.verdict === 'unknown' ? open.verdict : verdict).toBe(open.verdict === 'conditional' ? expectedOf(open.conditions, one) : open.verdict);
    }
  }), { ...RUNS, numRuns: 800 });
});

test('every denied says what is missing, or which statement denies', () => {
  fc.assert(fc.property(world, anyQuestion, (given, asked) => {
    const { verdict, because } = ask(given, asked);
    expect(verdict === 'conditional' || because.length > 0).toBe(true);
  }), RUNS);
});

type Given = Record<string, string | undefined>;

function expectedOf(ways: Decision['conditions'], given: Given): Verdict {
  const met = ways.map((all) => all.map((part) => isMet(part, given)).reduce(and, true)).reduce(or, false);
  return met === 'unknown' ? met : met ? 'allowed' : 'denied';
}

function isMet(requirement: Requirement, given: Given): Truth {
  if ('unless' in requirement) {
    const together = requirement.unless.every((condition) => conditionMet(condition, given));
    return together && requirement.unknown !== undefined ? 'unknown' : !together;
  }
  return 'operator' in requirement ? conditionMet(requirement, given) : 'unknown';
}

function conditionMet({ operator, key, values }: Condition, given: Given): boolean {
  const wanted = values.map((value) => value.replace(/\$\{(.*)\}/, (_, name: string) => valueOf(name, given)?.[0] ?? '\uFFFF'));
  return holds(conditionOperator(operator)!, valueOf(key, given), wanted.filter((value) => value !== '\uFFFF')) === true;
}

function valueOf(key: string, given: Given): string[] | undefined {
  const names = Object.keys(given).filter((name) => given[name] !== undefined);
  switch (key.toLowerCase()) {
    case 'aws:viaawsservice': return [String(given['kms:ViaService'] !== undefined)];
    case 'kms:encryptioncontextkeys': {
      const pairs = names.filter((name) => name.startsWith('kms:EncryptionContext:'));
      return pairs.length > 0 ? pairs.map((name) => name.slice('kms:EncryptionContext:'.length)) : undefined;
    }
  }
  const found = names.find((name) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : [given[found]!];
}
