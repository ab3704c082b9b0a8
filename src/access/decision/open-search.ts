import { Outcome } from './outcome';
import { isLeftOut, viaAwsService } from './request-context';
import { Values, ValueSpace } from './value-space';
import { Lookup } from '../policy/policy-variables';
import { Text } from '../text/text';
import { Truth } from '../text/truth';

const CONTEXT = 'kms:encryptioncontext:';
const CONTEXT_KEYS = 'kms:encryptioncontextkeys';
/** Requests that are tried before the question counts as too large, fewer where each takes long. */
const MOST_REQUESTS = 20_000;
const MOST_TESTS = 2_000_000;

/** Tries, for the condition keys that a request leaves open, every combination of values that makes a difference. */
export class OpenSearch {
  /** Whether not all were tried. */
  public gaveUp = false;
  private readonly chosen = new Map<string, Values>();
  private tried = 0;

  constructor(private readonly request: Lookup, private readonly space: ValueSpace, private readonly contextNames: readonly string[]) {}

  /** Calls back with each result that there is, until that says to stop; the lookup tells the values for which it holds. */
  public each(outcome: (lookup: Lookup) => Outcome, visit: (truth: Truth, lookup: Lookup) => boolean): boolean {
    if (++this.tried > Math.min(MOST_REQUESTS, MOST_TESTS / this.space.size)) {
      this.gaveUp = true;
      return true;
    }
    let open: string | undefined;
    const lookup: Lookup = (key) => {
      const values = this.valuesOf(key);
      if (values === 'open') {
        open ??= key === 'aws:viaawsservice' ? 'kms:viaservice' : key;
      }
      return values;
    };
    const result = outcome(lookup);
    if (result !== 'open' || open === undefined) {
      return visit(result === 'open' ? 'unknown' : result, (key) => this.valuesOf(key));
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

  private valuesOf(key: string): readonly Text[] | undefined | 'open' {
    const given = this.request(key);
    if (given !== 'open') {
      return given;
    }
    return key === 'aws:viaawsservice' ? viaAwsService(this.valuesOf('kms:viaservice')) : this.chosen.has(key) ? this.chosen.get(key) : 'open';
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
