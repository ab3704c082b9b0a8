import { RawTemplate } from './arbitrary-app';

/** A place in a JSON value. */
export type JsonPath = readonly (string | number)[];

/** Every place in the properties of resources and in the values of outputs, those of functions and their arguments too. */
export function placesIn(templates: readonly RawTemplate[]): JsonPath[] {
  return templates.flatMap(({ body }, i) => [
    ...Object.keys(body.Resources).map((id): JsonPath => [i, 'body', 'Resources', id, 'Properties']),
    ...Object.keys(body.Outputs).flatMap((id): JsonPath[] => [[i, 'body', 'Outputs', id, 'Value'], [i, 'body', 'Outputs', id, 'Export']]),
  ]).flatMap((whole) => below(valueAt(templates, whole)).filter((path) => path.length > 0 || whole.at(-1) === 'Value').map((path) => [...whole, ...path]));
}

export function valueAt(value: unknown, path: JsonPath): unknown {
  return path.reduce((one, name) => (one as Record<string, unknown>)[name], value);
}

/** The same with another value in a place, or without it. */
export function withValueAt<T>(value: T, [name, ...rest]: JsonPath, make: (before: unknown) => unknown): T {
  if (name === undefined) {
    return make(value) as T;
  }
  const copy = (Array.isArray(value) ? [...value as unknown[]] : { ...value }) as Record<string, unknown>;
  copy[name] = withValueAt(copy[name], rest, make);
  return copy as T;
}

/** Templates in which something is known at deployment only: the parameter `Given`, the condition `Maybe`, what `Custom` makes. */
export function withUnknowns(templates: readonly RawTemplate[]): RawTemplate[] {
  return templates.map((template) => ({
    ...template,
    body: {
      ...template.body,
      Parameters: { Given: { Type: 'String' } },
      Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Given' }, 'x'] }, Yes: { 'Fn::Equals': ['x', 'x'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
      Resources: { ...template.body.Resources, Custom: { Type: 'Custom::Anything', Properties: {} } },
    },
  }));
}

function below(value: unknown): JsonPath[] {
  const entries = value !== null && typeof value === 'object' ? Object.entries(value) : [];
  return [[], ...entries.flatMap(([name, one]) => below(one).map((path): JsonPath => [Array.isArray(value) ? Number(name) : name, ...path]))];
}
