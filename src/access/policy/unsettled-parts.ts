import { PolicyStatement } from './policy-statement';
import { readable, Text } from '../text/text';
import { MADE_UP, UNKNOWN } from '../text/text-parts';

const UNRESOLVED = new RegExp(`${UNKNOWN}(?!AWS::)`);
/** A role without a name of its own may turn out to be one that is asked about by its name. */
const NAMELESS = new RegExp(`${UNRESOLVED.source}|${MADE_UP}`);
/** More parts than these are not named. */
const MOST_NAMED = 3;

/** The parts of a statement that are known at deployment only, as people find them in the template; nothing where all is known. */
export function unsettledParts({ sure, actions, resources, principals, tests }: PolicyStatement): string | undefined {
  const parts = [
    ...[actions, resources].flatMap((choice, i) => named(`its ${choice?.not ? 'Not' : ''}${i === 0 ? 'Action' : 'Resource'}`, choice?.entries ?? [])),
    ...named(`its ${principals?.not ? 'Not' : ''}Principal`, principals?.entries ?? [], NAMELESS),
    ...tests.flatMap(({ condition, asked }) => named(`its condition on ${condition.key}`, (asked?.values ?? []).map((text) => ({ text, sure: true })))),
    ...sure ? [] : ['whether it is there'],
  ];
  const left = parts.length - MOST_NAMED;
  return parts.length === 0 ? undefined : left > 0 ? `${parts.slice(0, MOST_NAMED).join(', ')} and ${left} more` : parts.join(', ');
}

/** Accounts and Regions are not named, since most texts hold them. */
function named(what: string, entries: readonly { readonly text: Text; readonly sure: boolean }[], unknown = UNRESOLVED): string[] {
  return entries.filter(({ text, sure }) => !sure || unknown.test(text))
    .map(({ text, sure }) => sure ? `${what} ${readable(text)}` : `whether ${what} has ${readable(text)}`);
}
