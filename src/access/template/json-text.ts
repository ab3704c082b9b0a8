import { isKnown, Text } from '../text/text';

/** A text that functions made, in a place where a template has a string. */
export class MadeText {
  constructor(public readonly text: Text) {}
}

/** Escapes that would become the marks around unknown parts. */
const ESCAPED_MARKS = /\\u[eE]00[0-5]/g;

/** Reads JSON that functions wrote, with unknown parts in its strings; nothing where it is none, or where structure is unknown. */
export function readJson(text: Text): unknown {
  try {
    return JSON.parse(text.replace(ESCAPED_MARKS, '\\uFFFD'), (_, value: unknown) =>
      typeof value === 'string' && !isKnown(value) ? new MadeText(value) : value) as unknown;
  } catch {
    return undefined;
  }
}
