import { Text } from './text';
import { STRANGE } from './text-parts';

/** Combinations of places in the patterns that are looked at before giving up. */
const MOST_STATES = 5000;

/** A text that matches all patterns; nothing where there is none, or none is found soon. */
export function commonInstance(patterns: readonly Text[]): Text | undefined {
  const tokens = patterns.map(tokensOf);
  const seen = new Set<string>();
  let level: { places: number[]; text: Text }[] = [{ places: patterns.map(() => 0), text: '' }];
  while (level.length > 0 && seen.size < MOST_STATES) {
    const next: typeof level = [];
    for (const { places, text } of level) {
      if (places.every((place, i) => tokens[i].slice(place).every((token) => token === '*'))) {
        return text;
      }
      const wanted = new Set(places.flatMap((place, i) => heads(tokens[i], place)).filter((token) => token !== '*' && token !== '?'));
      for (const symbol of [...wanted, STRANGE]) {
        for (const moved of moves(tokens, places, symbol)) {
          const state = moved.join();
          if (!seen.has(state)) {
            seen.add(state);
            next.push({ places: moved, text: text + symbol });
          }
        }
      }
    }
    level = next;
  }
  return undefined;
}

/** The places of all patterns after a symbol; a wildcard can stay or end. */
function moves(tokens: readonly string[][], places: readonly number[], symbol: string): number[][] {
  return places.reduce<number[][]>((all, place, i) => {
    const after = afterSymbol(tokens[i], place, symbol);
    return all.flatMap((moved) => after.map((to) => [...moved, to]));
  }, [[]]);
}

function afterSymbol(tokens: readonly string[], place: number, symbol: string): number[] {
  const after: number[] = [];
  for (let i = place; i < tokens.length; i++) {
    if (tokens[i] === '*') {
      after.push(i);
    } else {
      if (tokens[i] === '?' ? symbol.length === 1 : tokens[i] === symbol) {
        after.push(i + 1);
      }
      break;
    }
  }
  return after;
}

function heads(tokens: readonly string[], place: number): string[] {
  const first = tokens.findIndex((token, i) => i >= place && token !== '*');
  return first < 0 ? [] : [tokens[first]];
}

/** Characters, wildcards, and unknown parts as a whole. */
function tokensOf(pattern: Text): string[] {
  return pattern.match(/[\uE000\uE002][^\uE001]*\uE001|[^]/g) ?? [];
}
