import { Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';

export interface WorkloadProps extends StackProps {
  readonly pipelineAccount: string;
}

/** The roles with which the pipeline deploys a service into another account: their names are written out, for the policies that name them there. */
export class WorkloadStack extends Stack {
  /** Starts deployments. */
  public readonly deployer: iam.Role;
  /** What AWS CloudFormation does while it deploys. */
  public readonly execution: iam.Role;

  constructor(scope: Construct, id: string, { pipelineAccount, ...props }: WorkloadProps) {
    super(scope, id, { ...props, description: 'The roles for deliveries from another account' });
    this.deployer = new iam.Role(this, 'Deployer', {
      roleName: 'delivery-deployer',
      assumedBy: new iam.AccountPrincipal(pipelineAccount),
    });
    this.execution = new iam.Role(this, 'Execution', {
      roleName: 'delivery-execution',
      assumedBy: new iam.ServicePrincipal('cloudformation.amazonaws.com'),
    });
    this.execution.addToPolicy(new iam.PolicyStatement({
      actions: ['ecs:CreateService', 'ecs:DeleteService', 'ecs:DescribeServices', 'ecs:UpdateService'],
      resources: [this.formatArn({ service: 'ecs', resource: 'service', resourceName: 'production/storefront' })],
    }));
  }
}
