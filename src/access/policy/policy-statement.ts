import { conditionOperator } from './condition-operator';
import { conditionTest, ConditionTest } from './condition-test';
import { intrinsicOf, isCompletedLater } from '../template/intrinsic-call';
import { MadeText } from '../template/json-text';
import { objectOf } from '../template/template';
import { TemplateValues } from '../template/template-values';
import { isKnown, readable, Text, unknownText } from '../text/text';

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
  /** Of others, whether it is an identity provider. */
  readonly federated?: boolean;
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

/** Reads the statements of a policy document, which may also be JSON in a string: those of every branch of `Fn::If` that may be taken. */
export function readPolicy(document: unknown, values: TemplateValues, place: Omit<StatementRef, 'index' | 'sid'>, there = true): PolicyStatement[] {
  return values.branches(document).flatMap(({ value, sure }) => readDocument(values.json(value), values, place, there && sure));
}

function readDocument(body: unknown, values: TemplateValues, place: Omit<StatementRef, 'index' | 'sid'>, there: boolean): PolicyStatement[] {
  const problem = isObject(body) ? isCompletedLater(body) ? 'a macro adds to the policy' : undefined : 'the policy is no JSON object';
  const [Version, Statement] = ['Version', 'Statement'].map((name) => values.property(objectOf(body), name));
  const version = Version === undefined ? '' : values.text(Version);
  const variables = isKnown(version) ? version === VARIABLES_SINCE : undefined;
  const statements = values.items(Statement).map(({ value, sure }, index) =>
    readStatement(intrinsicOf(value) ? values.json(value) : value, values, { ...place, index }, variables, there && sure));
  return problem === undefined ? statements
    : [...statements, { ...unreadable({ ...place, index: statements.length }, problem), sure: there }];
}

/** A statement of which nobody can say what it does. */
export function unreadable(ref: StatementRef, problem: string): PolicyStatement {
  return { ref, sure: true, variables: false, tests: [], problem };
}

/** The version of the policy language with policy variables. */
const VARIABLES_SINCE = '2012-10-17';
const ELEMENTS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Principal', 'NotPrincipal', 'Condition'];

type Body = Readonly<Record<string, unknown>>;
type Note = (problem: string) => void;

function readStatement(value: unknown, values: TemplateValues, place: StatementRef, variables: boolean | undefined, sure: boolean): PolicyStatement {
  const body: Body = Object.fromEntries(ELEMENTS.map((name) => [name, values.property(objectOf(value), name)]));
  const problems: string[] = !isObject(value) ? ['it is no JSON object'] : isCompletedLater(value) ? ['a macro adds to it'] : [];
  const note = (problem?: string) => problem !== undefined && problems.push(problem);
  const effect = body.Effect === undefined ? undefined : values.text(body.Effect);
  if (effect !== 'Allow' && effect !== 'Deny') {
    note('its Effect is neither Allow nor Deny');
  }
  const choice = (name: string) => readChoice(body, name, values, note);
  const inPlace = (...names: string[]) => [place.stack, place.logicalId, place.policy, place.index, ...names].join(' ');
  const statement = {
    ref: { ...place, ...typeof body.Sid === 'string' ? { sid: body.Sid } : {} },
    sure,
    variables: variables ?? true,
    ...effect === 'Allow' || effect === 'Deny' ? { effect } as const : {},
    actions: choice('Action'),
    resources: choice('Resource'),
    principals: readPrincipals(body, values),
    tests: readConditions(body.Condition, values, variables ?? true, note, inPlace),
  };
  const compared = [...statement.resources?.entries ?? [], ...statement.tests.flatMap(({ asked }) => asked!.values)];
  if (variables === undefined && compared.some(hasVariable)) {
    note('the Version of its policy, which says whether it knows policy variables, is not known before deployment');
  }
  return problems.length > 0 ? { ...statement, problem: problems[0] } : statement;
}

function hasVariable(value: Text | { readonly text: Text }): boolean {
  return (typeof value === 'string' ? value : value.text).includes('${');
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
  return whole === undefined ? undefined : {
    not,
    entries: values.branches(whole).flatMap(({ value, sure }) =>
      readPrincipal(value, values).map((entry) => ({ ...entry, sure: entry.sure && sure }))),
  };
}

function readPrincipal(principal: unknown, values: TemplateValues): PrincipalEntry[] {
  const value = values.json(principal) ?? principal;
  if (!isObject(value)) {
    const text = values.text(value);
    // A single string may only be the wildcard.
    return text === '*' || !isKnown(text) ? [{ type: 'AWS', text, sure: true }] : [];
  }
  const entries = Object.entries(value).flatMap(([type, listed]) => values.items(listed).map((item): PrincipalEntry => ({
    type: type === 'AWS' || type === 'Service' ? type : 'other',
    ...type === 'Federated' ? { federated: true } : {},
    text: values.itemText(item),
    sure: item.sure,
  })));
  return isCompletedLater(value) ? [...entries, { type: 'AWS', text: unknownText('whom a macro adds'), sure: true }] : entries;
}

function readConditions(
  condition: unknown, values: TemplateValues, variables: boolean, note: Note, where: (operator: string, key: string) => string,
): ConditionTest[] {
  const tests: ConditionTest[] = [];
  for (const [operatorName, keys] of readEntries(condition, values, 'its Condition', note)) {
    const operator = conditionOperator(operatorName);
    if (!operator) {
      note(`IAM has no condition operator ${operatorName}`);
      continue;
    }
    for (const [key, listed] of readEntries(keys, values, `its Condition under ${operatorName}`, note)) {
      if (!isKnown(key)) {
        note(`its condition key ${readable(key)} is not known before deployment`);
        continue;
      }
      // Each of its own: one is not the same as another.
      const texts = values.items(listed)
        .map((item, i) => item.sure ? values.itemText(item) : unknownText(`Fn::If ${i} in ${where(operatorName, key)}`));
      tests.push(conditionTest({ operator, operatorName, key, values: texts }, variables));
    }
  }
  return tests;
}

/** The entries of an object that is the same in every case. */
function readEntries(whole: unknown, values: TemplateValues, what: string, note: Note): [string, unknown][] {
  const branches = values.branches(whole);
  if (branches.length === 1 && branches[0].value === undefined) {
    return [];
  }
  const value = branches.length === 1 ? values.json(branches[0].value) : undefined;
  if (!isObject(value) || isCompletedLater(value)) {
    note(`${what} is not known before deployment`);
    return [];
  }
  return Object.entries(value);
}

function isObject(value: unknown): value is object {
  return value !== null && typeof value === 'object' && !Array.isArray(value) && !(value instanceof MadeText) && !intrinsicOf(value);
}
