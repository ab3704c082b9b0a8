import { CdkCli } from './cdk-cli';
import { type Checks } from './checks';
import { DeployedApp } from './deployed-app';
import { localEnvironment } from './local-environment';
import { StackAssembly } from './stack-assembly';
import { type Workspace } from './workspace';

export interface DeployedRegionsProps {
  readonly name: string;
  readonly workspace: Workspace;
  readonly checks: Checks;
  /** Of the endpoint. */
  readonly port: number;
  /** Synthesizes the app into a directory. */
  readonly synth: (outdir: string) => void;
}

/** An app in all its Regions of an endpoint. */
export class DeployedRegions {
  public static async of({ name, workspace, checks, port, synth }: DeployedRegionsProps): Promise<DeployedRegions> {
    const directory = workspace.directory(name, 'app');
    synth(directory);
    const cdk = new CdkCli({ root: workspace.root, env: localEnvironment(workspace.directory(name, 'home'), port), directory: workspace.directory(name, 'cli') });
    const deployed = new DeployedRegions(new DeployedApp(port), checks, cdk, directory, StackAssembly.all(directory));
    await deployed.deploy();
    return deployed;
  }

  private constructor(
    public readonly app: DeployedApp,
    private readonly checks: Checks,
    private readonly cdk: CdkCli,
    private readonly directory: string,
    private readonly stacks: StackAssembly[],
  ) {}

  public async destroy(): Promise<void> {
    for (const { id } of [...this.stacks].reverse()) {
      await this.checks.timed(`cdk destroy ${id}`, () => this.cdk.destroy(this.directory, id));
    }
  }

  private async deploy(): Promise<void> {
    for (const region of new Set(this.stacks.map((stack) => stack.region))) {
      await this.checks.timed(`cdk bootstrap in ${region}`, () => this.cdk.bootstrap(region));
    }
    for (const stack of this.stacks) {
      await stack.resolveOutputs((output, region) => this.app.output(output, region));
      const resources = Object.keys(stack.template.Resources).length;
      await this.checks.timed(`cdk deploy ${stack.id} (${resources} resources)`, () => this.cdk.deploy(this.directory, stack.id));
      const deployed = await this.app.add(stack);
      this.checks.equal(`${stack.name} was deployed with the resolved template`, deployed.template, stack.template);
    }
  }
}
