import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { CustomerManagedKey } from 'cdk-kms-patterns';

/** One key for what is on its way to production, and one for what everybody may see when it is there. */
export class KeysStack extends Stack {
  public readonly artifacts: CustomerManagedKey;
  public readonly site: CustomerManagedKey;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, { ...props, description: 'The keys of the delivery pipeline' });
    this.artifacts = this.key('Artifacts', 'artifacts', 'What is built and handed from stage to stage, and what is said about it');
    this.site = this.key('Site', 'site', 'The pages of the web site');
  }

  private key(id: string, alias: string, description: string): CustomerManagedKey {
    return new CustomerManagedKey(this, id, {
      alias: `delivery/${alias}`,
      description,
      rotationPeriod: Duration.days(Number(this.node.tryGetContext('rotationDays') ?? 365)),
    });
  }
}
