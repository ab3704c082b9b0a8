import { Access, Factor } from './access';
import { Clause, Reason } from './clause';
import { clauseOutcome, factorOutcome, routeOutcome } from './outcome';
import { Condition, ConditionTest } from '../policy/condition-test';
import { Lookup } from '../policy/policy-variables';
import { unsettledParts } from '../policy/unsettled-parts';

/** The statements of the way that is open. */
export function whyAllowed({ routes }: Access, lookup: Lookup): readonly Reason[] {
  const route = routes.find((one) => routeOutcome(one, lookup) === true);
  return route ? route.factors.map(({ alternatives }) => alternatives.find((clause) => clauseOutcome(clause, lookup) === true)!.reason) : [];
}

/** The statements that deny, or else what is missing. */
export function whyDenied(access: Access, lookup: Lookup): readonly Reason[] {
  const denies = access.denies.filter((clause) => clauseOutcome(clause, lookup) === true).map(({ reason }) => reason);
  if (denies.length > 0) {
    return denies;
  }
  const lacking = access.routes.flatMap(({ factors }) => factors.filter((factor) => factorOutcome(factor, lookup) === false).slice(0, 1));
  return lacking.length > 0 ? [...new Set(lacking.map((factor) => lack(factor, lookup)))] : [...new Set(access.missing)];
}

/** What would have to be known. */
export function whyUnknown(access: Access, lookup: Lookup): readonly Reason[] {
  const routes = access.routes.filter((route) => routeOutcome(route, lookup) !== false);
  const factors = routes.flatMap((route) => route.factors.filter((factor) => factorOutcome(factor, lookup) !== true));
  const doubtful = [...factors.flatMap(({ alternatives }) => alternatives), ...access.denies].filter((clause) => clauseOutcome(clause, lookup) === 'unknown');
  return [...new Set(doubtful.flatMap((clause) => typeof clause.reason === 'string' ? [`not known: ${clause.reason}`] : [clause.reason, `not known: ${doubt(clause, lookup)}`]))];
}

/** A statement by its name, as people find it. */
export function nameOf(reason: Reason): string {
  return typeof reason === 'string' ? reason
    : `${reason.sid === undefined ? `statement ${reason.index}` : reason.sid} of ${reason.stack === '' ? '' : `${reason.stack}/`}${reason.logicalId}${reason.policy === undefined ? '' : ` (${reason.policy})`}`;
}

/** A condition in words. */
export function conditionText({ operator, key, values }: Condition): string {
  return `${key} ${operator} ${values.join(' or ')}`;
}

function lack({ alternatives, missing }: Factor, lookup: Lookup): string {
  const asked = alternatives.slice(0, 3).map(({ reason, tests }) => {
    const unmet = tests.filter((test) => test.holds(lookup) !== true).map(({ condition }) => conditionText(condition));
    return `${nameOf(reason)} asks for ${unmet.join(' and ')}`;
  });
  return asked.length > 0 ? `it takes ${missing}: ${asked.join('; ')}` : `it takes ${missing}`;
}

/** What would settle it. */
function doubt({ reason, tests, doubt: said, unsettled }: Clause, lookup: Lookup): string {
  const unknown = tests.filter((test: ConditionTest) => test.holds(lookup) === 'unknown').map(({ condition }) => conditionText(condition));
  const parts = unsettled && unsettledParts(unsettled);
  return unknown.length > 0 ? unknown.join(' and ')
    : `what ${nameOf(reason)} does, because ${said ?? 'it depends on what is known at deployment only'}${parts === undefined ? '' : `: ${parts}`}`;
}
