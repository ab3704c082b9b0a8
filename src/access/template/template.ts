import { withoutLoops } from './for-each';
import { isCompletedLater } from './intrinsic-call';
import { objectOf } from './json-object';
import { readParameter, TemplateParameter } from './template-parameter';
import { UnseenResources, unseenResources } from './unseen-resources';
import { Text } from '../text/text';

export { objectOf } from './json-object';

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
  readonly parameters: ReadonlyMap<string, TemplateParameter>;
  readonly mappings: unknown;
  readonly conditions: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, TemplateOutput>;
  /** What makes resources that are not among these. */
  readonly unseen?: readonly UnseenResources[];
}

/** Reads a parsed template. What is not of the form of a template is left out, and nothing of it is trusted to be there. */
export function readTemplate(stackName: string, deployment: Deployment, body: unknown): Template {
  const whole = withoutLoops(objectOf(body));
  const { Resources, Parameters, Mappings, Conditions, Outputs } = whole;
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
          properties: isCompletedLater(value) ? { ...objectOf(Properties), 'Fn::Transform': null } : Properties,
          ...typeof Condition === 'string' ? { condition: Condition } : {},
          ...typeof path === 'string' ? { constructPath: path } : {},
        }
        : undefined;
    }),
    unseen: unseenResources(whole),
    parameters: mapOf(Parameters, (value) => readParameter(objectOf(value))),
    conditions: mapOf(Conditions, (value) => ({ value })),
    outputs: mapOf(Outputs, (value) => {
      const { Value, Export, Condition } = objectOf(value);
      return { value: Value, exportName: objectOf(Export).Name, ...typeof Condition === 'string' ? { condition: Condition } : {} };
    }),
  };
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
