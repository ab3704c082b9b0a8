import { CLOSE, couldMatch, DOLLAR, literally, MADE_UP, partsOf, QUESTION_MARK, STAR, UNKNOWN } from './text-parts';
import { Truth } from './truth';

/**
 * A value of a template as text. A part that is known at deployment only stands in it between two marks, under its name,
 * so that the same unknown is the same text everywhere.
 */
export type Text = string;

const [UNKNOWN_CODE, MADE_UP_CODE, CLOSE_CODE, LAST_CODE] = [UNKNOWN, MADE_UP, CLOSE, DOLLAR].map((mark) => mark.charCodeAt(0));
const MARKS = /[\uE000-\uE006]/g;

/** A part that is known at deployment only. */
export function unknownText(name: string): Text {
  return UNKNOWN + nameText(name) + CLOSE;
}

/**
 * An id or a suffix that AWS makes up: it is not empty, and no other made up text is the same.
 *
 * Somebody may have written it down since the last deployment: what stands in a template may be the same.
 */
export function madeUpText(name: string): Text {
  return MADE_UP + nameText(name) + CLOSE;
}

/** A name in which nothing is a wildcard or a policy variable. */
function nameText(name: string): Text {
  return literalText(name).replaceAll('*', STAR).replaceAll('?', QUESTION_MARK).replaceAll('$', DOLLAR);
}

/** Text of a template as it stands there, without marks of its own. */
export function literalText(text: string): Text {
  return text.replace(MARKS, '\uFFFD');
}

/** Whether every part of it is known. */
export function isKnown(text: Text): boolean {
  return !text.includes(CLOSE);
}

/** Whether it ends in an id that AWS makes up, and has nothing else that is not known: two such texts are equal, or surely differ. */
export function isExactText(text: Text): boolean {
  return /^[^*?\uE000-\uE006]*\uE002[^\uE001]*\uE001$/.test(text);
}

/** Whether AWS makes up a part of it, and no other part is unknown but accounts, Regions and partitions. */
export function isMadeUp(text: Text): boolean {
  return text.includes(MADE_UP) && !/\uE000(?!AWS::)/.test(text);
}

/** In lower case, but for the names of parts that are not known. */
export function lowerText(text: Text): Text {
  return isKnown(text) ? text.toLowerCase() : text.replace(/[\uE000\uE002][^\uE001]*\uE001|[^\uE000\uE002]+/g, (part) => isKnown(part) ? part.toLowerCase() : part);
}

/** With wildcard characters that are meant as themselves, as a request has them. */
export function plainText(text: Text): Text {
  return text.replaceAll(STAR, '*').replaceAll(QUESTION_MARK, '?');
}

/** For people: unknown parts between angle brackets. */
export function readable(text: Text): string {
  return text.replace(/[\uE000\uE002]/g, '<').replace(/\uE001/g, '>').replace(/\uE003/g, '*').replace(/\uE004/g, '?').replace(/\uE005/g, 'another').replace(/\uE006/g, '$');
}

/** The pieces between a separator, or nothing where an unknown part may hold it: ids, accounts and Regions are letters, digits and hyphens. */
export function splitText(text: Text, separator: string, most = Infinity): Text[] | undefined {
  if (/\uE000(?!AWS::)/.test(text) || (!isKnown(text) && /[\w.-]/.test(separator))) {
    return undefined;
  }
  const pieces: Text[] = [];
  let start = 0;
  for (let i = 0; i < text.length && pieces.length < most - 1;) {
    if (text.startsWith(separator, i)) {
      pieces.push(text.slice(start, i));
      start = i += separator.length;
    } else {
      i = endOfPart(text, i);
    }
  }
  return [...pieces, text.slice(start)];
}

/** Whether two texts are equal. */
export function equalText(left: Text, right: Text): Truth {
  return left === right ? true : (isKnown(left) && isKnown(right)) || firstDoubt(left, right) < 0 ? false
    : couldMatch(partsOf(left, false), partsOf(right, false)) ? 'unknown' : false;
}

/** Whether a text matches a pattern, in which `*` stands for any text and `?` for one character. */
export function matchesText(pattern: Text, text: Text): Truth {
  if (pattern === '*' || pattern === text) {
    return true;
  }
  const start = firstDoubt(pattern, text);
  return start < 0 ? false : surelyMatches(pattern, text, start) ? true
    : (isKnown(pattern) && isKnown(text)) || !couldMatch(partsOf(pattern, true), partsOf(text, false)) ? false : 'unknown';
}

/** The place up to which they are the same and stand for themselves, or -1 where they differ there: most do, such as the ARNs of two keys. */
function firstDoubt(pattern: Text, text: Text): number {
  const length = Math.min(pattern.length, text.length);
  let madeUp = -1;
  for (let i = 0; i < length; i++) {
    const want = pattern.charCodeAt(i);
    const given = text.charCodeAt(i);
    if (want !== given) {
      // Two ids that AWS makes up are never the same.
      return madeUp < 0 && (isMarkOrWildcard(want) || isMarkOrWildcard(given)) ? i : -1;
    }
    if (madeUp >= 0) {
      madeUp = want === CLOSE_CODE ? -1 : madeUp;
    } else if (want === MADE_UP_CODE) {
      madeUp = i;
    } else if (isMarkOrWildcard(want)) {
      return i;
    }
  }
  return length;
}

/** Greedy, with one way back: an unknown part is matched by itself and by `*` only. */
function surelyMatches(pattern: Text, text: Text, start: number): boolean {
  let [p, t, star, mark] = [start, start, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = t;
      continue;
    }
    const given = endOfPart(text, t);
    if (p < pattern.length && isMet(pattern, p, text, t, given)) {
      p = endOfPart(pattern, p);
      t = given;
    } else if (star >= 0) {
      p = star + 1;
      t = mark = endOfPart(text, mark);
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') {
    p++;
  }
  return p === pattern.length;
}

/** Whether the next part of a pattern is that of a text, which ends at `given`. */
function isMet(pattern: Text, p: number, text: Text, t: number, given: number): boolean {
  return given > t + 1 ? pattern.startsWith(text.slice(t, given), p)
    : pattern[p] === text[t] || pattern[p] === '?' || (isMarkOrWildcard(pattern.charCodeAt(p)) && literally(pattern[p]) === literally(text[t]));
}

/** The end of the character or the marked part that begins at a place. */
function endOfPart(text: Text, start: number): number {
  const code = text.charCodeAt(start);
  return code === UNKNOWN_CODE || code === MADE_UP_CODE ? text.indexOf(CLOSE, start) + 1 : start + 1;
}

function isMarkOrWildcard(code: number): boolean {
  return code === 42 || code === 63 || (code >= UNKNOWN_CODE && code <= LAST_CODE);
}
