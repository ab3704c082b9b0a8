import { Text } from '../text/text';

/** Where a template is, or will be, deployed. What is not known is an unknown text. */
export interface Deployment {
  readonly account: Text;
  readonly region: Text;
  readonly partition: Text;
}

/** A resource of a template as it stands there. */
export interface TemplateResource {
  readonly type: string;
  readonly properties: unknown;
  /** The condition of the template under which it exists. */
  readonly condition?: string;
  /** The path of the construct that made it, where CDK noted it. */
  readonly constructPath?: string;
}

/** An output of a template. */
export interface TemplateOutput {
  readonly value: unknown;
  readonly exportName?: unknown;
  /** The condition of the template under which it exists. */
  readonly condition?: string;
}

/** A CloudFormation template, and the stack that it is or will be. */
export interface Template {
  /** Of a nested stack, whose name AWS makes up: the name of the stack around it and its logical id there, with a slash between them. */
  readonly stackName: string;
  /** The resource of another template that deploys this one as a nested stack. */
  readonly nestedIn?: { readonly template: Template; readonly logicalId: string };
  readonly deployment: Deployment;
  /** The role with which CloudFormation deploys the stack, where its assembly names it. */
  readonly executionRoleArn?: Text;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** What a parameter is when nothing is given: its default, or nothing. */
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly mappings: unknown;
  readonly conditions: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, TemplateOutput>;
}

/** Reads a parsed template. What is not of the form of a template is left out, and nothing of it is trusted to be there. */
export function readTemplate(stackName: string, deployment: Deployment, body: unknown): Template {
  const { Resources, Parameters, Mappings, Conditions, Outputs } = objectOf(body);
  return {
    stackName,
    deployment,
    mappings: Mappings,
    resources: mapOf(Resources, (value) => {
      const { Type, Properties, Metadata, Condition } = objectOf(value);
      const path = objectOf(Metadata)['aws:cdk:path'];
      return typeof Type === 'string'
        ? {
          type: Type,
          properties: Properties,
          ...typeof Condition === 'string' ? { condition: Condition } : {},
          ...typeof path === 'string' ? { constructPath: path } : {},
        }
        : undefined;
    }),
    parameters: mapOf(Parameters, (value) => {
      const { Type, Default } = objectOf(value);
      // The default of such a parameter is where Parameter Store keeps the value, not the value.
      return { default: typeof Type === 'string' && Type.startsWith('AWS::SSM::Parameter::Value<') ? undefined : Default };
    }),
    conditions: mapOf(Conditions, (value) => ({ value })),
    outputs: mapOf(Outputs, (value) => {
      const { Value, Export, Condition } = objectOf(value);
      return { value: Value, exportName: objectOf(Export).Name, ...typeof Condition === 'string' ? { condition: Condition } : {} };
    }),
  };
}

/** The entries of an object, or nothing of anything else. A name such as `__proto__` is a name like any other. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.assign(Object.create(null) as object, value) as Record<string, unknown>
    : Object.create(null) as Record<string, unknown>;
}

function mapOf<T extends object>(value: unknown, read: (value: unknown) => T | undefined): Map<string, T> {
  const map = new Map<string, T>();
  for (const [name, entry] of Object.entries(objectOf(value))) {
    const known = read(entry);
    if (known) {
      map.set(name, known);
    }
  }
  return map;
}
