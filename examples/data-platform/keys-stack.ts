import { Duration, type Environment, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { CustomerManagedKey } from 'cdk-kms-patterns';

/** One key for each classification of data: whoever may use the one gets nothing of the other. */
export class KeysStack extends Stack {
  public readonly data: CustomerManagedKey;
  public readonly operations: CustomerManagedKey;

  constructor(scope: Construct, id: string, env?: Environment) {
    super(scope, id, { env, description: 'The keys of the data platform' });
    const rotationPeriod = Duration.days(Number(this.node.tryGetContext('rotationDays') ?? 365));
    this.data = new CustomerManagedKey(this, 'Data', {
      alias: 'data-platform/data',
      description: 'What customers entrust to the data platform',
      rotationPeriod,
    });
    this.operations = new CustomerManagedKey(this, 'Operations', {
      alias: 'data-platform/operations',
      description: 'What the data platform says about itself: events, alarms, logs',
      rotationPeriod,
    });
  }
}
