import { isMultiValued } from '../policy/condition-keys';
import { ConditionTest } from '../policy/condition-test';
import { fillings, fillVariables, Lookup } from '../policy/policy-variables';
import { edgesOf } from '../text/ip-address';
import { commonInstance } from '../text/pattern-instance';
import { matchesText, plainText, Text } from '../text/text';
import { STRANGE } from '../text/text-parts';

/** Values of a condition key in a request, or that it has none. */
export type Values = readonly Text[] | undefined;

const BOOLEANS = new Set([
  'aws:multifactorauthpresent', 'aws:securetransport', 'kms:bypasspolicylockoutsafetycheck', 'kms:grantisforawsresource', 'kms:reencryptonsamekey',
]);
const CONTEXT = 'kms:encryptioncontext:';
const CONTEXT_KEYS = 'kms:encryptioncontextkeys';
/** In every partition. https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service */
const VIA_SERVICE = '?*.?*.amazonaws.com';
/** More values of a key than fit into a policy. */
const MOST_VALUES = 400;
/** More values than this are not combined to sets. */
const MOST_COMBINED = 8;

/**
 * For each condition key the values that make a difference to some tests: those that a policy names, what its patterns have in common,
 * one that nothing names, and none. Values that no test tells apart count once.
 */
export class ValueSpace {
  /** Whether some values were left out because there are too many. */
  public isPartial = false;
  private readonly byKey = new Map<string, readonly Values[]>();

  private readonly testsOf = new Map<string, ConditionTest[]>();
  private readonly comparing: readonly ConditionTest[];
  private contextKeys?: readonly string[];

  constructor(private readonly tests: readonly ConditionTest[], private readonly always: Lookup, private readonly contextNames: readonly string[]) {
    this.comparing = tests.filter(({ keys }) => keys.length > 1);
    for (const test of tests) {
      for (const key of test.keys) {
        this.testsOf.set(key, this.testsOf.get(key) ?? []);
        this.testsOf.get(key)!.push(test);
      }
    }
  }

  /** How many tests there are. */
  public get size(): number {
    return Math.max(1, this.tests.length);
  }

  public values(key: string): readonly Values[] {
    let values = this.byKey.get(key);
    if (!values) {
      values = this.distinct(key, this.sets(key, this.single(key)));
      this.byKey.set(key, values);
    }
    return values;
  }

  private single(key: string): Text[] {
    if (BOOLEANS.has(key)) {
      return ['true', 'false'];
    }
    const related = this.related(key);
    const own = [...related].flatMap((one) => this.reading(one).filter((test) => test.keys[0] === one && test.asked));
    const asked = own.flatMap((test) => test.asked!.values.map((value) => ({ value: this.filled(value), operator: test.asked!.operatorName })));
    const named = asked.flatMap(({ value, operator }) => variants(value, operator));
    const patterns = asked.filter(({ operator }) => /like|arn/i.test(operator)).map(({ value }) => value);
    const shape = key === 'kms:viaservice' ? [VIA_SERVICE] : [];
    const values = [
      ...named,
      ...instances([...new Set([...patterns, ...shape])].slice(0, MOST_VALUES)),
      ...[...related].flatMap((one) => this.reading(one).flatMap((test) => this.fillings(test, one))),
      ...key === CONTEXT_KEYS ? this.namesOfContext() : [],
      key === 'kms:viaservice' ? `${STRANGE}.${STRANGE}.amazonaws.com` : STRANGE,
    ];
    const possible = [...new Set(values.map(plainText))].filter((value) => key === 'kms:viaservice' ? matchesText(VIA_SERVICE, value) !== false
      : key !== CONTEXT_KEYS || this.mayBeInContext(value));
    this.isPartial ||= possible.length > MOST_VALUES || patterns.length > MOST_VALUES;
    return possible.slice(-MOST_VALUES);
  }

  /** What a policy variable must be for a text to match what it is compared with, where that is known. */
  private fillings({ variables }: ConditionTest, key: string): Text[] {
    const compared = variables?.with(this.always) ?? [];
    return compared === 'open' ? [] : compared.flatMap((text) => variables!.patterns.flatMap((pattern) => fillings(pattern, key, text)));
  }

  /** The key, and those that policy variables compare it with. */
  private related(key: string): Set<string> {
    const related = new Set([key]);
    for (let size = 0; size < related.size;) {
      size = related.size;
      this.comparing.filter(({ keys }) => keys.some((one) => related.has(one))).forEach(({ keys }) => keys.forEach((one) => related.add(one)));
    }
    return related;
  }

  private sets(key: string, values: readonly Text[]): Values[] {
    const several = isMultiValued(key, this.reading(key).some(({ keys, asked }) => keys[0] === key && asked?.operator.set !== undefined));
    const ones = values.map((value) => [value]);
    if (!several) {
      return [undefined, ...ones];
    }
    const first = values.slice(0, MOST_COMBINED);
    const known = key === CONTEXT_KEYS ? subsets(this.namesOfContext().slice(0, 5)) : [];
    const pairs = first.flatMap((left, i) => first.slice(i + 1).map((right) => [left, right]));
    return [undefined, ...ones, ...pairs, ...known, ...known.map((set) => [...set, values.at(-1)!]), [...values]];
  }

  /** The first of all values that no test tells apart. */
  private distinct(key: string, all: readonly Values[]): Values[] {
    const related = this.reading(key);
    const seen = new Map<string, Values>();
    for (const values of all) {
      const alone = related.map((test) => test.keys.length > 1 ? values?.join('\n') : test.holds((asked) => asked === key ? values : 'open'));
      const lower = values?.map((value) => value.toLowerCase());
      const names = key === CONTEXT_KEYS ? this.namesOfContext().filter((name) => lower?.includes(name.toLowerCase())) : [];
      const signature = JSON.stringify([alone, values === undefined, names]);
      if (!seen.has(signature)) {
        seen.set(signature, values);
      }
    }
    return [...seen.values()];
  }

  private reading(key: string): readonly ConditionTest[] {
    return this.testsOf.get(key) ?? [];
  }

  private namesOfContext(): readonly string[] {
    this.contextKeys ??= this.findNamesOfContext();
    return this.contextKeys;
  }

  private findNamesOfContext(): string[] {
    const written = this.tests.map(({ condition: { key } }) => key);
    const names = [...written, ...this.tests.flatMap(({ keys }) => keys)].filter((key) => key.toLowerCase().startsWith(CONTEXT));
    const spellings = new Map(names.reverse().map((key) => [key.toLowerCase(), key.slice(CONTEXT.length)]));
    return [...new Set([...spellings.values(), ...this.contextNames])].filter((name) => this.mayBeInContext(name));
  }

  /** Not where the request says that it is not there. */
  private mayBeInContext(name: string): boolean {
    return this.always(CONTEXT + name.toLowerCase()) !== undefined;
  }

  private filled(value: Text): Text {
    const filled = fillVariables(value, (key) => {
      const values = this.always(key);
      return values === 'open' ? [STRANGE] : values;
    });
    return filled === undefined || filled === 'open' ? value : filled;
  }
}

/** Values near the one that a policy names, by the kind of its operator. */
function variants(value: Text, operatorName: string): Text[] {
  const kind = operatorName.toLowerCase();
  if (kind.includes('numeric') && Number.isFinite(Number(value))) {
    return [-1, 0, 1].map((step) => String(Number(value) + step));
  }
  if (kind.includes('date')) {
    const time = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
    return Number.isFinite(time) && Math.abs(time) < 8e15 ? [-1000, 0, 1000].map((step) => new Date(time + step).toISOString()) : [value];
  }
  if (kind.includes('ipaddress')) {
    return [...edgesOf(value), '192.0.2.1', '2001:db8::1'];
  }
  if (kind.includes('bool')) {
    return ['true', 'false'];
  }
  return kind === 'null' ? [] : kind.includes('ignorecase') ? [value, value.toLowerCase(), value.toUpperCase()]
    : /like|arn/.test(kind) ? [] : [value];
}

/** Texts that match the patterns, alone and together. */
function instances(patterns: readonly Text[]): Text[] {
  const found = patterns.flatMap((pattern) =>
    [commonInstance([pattern]), pattern.replaceAll('*', STRANGE).replaceAll('?', STRANGE)]);
  const few = patterns.slice(0, MOST_COMBINED);
  const pairs = few.flatMap((left, i) => few.slice(i + 1).map((right) => commonInstance([left, right])));
  const triples = few.length > 5 ? [] : few.flatMap((a, i) => few.slice(i + 1)
    .flatMap((b, j) => few.slice(i + j + 2).map((c) => commonInstance([a, b, c]))));
  return [...found, ...pairs, ...triples, few.length > 3 ? commonInstance(few) : undefined].filter((text) => text !== undefined);
}

function subsets(names: readonly string[]): string[][] {
  return names.reduce<string[][]>((all, name) => [...all, ...all.map((set) => [...set, name])], [[]]).filter((set) => set.length > 0);
}
