const SPACE = new Set([' ', '\t', '\n', '\r']);
const LITERAL = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})/y;

/**
 * Where a text stops being JSON: at its length where it ends too early, and nowhere where it is JSON.
 *
 * What `JSON.parse` says of it is another sentence in each version of Node.js, most without a place.
 */
export function jsonBreak(text: string): number | undefined {
  const open: string[] = [];
  let next: 'value' | 'first value' | 'name' | 'first name' | 'colon' | 'after value' = 'value';
  let at = 0;
  for (;;) {
    while (SPACE.has(text[at])) {
      at++;
    }
    if (at >= text.length) {
      return open.length === 0 && next === 'after value' ? undefined : text.length;
    }
    const char = text[at];
    const closes = next === 'first value' || next === 'first name' || next === 'after value';
    if (closes && open.length > 0 && char === open.at(-1)) {
      open.pop();
      next = 'after value';
      at++;
    } else if (next === 'after value') {
      if (char !== ',' || open.length === 0) {
        return at;
      }
      next = open.at(-1) === '}' ? 'name' : 'value';
      at++;
    } else if (next === 'colon') {
      if (char !== ':') {
        return at;
      }
      next = 'value';
      at++;
    } else if (next === 'name' || next === 'first name') {
      const [end, broken] = char === '"' ? stringEnd(text, at) : [at, true];
      if (broken) {
        return end;
      }
      next = 'colon';
      at = end;
    } else if (char === '{' || char === '[') {
      open.push(char === '{' ? '}' : ']');
      next = char === '{' ? 'first name' : 'first value';
      at++;
    } else {
      const [end, broken] = char === '"' ? stringEnd(text, at) : literalEnd(text, at);
      if (broken) {
        return end;
      }
      next = 'after value';
      at = end;
    }
  }
}

/** What comes after a string, or where it breaks off. */
function stringEnd(text: string, start: number): [end: number, broken: boolean] {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '"') {
      return [at + 1, false];
    }
    if (text[at] < ' ') {
      return [at, true];
    }
    if (text[at] === '\\') {
      ESCAPE.lastIndex = at;
      if (!ESCAPE.test(text)) {
        return [at + 6 < text.length ? at : text.length, true];
      }
      at = ESCAPE.lastIndex - 1;
    }
  }
  return [text.length, true];
}

/** What comes after a number, `true`, `false` or `null`. */
function literalEnd(text: string, at: number): [end: number, broken: boolean] {
  LITERAL.lastIndex = at;
  return LITERAL.test(text) ? [LITERAL.lastIndex, false] : [at, true];
}
