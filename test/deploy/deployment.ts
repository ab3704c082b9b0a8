import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { type CdkCli } from './cdk-cli';
import { type Checks } from './checks';
import { type DeployedApp } from './deployed-app';
import { type DeployedStack } from './deployed-stack';
import { StackAssembly } from './stack-assembly';
import { stackOutputsIn } from './template';

/** An app that was synthesized, on its way to an endpoint and away from there. */
export class Deployment {
  public readonly stacks: StackAssembly[];

  /** @param app where its stacks are */
  constructor(public readonly directory: string, private readonly app: DeployedApp, private readonly cdk: CdkCli, private readonly checks: Checks) {
    this.stacks = StackAssembly.all(directory);
  }

  public async bootstrap(): Promise<void> {
    for (const region of new Set(this.stacks.map((stack) => stack.region))) {
      await this.checks.timed(`cdk bootstrap in ${region}`, () => this.cdk.bootstrap(region));
    }
  }

  /** Deploys its stacks one after another, with what they refer to of others. */
  public async deploy(): Promise<DeployedStack[]> {
    const all: DeployedStack[] = [];
    for (const stack of this.stacks) {
      const outputs = stackOutputsIn(stack.template).length;
      await stack.resolveOutputs((output, region) => this.app.output(output, region));
      await this.checks.timed(`cdk deploy ${stack.id} (${Object.keys(stack.template.Resources).length} resources, ${outputs} references to other stacks)`,
        () => this.cdk.deploy(this.directory, stack.id));
      const deployed = await this.app.add(stack);
      this.checks.equal(`${stack.name} was deployed with the resolved template`, deployed.template, stack.template);
      all.push(deployed);
    }
    return all;
  }

  public async destroy(): Promise<void> {
    for (const stack of [...this.stacks].reverse()) {
      await this.checks.timed(`cdk destroy ${stack.id}`, () => this.cdk.destroy(this.directory, stack.id));
      const left = await this.app.aws(stack.region).cloudFormation.send(new DescribeStacksCommand({ StackName: stack.name })).catch(() => undefined);
      const status = left?.Stacks?.[0]?.StackStatus;
      this.checks.equal(`${stack.name} is gone`, status === 'DELETE_COMPLETE' ? undefined : status, undefined);
    }
  }
}
