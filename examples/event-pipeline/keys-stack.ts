import { Duration, Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { CustomerManagedKey } from 'cdk-kms-patterns';

/** One key for each classification of data: whoever may use the one gets nothing of the others. */
export class KeysStack extends Stack {
  public readonly orders: CustomerManagedKey;
  public readonly operations: CustomerManagedKey;
  public readonly backups: CustomerManagedKey;

  constructor(scope: Construct, id: string) {
    super(scope, id, { description: 'The keys of the event pipeline' });
    this.orders = this.key('Orders', 'orders', 'What customers order, wherever it goes');
    this.operations = this.key('Operations', 'operations', 'The code of the pipeline, its configuration, and what it says about itself');
    // The copies outlive what they are copies of, and others may restore them than may read orders.
    this.backups = this.key('Backups', 'backups', 'Copies of the stores of the event pipeline');
  }

  private key(id: string, alias: string, description: string): CustomerManagedKey {
    return new CustomerManagedKey(this, id, {
      alias: `event-pipeline/${alias}`,
      description,
      rotationPeriod: Duration.days(Number(this.node.tryGetContext('rotationDays') ?? 365)),
    });
  }
}
