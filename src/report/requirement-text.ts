import { Decision, Verdict } from '../access/decision/decision';
import { conditionText } from '../access/decision/explanation';
import { Requirement } from '../access/decision/remaining-conditions';

/** What must hold beside, in words. */
export function requirementText(requirement: Requirement): string {
  if ('key' in requirement) {
    return conditionText(requirement);
  }
  const doubt = requirement.unknown === undefined ? [] : [`not known: ${requirement.unknown}`];
  return 'unless' in requirement && requirement.unless !== undefined
    ? [`unless ${requirement.unless.map(conditionText).join(' and ')}`, ...doubt].join(', ') : doubt.join();
}

/** All ways to meet the conditions of an answer, in words: one of them is enough. */
export function conditionsText(conditions: Decision['conditions']): string {
  return conditions.map((way) => way.map(requirementText).join(' and ')).join('; or ');
}

/** What nobody knows, of the reasons for an answer. */
export function doubtsOf({ verdict, because }: { readonly verdict: Verdict; readonly because: Decision['because'] }): string[] {
  return verdict !== 'unknown' ? [] : because.filter((reason) => typeof reason === 'string');
}
