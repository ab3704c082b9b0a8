import { Access } from './access';
import { clausesOf } from './access-shape';
import { Clause, Reason } from './clause';
import { whyAllowed, whyDenied, whyUnknown } from './explanation';
import { Choice, lookupWith, OpenSearch } from './open-search';
import { clauseOutcome, outcomeOf } from './outcome';
import { remainingConditions, Requirement } from './remaining-conditions';
import { RequestContext } from './request-context';
import { ValueSpace } from './value-space';
import { Lookup } from '../policy/policy-variables';
import { Truth } from '../text/truth';

export type Verdict = 'allowed' | 'denied' | 'conditional' | 'unknown';

/** The answer to a question that leaves condition keys open, without the names of who asks and of the statements. */
export interface OpenAnswer {
  readonly verdict: Verdict;
  readonly conditions: readonly (readonly Requirement[])[];
  /** Places of the statements that it rests on, among all of the access. */
  readonly clauses: readonly number[];
  /** Choices of values that tell the other reasons. */
  readonly examples: readonly Choice[];
  /** Whether there was too much to try. */
  readonly gaveUp?: boolean;
}

const MOST_REASONS = 12;
const MOST_LOOKED_AT = 200;
const WHY: Readonly<Record<`${Truth}`, (access: Access, lookup: Lookup) => readonly Reason[]>> = { true: whyAllowed, false: whyDenied, unknown: whyUnknown };
const VERDICTS = { true: 'allowed', false: 'denied', unknown: 'unknown' } as const;

/** Tries everything that a request may be. */
export function openAnswer(whole: Access, request: Lookup, { contextNames }: RequestContext): OpenAnswer {
  const all = clausesOf(whole);
  const space = new ValueSpace(all.flatMap(({ tests }) => tests), request, contextNames);
  // What contradicts itself would multiply the combinations.
  const denies = whole.denies.length > MOST_LOOKED_AT ? whole.denies
    : whole.denies.filter((clause) => clause.tests.length < 2 || canApply(clause, request, space, contextNames));
  const access = space.isPartial ? whole : { ...whole, denies };
  const open = new OpenSearch(request, space, contextNames);
  const found = { true: new Examples(), false: new Examples(), unknown: new Examples() };
  open.each((lookup) => outcomeOf(access, lookup), (truth, choice) => {
    found[`${truth}`].add(choice, () => WHY[`${truth}`](access, lookupWith(request, choice)));
    return found.true.any && found.false.any;
  });
  if (found.true.any && found.false.any) {
    const { conditions, clauses } = remainingConditions(access, request, space, contextNames);
    return { verdict: 'conditional', conditions, clauses: clauses.map((clause) => all.indexOf(clause)), examples: [] };
  }
  const truth = found.unknown.any ? 'unknown' : found.true.any ? 'true' : 'false';
  return open.gaveUp || space.isPartial ? { verdict: 'unknown', conditions: [], clauses: [], examples: [], gaveUp: true }
    : { verdict: VERDICTS[truth], conditions: [], clauses: [], examples: found[truth].choices };
}

/** The reasons of an answer, for one of all the accesses that it is for. */
export function reasonsOf({ verdict, clauses, examples, gaveUp }: OpenAnswer, access: Access, request: Lookup): readonly Reason[] {
  const all = clauses.length > 0 ? clausesOf(access) : [];
  const why = WHY[verdict === 'allowed' ? 'true' : verdict === 'denied' ? 'false' : 'unknown'];
  return gaveUp ? ['there are more combinations of condition keys than are tried: give the context of the request']
    : [...new Set([...clauses.map((place) => all[place].reason), ...examples.flatMap((choice) => why(access, lookupWith(request, choice)))])];
}

/** A choice for each further reason. */
class Examples {
  public readonly choices: Choice[] = [];
  private readonly reasons = new Set<Reason>();

  public get any(): boolean {
    return this.choices.length > 0;
  }

  public add(choice: Choice, why: () => readonly Reason[]): void {
    const reasons = this.reasons.size < MOST_REASONS ? why().filter((reason) => !this.reasons.has(reason)) : [];
    if (!this.any || reasons.length > 0) {
      this.choices.push(new Map(choice));
      reasons.forEach((reason) => this.reasons.add(reason));
    }
  }
}

function canApply(clause: Clause, request: Lookup, space: ValueSpace, contextNames: readonly string[]): boolean {
  return new OpenSearch(request, space, contextNames).each((lookup) => clauseOutcome(clause, lookup), (truth) => truth !== false);
}
