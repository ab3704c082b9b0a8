import { Truth } from './truth';

/**
 * A value of a template as text. A part that is known at deployment only stands in it between two marks, under its name,
 * so that the same unknown is the same text everywhere.
 */
export type Text = string;

const UNKNOWN = '\uE000';
const CLOSE = '\uE001';
const MADE_UP = '\uE002';
/** What stands for a wildcard character that is meant as itself. */
export const STAR = '\uE003';
export const QUESTION_MARK = '\uE004';
/** A character that no text of a template has, and that no unknown part turns out to be. */
export const STRANGE = '\uE005';
const MARKS = /[\uE000-\uE005]/g;
/** IAM takes no longer ARN, and no condition value that people write is longer: what is, is taken for unknown. */
const LONGEST = 2048;

/** A part that is known at deployment only. */
export function unknownText(name: string): Text {
  return UNKNOWN + literalText(name) + CLOSE;
}

/** An id or a suffix that AWS makes up: it is not empty, and no other made up text is the same. */
export function madeUpText(name: string): Text {
  return MADE_UP + literalText(name) + CLOSE;
}

/** Text of a template as it stands there, without marks of its own. */
export function literalText(text: string): Text {
  return text.replace(MARKS, '\uFFFD');
}

/** A text that was put together, unknown where it has become too long to be looked at. */
export function boundedText(text: Text): Text {
  return text.length > LONGEST ? unknownText(`a text of more than ${LONGEST} characters`) : text;
}

/** Whether every part of it is known. */
export function isKnown(text: Text): boolean {
  return !text.includes(CLOSE);
}

/** For people: unknown parts between angle brackets. */
export function readable(text: Text): string {
  return text.replace(/[\uE000\uE002]/g, '<').replace(/\uE001/g, '>').replace(/\uE003/g, '*').replace(/\uE004/g, '?').replace(/\uE005/g, 'another');
}

/** The pieces between a separator of one character, or nothing where an unknown part may hold it: ids, accounts and Regions do not. */
export function splitText(text: Text, separator: string, most = Infinity): Text[] | undefined {
  if (/\uE000(?!AWS::)/.test(text)) {
    return undefined;
  }
  const pieces: Text[] = [];
  let [start, inside] = [0, false];
  for (let i = 0; i < text.length && pieces.length < most - 1; i++) {
    if (text[i] === UNKNOWN || text[i] === MADE_UP) {
      inside = true;
    } else if (text[i] === CLOSE) {
      inside = false;
    } else if (text[i] === separator && !inside) {
      pieces.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...pieces, text.slice(start)];
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
  if (isKnown(pattern) && isKnown(text)) {
    return matchesKnown(pattern, text);
  }
  const wild = partsOf(pattern, true);
  const plain = partsOf(text, false);
  return surelyMatches(wild, plain) ? true : couldMatch(wild, plain) ? 'unknown' : false;
}

/** As below, without parts: almost all comparisons are of this kind. */
function matchesKnown(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    const want = pattern[p];
    if (want === '*') {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (want === '?' || literally(want) === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') {
    p++;
  }
  return p === pattern.length;
}

/** A character, a wildcard, or a part that is not known. */
interface Part {
  readonly kind: 'char' | 'any' | 'one' | 'unknown' | 'made up';
  readonly value: string;
}

function partsOf(text: Text, wildcards: boolean): Part[] {
  const parts: Part[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === UNKNOWN || char === MADE_UP) {
      const end = text.indexOf(CLOSE, i);
      parts.push({ kind: char === UNKNOWN ? 'unknown' : 'made up', value: text.slice(i + 1, end) });
      i = end;
    } else {
      parts.push(wildcards && char === '*' ? { kind: 'any', value: char } : wildcards && char === '?' ? { kind: 'one', value: char }
        : { kind: 'char', value: literally(char) });
    }
  }
  return parts;
}

function literally(char: string): string {
  return char === STAR ? '*' : char === QUESTION_MARK ? '?' : char;
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
  const width = text.length + 1;
  const seen = new Set<number>();
  // The part of the pattern, that of the text, and whether each has taken something of the other side already.
  const open: [number, number, boolean, boolean][] = [[0, 0, false, false]];
  while (open.length > 0) {
    const [p, t, pTook, tTook] = open.pop()!;
    const state = ((p * width + t) * 2 + Number(pTook)) * 2 + Number(tTook);
    if (seen.has(state)) {
      continue;
    }
    seen.add(state);
    const [want, given] = [pattern[p] as Part | undefined, text[t] as Part | undefined];
    if (!want && !given) {
      return true;
    }
    if (want && mayEnd(want, pTook)) {
      open.push([p + 1, t, false, tTook]);
    }
    if (given && mayEnd(given, tTook)) {
      open.push([p, t + 1, pTook, false]);
    }
    if (want && given) {
      if (isPlain(given) && !isPlain(want)) {
        if (mayHold(want, given)) {
          open.push([p, t + 1, true, false]);
        }
      } else if (isPlain(want) && !isPlain(given)) {
        if (mayHold(given, want)) {
          open.push([p + 1, t, false, true]);
        }
      } else if (isPlain(want) || (want.kind === 'made up' && given.kind === 'made up')) {
        if (want.kind === 'one' || want.value === given.value) {
          open.push([p + 1, t + 1, false, false]);
        }
      } else if (given.kind === 'made up') {
        open.push([p, t + 1, true, false]);
      } else {
        open.push([p + 1, t, false, true]);
      }
    }
  }
  return false;
}

function isPlain({ kind }: Part): boolean {
  return kind === 'char' || kind === 'one';
}

/** Accounts, Regions and ids are no more than a part of an ARN. */
function mayHold({ kind, value }: Part, char: Part): boolean {
  return kind === 'any' || (char.value !== STRANGE && !((kind === 'made up' || value.startsWith('AWS::')) && (char.value === ':' || char.value === '/')));
}

function mayEnd({ kind }: Part, took: boolean): boolean {
  return kind === 'any' || kind === 'unknown' || (kind === 'made up' && took);
}
