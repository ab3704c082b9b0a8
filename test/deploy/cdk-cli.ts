import { join } from 'node:path';
import { command } from './command';
import { ACCOUNT } from './local-environment';

export interface CdkCliProps {
  /** Where the repository is: the CLI is the one in its node_modules. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** The directory in which it deploys; its output lands here. */
  readonly directory: string;
  /** Hears everything that the CLI prints. */
  readonly hear?: (output: string) => void;
}

/** The real `cdk` command, with a time limit on each call. */
export class CdkCli {
  private readonly cdk: string;

  constructor(private readonly props: CdkCliProps) {
    this.cdk = join(props.root, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  }

  public async bootstrap(region: string): Promise<void> {
    await this.run(`cdk bootstrap in ${region}`, this.props.directory, 90,
      ['bootstrap', `aws://${ACCOUNT}/${region}`, '--output', join(this.props.directory, `bootstrap-${region}`)]);
  }

  public async synth(app: string, output: string, context: Record<string, string>): Promise<void> {
    const contexts = Object.entries(context).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    // Without the version report no AWS::CDK::Metadata, which says nothing about the app.
    await this.run(`cdk synth in ${app}`, app, 180, ['synth', '--quiet', '--version-reporting', 'false', '--output', output, ...contexts]);
  }

  public async deploy(assembly: string, stack: string): Promise<void> {
    // moto knows no previous value of a parameter that was left to its default.
    await this.run(`cdk deploy ${stack}`, this.props.directory, 90, ['deploy', stack, '--exclusively', '--app', assembly,
      '--method', 'direct', '--require-approval', 'never', '--previous-parameters', 'false',
      '--progress', 'events', '--output', join(this.props.directory, 'deploy')]);
  }

  public async destroy(assembly: string, stack: string): Promise<void> {
    await this.run(`cdk destroy ${stack}`, this.props.directory, 90, ['destroy', stack, '--exclusively', '--app', assembly,
      '--force', '--output', join(this.props.directory, 'destroy')]);
  }

  private async run(purpose: string, cwd: string, seconds: number, args: string[]): Promise<void> {
    await command(process.execPath, [this.cdk, ...args, '--no-notices'], { purpose, cwd, seconds, env: this.props.env, hear: this.props.hear });
  }
}
