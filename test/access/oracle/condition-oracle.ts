/** What a request says: condition keys in lower case, each with its values. A key without values is not there. */
export type Said = ReadonlyMap<string, readonly string[]>;

/** A star that stands for itself. */
const STAR = '\u0001';

type Compare = (given: string, wanted: string) => boolean;

const SINGLE: Record<string, Compare> = {
  StringEquals: (given, wanted) => given.replaceAll('*', STAR) === wanted.replaceAll('*', STAR),
  StringEqualsIgnoreCase: (given, wanted) => given.toUpperCase() === wanted.toUpperCase(),
  StringLike: like,
  Bool: (given, wanted) => given.toUpperCase() === wanted.toUpperCase(),
  NumericEquals: (given, wanted) => Number(given) === Number(wanted),
  NumericLessThan: (given, wanted) => Number(given) < Number(wanted),
  NumericLessThanEquals: (given, wanted) => Number(given) <= Number(wanted),
  NumericGreaterThan: (given, wanted) => Number(given) > Number(wanted),
  NumericGreaterThanEquals: (given, wanted) => Number(given) >= Number(wanted),
  DateEquals: (given, wanted) => moment(given) === moment(wanted),
  DateLessThan: (given, wanted) => moment(given) < moment(wanted),
  DateGreaterThan: (given, wanted) => moment(given) > moment(wanted),
  ArnLike: likeArn,
  ArnEquals: likeArn,
  IpAddress: inBlock,
};
const OPPOSITES: Record<string, string> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
  ArnNotLike: 'ArnLike',
  ArnNotEquals: 'ArnEquals',
  NotIpAddress: 'IpAddress',
};

/** Whether all conditions of a statement hold. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html */
export function conditionsHold(block: unknown, said: Said): boolean {
  return Object.entries(block as Record<string, Record<string, unknown>> ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => conditionHolds(operator, said.get(key.toLowerCase()) ?? [], [values].flat().map(String), said)));
}

/** One condition: the values of a policy are alternatives, and so are those of the request unless the operator says for all. */
export function conditionHolds(operator: string, given: readonly string[], policyValues: readonly string[], said: Said): boolean {
  if (operator === 'Null') {
    return policyValues.some((value) => (value === 'true') === (given.length === 0));
  }
  const [, set, name, ifExists] = /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(operator)!;
  const negative = OPPOSITES[name];
  const compare = SINGLE[negative ?? name];
  const wanted = /String|Arn/.test(name) ? policyValues.flatMap((value) => withVariables(value, said)) : policyValues;
  const meets = (value: string) => wanted.some((want) => compare(value, want)) !== (negative !== undefined);
  if (given.length === 0) {
    return ifExists !== undefined || set === 'ForAllValues:' || (negative !== undefined && set === undefined);
  }
  return set === 'ForAllValues:' ? given.every(meets) : given.some(meets);
}

/** A value whose variable the request lacks is none. */
export function withVariables(value: string, said: Said): string[] {
  if (said.has('version 2008-10-17')) {
    return [value];
  }
  let lacking = false;
  const filled = value.replace(/\$\{([^}]+)\}/g, (_, name: string) => {
    const values = said.get(name.toLowerCase()) ?? [];
    lacking ||= values.length !== 1;
    // AWS replaces a variable with "exactly" the value; no page says that a wildcard in it counts.
    return (values[0] ?? '').replaceAll('*', STAR);
  });
  return lacking ? [] : [filled];
}

/** By trying every way: short texts only. */
export function like(text: string, pattern: string): boolean {
  if (pattern === '') {
    return text === '';
  }
  return pattern[0] === '*' ? like(text, pattern.slice(1)) || (text !== '' && like(text.slice(1), pattern))
    : text !== '' && (pattern[0] === '?' || pattern[0] === (text[0] === '*' ? STAR : text[0])) && like(text.slice(1), pattern.slice(1));
}

function likeArn(text: string, pattern: string): boolean {
  const split = (arn: string) => [...arn.split(':', 5), arn.split(':').slice(5).join(':')];
  return split(pattern).every((part, i) => like(split(text)[i], part));
}

function inBlock(address: string, block: string): boolean {
  const number = (text: string) => text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  const [base, length = '32'] = block.split('/');
  const size = 2 ** (32 - Number(length));
  return Math.floor(number(address) / size) === Math.floor(number(base) / size);
}

function moment(text: string): number {
  return new Date(text).getTime();
}
