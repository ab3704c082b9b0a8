import { KnownContext } from './known-context';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { Lookup } from '../policy/policy-variables';
import { literalText, Text } from '../text/text';

const CONTEXT = 'kms:encryptioncontext:';
const CONTEXT_KEYS = 'kms:encryptioncontextkeys';
const VIA = 'kms:viaservice';

/** What a request says: condition keys in lower case, and their values. An empty list says that it has none. */
export interface RequestContext {
  readonly values: ReadonlyMap<string, readonly Text[]>;
  /** The keys of the encryption context as they were written. */
  readonly contextNames: readonly string[];
  /** Keys that may have any value, whatever the templates say of the key and of who asks. */
  readonly open?: (key: string) => boolean;
}

export const NO_CONTEXT: RequestContext = { values: new Map(), contextNames: [] };
const NO_VALUES: readonly Text[] = [];

/** Reads condition keys and their values, in any case; nothing and null say that the request has none. */
export function readContext(given: Readonly<Record<string, unknown>>, requestAlias?: readonly Text[]): RequestContext {
  const values = new Map<string, readonly Text[]>(requestAlias && [['kms:requestalias', requestAlias]]);
  const contextNames: string[] = [];
  for (const key of Object.keys(given)) {
    const name = key.toLowerCase();
    const list = readValues(key, given[key]);
    values.set(name, list);
    if (list.length > 0 && name.startsWith(CONTEXT)) {
      contextNames.push(key.slice(CONTEXT.length));
    }
  }
  return values.size === 0 ? NO_CONTEXT : { values, contextNames };
}

function readValues(key: string, value: unknown): readonly Text[] {
  return value === null || value === undefined ? NO_VALUES : Array.isArray(value) ? value.map((one) => readValue(key, one)) : [readValue(key, value)];
}

function readValue(key: string, value: unknown): Text {
  if (typeof value === 'string') {
    return literalText(value);
  }
  if (typeof value !== 'number' && typeof value !== 'boolean') {
    const given = value === null ? 'null in a list' : Array.isArray(value) ? 'a list in a list' : 'an object';
    throw new KmsPatternsError('InvalidContext', `a condition key has a text or a list of texts, given: ${given} under '${key}'; write "${key}": "value"`);
  }
  return String(value);
}

/** The values of a request with what follows from them; what it does not say is absent if it is complete, and open otherwise. */
export function lookupOf({ values, contextNames, open }: RequestContext, known: KnownContext, complete: boolean): Lookup {
  const rest = complete ? undefined : 'open';
  const lookup = (key: string): readonly Text[] | undefined | 'open' => {
    const always = known.always(key);
    if (always !== undefined) {
      return always === 'absent' ? undefined : always;
    }
    const given = values.get(key);
    if (given !== undefined) {
      return given.length > 0 ? given : undefined;
    }
    // Other services than AWS KMS have no such key, and are called by services as well.
    if (key === 'aws:viaawsservice' && known.always(VIA) !== 'absent') {
      return viaAwsService(lookup(VIA));
    }
    if (key === CONTEXT_KEYS && complete && contextNames.length > 0) {
      return contextNames;
    }
    if (key.startsWith(CONTEXT) && isLeftOut(key, values.get(CONTEXT_KEYS))) {
      return undefined;
    }
    return open?.(key) ? rest : known.usually(key) ?? rest;
  };
  return lookup;
}

/** AWS sets it on what a service does with the access of its caller, as AWS KMS does with `kms:ViaService`. */
export function viaAwsService(viaService: readonly Text[] | undefined | 'open'): readonly Text[] | 'open' {
  return viaService === 'open' ? 'open' : [String(viaService !== undefined)];
}

/** Whether a list of the encryption context's keys lacks the one of a condition key. */
export function isLeftOut(conditionKey: string, names: readonly Text[] | undefined): boolean {
  return names !== undefined && !names.some((name) => name.toLowerCase() === conditionKey.slice(CONTEXT.length));
}
