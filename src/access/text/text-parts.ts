/** The marks around a part that is not known, and around one that AWS makes up. */
export const UNKNOWN = '\uE000';
export const MADE_UP = '\uE002';
export const CLOSE = '\uE001';
/** What stands for a wildcard character that is meant as itself. */
export const STAR = '\uE003';
export const QUESTION_MARK = '\uE004';
/** What stands for a dollar sign in the name of a part: it begins no policy variable. */
export const DOLLAR = '\uE006';
/** A character that no text of a template has, and that no unknown part turns out to be. */
export const STRANGE = '\uE005';

/** A character, a wildcard, or a part that is not known. */
export interface Part {
  readonly kind: 'char' | 'any' | 'one' | 'unknown' | 'made up';
  readonly value: string;
}

export function partsOf(text: string, wildcards: boolean): Part[] {
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

export function literally(char: string): string {
  return char === STAR ? '*' : char === QUESTION_MARK ? '?' : char;
}

/** Whether there are values for the unknown parts with which the text would match: both sides may hold any text. */
export function couldMatch(pattern: Part[], text: Part[]): boolean {
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
