import { Access, Route } from './access';
import { Clause } from './clause';
import { RequestContext } from './request-context';
import { ConditionTest } from '../policy/condition-test';
import { Lookup } from '../policy/policy-variables';

const NUMBERS = new Map<string, number>();
const MOST_NUMBERS = 50_000;
let lastNumber = 0;

const CONTEXT_KEYS = 'kms:encryptioncontextkeys';
/** What of a sort says that the request leaves something open. */
export const OPEN = '-';

/** What of an access makes a difference to its answers, without the names of who asks and of the statements. */
export class AccessShape {
  private readonly tests: readonly ConditionTest[];
  private readonly readsContextKeys: boolean;
  private description?: string;

  constructor(private readonly access: Access) {
    const tests = new Map<string, ConditionTest>();
    clausesOf(access).forEach((clause) => clause.tests.forEach((test) => tests.set(test.id, test)));
    this.tests = [...tests.values()];
    this.readsContextKeys = this.tests.some(({ keys }) => keys.includes(CONTEXT_KEYS));
  }

  /** The same for requests that get the same answer: what becomes of each condition, and what is given where that does not say it all. */
  public sortOf(lookup: Lookup, { values, contextNames }: RequestContext): string {
    let [sort, isOpen] = ['', false];
    for (const test of this.tests) {
      const outcome = test.holds(lookup);
      if (outcome === 'open') {
        isOpen = true;
        sort += test.keys.length > 1 ? OPEN + JSON.stringify(test.keys.map((key) => lookup(key))) : OPEN;
      } else {
        sort += outcome === true ? '1' : outcome === false ? '0' : '?';
      }
    }
    return isOpen && this.readsContextKeys ? sort + JSON.stringify([contextNames, [...values].filter(([, given]) => given.length === 0)]) : sort;
  }

  /** The same for accesses that give the same answers. */
  public get text(): string {
    // What `aws:ViaAWSService` follows from.
    this.description ??= [String(this.access.known.always('kms:viaservice') === 'absent'), ...this.access.routes.map(routeText), listText(this.access.denies)].join('\n');
    return this.description;
  }
}

/** Every statement that can play a part. */
export function clausesOf({ routes, denies }: Pick<Access, 'routes' | 'denies'>): Clause[] {
  return routes.flatMap(({ factors }) => factors.flatMap(({ alternatives }) => alternatives)).concat(denies);
}

function routeText({ factors }: Route): string {
  return factors.map(({ alternatives }) => listText(alternatives)).join('&');
}

function listText(clauses: readonly Clause[]): string {
  return clauses.map(({ base, doubt, tests }) => `[${base === 'unknown' ? JSON.stringify(doubt ?? '') : ''}${tests.map(numberOf).join(',')}]`).join('');
}

/** Numbers are shorter than texts, and are compared as often as somebody asks. */
function numberOf({ id }: ConditionTest): number {
  let number = NUMBERS.get(id);
  if (number === undefined) {
    if (NUMBERS.size >= MOST_NUMBERS) {
      NUMBERS.clear();
    }
    number = ++lastNumber;
    NUMBERS.set(id, number);
  }
  return number;
}
