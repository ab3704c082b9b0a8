import { CfnResource, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { IConstruct } from 'constructs';

/** A statement as it stands in a template. */
export interface TemplateStatement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: { readonly AWS?: unknown; readonly Service?: unknown };
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** The statements of the fixed part, whatever is asked of the key. */
const ADMINISTRATION = ['ReadMetadata', 'Administer', 'ChangePolicy', 'BreakGlass', 'DenyDirectGrants', 'DenyBypass'];

/** The key policy in the template of the key's stack. */
export function keyPolicyOf(key: IConstruct): TemplateStatement[] {
  return propertiesOf(key).KeyPolicy.Statement;
}

/** The properties of a resource, or of the default child of a construct, in the template of its stack. */
export function propertiesOf(construct: IConstruct): Record<string, any> {
  return resourceOf(construct).Properties;
}

export function resourceOf(construct: IConstruct): Record<string, any> {
  const stack = Stack.of(construct);
  const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild as CfnResource;
  return Template.fromStack(stack).toJSON().Resources[stack.resolve(resource.logicalId)];
}

export function policySids(key: IConstruct): (string | undefined)[] {
  return keyPolicyOf(key).map(({ Sid }) => Sid);
}

/** The Sids of use, without those of the fixed part. */
export function useSids(key: IConstruct): (string | undefined)[] {
  return policySids(key).filter((sid) => !sid || !ADMINISTRATION.includes(sid));
}

/** The one statement with a Sid. */
export function statement(key: IConstruct, sid: string): TemplateStatement {
  const found = keyPolicyOf(key).filter(({ Sid }) => Sid === sid);
  if (found.length !== 1) {
    throw new Error(`${found.length} statements have the Sid ${sid}; there are ${policySids(key).join(', ')}`);
  }
  return found[0];
}

/** The statements of all IAM policies in a stack that allow actions of AWS KMS. */
export function identityStatements(stack: Stack): TemplateStatement[] {
  return Object.values(Template.fromStack(stack).toJSON().Resources ?? {})
    .filter(({ Type }: any) => Type === 'AWS::IAM::Policy')
    .flatMap(({ Properties }: any) => Properties.PolicyDocument.Statement as TemplateStatement[])
    .filter(({ Action }) => [Action].flat().some((action) => action.startsWith('kms:')));
}

/** What is found wrong when the app is synthesized: the lines of the errors. */
export function problemsAtSynth(scope: IConstruct): string[] {
  try {
    Template.fromStack(Stack.of(scope));
    return [];
  } catch (error) {
    return (error as Error).message.split('\n').slice(1).map((line) => line.trim());
  }
}
