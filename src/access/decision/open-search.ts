import { Outcome } from './outcome';
import { isLeftOut, viaAwsService } from './request-context';
import { Values, ValueSpace } from './value-space';
import { Lookup } from '../policy/policy-variables';
import { Truth } from '../text/truth';

const CONTEXT = 'kms:encryptioncontext:';
const CONTEXT_KEYS = 'kms:encryptioncontextkeys';
/** Requests that are tried before the question counts as too large, fewer where each takes long. */
const MOST_REQUESTS = 20_000;
const MOST_TESTS = 2_000_000;

/** Values for condition keys that a request leaves open. */
export type Choice = ReadonlyMap<string, Values>;

/** A request in which keys that it leaves open have the chosen values. */
export function lookupWith(request: Lookup, choice: Choice): Lookup {
  const lookup: Lookup = (key) => {
    const given = request(key);
    return given !== 'open' ? given : followsVia(request, key) ? viaAwsService(lookup('kms:viaservice')) : choice.has(key) ? choice.get(key) : 'open';
  };
  return lookup;
}

/** Tries, for the condition keys that a request leaves open, every combination of values that makes a difference. */
export class OpenSearch {
  /** Whether not all were tried. */
  public gaveUp = false;
  private readonly chosen = new Map<string, Values>();
  private tried = 0;

  constructor(private readonly request: Lookup, private readonly space: ValueSpace, private readonly contextNames: readonly string[]) {}

  /** Calls back with each result that there is, until that says to stop; the choice tells the values for which it holds. */
  public each(outcome: (lookup: Lookup) => Outcome, visit: (truth: Truth, choice: Choice) => boolean): boolean {
    if (++this.tried > Math.min(MOST_REQUESTS, MOST_TESTS / this.space.size)) {
      this.gaveUp = true;
      return true;
    }
    let open: string | undefined;
    const chosen = lookupWith(this.request, this.chosen);
    const lookup: Lookup = (key) => {
      const values = chosen(key);
      if (values === 'open') {
        open ??= followsVia(this.request, key) ? 'kms:viaservice' : key;
      }
      return values;
    };
    const result = outcome(lookup);
    if (result !== 'open' || open === undefined) {
      return visit(result === 'open' ? 'unknown' : result, this.chosen);
    }
    const key = open;
    for (const values of this.space.values(key)) {
      if (this.fits(key, values)) {
        this.chosen.set(key, values);
        const stop = this.each(outcome, visit);
        this.chosen.delete(key);
        if (stop) {
          return true;
        }
      }
    }
    return false;
  }

  /** The keys of the encryption context are those of its pairs. */
  private fits(key: string, values: Values): boolean {
    if (key === CONTEXT_KEYS) {
      const pairs = [...this.chosen].filter(([name]) => name.startsWith(CONTEXT));
      return this.contextNames.every((name) => !isLeftOut(CONTEXT + name.toLowerCase(), values ?? []))
        && pairs.every(([name, pair]) => (pair === undefined) === isLeftOut(name, values ?? []));
    }
    if (key.startsWith(CONTEXT) && this.chosen.has(CONTEXT_KEYS)) {
      return (values === undefined) === isLeftOut(key, this.chosen.get(CONTEXT_KEYS) ?? []);
    }
    return true;
  }
}

/** Whether a key is what `kms:ViaService` says, where a request can have that. */
function followsVia(request: Lookup, key: string): boolean {
  return key === 'aws:viaawsservice' && request('kms:viaservice') !== undefined;
}
