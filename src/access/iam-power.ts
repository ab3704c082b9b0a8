import { Asker } from './decision/asker';
import { PolicyStatement } from './policy/policy-statement';

const POWERS = new WeakMap<Asker, boolean>();
/** The beginnings of what matches an action of AWS IAM or AWS STS, and marks of an unknown. */
const OF_IAM = /^[*?is\uE000-\uE005]/i;

/**
 * Whether somebody's policies may allow any action of AWS IAM or AWS STS.
 *
 * Of all principals of an app few can change others: the rest are not asked about each of these actions.
 */
export function mayHaveIamPower(asker: Asker): boolean {
  let may = POWERS.get(asker);
  if (may === undefined) {
    const { statements, unknown } = asker.policies ?? { statements: [], unknown: [] };
    may = unknown.length > 0 || statements.some(allowsSome);
    POWERS.set(asker, may);
  }
  return may;
}

function allowsSome({ effect, actions, problem }: PolicyStatement): boolean {
  return effect !== 'Deny' && (problem !== undefined || (actions !== undefined && (actions.not || actions.entries.some(({ text }) => OF_IAM.test(text)))));
}
