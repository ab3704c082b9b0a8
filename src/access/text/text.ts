import { CLOSE, couldMatch, literally, MADE_UP, partsOf, STRANGE, UNKNOWN } from './text-parts';
import { Truth } from './truth';

/**
 * A value of a template as text. A part that is known at deployment only stands in it between two marks, under its name,
 * so that the same unknown is the same text everywhere.
 */
export type Text = string;

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
  return left === right ? true : (isKnown(left) && isKnown(right)) || differSoon(left, right) ? false
    : couldMatch(partsOf(left, false), partsOf(right, false)) ? 'unknown' : false;
}

/** Whether a text matches a pattern, in which `*` stands for any text and `?` for one character. */
export function matchesText(pattern: Text, text: Text): Truth {
  if (pattern === '*' || pattern === text) {
    return true;
  }
  return surelyMatches(pattern, text) ? true
    : (isKnown(pattern) && isKnown(text)) || differSoon(pattern, text) || !couldMatch(partsOf(pattern, true), partsOf(text, false)) ? false : 'unknown';
}

/** Greedy, with one way back: an unknown part is matched by itself and by `*` only. */
function surelyMatches(pattern: Text, text: Text): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    const want = pattern[p];
    if (want === '*') {
      star = p++;
      mark = t;
      continue;
    }
    const [wanted, given] = [endOfPart(pattern, p), endOfPart(text, t)];
    if (p < pattern.length && (want === '?' ? given === t + 1 : isSamePart(pattern, p, wanted, text, t, given))) {
      p = wanted;
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

/** Whether they differ before anything that stands for more than itself: most do, such as the ARNs of two keys. */
function differSoon(pattern: Text, text: Text): boolean {
  for (let i = 0; i < pattern.length && i < text.length;) {
    const want = pattern[i];
    const given = text[i];
    if (want === MADE_UP && given === MADE_UP) {
      const end = endOfPart(pattern, i);
      if (!isSamePart(pattern, i, end, text, i, endOfPart(text, i))) {
        return true;
      }
      i = end;
    } else if (want === '*' || want === '?' || isMark(want) || isMark(given)) {
      return false;
    } else if (want === given) {
      i++;
    } else {
      return true;
    }
  }
  return false;
}

/** The end of the character or the marked part that begins at a place. */
function endOfPart(text: Text, start: number): number {
  return text[start] === UNKNOWN || text[start] === MADE_UP ? text.indexOf(CLOSE, start) + 1 : start + 1;
}

function isSamePart(left: Text, leftStart: number, leftEnd: number, right: Text, rightStart: number, rightEnd: number): boolean {
  return leftEnd === leftStart + 1 && rightEnd === rightStart + 1 ? literally(left[leftStart]) === literally(right[rightStart])
    : left.slice(leftStart, leftEnd) === right.slice(rightStart, rightEnd);
}

function isMark(char: string): boolean {
  return char >= UNKNOWN && char <= STRANGE;
}
