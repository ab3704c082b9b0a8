import { type App, CfnResource } from 'aws-cdk-lib';
import { type Example, exampleApp, templatesOf } from './example-app';
import { KmsService } from '../../src';
import { keyReport } from '../../src/report/key-report';
import { keyTable } from '../../src/report/key-table';

interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, any>;
}

/** The templates of an example, and what can be said of them. */
export class ExampleTemplates {
  public readonly stacks: Record<string, { readonly Resources: Record<string, Resource> }>;
  private readonly app: App;

  constructor(example: Example, context: Record<string, unknown> = {}) {
    this.app = exampleApp(example, context);
    this.stacks = templatesOf(this.app) as ExampleTemplates['stacks'];
  }

  /** Every key with its policy and what is encrypted under it. */
  public get keyTable(): string {
    return `\n${keyTable(keyReport(this.app.synth().directory))}\n`;
  }

  public get keys(): Resource[] {
    return this.resources.filter(({ Type }) => Type === 'AWS::KMS::Key');
  }

  /** Whom the key policies name, as texts. */
  public get principals(): string[] {
    const statements = this.keys.flatMap(({ Properties }) => Properties!.KeyPolicy.Statement as { Principal: unknown }[]);
    return [...new Set(statements.map(({ Principal }) => JSON.stringify(Principal)))].sort();
  }

  /** The stacks whose outputs each stack reads. */
  public get references(): Record<string, string[]> {
    return Object.fromEntries(Object.entries(this.stacks).map(([stack, template]) => {
      const read = JSON.stringify(template).matchAll(/"Fn::GetStackOutput":\{"StackName":"([^"]+)"/g);
      return [stack, [...new Set([...read].map((match) => match[1]))].sort()];
    }));
  }

  /** What the catalogue can encrypt and is not encrypted under a key of the example: construct paths, by type. */
  public get unencrypted(): Record<string, string[]> {
    const types = KmsService.all().flatMap(({ facts }) => (facts.resources ?? []).map(({ type }) => type));
    const encrypted = keyReport(this.app.synth().directory).flatMap(({ encrypts }) => encrypts.map(({ path }) => path));
    const open: Record<string, string[]> = {};
    for (const construct of this.app.node.findAll().filter((one) => CfnResource.isCfnResource(one))) {
      const path = construct.node.path.replace(/\/Resource$/, '').replace(/\/Default$/, '');
      if (types.includes(construct.cfnResourceType) && !encrypted.includes(path)) {
        open[construct.cfnResourceType] = [...open[construct.cfnResourceType] ?? [], path];
      }
    }
    return open;
  }

  private get resources(): Resource[] {
    return Object.values(this.stacks).flatMap(({ Resources }) => Object.values(Resources));
  }
}
