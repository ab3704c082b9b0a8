import { Duration, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { CustomerManagedKey } from 'cdk-kms-patterns';

/** One key for what the instances keep, and one for what is told about them. */
export class KeysStack extends Stack {
  public readonly volumes: CustomerManagedKey;
  public readonly operations: CustomerManagedKey;

  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'The keys of the fleet' });
    const rotationPeriod = Duration.days(Number(this.node.tryGetContext('rotationDays') ?? 365));
    this.volumes = new CustomerManagedKey(this, 'Volumes', {
      alias: 'autoscaling-fleet/volumes',
      description: 'The volumes of the instances',
      rotationPeriod,
    });
    this.operations = new CustomerManagedKey(this, 'Operations', {
      alias: 'autoscaling-fleet/operations',
      description: 'What is told about the instances: launches, terminations, rejected traffic',
      rotationPeriod,
    });
  }
}
