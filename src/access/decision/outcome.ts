import { Access, Factor, Route } from './access';
import { Clause } from './clause';
import { Lookup } from '../policy/policy-variables';
import { Truth } from '../text/truth';

/** A truth, or `open` where it depends on what the request does not say. */
export type Outcome = Truth | 'open';

/** Whether the answer is yes. */
export function outcomeOf({ routes, denies }: Access, lookup: Lookup): Outcome {
  const allowed = routes.length === 0 ? false : anyOf(routes, routeOutcome, lookup);
  if (allowed === false) {
    return false;
  }
  const denied = denies.length === 0 ? false : anyOf(denies, clauseOutcome, lookup);
  return denied === true ? false : denied === false ? allowed : denied === 'open' || allowed === 'open' ? 'open' : 'unknown';
}

export function routeOutcome({ factors }: Route, lookup: Lookup): Outcome {
  return allOf(factors, factorOutcome, lookup);
}

export function factorOutcome({ alternatives }: Factor, lookup: Lookup): Outcome {
  return anyOf(alternatives, clauseOutcome, lookup);
}

export function clauseOutcome({ base, tests }: Clause, lookup: Lookup): Outcome {
  const tested = tests.length === 0 ? true : allOf(tests, (test, values) => test.holds(values), lookup);
  return base === true || tested === false || tested === 'open' ? tested : 'unknown';
}

/** What is false decides; what is open may still become false. */
export function allOf<T>(parts: readonly T[], holds: (part: T, lookup: Lookup) => Outcome, lookup: Lookup): Outcome {
  let all = true as Outcome;
  for (const part of parts) {
    const one = holds(part, lookup);
    if (one === false) {
      return false;
    }
    all = one === 'open' || (one === 'unknown' && all !== 'open') ? one : all;
  }
  return all;
}

/** What is true decides; what is open may still become true. */
export function anyOf<T>(parts: readonly T[], holds: (part: T, lookup: Lookup) => Outcome, lookup: Lookup): Outcome {
  let any = false as Outcome;
  for (const part of parts) {
    const one = holds(part, lookup);
    if (one === true) {
      return true;
    }
    any = one === 'open' || (one === 'unknown' && any !== 'open') ? one : any;
  }
  return any;
}
