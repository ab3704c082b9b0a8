import { RemovalPolicy, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';

/**
 * Properties of an encrypted volume: those of `ec2.Volume`, without the ones that could undo the encryption.
 */
export interface EncryptedVolumeProps {
  /**
   * The Availability Zone. Another one replaces the volume.
   */
  readonly availabilityZone: string;

  /**
   * The key that the volume is encrypted under. Amazon EBS cannot change it: CloudFormation fails the update.
   * To change it, copy a snapshot under the other key and make another volume of it.
   *
   * @default - a new key, retained when the stack is deleted
   */
  readonly encryptionKey?: ICustomerManagedKey;

  /**
   * The size. Needed where no snapshot is given.
   *
   * @default - the size of the snapshot
   */
  readonly size?: Size;

  /**
   * The snapshot that the volume is made of. Amazon EBS re-encrypts it under the key. Another snapshot replaces the volume.
   *
   * @default - an empty volume
   */
  readonly snapshotId?: string;

  /**
   * The key that the snapshot is encrypted under, where it is another one than `encryptionKey`. It is let in for Amazon EBS, and whoever deploys
   * needs both: `deployPermissions()` of each says what. Attaching the volume later needs `encryptionKey` alone.
   *
   * @default - the snapshot is encrypted under `encryptionKey`, or not at all
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-encryption-requirements.html#ebs-encryption-permissions
   */
  readonly snapshotKey?: ICustomerManagedKey;

  /**
   * The value of the tag `Name`.
   *
   * @default - no tag
   */
  readonly volumeName?: string;

  /**
   * The type.
   *
   * @default EbsDeviceVolumeType.GENERAL_PURPOSE_SSD_GP3
   */
  readonly volumeType?: ec2.EbsDeviceVolumeType;

  /**
   * Operations a second. Needed for io1 and io2.
   *
   * @default - 3000 for gp3
   */
  readonly iops?: number;

  /**
   * Throughput of a gp3 volume, in MiB a second.
   *
   * @default - 125
   */
  readonly throughput?: number;

  /**
   * How fast the blocks of the snapshot are read, a second.
   *
   * @default - at first use
   */
  readonly volumeInitializationRate?: Size;

  /**
   * Whether several instances can have the volume attached, with a grant on the key for each. Needs io1 or io2.
   * Use a clustered file system: ext4 and XFS are not made for several instances at once.
   *
   * @default false
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-volumes-multi.html
   */
  readonly enableMultiAttach?: boolean;

  /**
   * Whether Amazon EBS keeps I/O to a volume enabled whose data may be inconsistent.
   *
   * @default false
   */
  readonly autoEnableIo?: boolean;

  /**
   * What becomes of the volume when it leaves the stack.
   *
   * @default RemovalPolicy.RETAIN
   */
  readonly removalPolicy?: RemovalPolicy;
}
