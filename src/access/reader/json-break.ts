const SPACE = /[ \t\n\r]*/y;
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;
/** The beginning of one of these, at the end of a text. */
const CUT = /(?:tr?u?|fa?l?s?|nu?l?|-?(?:\d+(?:\.\d*)?(?:[eE][+-]?)?)?|\\(?:u[0-9A-Fa-f]{0,3})?)$/y;

/** What comes next: in brackets, what may close them. */
type Next = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or end';

/**
 * Where a text stops being JSON: at its length where it ends too early, and nowhere where it is JSON.
 *
 * What `JSON.parse` says of it is another sentence in each version of Node.js, most without a place.
 */
export function jsonBreak(text: string): number | undefined {
  const open: string[] = [];
  let next: Next = 'value';
  for (let at = after(SPACE, text, 0)!; at < text.length; at = after(SPACE, text, at)!) {
    const char = text[at];
    if (char === open.at(-1) && ['value or ]', 'name or }', ', or end'].includes(next)) {
      open.pop();
      next = ', or end';
      at++;
    } else if (next === ':' || next === ', or end') {
      if (char !== next[0] || (char === ',' && open.length === 0)) {
        return at;
      }
      next = char === ',' && open.at(-1) === '}' ? 'name' : 'value';
      at++;
    } else if ((char === '{' || char === '[') && next.startsWith('value')) {
      open.push(char === '{' ? '}' : ']');
      next = char === '{' ? 'name or }' : 'value or ]';
      at++;
    } else {
      const isName = next.startsWith('name');
      const [end, broken] = char === '"' ? stringEnd(text, at) : isName ? [at, true] : literalEnd(text, at);
      if (broken) {
        return end;
      }
      next = isName ? ':' : ', or end';
      at = end;
    }
  }
  return open.length === 0 && next === ', or end' ? undefined : text.length;
}

/** What comes after a string, or where it breaks. */
function stringEnd(text: string, start: number): [end: number, broken: boolean] {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '"') {
      return [at + 1, false];
    }
    if (text[at] < ' ') {
      return [at, true];
    }
    if (text[at] === '\\') {
      const end = after(ESCAPE, text, at);
      if (end === undefined) {
        return [after(CUT, text, at) ?? at, true];
      }
      at = end - 1;
    }
  }
  return [text.length, true];
}

/** What comes after a number, `true`, `false` or `null`, or where it breaks. */
function literalEnd(text: string, at: number): [end: number, broken: boolean] {
  const end = after(LITERAL, text, at);
  return [end ?? after(CUT, text, at) ?? at, end === undefined];
}

/** Where a pattern ends that begins here. */
function after(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}
