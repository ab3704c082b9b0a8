import { matchesAddress } from '../text/ip-address';
import { equalText, isKnown, lowerText, matchesText, splitText, Text } from '../text/text';
import { and, not, or, Truth } from '../text/truth';

/** Compares a value of the request with a value of the policy. */
type Comparison = (given: Text, wanted: Text) => Truth;

/** An operator of a condition: `ForAnyValue:StringNotEqualsIfExists` in parts. */
export interface ConditionOperator {
  readonly set?: 'forallvalues' | 'foranyvalue';
  readonly ifExists: boolean;
  /** Negated operators hold where no value of the policy is met, and where the request has no value. */
  readonly negated: boolean;
  /** Nothing for `Null`, which only asks whether the key is there. */
  readonly compare?: Comparison;
}

const COMPARISONS: Record<string, Comparison> = {
  stringequals: equalText,
  stringequalsignorecase: (given, wanted) => equalText(lowerText(given), lowerText(wanted)),
  stringlike: (given, wanted) => matchesText(wanted, given),
  numericequals: byNumber((given, wanted) => given === wanted),
  numericlessthan: byNumber((given, wanted) => given < wanted),
  numericlessthanequals: byNumber((given, wanted) => given <= wanted),
  numericgreaterthan: byNumber((given, wanted) => given > wanted),
  numericgreaterthanequals: byNumber((given, wanted) => given >= wanted),
  dateequals: byDate((given, wanted) => given === wanted),
  datelessthan: byDate((given, wanted) => given < wanted),
  datelessthanequals: byDate((given, wanted) => given <= wanted),
  dategreaterthan: byDate((given, wanted) => given > wanted),
  dategreaterthanequals: byDate((given, wanted) => given >= wanted),
  bool: (given, wanted) => equalText(lowerText(given), lowerText(wanted)),
  binaryequals: equalText,
  arnequals: matchesArn,
  arnlike: matchesArn,
  ipaddress: matchesAddress,
};
const NEGATED: Record<string, string> = {
  stringnotequals: 'stringequals',
  stringnotequalsignorecase: 'stringequalsignorecase',
  stringnotlike: 'stringlike',
  numericnotequals: 'numericequals',
  datenotequals: 'dateequals',
  arnnotequals: 'arnequals',
  arnnotlike: 'arnlike',
  notipaddress: 'ipaddress',
};

/** Reads an operator, whose case does not matter; nothing where AWS knows no such operator. */
export function conditionOperator(text: string): ConditionOperator | undefined {
  const parts = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/.exec(text.toLowerCase());
  if (!parts) {
    return undefined;
  }
  const [, set, name, ifExists] = parts as unknown as [string, ConditionOperator['set'], string, string | undefined];
  if (name === 'null' && !set && !ifExists) {
    return { ifExists: false, negated: false };
  }
  const base = Object.hasOwn(NEGATED, name) ? NEGATED[name] : name;
  return Object.hasOwn(COMPARISONS, base)
    ? { set, ifExists: ifExists !== undefined, negated: base !== name, compare: COMPARISONS[base] }
    : undefined;
}

/** Whether the operator holds for what the request has under the key (nothing where it has none) and what the policy asks. */
export function holds(operator: ConditionOperator, given: readonly Text[] | undefined, wanted: readonly Text[]): Truth {
  // Set operators take an empty text for no value. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  const absent = given === undefined || (operator.set === undefined ? given.length === 0 : given.every((value) => value === ''));
  if (!operator.compare) {
    return wanted.map((value) => equalText(lowerText(value), String(absent))).reduce(or, false);
  }
  if (absent) {
    return operator.ifExists || operator.set === 'forallvalues' || (operator.negated && operator.set === undefined);
  }
  const met = given.map((value) => {
    const one = wanted.map((want) => operator.compare!(value, want)).reduce(or, false);
    return operator.negated ? not(one) : one;
  });
  const all = operator.set === 'forallvalues' || (operator.set === undefined && operator.negated);
  return all ? not(met.map(not).reduce(or, false)) : met.reduce(or, false);
}

/** Part by part: a wildcard does not reach over a colon, except in the resource. */
function matchesArn(given: Text, wanted: Text): Truth {
  if (given === wanted || wanted === '*') {
    return true;
  }
  const [parts, patterns] = [splitText(given, ':', 6), splitText(wanted, ':', 6)];
  if (!parts || !patterns) {
    return matchesText(wanted, given);
  }
  return parts.length === 6 && patterns.length === 6 && patterns.map((pattern, i) => matchesText(pattern, parts[i])).reduce(and, true);
}

function byNumber(compare: (given: number, wanted: number) => boolean): Comparison {
  return byValue((text) => text.trim() === '' ? NaN : Number(text), compare);
}

function byDate(compare: (given: number, wanted: number) => boolean): Comparison {
  return byValue((text) => /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text), compare);
}

function byValue(read: (text: string) => number, compare: (given: number, wanted: number) => boolean): Comparison {
  return (given, wanted) => {
    if (!isKnown(given) || !isKnown(wanted)) {
      return 'unknown';
    }
    const [left, right] = [read(given), read(wanted)];
    return !Number.isNaN(left) && !Number.isNaN(right) && compare(left, right);
  };
}
