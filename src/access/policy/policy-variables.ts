import { matchesText, Text } from '../text/text';
import { QUESTION_MARK, STAR } from '../text/text-parts';

/** The values of a request under a condition key, nothing where it has none; `open` where the question leaves that to the answer. */
export type Lookup = (key: string) => readonly Text[] | undefined | 'open';

/** Enough for any ARN. */
const LONGEST = 200;
const MOST_FILLINGS = 20;
const VARIABLE = /\$\{([^{}]*)\}/g;

/** The condition keys, in lower case, that the variables of a text read. */
export function variableKeys(text: Text): string[] {
  return [...text.matchAll(VARIABLE)].map(([, inside]) => keyOf(inside)).filter((key) => key.length > 1);
}

/** The text with its policy variables filled in; nothing where the request lacks one. What is filled in holds no wildcards. */
export function fillVariables(text: Text, lookup: Lookup): Text | undefined | 'open' {
  let [open, lacking] = [false, false];
  const filled = text.replace(VARIABLE, (_, inside: string) => {
    const key = keyOf(inside);
    if (key.length <= 1) {
      return literal(inside);
    }
    const values = lookup(key);
    if (values === 'open') {
      open = true;
      return '';
    }
    const value = values?.length === 1 ? values[0] : /,\s*'([^']*)'\s*$/.exec(inside)?.[1];
    lacking ||= value === undefined;
    return literal(value ?? '');
  });
  return lacking ? undefined : open ? 'open' : filled;
}

/** Values of a variable with which a pattern matches a text, the shortest first, whatever its other variables are. */
export function fillings(pattern: Text, key: string, text: Text): Text[] {
  const filledWith = (value?: Text) => pattern.replace(VARIABLE, (_, inside: string) => {
    const one = keyOf(inside);
    return one.length <= 1 ? literal(inside) : one === key && value !== undefined ? literal(value) : '*';
  });
  if (!variableKeys(pattern).includes(key) || matchesText(filledWith(), text) === false) {
    return [];
  }
  const parts = text.slice(0, LONGEST).match(/[\uE000\uE002][^\uE001]*\uE001|[^]/g) ?? [];
  const found: Text[] = [];
  for (let length = 0; length <= parts.length && found.length < MOST_FILLINGS; length++) {
    for (let start = 0; start + length <= parts.length && found.length < MOST_FILLINGS; start++) {
      const value = parts.slice(start, start + length).join('');
      if (!found.includes(value) && matchesText(filledWith(value), text) === true) {
        found.push(value);
      }
    }
  }
  return found;
}

function keyOf(inside: string): string {
  return inside.split(',')[0].trim().toLowerCase();
}

function literal(value: Text): Text {
  return value.replaceAll('*', STAR).replaceAll('?', QUESTION_MARK);
}
