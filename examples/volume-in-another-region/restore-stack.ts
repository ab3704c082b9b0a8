import { Fn, Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { EncryptedVolume, type ICustomerManagedKey, KmsService } from 'cdk-kms-patterns';

interface RestoreStackProps extends StackProps {
  /** The key of the copies. */
  readonly encryptionKey: ICustomerManagedKey;
}

/** Who works in the other Region, and the volume that is made of a copy there when it is needed. */
export class RestoreStack extends Stack {
  public readonly restored?: EncryptedVolume;

  constructor(scope: Construct, id: string, { encryptionKey, ...props }: RestoreStackProps) {
    super(scope, id, { ...props, description: 'What is restored from the copies' });
    const operator = new iam.Role(this, 'Operator', { assumedBy: new iam.AccountPrincipal(this.account) });
    // Let in before anything happens, so that nobody has to change a key policy on that day.
    encryptionKey.via(KmsService.EBS).grant(operator, 'kms:CreateGrant');
    const snapshotId: string | undefined = this.node.tryGetContext('snapshotId');
    if (snapshotId) {
      this.restored = new EncryptedVolume(this, 'Ledger', { availabilityZone: Fn.select(0, Fn.getAzs()), snapshotId, encryptionKey });
      this.restored.grantAttachVolume(operator);
    }
  }
}
