import { Access } from './access';
import { Clause, Reason } from './clause';
import { whyAllowed, whyDenied, whyUnknown } from './explanation';
import { OpenSearch } from './open-search';
import { clauseOutcome, outcomeOf } from './outcome';
import { remainingConditions, Requirement } from './remaining-conditions';
import { lookupOf, NO_CONTEXT, RequestContext } from './request-context';
import { ValueSpace } from './value-space';
import { Lookup } from '../policy/policy-variables';

export type Verdict = 'allowed' | 'denied' | 'conditional' | 'unknown';

/**
 * An answer, as far as templates can give one: service and resource control policies, policies of VPC endpoints and of sessions are not seen,
 * so what is allowed here can still be denied there.
 */
export interface Decision {
  readonly verdict: Verdict;
  /** The statements that it rests on, and in words what is missing or not known. */
  readonly because: readonly Reason[];
  /** What must hold beside, where the verdict is conditional: all requirements of one of the lists. */
  readonly conditions: readonly (readonly Requirement[])[];
  /** Why the key cannot do it whatever policies say. */
  readonly keyCannot?: string;
}

/** Answers to open questions take long, and are asked again. */
const ANSWERS = new WeakMap<Access, Map<string, Decision>>();
const MOST_ANSWERS = 1000;
const MOST_REASONS = 12;
const MOST_LOOKED_AT = 200;

/** Whether a request with a context is allowed; what a complete request does not say is absent, otherwise it may be anything. */
export function decide(access: Access, context: RequestContext = NO_CONTEXT, complete = false): Decision {
  if (!complete) {
    return decideOpen(access, context);
  }
  const lookup = lookupOf(context, access.known, true);
  const outcome = outcomeOf(access, lookup);
  return outcome === true ? answer(access, 'allowed', whyAllowed(access, lookup))
    : outcome === false ? answer(access, 'denied', whyDenied(access, lookup)) : answer(access, 'unknown', whyUnknown(access, lookup));
}

function decideOpen(access: Access, context: RequestContext): Decision {
  const answers = ANSWERS.get(access) ?? new Map<string, Decision>();
  ANSWERS.set(access, answers);
  const name = context.values.size === 0 ? '' : JSON.stringify([[...context.values].sort(([a], [b]) => a < b ? -1 : 1), context.contextNames]);
  let decision = answers.get(name);
  if (!decision) {
    decision = search(access, context);
    if (answers.size < MOST_ANSWERS) {
      answers.set(name, decision);
    }
  }
  return decision;
}

function search(whole: Access, context: RequestContext): Decision {
  const request = lookupOf(context, whole.known, false);
  const space = new ValueSpace(clauses(whole).flatMap(({ tests }) => tests), request, context.contextNames);
  // What contradicts itself would multiply the combinations.
  const denies = whole.denies.length > MOST_LOOKED_AT ? whole.denies
    : whole.denies.filter((clause) => clause.tests.length < 2 || canApply(clause, request, space, context.contextNames));
  const access = space.isPartial ? whole : { ...whole, denies };
  const open = new OpenSearch(request, space, context.contextNames);
  const seen = { true: false, false: false, unknown: false };
  const [allowed, denied, unknown] = [new Set<Reason>(), new Set<Reason>(), new Set<Reason>()];
  open.each((lookup) => outcomeOf(access, lookup), (truth, lookup) => {
    seen[`${truth}`] = true;
    if (truth === true) {
      add(allowed, access, lookup, whyAllowed);
    } else if (truth === false) {
      add(denied, access, lookup, whyDenied);
    } else {
      add(unknown, access, lookup, whyUnknown);
    }
    return seen.true && seen.false;
  });
  if (seen.true && seen.false) {
    const { conditions, reasons } = remainingConditions(access, request, space, context.contextNames);
    return { ...answer(access, 'conditional', reasons), conditions };
  }
  if (open.gaveUp || space.isPartial) {
    return answer(access, 'unknown', ['there are more combinations of condition keys than are tried: give the context of the request']);
  }
  return seen.unknown ? answer(access, 'unknown', [...unknown]) : seen.true ? answer(access, 'allowed', [...allowed]) : answer(access, 'denied', [...denied]);
}

function canApply(clause: Clause, request: Lookup, space: ValueSpace, contextNames: readonly string[]): boolean {
  return new OpenSearch(request, space, contextNames).each((lookup) => clauseOutcome(clause, lookup), (truth) => truth !== false);
}

function answer({ keyCannot }: Access, verdict: Verdict, because: readonly Reason[]): Decision {
  return keyCannot === undefined ? { verdict, because, conditions: [] } : { verdict, because, conditions: [], keyCannot };
}

function add(reasons: Set<Reason>, access: Access, lookup: Lookup, why: (access: Access, lookup: Lookup) => readonly Reason[]): void {
  if (reasons.size < MOST_REASONS) {
    why(access, lookup).forEach((reason) => reasons.add(reason));
  }
}

/** Every statement that can play a part. */
export function clauses({ routes, denies }: Access): Clause[] {
  return [...routes.flatMap(({ factors }) => factors.flatMap(({ alternatives }) => alternatives)), ...denies];
}
