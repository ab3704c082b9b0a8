import { Decision } from './decision';
import { Requirement } from './remaining-conditions';

const ORDER: readonly Decision['verdict'][] = ['denied', 'unknown', 'conditional', 'allowed'];
/** More ways than these are not told apart. */
const MOST_WAYS = 64;

/** Whether the first is nearer to being allowed than the second. */
export function isBetter(first: Pick<Decision, 'verdict'>, second: Pick<Decision, 'verdict'>): boolean {
  return ORDER.indexOf(first.verdict) > ORDER.indexOf(second.verdict);
}

/** Whether the first allows what the second does not, as far as their conditions tell. */
export function addsTo(second: Decision, first: Decision): boolean {
  return isBetter(first, second) || (first.verdict === 'conditional' && second.verdict === 'conditional' && !first.conditions.every((way) => isWithin(way, second)));
}

/** Whether some way of a decision asks for nothing but what this way asks for. */
function isWithin(way: Decision['conditions'][number], { conditions }: Decision): boolean {
  return conditions.some((other) => other.every((weaker) => way.some((requirement) => implies(requirement, weaker))));
}

/** Whether what fulfils the first requirement fulfils the second: one of few values is one of more. */
function implies(first: Requirement, second: Requirement): boolean {
  if ('values' in first && 'values' in second && first.operator === second.operator && first.key === second.key && !first.operator.includes('Not')) {
    return first.values.every((value) => second.values.includes(value));
  }
  return JSON.stringify(first) === JSON.stringify(second);
}

/** The nearest to being allowed of several; nothing of none. */
export function best(decisions: readonly Decision[]): Decision | undefined {
  return decisions.reduce<Decision | undefined>((found, decision) => found && !isBetter(decision, found) ? found : decision, undefined);
}

/** The answer to two questions that both must be allowed, such as to become a role and to use a key as that role. */
export function both(left: Decision, right: Decision): Decision {
  const [worse, better] = isBetter(left, right) ? [right, left] : [left, right];
  if (worse.verdict === 'denied') {
    return worse;
  }
  const ways = (decision: Decision) => decision.conditions.length > 0 ? decision.conditions : [[]];
  const conditions = worse.verdict === 'conditional' ? ways(left).flatMap((one) => ways(right).map((other) => [...one, ...other])).slice(0, MOST_WAYS) : [];
  return { ...better, ...worse, because: [...new Set([...left.because, ...right.because])], conditions };
}
