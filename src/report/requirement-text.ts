import { Decision, Verdict } from '../access/decision/decision';
import { conditionText } from '../access/decision/explanation';
import { Requirement } from '../access/decision/remaining-conditions';

/** All ways to meet the conditions of an answer, in words that begin with `if` or `unless`: one of them is enough. */
export function conditionsText(conditions: Decision['conditions']): string {
  const [first, ...others] = conditions.map(wayText);
  return [first, ...others.map((way) => way.replace(/^if /, ''))].join('; or ');
}

/** What nobody knows, of the reasons for an answer. */
export function doubtsOf({ verdict, because }: { readonly verdict: Verdict; readonly because: Decision['because'] }): string[] {
  return verdict !== 'unknown' ? [] : because.filter((reason) => typeof reason === 'string');
}

function wayText(way: readonly Requirement[]): string {
  const needed = way.flatMap((one) => 'key' in one ? [conditionText(one)] : []);
  const exceptions = way.flatMap((one) => 'unless' in one && one.unless !== undefined ? [`unless ${one.unless.map(conditionText).join(' and ')}`] : []);
  const doubts = [...new Set(way.flatMap((one) => 'unknown' in one && one.unknown !== undefined ? [one.unknown] : []))];
  const said = [...needed.length > 0 ? [`if ${needed.join(' and ')}`] : [], ...exceptions].join(', ');
  return doubts.length === 0 ? said : `${said || 'perhaps'} (not known: ${doubts.join('; ')})`;
}
