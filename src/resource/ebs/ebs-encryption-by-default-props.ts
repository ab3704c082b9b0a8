import { RemovalPolicy } from 'aws-cdk-lib';
import { InstanceLauncher } from './instance-launcher';
import { SnapshotBlockPublicAccess } from './snapshot-block-public-access';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';

/**
 * Properties of EBS encryption by default.
 */
export interface EbsEncryptionByDefaultProps {
  /**
   * The default key. Another one is for volumes and copies of snapshots that are made from then on; what there is stays under its own key.
   *
   * @default - a new key, retained when the stack is deleted: 1 USD a month
   */
  readonly encryptionKey?: ICustomerManagedKey;

  /**
   * Who launches by itself in this account, with a service-linked role: the key policy lets it in. Amazon EC2 Auto Scaling is let in always.
   * Give `InstanceLauncher.autoScaling('suffix')` where groups name a role with a custom suffix: they launch under the default key too.
   *
   * @default - Amazon EC2 Auto Scaling, EC2 Fleet, Spot Fleet and Spot Instances
   */
  readonly launchedBy?: InstanceLauncher[];

  /**
   * Whether snapshots can be shared with everybody, those without encryption as well. It stays when it leaves the stack.
   *
   * @default SnapshotBlockPublicAccess.BLOCK_ALL_SHARING
   */
  readonly snapshotBlockPublicAccess?: SnapshotBlockPublicAccess;

  /**
   * What becomes of encryption by default and of the default key when they leave the stack: destroyed, they are as they were before the stack
   * set them; retained, they stay as they are, and so must the key.
   *
   * @default RemovalPolicy.DESTROY
   */
  readonly removalPolicy?: RemovalPolicy;
}
