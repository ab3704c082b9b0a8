import jsonata from 'jsonata';
import { StateError } from './state-error';

const compiled = new Map<string, jsonata.Expression>();

/** Evaluates what stands between `{%` and `%}`, at whatever depth, as AWS Step Functions does. */
export async function evaluated(template: unknown, bindings: Record<string, unknown>): Promise<unknown> {
  if (typeof template === 'string') {
    return template.startsWith('{%') && template.endsWith('%}') ? evaluate(template.slice(2, -2).trim(), bindings) : template;
  }
  if (isConstant(template)) {
    return template;
  }
  if (Array.isArray(template)) {
    return Promise.all(template.map((each) => evaluated(each, bindings)));
  }
  if (typeof template === 'object' && template !== null) {
    const entries = await Promise.all(Object.entries(template).map(async ([name, value]) => [name, await evaluated(value, bindings)]));
    return Object.fromEntries(entries);
  }
  return template;
}

const constants = new WeakMap<object, boolean>();

/** Without an expression at any depth: most of what a machine remembers is. */
function isConstant(template: unknown): boolean {
  if (typeof template !== 'object' || template === null) {
    return typeof template !== 'string' || !template.startsWith('{%');
  }
  const known = constants.get(template) ?? Object.values(template).every(isConstant);
  constants.set(template, known);
  return known;
}

async function evaluate(expression: string, bindings: Record<string, unknown>): Promise<unknown> {
  let result: unknown;
  try {
    result = await expressionOf(expression).evaluate(undefined, bindings);
  } catch (error) {
    throw new StateError('States.QueryEvaluationError', `${(error as Error).message}, in: ${expression}`);
  }
  if (result === undefined) {
    throw new StateError('States.QueryEvaluationError', `An expression gives nothing: ${expression}`);
  }
  // JSONata marks its sequences with properties of arrays.
  return JSON.parse(JSON.stringify(result));
}

function expressionOf(expression: string): jsonata.Expression {
  const known = compiled.get(expression);
  if (known) {
    return known;
  }
  const made = jsonata(expression);
  compiled.set(expression, made);
  return made;
}
