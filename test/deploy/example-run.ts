import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CdkCli } from './cdk-cli';
import { type Checks } from './checks';
import { DeployedApp } from './deployed-app';
import { ExampleChecks } from './example-checks';
import { type ExampleExpectations } from './example-expectations';
import { localEnvironment } from './local-environment';
import { Moto } from './moto';
import { StackAssembly } from './stack-assembly';
import { stackOutputsIn } from './template';
import { type Workspace } from './workspace';

/** Deploys, changes, reads back and destroys one example on an endpoint of its own. */
export class ExampleRun {
  public static async of(name: string, workspace: Workspace, checks: Checks, python: string): Promise<void> {
    const expectations = await expectationsOf(name);
    const home = workspace.directory(name, 'home');
    const moto = await Moto.start(python, home);
    try {
      await new ExampleRun(name, workspace, checks, moto, home, expectations).run();
    } finally {
      moto.stop();
    }
  }

  private readonly app: DeployedApp;
  private readonly cdk: CdkCli;
  private readonly skipped = new Set<string>();

  private constructor(
    private readonly name: string,
    private readonly workspace: Workspace,
    private readonly checks: Checks,
    private readonly moto: Moto,
    home: string,
    private readonly expectations: ExampleExpectations,
  ) {
    this.app = new DeployedApp(moto.port);
    this.cdk = new CdkCli({ root: workspace.root, env: localEnvironment(home, moto.port), directory: workspace.directory(name, 'cli') });
  }

  private async run(): Promise<void> {
    const readBack = new ExampleChecks(this.checks, this.app, this.expectations);
    const first = await this.synth('first', {});
    this.checks.equal('the stacks of other accounts are the expected ones', StackAssembly.elsewhere(first.directory), this.expectations.elsewhere ?? []);
    for (const region of new Set(first.stacks.map((stack) => stack.region))) {
      await this.checks.timed(`cdk bootstrap in ${region}`, () => this.cdk.bootstrap(region));
    }
    const mark = this.moto.mark;

    await this.deploy(first);
    await readBack.readBack(0);

    const { change, restore } = this.expectations;
    const changed = await this.synth('changed', { ...change, ...await restore?.copy(this.app, this.checks) });
    await this.deploy(changed);
    await readBack.readBack(1);
    await restore?.readBack?.(this.app, this.checks);

    this.moto.unknownTypesSince(mark).forEach((type) => this.skipped.add(type));
    this.checks.equal('moto skipped the expected resource types', [...this.skipped].sort(), [...this.expectations.skippedByMoto].sort());

    await readBack.afterDestroy(() => this.destroy(changed));
  }

  private async synth(phase: string, context: Record<string, string>): Promise<{ directory: string; stacks: StackAssembly[] }> {
    const directory = this.workspace.directory(this.name, phase);
    const change = Object.entries(context).map(([name, value]) => ` -c ${name}=${value}`).join('');
    await this.checks.timed(`cdk synth${change}`, () => this.cdk.synth(join(this.workspace.root, 'examples', this.name), directory, context));
    return { directory, stacks: StackAssembly.all(directory) };
  }

  private async deploy({ directory, stacks }: { directory: string; stacks: StackAssembly[] }): Promise<void> {
    for (const stack of stacks) {
      const outputs = stackOutputsIn(stack.template).length;
      await stack.resolveOutputs((output, region) => this.app.output(output, region));
      await this.checks.timed(`cdk deploy ${stack.id} (${Object.keys(stack.template.Resources).length} resources, ${outputs} references to other stacks)`,
        () => this.cdk.deploy(directory, stack.id));
      const deployed = await this.app.add(stack);
      this.checks.equal(`${stack.name} was deployed with the resolved template`, deployed.template, stack.template);
      deployed.resources.filter((resource) => resource.skipped).forEach((resource) => this.skipped.add(resource.type));
    }
  }

  private async destroy({ directory, stacks }: { directory: string; stacks: StackAssembly[] }): Promise<void> {
    for (const stack of [...stacks].reverse()) {
      await this.checks.timed(`cdk destroy ${stack.id}`, () => this.cdk.destroy(directory, stack.id));
      const left = await this.app.aws(stack.region).cloudFormation.send(new DescribeStacksCommand({ StackName: stack.name })).catch(() => undefined);
      const status = left?.Stacks?.[0]?.StackStatus;
      this.checks.equal(`${stack.name} is gone`, status === 'DELETE_COMPLETE' ? undefined : status, undefined);
    }
  }
}

async function expectationsOf(name: string): Promise<ExampleExpectations> {
  const file = join(__dirname, 'expectations', `${name}.ts`);
  if (!existsSync(file)) {
    throw new Error(`The example ${name} has no expectations: write test/deploy/expectations/${name}.ts.`);
  }
  return (await import(file)).expectations;
}
