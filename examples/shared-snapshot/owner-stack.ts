import { Fn, Size, Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { CustomerManagedKey, EncryptedVolume } from 'cdk-kms-patterns';

/** The volume, its key, and who works with it. */
export class OwnerStack extends Stack {
  public readonly encryptionKey: CustomerManagedKey;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, { ...props, description: 'A volume, whose snapshots are shared' });
    this.encryptionKey = new CustomerManagedKey(this, 'Key', { alias: 'shared-ledger', description: 'The volume and its snapshots' });
    new EncryptedVolume(this, 'Ledger', { availabilityZone: Fn.select(0, Fn.getAzs()), size: Size.gibibytes(20), encryptionKey: this.encryptionKey })
      .grantAttachVolume(new iam.Role(this, 'Operator', { assumedBy: new iam.AccountPrincipal(this.account) }));
  }
}
