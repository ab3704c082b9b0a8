import { Fn, Stack, type StackProps } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { CustomerManagedKey, EncryptedVolume, type ICustomerManagedKey, KmsService } from 'cdk-kms-patterns';

interface RestoreStackProps extends StackProps {
  /** The key of the snapshots that are shared with the account. */
  readonly snapshotKey: ICustomerManagedKey;
}

/** Who copies the snapshots, the key of the copies, and the volume that is made of one when it is needed. */
export class RestoreStack extends Stack {
  public readonly restored?: EncryptedVolume;

  constructor(scope: Construct, id: string, { snapshotKey, ...props }: RestoreStackProps) {
    super(scope, id, { ...props, description: 'What is restored from snapshots of another account' });
    const encryptionKey = new CustomerManagedKey(this, 'Key', { alias: 'restored-ledger', description: 'The copies, and what is restored from them' });
    const restorer = this.restorer();
    // Of the other account, the key policy names the account, and the policy of the role is here.
    [snapshotKey, encryptionKey].forEach((key) =>
      key.via(KmsService.EBS_COPIES).grant(restorer, ...KmsService.EBS_COPIES.facts.useActions!, 'kms:CreateGrant'));
    const snapshotId: string | undefined = this.node.tryGetContext('snapshotId');
    if (snapshotId) {
      this.restored = new EncryptedVolume(this, 'Ledger', { availabilityZone: Fn.select(0, Fn.getAzs()), snapshotId, encryptionKey });
      this.restored.grantAttachVolume(restorer);
    }
  }

  private restorer(): iam.Role {
    const role = new iam.Role(this, 'Restorer', { assumedBy: new iam.AccountPrincipal(this.account) });
    const snapshots = this.formatArn({ service: 'ec2', account: '', resource: 'snapshot', resourceName: '*' });
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeSnapshots'], resources: ['*'] }));
    role.addToPolicy(new iam.PolicyStatement({ actions: ['ec2:CopySnapshot'], resources: [snapshots] }));
    role.addToPolicy(new iam.PolicyStatement({
      actions: ['ec2:CreateTags'], resources: [snapshots], conditions: { StringEquals: { 'ec2:CreateAction': 'CopySnapshot' } },
    }));
    return role;
  }
}
