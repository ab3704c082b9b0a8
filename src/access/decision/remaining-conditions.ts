import { Access } from './access';
import { Clause } from './clause';
import { OpenSearch } from './open-search';
import { allOf, clauseOutcome, Outcome } from './outcome';
import { ValueSpace } from './value-space';
import { Condition, ConditionTest } from '../policy/condition-test';
import { Lookup } from '../policy/policy-variables';
import { readable, Text } from '../text/text';
import { not } from '../text/truth';

/** What must hold, what must not hold together, or what must turn out well that nobody knows yet. */
export type Requirement = Condition | Exception | { readonly unknown: string };

/** Conditions that must not hold together; where something is not known, nobody knows what happens if they do. */
export interface Exception {
  readonly unless: readonly Condition[];
  readonly unknown?: string;
}

const CONTEXT = 'kms:encryptioncontext:';
/** Lists of more values are printed as they are. */
const MOST_NARROWED = 50;
/** More ways than these are not told apart. */
const MOST_WAYS = 64;

/** A requirement that can be tried. */
interface Part {
  readonly print: Requirement;
  readonly holds: (lookup: Lookup) => Outcome;
  readonly test?: ConditionTest;
}

/** Whether there is a request, with one value given, for which all may hold. */
type Possible = (parts: readonly ((lookup: Lookup) => Outcome)[], given?: { readonly key: string; readonly value: Text }) => boolean;

interface Remaining {
  readonly conditions: Requirement[][];
  /** The statements that ask for them. */
  readonly clauses: Clause[];
}

interface Way {
  readonly parts: readonly Part[];
  readonly clauses: readonly Clause[];
}

/** The conditions under which an open question is answered with yes: each way that is possible, without what follows from the rest. */
export function remainingConditions(access: Access, request: Lookup, space: ValueSpace, contextNames: readonly string[]): Remaining {
  const possible: Possible = (parts, given) => {
    const asked: Lookup = given ? (key) => key === given.key ? [given.value] : request(key) : request;
    const names = given?.key.startsWith(CONTEXT) ? [...contextNames, given.key.slice(CONTEXT.length)] : contextNames;
    return new OpenSearch(asked, space, names).each((lookup) => allOf(parts, (part, values) => part(values), lookup), (truth) => truth !== false);
  };
  const exceptions = access.denies.flatMap((clause) => exception(clause, request));
  const ways = waysOf(access, request).map((way) => ({ ...way, parts: [...way.parts, ...exceptions] }))
    .filter(({ parts }) => possible(parts.map(({ holds }) => holds)))
    .map((way) => ({ ...way, parts: simplified(way.parts, possible) }));
  const kept = ways.filter((way, i) => !ways.some((other, j) => i !== j && covers(other, way) && (!covers(way, other) || j < i)));
  const printed = kept.flatMap(({ parts }) => parts.map(({ print }) => print));
  const denying = access.denies.filter((clause) => exception(clause, request).some(({ print }) => printed.some((other) => same(other, print))));
  return {
    conditions: kept.map(({ parts }) => parts.map(({ print }) => print)),
    clauses: [...new Set([...kept.flatMap(({ clauses }) => clauses), ...denying])],
  };
}

/** Every choice of one statement for each factor, with the conditions that the request leaves open. */
function waysOf({ routes }: Access, request: Lookup): Way[] {
  return routes.flatMap(({ factors }) => factors.reduce<Way[]>((ways, { alternatives }) => {
    const open = alternatives.filter((clause) => clauseOutcome(clause, request) !== false);
    const join = ({ parts, clauses }: Way) => open.map((clause) => ({
      parts: [...parts, ...partsOf(clause, request)], clauses: [...clauses, clause],
    }));
    return ways.flatMap(join).slice(0, MOST_WAYS);
  }, [{ parts: [], clauses: [] }])).slice(0, MOST_WAYS);
}

function partsOf({ base, doubt, tests }: Clause, request: Lookup): Part[] {
  return [
    ...tests.filter((test) => test.holds(request) !== true)
      .map((test): Part => ({ test, print: test.condition, holds: (lookup) => test.holds(lookup) })),
    ...base === 'unknown' ? [{ print: { unknown: doubt ?? 'it depends on what is known at deployment only' }, holds: () => 'unknown' as const }] : [],
  ];
}

/** That a Deny does not apply. */
function exception(clause: Clause, request: Lookup): Part[] {
  const open = clause.tests.filter((test) => test.holds(request) !== true);
  return clauseOutcome(clause, request) === false ? [] : [{
    print: { ...open.length > 0 ? { unless: open.map(({ condition }) => condition) } : {}, ...clause.base === 'unknown' ? { unknown: clause.doubt! } : {} } as Requirement,
    holds: (lookup) => {
      const denied = clauseOutcome(clause, lookup);
      return denied === 'open' ? 'open' : not(denied);
    },
  }];
}

/** Leaves out values that the other requirements exclude, and requirements that follow from the others. */
function simplified(parts: readonly Part[], possible: Possible): Part[] {
  const once = parts.filter((part, i) => !parts.slice(0, i).some((other) => same(other.print, part.print)));
  let kept = once.map((part) => narrowed(part, parts, possible));
  for (const part of [...kept].reverse()) {
    const others = kept.filter((other) => other !== part);
    if (!possible([...others.map(({ holds }) => holds), (lookup) => negated(part.holds(lookup))])) {
      kept = others;
    }
  }
  return kept;
}

function narrowed(part: Part, all: readonly Part[], possible: Possible): Part {
  const asked = part.test?.asked;
  if (!part.test || !asked || !/^stringequals$/i.test(asked.operatorName) || asked.values.length < 2 || asked.values.length > MOST_NARROWED
    || asked.values.some((value) => value.includes('${'))) {
    return part;
  }
  const [key] = part.test.keys;
  const values = asked.values.filter((value) => possible(all.map(({ holds }) => holds), { key, value }));
  return values.length === 0 || values.length === asked.values.length ? part : {
    ...part,
    print: { ...part.test.condition, values: values.map(readable) },
    holds: (lookup) => {
      const given = lookup(key);
      return given === 'open' ? 'open' : given?.some((value) => values.includes(value)) === true;
    },
  };
}

function negated(outcome: Outcome): Outcome {
  return outcome === 'open' ? 'open' : not(outcome);
}

function covers(wide: Way, narrow: Way): boolean {
  return wide.parts.every((part) => narrow.parts.some((other) => same(part.print, other.print)));
}

function same(left: Requirement, right: Requirement): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
