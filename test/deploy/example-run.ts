import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CdkCli } from './cdk-cli';
import { type Checks } from './checks';
import { DeployedApp } from './deployed-app';
import { Deployment } from './deployment';
import { ExampleChecks } from './example-checks';
import { type ExampleExpectations } from './example-expectations';
import { localEnvironment } from './local-environment';
import { Moto } from './moto';
import { StackAssembly } from './stack-assembly';
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
    await first.bootstrap();
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

    await readBack.afterDestroy(() => changed.destroy());
  }

  private async synth(phase: string, context: Record<string, string>): Promise<Deployment> {
    const directory = this.workspace.directory(this.name, phase);
    const change = Object.entries(context).map(([name, value]) => ` -c ${name}=${value}`).join('');
    await this.checks.timed(`cdk synth${change}`, () => this.cdk.synth(join(this.workspace.root, 'examples', this.name), directory, context));
    return new Deployment(directory, this.app, this.cdk, this.checks);
  }

  private async deploy(deployment: Deployment): Promise<void> {
    const stacks = await deployment.deploy();
    stacks.flatMap(({ resources }) => resources).filter(({ skipped }) => skipped).forEach(({ type }) => this.skipped.add(type));
  }
}

async function expectationsOf(name: string): Promise<ExampleExpectations> {
  const file = join(__dirname, 'expectations', `${name}.ts`);
  if (!existsSync(file)) {
    throw new Error(`The example ${name} has no expectations: write test/deploy/expectations/${name}.ts.`);
  }
  return (await import(file)).expectations;
}
