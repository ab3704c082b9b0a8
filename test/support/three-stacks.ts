import { App, Environment, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import recommendedFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { ACCOUNT, newApp, newStack, REGION } from './key-stack';
import { CustomerManagedKey } from '../../src';

export { ACCOUNT, OTHER_ACCOUNT, REGION, ROOT } from './key-stack';

/** Flags that `newApp` sets by itself. */
const NO_FLAGS = { '@aws-cdk/core:enablePartitionLiterals': false };
/** What stands for the key in resolved templates. */
export const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/of-Keys`;

/** How CDK refers from stack to stack: weak with the recommended feature flags, strong with none. */
export type References = 'weak' | 'strong';

export interface Resource {
  readonly Type: string;
  readonly Properties?: any;
}

/** A statement of a policy in a resolved template. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Principal?: any;
  readonly Action: string | string[];
  readonly Resource: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

/** A key in one stack, what is encrypted under it in another, and who uses it in a third. */
export class ThreeStacks {
  public readonly app: App;
  public readonly keys: Stack;
  public readonly data: Stack;
  public readonly users: Stack;
  public readonly key: CustomerManagedKey;

  constructor(references: References = 'weak', env?: Environment) {
    // CDK warns of L2s that are deprecated, and of what the resources around the key lack.
    jest.spyOn(console, 'warn').mockImplementation();
    jest.spyOn(console, 'error').mockImplementation();
    this.app = newApp(references === 'weak' ? recommendedFlags : NO_FLAGS);
    this.keys = newStack(this.app, 'Keys', env);
    this.data = newStack(this.app, 'Data', env);
    this.users = newStack(this.app, 'Users', env);
    this.key = new CustomerManagedKey(this.keys, 'Key');
  }

  public role(id = 'Consumer', props: Partial<iam.RoleProps> = {}): iam.Role {
    return new iam.Role(this.users, id, { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'), ...props });
  }

  public stackOf(account: string): Stack {
    return newStack(this.app, `Of${account}`, { account, region: REGION });
  }

  public synth(): SynthesizedStacks {
    const assembly = this.app.synth();
    return new SynthesizedStacks(Object.fromEntries(assembly.stacksRecursively.map((stack) => [stack.stackName, stack.template])),
      assembly.getStackByName('Keys').dependencies.map(({ id }) => id).filter((id) => !id.endsWith('.assets')));
  }
}

/** The templates, with references to the key resolved. */
export class SynthesizedStacks {
  constructor(private readonly templates: Record<string, any>, public readonly dependenciesOfKeys: string[]) {}

  public get keysAsWritten(): any {
    return this.templates.Keys;
  }

  public keyPolicy(): Statement[] {
    return this.resources('Keys').find(({ Type }) => Type === 'AWS::KMS::Key')!.Properties.KeyPolicy.Statement;
  }

  /** All stacks but that of the key when none is named. */
  public resources(stack?: string): Resource[] {
    const names = stack ? [stack] : Object.keys(this.templates).filter((name) => name !== 'Keys');
    return names.flatMap((name) => Object.values(this.resolved(this.templates[name].Resources ?? {}, name) as Record<string, Resource>));
  }

  /** The statements on AWS KMS in IAM policies. */
  public identityStatements(stack?: string): Statement[] {
    return this.resources(stack)
      .flatMap(({ Type, Properties = {} }) => Type === 'AWS::IAM::Role' || Type === 'AWS::IAM::User' || Type === 'AWS::IAM::Group'
        ? (Properties.Policies ?? []).map(({ PolicyDocument }: any) => PolicyDocument)
        : /^AWS::IAM::(Managed)?Policy$/.test(Type) ? [Properties.PolicyDocument] : [])
      .flatMap(({ Statement: statements }) => statements)
      .filter(({ Action }) => [Action].flat().some((action) => /^kms:/i.test(action)));
  }

  /** What a reference stands for: the ARN or the id of the key, a literal, or still a reference within its stack. */
  private resolved(value: any, stack: string): any {
    if (Array.isArray(value)) {
      return value.map((item) => this.resolved(item, stack));
    }
    if (value === null || typeof value !== 'object') {
      return value;
    }
    const { 'Fn::ImportValue': imported, 'Fn::GetStackOutput': output, 'Fn::Join': join, 'Fn::GetAtt': attribute, Ref: ref } = value;
    if (typeof imported === 'string') {
      const [from, name] = imported.split(':');
      return this.resolved(this.templates[from].Outputs[name].Value, from);
    }
    if (output) {
      return this.resolved(this.templates[output.StackName].Outputs[output.OutputName].Value, output.StackName);
    }
    if (stack === 'Keys' && (attribute?.[1] === 'Arn' || ref?.startsWith('Key'))) {
      return ref ? KEY_ARN.split('/')[1] : KEY_ARN;
    }
    if (ref === 'AWS::Partition' || ref === 'AWS::URLSuffix') {
      return ref === 'AWS::Partition' ? 'aws' : 'amazonaws.com';
    }
    const inner = Object.fromEntries(Object.entries(value).map(([name, child]) => [name, this.resolved(child, stack)]));
    const parts = join ? inner['Fn::Join'][1] : [];
    return join && parts.every((part: unknown) => typeof part === 'string') ? parts.join(join[0]) : inner;
  }
}
