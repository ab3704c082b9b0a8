import { DescribeStackResourcesCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { type Aws } from './aws';
import { type DeployedResource } from './deployed-resource';
import { References } from './references';
import { type StackAssembly } from './stack-assembly';
import { constructPath, type Template } from './template';

/** What moto_stand_ins.py calls that which was not made in any service. */
const STAND_IN = 'stand-in-';

export class DeployedStack {
  public static async read(assembly: StackAssembly, aws: Aws): Promise<DeployedStack> {
    const StackName = assembly.name;
    const deployed = await aws.cloudFormation.send(new GetTemplateCommand({ StackName }));
    const { StackResources = [] } = await aws.cloudFormation.send(new DescribeStackResourcesCommand({ StackName }));
    const physicalIds = new Map(StackResources.map((resource) => [resource.LogicalResourceId ?? '', resource.PhysicalResourceId ?? '']));
    return new DeployedStack(assembly, JSON.parse(deployed.TemplateBody ?? '{}'), physicalIds, aws);
  }

  public readonly resources: DeployedResource[];

  private constructor(
    public readonly assembly: StackAssembly,
    /** The template that the endpoint says it has, which must be the one that we resolved. */
    public readonly template: Template,
    physicalIds: Map<string, string>,
    aws: Aws,
  ) {
    const references = new References(assembly.name, aws.region, this.template, physicalIds);
    this.resources = Object.entries(assembly.template.Resources).map(([logicalId, resource]) => ({
      logicalId,
      type: resource.Type,
      path: constructPath(logicalId, resource),
      physicalId: physicalIds.get(logicalId),
      skipped: physicalIds.get(logicalId)?.startsWith(STAND_IN) ?? true,
      property: (name) => references.resolve(resource.Properties?.[name]),
      retained: resource.DeletionPolicy?.startsWith('Retain') ?? false,
      aws,
    }));
  }
}
