import { StateError } from './state-error';
import { Expression, synchronousJsonata } from './synchronous-jsonata';

/** An expression, and the variables that it names. */
interface Compiled {
  readonly expression: Expression;
  readonly names: readonly string[];
}

const compiled = new Map<string, Compiled>();

/** Evaluates what stands between `{%` and `%}`, at whatever depth, as AWS Step Functions does. */
export function evaluated(template: unknown, bindings: Readonly<Record<string, unknown>>): unknown {
  if (typeof template === 'string') {
    return template.startsWith('{%') && template.endsWith('%}') ? evaluate(template.slice(2, -2).trim(), bindings) : template;
  }
  if (isConstant(template)) {
    return template;
  }
  if (Array.isArray(template)) {
    return template.map((each) => evaluated(each, bindings));
  }
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(Object.entries(template).map(([name, value]) => [name, evaluated(value, bindings)]));
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

function evaluate(text: string, bindings: Readonly<Record<string, unknown>>): unknown {
  const { expression, names } = compiledOf(text);
  const named: Record<string, unknown> = {};
  for (const name of names) {
    if (name in bindings) {
      named[name] = bindings[name];
    }
  }
  let result: unknown;
  try {
    result = expression.evaluate(undefined, named);
  } catch (error) {
    throw new StateError('States.QueryEvaluationError', `${(error as Error).message}, in: ${text}`);
  }
  if (result === undefined) {
    throw new StateError('States.QueryEvaluationError', `An expression gives nothing: ${text}`);
  }
  // JSONata marks its sequences with properties of arrays.
  return typeof result === 'object' || typeof result === 'function' ? JSON.parse(JSON.stringify(result)) : result;
}

function compiledOf(text: string): Compiled {
  const known = compiled.get(text);
  if (known) {
    return known;
  }
  const made = { expression: synchronousJsonata(text), names: [...new Set([...text.matchAll(/\$(\w+)/g)].map(([, name]) => name))] };
  compiled.set(text, made);
  return made;
}
