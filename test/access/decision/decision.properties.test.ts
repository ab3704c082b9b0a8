import * as fc from 'fast-check';
import { Decision, Verdict } from '../../../src/access/decision/decision';
import { Requirement } from '../../../src/access/decision/remaining-conditions';
import { conditionOperator, holds } from '../../../src/access/policy/condition-operator';
import { Condition } from '../../../src/access/policy/condition-test';
import { and, or, Truth } from '../../../src/access/text/truth';
import { ask, Statement } from '../../support/access-world';
import { anyQuestion, context, iamAllow, iamDeny, keyAllow, keyDeny, principal, world } from '../../support/arbitrary-world';
import { plainDecision } from '../../support/plain-decision';

const RUNS = { numRuns: 400, seed: 4 };

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

test('a complete request is decided as the rules of policy-model §4 say', () => {
  fc.assert(fc.property(world, principal, context, (given, who, request) => {
    const plain = plainDecision(given, who, request);
    expect(plain === undefined ? plain : ask(given, { principal: who, context: request, complete: true }).verdict).toBe(plain);
  }), { ...RUNS, numRuns: 3000 });
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
