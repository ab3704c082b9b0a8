import { Access } from './access';
import { Clause } from './clause';
import { ConditionTest } from '../policy/condition-test';
import { Lookup } from '../policy/policy-variables';

const CONTEXT_KEYS = 'kms:encryptioncontextkeys';
const OUTCOMES: ReadonlyMap<unknown, string> = new Map<unknown, string>([[true, '1'], [false, '0'], ['unknown', '?'], ['open', '-']]);

/** What of an access makes a difference to its answers, without the names of who asks and of the statements. */
export class AccessShape {
  private readonly tests: readonly ConditionTest[];
  private readonly readsContextKeys: boolean;
  private description?: string;

  constructor(private readonly access: Access) {
    this.tests = [...new Map(clausesOf(access).flatMap(({ tests }) => tests.map((test) => [test.id, test]))).values()];
    this.readsContextKeys = this.tests.some(({ keys }) => keys.includes(CONTEXT_KEYS));
  }

  /** The same for requests that get the same answer: what becomes of each condition, and what is given where that does not say it all. */
  public sortOf(lookup: Lookup, contextNames: readonly string[]): string {
    let [sort, isOpen] = ['', false];
    for (const test of this.tests) {
      const outcome = test.holds(lookup);
      sort += OUTCOMES.get(outcome);
      if (outcome === 'open') {
        isOpen = true;
        sort += test.keys.length > 1 ? JSON.stringify(test.keys.map((key) => lookup(key))) : '';
      }
    }
    return isOpen && this.readsContextKeys ? sort + JSON.stringify(contextNames) : sort;
  }

  /** The same for accesses that give the same answers. */
  public get text(): string {
    this.description ??= JSON.stringify([
      this.access.routes.map(({ factors }) => factors.map(({ alternatives }) => alternatives.map(textOf))),
      this.access.denies.map(textOf),
    ]);
    return this.description;
  }
}

/** Every statement that can play a part. */
export function clausesOf({ routes, denies }: Access): Clause[] {
  return [...routes.flatMap(({ factors }) => factors.flatMap(({ alternatives }) => alternatives)), ...denies];
}

function textOf({ base, doubt, tests }: Clause): unknown[] {
  return [...base === 'unknown' ? [doubt ?? ''] : [], tests.map(({ id }) => id)];
}
