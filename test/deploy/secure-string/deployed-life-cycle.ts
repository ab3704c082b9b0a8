import { join } from 'node:path';
import { DescribeStackEventsCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { ALIASES, KEYS, lifeCycleApp, type LifeCycleSources, type LifeCycleStep, PARAMETERS, REGION } from './life-cycle-app';
import { type Secrecy } from './secrecy';
import { Aws } from '../aws';
import { CdkCli } from '../cdk-cli';
import { type Checks } from '../checks';
import { localEnvironment } from '../local-environment';
import { type Workspace } from '../workspace';

export interface DeployedLifeCycleProps {
  readonly checks: Checks;
  readonly secrecy: Secrecy;
  readonly workspace: Workspace;
  /** The directory of the run in the workspace. */
  readonly name: string;
  readonly port: number;
}

/** The app of the life cycle at the endpoint. */
export class DeployedLifeCycle {
  public readonly aws: Aws;
  private readonly cdk: CdkCli;
  /** Where the app of the last step is. */
  private directory = '';
  /** What the CLI printed of the last command. */
  private printed = '';

  constructor(private readonly props: DeployedLifeCycleProps) {
    const { workspace, name, port } = props;
    this.aws = new Aws(REGION, port);
    this.cdk = new CdkCli({
      root: workspace.root,
      env: localEnvironment(workspace.directory(name, 'home'), port),
      directory: workspace.directory(name, 'cli'),
      hear: (output) => {
        this.printed += output;
        props.secrecy.hear('the output of the CDK CLI', output);
      },
    });
  }

  /** Deploys the stack with the keys, and returns their ARNs. */
  public async keys(): Promise<Record<keyof typeof ALIASES, string>> {
    await this.props.checks.timed(`cdk bootstrap in ${REGION}`, () => this.cdk.bootstrap(REGION));
    this.synth('keys');
    await this.deployStack(KEYS);
    return { first: await this.keyArn(ALIASES.first), second: await this.keyArn(ALIASES.second) };
  }

  public async deploy(step: LifeCycleStep, sources: LifeCycleSources): Promise<void> {
    this.synth(step, sources);
    await this.deployStack(KEYS);
    await this.deployStack(PARAMETERS);
  }

  /** A deployment that must fail; returns what the CLI says. */
  public async deployInVain(step: LifeCycleStep, sources: LifeCycleSources): Promise<string> {
    this.printed = '';
    const failure = await this.deploy(step, sources).then(() => undefined, (error: Error) => error);
    if (!failure) {
      throw new Error(`The deployment of the step '${step}' succeeded, which must fail.`);
    }
    return this.printed;
  }

  public async destroy(): Promise<void> {
    await this.props.checks.timed(`cdk destroy ${PARAMETERS}`, () => this.cdk.destroy(this.directory, PARAMETERS));
  }

  /** The status of the stack with the parameters; it is known by its id where it is gone. */
  public async status(stack: string = PARAMETERS): Promise<{ id: string; status: string }> {
    const { Stacks = [] } = await this.aws.cloudFormation.send(new DescribeStacksCommand({ StackName: stack }));
    return { id: Stacks[0]?.StackId ?? '', status: Stacks[0]?.StackStatus ?? 'no such stack' };
  }

  /** The reasons that CloudFormation tells for what failed. */
  public async reasons(): Promise<(string | undefined)[]> {
    const { StackEvents = [] } = await this.aws.cloudFormation.send(new DescribeStackEventsCommand({ StackName: PARAMETERS }));
    return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED')).map(({ ResourceStatusReason }) => ResourceStatusReason);
  }

  private synth(step: LifeCycleStep | 'keys', sources?: LifeCycleSources): void {
    const { workspace, name, secrecy } = this.props;
    this.directory = join(workspace.directory(name), step);
    lifeCycleApp(this.directory, step === 'keys' || !sources ? undefined : { step, sources });
    secrecy.hearFiles('the synthesized app', this.directory);
  }

  private async deployStack(stack: string): Promise<void> {
    await this.props.checks.timed(`cdk deploy ${stack}`, () => this.cdk.deploy(this.directory, stack));
  }

  private async keyArn(alias: string): Promise<string> {
    const { KeyMetadata } = await this.aws.kms.send(new DescribeKeyCommand({ KeyId: `alias/${alias}` }));
    return KeyMetadata!.Arn!;
  }
}
