import { Truth } from './truth';

/**
 * A value of a template as text. A part that is known at deployment only stands in it between two marks, under its name,
 * so that the same unknown is the same text everywhere.
 */
export type Text = string;

const OPEN = '\uE000';
const CLOSE = '\uE001';
const MARKS = /[\uE000\uE001]/;

/** A part that is known at deployment only. */
export function unknownText(name: string): Text {
  return OPEN + name.replace(/[\uE000\uE001]/g, '\uFFFD') + CLOSE;
}

/** Text of a template as it stands there, without marks of its own. */
export function literalText(text: string): Text {
  return MARKS.test(text) ? text.replace(/[\uE000\uE001]/g, '\uFFFD') : text;
}

/** Whether every part of it is known. */
export function isKnown(text: Text): boolean {
  return !text.includes(OPEN);
}

/** For people: unknown parts between angle brackets. */
export function readable(text: Text): string {
  return text.replace(/\uE000/g, '<').replace(/\uE001/g, '>');
}

/** Whether two texts are equal. */
export function equalText(left: Text, right: Text): Truth {
  return left === right ? true : isKnown(left) && isKnown(right) ? false : couldMatch(partsOf(left, false), partsOf(right, false)) ? 'unknown' : false;
}

/** Whether a text matches a pattern, in which `*` stands for any text and `?` for one character. */
export function matchesText(pattern: Text, text: Text): Truth {
  if (pattern === '*' || pattern === text) {
    return true;
  }
  const wild = partsOf(pattern, true);
  const plain = partsOf(text, false);
  if (surelyMatches(wild, plain)) {
    return true;
  }
  return isKnown(pattern) && isKnown(text) ? false : couldMatch(wild, plain) ? 'unknown' : false;
}

/** A character, a wildcard, or an unknown part. */
interface Part {
  readonly kind: 'char' | 'any' | 'one' | 'unknown';
  readonly value: string;
}

function partsOf(text: Text, wildcards: boolean): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === OPEN) {
      const end = text.indexOf(CLOSE, i);
      parts.push({ kind: 'unknown', value: text.slice(i + 1, end) });
      i = end;
    } else {
      parts.push({ kind: wildcards && text[i] === '*' ? 'any' : wildcards && text[i] === '?' ? 'one' : 'char', value: text[i] });
    }
  }
  return parts;
}

/** Greedy, with one way back: an unknown part is matched by itself and by `*` only. */
function surelyMatches(pattern: Part[], text: Part[]): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    const want = pattern[p];
    if (want?.kind === 'any') {
      star = p++;
      mark = t;
    } else if (want && (want.kind === 'one' ? text[t].kind === 'char' : want.kind === text[t].kind && want.value === text[t].value)) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p]?.kind === 'any') {
    p++;
  }
  return p === pattern.length;
}

/** Whether there are values for the unknown parts with which the text would match: both sides may hold any text. */
function couldMatch(pattern: Part[], text: Part[]): boolean {
  let row = new Uint8Array(text.length + 1);
  row[0] = 1;
  spreadText(row, text);
  for (const want of pattern) {
    const next = new Uint8Array(text.length + 1);
    const open = want.kind === 'any' || want.kind === 'unknown';
    for (let t = 0; t <= text.length; t++) {
      next[t] = open ? Number(row[t] === 1 || (t > 0 && next[t - 1] === 1))
        : Number((t > 0 && row[t - 1] === 1 && fits(want, text[t - 1])) || (t > 0 && text[t - 1].kind === 'unknown' && (next[t - 1] === 1 || row[t] === 1)));
    }
    row = next;
    spreadText(row, text);
  }
  return row[text.length] === 1;
}

/** An unknown part of the text may be empty. */
function spreadText(row: Uint8Array, text: Part[]): void {
  for (let t = 1; t <= text.length; t++) {
    if (row[t - 1] === 1 && text[t - 1].kind === 'unknown') {
      row[t] = 1;
    }
  }
}

function fits(want: Part, given: Part): boolean {
  return given.kind === 'unknown' || want.kind === 'one' || want.value === given.value;
}
