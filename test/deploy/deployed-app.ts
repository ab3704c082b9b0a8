import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Aws } from './aws';
import { type DeployedResource } from './deployed-resource';
import { DeployedStack } from './deployed-stack';
import { type StackAssembly } from './stack-assembly';
import { type StackOutput } from './template';

/** The stacks of one example as they stand at the endpoint. */
export class DeployedApp {
  private readonly regions = new Map<string, Aws>();
  private readonly stacks = new Map<string, DeployedStack>();

  constructor(private readonly port: number) {}

  public aws(region: string): Aws {
    const aws = this.regions.get(region) ?? new Aws(region, this.port);
    this.regions.set(region, aws);
    return aws;
  }

  /** Reads what a stack has become; to be called after each deployment. */
  public async add(assembly: StackAssembly): Promise<DeployedStack> {
    const stack = await DeployedStack.read(assembly, this.aws(assembly.region));
    this.stacks.set(assembly.id, stack);
    return stack;
  }

  public get resources(): DeployedResource[] {
    return [...this.stacks.values()].flatMap((stack) => stack.resources);
  }

  public find(path: string): DeployedResource {
    const found = this.resources.filter((resource) => resource.path === path);
    if (found.length !== 1) {
      const of = this.resources.filter((resource) => resource.path.startsWith(path.split('/')[0])).map((resource) => resource.path);
      throw new Error(`${found.length === 0 ? 'No' : 'More than one'} resource has the construct path ${path}. The stack has: ${of.join(', ') || 'nothing'}.`);
    }
    return found[0];
  }

  /** What `Fn::GetStackOutput` would give. */
  public async output(output: StackOutput, region: string): Promise<string> {
    const answer = await this.aws(region).cloudFormation.send(new DescribeStacksCommand({ StackName: output.StackName })).catch((error: Error) => {
      throw new Error(`Stack ${output.StackName} in ${region} has to be deployed first: its output ${output.OutputName} is read (${error.message}).`);
    });
    const value = answer.Stacks?.[0].Outputs?.find((candidate) => candidate.OutputKey === output.OutputName)?.OutputValue;
    if (!value) {
      throw new Error(`Stack ${output.StackName} in ${region} has no output ${output.OutputName}.`);
    }
    return value;
  }
}
