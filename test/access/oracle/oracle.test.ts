import * as fc from 'fast-check';
import { arbitraryContext, arbitraryGiven, KINDS, VALUES } from './arbitrary-context';
import { ACTIONS, PRINCIPALS, worldOf } from './arbitrary-world';
import { conditionHolds } from './condition-oracle';
import { isAllowed, PlainRequest, resourceMatches, saidOf } from './oracle';
import { Decision } from '../../../src/access/decision/decision';
import { Requirement } from '../../../src/access/decision/remaining-conditions';
import { Condition } from '../../../src/access/policy/condition-test';
import { World, worldModel } from '../../support/access-world';

const MOST_REQUESTS = 600;
/** How many times as many worlds as in CI: `ORACLE=40 npx jest test/access/oracle --testTimeout=1000000`. */
const TIMES = Number(process.env.ORACLE ?? 1);

test('a complete request is decided as AWS says', () => {
  const seen = { allowed: 0, denied: 0 };
  const contexts = fc.array(arbitraryContext, { minLength: 1, maxLength: 3 });
  fc.assert(fc.property(worldOf(KINDS), fc.constantFrom(...ACTIONS), contexts, (world, action, given) => {
    const model = worldModel(world);
    for (const principal of PRINCIPALS) {
      for (const context of given) {
        const expected = isAllowed(world, { principal, action, context }) ? 'allowed' : 'denied';
        seen[expected]++;
        const { verdict } = model.decide({ principal, key: 'K', action, context, complete: true });
        expect({ principal, verdict }).toEqual({ principal, verdict: expected });
      }
    }
  }), { numRuns: 1000 * TIMES, seed: 7 });
  expect(Math.min(seen.allowed, seen.denied)).toBeGreaterThan(1000);
});

test('an open question is answered as all requests are together, and its conditions say which are allowed', () => {
  const seen = { allowed: 0, denied: 0, conditional: 0 };
  // Few kinds of conditions, so that all requests can be tried.
  const worlds = fc.shuffledSubarray([...KINDS], { minLength: 1, maxLength: 2 }).chain(worldOf);
  fc.assert(fc.property(worlds, fc.constantFrom(...ACTIONS), arbitraryGiven, (drawn, action, given) => {
    const world = { ...drawn, version: '2012-10-17' };
    const contexts = allContexts(world, given);
    const model = worldModel(world);
    for (const principal of contexts.length > MOST_REQUESTS ? [] : PRINCIPALS) {
      const { verdict, conditions } = model.decide({ principal, key: 'K', action, context: given });
      const requests = contexts.map((context): PlainRequest => ({ principal, action, context }));
      const allowed = requests.filter((request) => isAllowed(world, request));
      const expected = allowed.length === 0 ? 'denied' : allowed.length === requests.length ? 'allowed' : 'conditional';
      seen[expected]++;
      expect({ principal, verdict }).toEqual({ principal, verdict: expected });
      if (verdict === 'conditional') {
        expect(requests.filter((request) => isMet(conditions, request))).toEqual(allowed);
      }
    }
  }), { numRuns: 500 * TIMES, seed: 8 });
  expect(Math.min(seen.allowed, seen.denied, seen.conditional)).toBeGreaterThan(100);
});

/** Every combination of values for the keys that the policies name, with those that are given. */
function allContexts(world: World, given: Readonly<Record<string, string | null>>): PlainRequest['context'][] {
  const text = JSON.stringify(world).toLowerCase();
  const keys = Object.keys(VALUES).filter((key) => text.includes(key.toLowerCase())
    || (key.startsWith('kms:EncryptionContext:') && text.includes('kms:encryptioncontextkeys')) || (key === 'kms:ViaService' && text.includes('aws:viaawsservice')));
  return keys.reduce<Record<string, string | undefined>[]>((all, key) => all.length > MOST_REQUESTS ? all
    : all.flatMap((one) => (key in given ? [given[key] ?? undefined] : VALUES[key]).map((value) => ({ ...one, [key]: value }))), [{}]);
}

function isMet(ways: Decision['conditions'], request: PlainRequest): boolean {
  return ways.some((way) => way.every((requirement: Requirement) => 'operator' in requirement ? holds(requirement, request)
    : 'unless' in requirement && !requirement.unless.every((condition) => holds(condition, request))));
}

function holds({ operator, key, values }: Condition, request: PlainRequest): boolean {
  const said = saidOf(request);
  if (key === 'Resource') {
    return resourceMatches({ [operator]: values }, said);
  }
  return conditionHolds(operator, said.get(key.toLowerCase()) ?? [], values, said);
}
