import { Clause } from './clause';
import { IdentityClauses } from './identity-policies';
import { isOfTheKey } from '../policy/condition-keys';
import { ConditionTest } from '../policy/condition-test';
import { and, Truth } from '../text/truth';

/** What IAM policies say about an alias: a request for one has no condition keys of the key that it stands for, such as its tags. */
export function aliasClauses({ allows, denies }: IdentityClauses): IdentityClauses {
  return { allows: allows.flatMap(onAlias), denies: denies.flatMap(onAlias) };
}

function onAlias(clause: Clause): Clause[] {
  const tests: ConditionTest[] = [];
  let base: Truth = clause.base;
  for (const test of clause.tests.map(withoutTheKey)) {
    const outcome = test.holds(() => 'open');
    if (outcome === 'open') {
      tests.push(test);
    } else {
      base = and(base, outcome);
    }
  }
  return base === false ? [] : [{ ...clause, base, tests }];
}

function withoutTheKey(test: ConditionTest): ConditionTest {
  return test.keys.some(isOfTheKey) ? {
    id: `of an alias: ${test.id}`,
    keys: test.keys.filter((key) => !isOfTheKey(key)),
    condition: test.condition,
    holds: (lookup) => test.holds((key) => isOfTheKey(key) ? undefined : lookup(key)),
  } : test;
}
