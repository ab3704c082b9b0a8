import { conditionOperator } from './condition-operator';
import { conditionTest, ConditionTest } from './condition-test';
import { objectOf } from '../template/template';
import { intrinsicOf, TemplateValues } from '../template/template-values';
import { isKnown, Text, unknownText } from '../text/text';

/** Where a statement stands. */
export interface StatementRef {
  readonly stack: string;
  readonly logicalId: string;
  /** The policy's name, where the resource has several. */
  readonly policy?: string;
  /** Its place among the statements of the policy. */
  readonly index: number;
  readonly sid?: string;
}

/** A list of patterns, or of all that is not in it. What is not sure stands in one branch of an `Fn::If` only. */
export interface Choice<T = { readonly text: Text; readonly sure: boolean }> {
  readonly not: boolean;
  readonly entries: readonly T[];
}

/** Somebody whom a statement names. */
export interface PrincipalEntry {
  readonly type: 'AWS' | 'Service' | 'other';
  readonly text: Text;
  readonly sure: boolean;
}

/** A statement of a policy. Elements that it does not have are left out. */
export interface PolicyStatement {
  readonly ref: StatementRef;
  readonly effect?: 'Allow' | 'Deny';
  /** Whether it is there in every case. */
  readonly sure: boolean;
  /** Whether the policy's version knows policy variables. */
  readonly variables: boolean;
  readonly actions?: Choice;
  readonly resources?: Choice;
  readonly principals?: Choice<PrincipalEntry>;
  /** Its conditions. */
  readonly tests: readonly ConditionTest[];
  /** Why nobody can say what it does. */
  readonly problem?: string;
}

/** Reads the statements of a policy document, which may also be JSON in a string. */
export function readPolicy(document: unknown, values: TemplateValues, place: Omit<StatementRef, 'index' | 'sid'>, there = true): PolicyStatement[] {
  const { value, sure, problem } = oneOf(document, values);
  const body = problem === undefined ? parsed(value, values) : undefined;
  if (body === null || typeof body !== 'object' || Array.isArray(body)) {
    return [{ ref: { ...place, index: 0 }, sure: there, variables: false, tests: [], problem: problem ?? 'the policy is no JSON object' }];
  }
  const { Version, Statement } = objectOf(body);
  const variables = Version !== undefined && values.text(Version) === '2012-10-17';
  return values.items(Statement).map((item, index) =>
    readStatement(item.value, values, { ...place, index }, variables, there && sure && item.sure));
}

type Body = Readonly<Record<string, unknown>>;
type Note = (problem: string) => void;

function readStatement(value: unknown, values: TemplateValues, place: StatementRef, variables: boolean, sure: boolean): PolicyStatement {
  const body = objectOf(value);
  const problems: string[] = value === null || typeof value !== 'object' || Array.isArray(value) || intrinsicOf(value) ? ['it is no JSON object'] : [];
  const note = (problem?: string) => problem !== undefined && problems.push(problem);
  const effect = body.Effect === undefined ? undefined : values.text(body.Effect);
  if (effect !== 'Allow' && effect !== 'Deny') {
    note('its Effect is neither Allow nor Deny');
  }
  const choice = (name: string) => readChoice(body, name, values, note);
  const statement = {
    ref: { ...place, ...typeof body.Sid === 'string' ? { sid: body.Sid } : {} },
    sure,
    variables,
    ...effect === 'Allow' || effect === 'Deny' ? { effect } as const : {},
    actions: choice('Action'),
    resources: choice('Resource'),
    principals: readPrincipals(body, values),
    tests: readConditions(body.Condition, values, variables, note),
  };
  return problems.length > 0 ? { ...statement, problem: problems[0] } : statement;
}

function readChoice(body: Body, name: string, values: TemplateValues, note: Note): Choice | undefined {
  const not = body[name] === undefined && body[`Not${name}`] !== undefined;
  const value = not ? body[`Not${name}`] : body[name];
  if (body[name] !== undefined && body[`Not${name}`] !== undefined) {
    note(`it has ${name} and Not${name}`);
  }
  return value === undefined ? undefined
    : { not, entries: values.items(value).map((item) => ({ text: values.itemText(item), sure: item.sure })) };
}

function readPrincipals(body: Body, values: TemplateValues): Choice<PrincipalEntry> | undefined {
  const not = body.Principal === undefined && body.NotPrincipal !== undefined;
  const whole = not ? body.NotPrincipal : body.Principal;
  if (whole === undefined) {
    return undefined;
  }
  const { value, sure, problem } = oneOf(whole, values);
  if (problem !== undefined || typeof value === 'string' || intrinsicOf(value) || value === null || typeof value !== 'object') {
    const text = problem === undefined ? values.text(value) : unknownText(problem);
    // A single string may only be the wildcard.
    return { not, entries: text === '*' || !isKnown(text) ? [{ type: 'AWS', text, sure }] : [] };
  }
  const entries = Object.entries(value).flatMap(([type, listed]) => values.items(listed).map((item): PrincipalEntry => ({
    type: type === 'AWS' || type === 'Service' ? type : 'other',
    text: values.itemText(item),
    sure: sure && item.sure,
  })));
  return { not, entries };
}

function readConditions(condition: unknown, values: TemplateValues, variables: boolean, note: Note): ConditionTest[] {
  const whole = condition === undefined ? undefined : oneOf(condition, values);
  if (!whole || (whole.value === undefined && whole.problem === undefined)) {
    return [];
  }
  const tests: ConditionTest[] = [];
  for (const [operatorName, keys] of readEntries(whole, 'its Condition', note)) {
    const operator = conditionOperator(operatorName);
    if (!operator) {
      note(`IAM has no condition operator ${operatorName}`);
      continue;
    }
    for (const [key, listed] of readEntries(oneOf(keys, values), `its Condition under ${operatorName}`, note)) {
      const texts = values.items(listed).map((item) => item.sure ? values.itemText(item) : unknownText('Fn::If'));
      tests.push(conditionTest({ operator, operatorName, key, values: texts }, variables));
    }
  }
  return tests;
}

function readEntries({ value, sure, problem }: Whole, what: string, note: Note): [string, unknown][] {
  if (problem !== undefined || !sure || value === null || typeof value !== 'object' || Array.isArray(value) || intrinsicOf(value)) {
    note(`${what} is not known before deployment`);
    return [];
  }
  return Object.entries(value);
}

interface Whole {
  readonly value: unknown;
  readonly sure: boolean;
  readonly problem?: string;
}

/** A value that is not a list, after `Fn::If`; of several branches nobody knows which. */
function oneOf(value: unknown, values: TemplateValues): Whole {
  if (intrinsicOf(value)?.name !== 'Fn::If') {
    return { value, sure: true };
  }
  const items = values.items(value);
  return items.length === 1 ? { value: items[0].value, sure: items[0].sure }
    : items.length === 0 ? { value: undefined, sure: true }
      : { value: undefined, sure: false, problem: 'which branch of Fn::If holds is not known before deployment' };
}

function parsed(value: unknown, values: TemplateValues): unknown {
  if (typeof value !== 'string' && !intrinsicOf(value)) {
    return value;
  }
  const text = typeof value === 'string' ? value : values.text(value);
  try {
    return isKnown(text) ? JSON.parse(text) as unknown : undefined;
  } catch {
    return undefined;
  }
}
