import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

/**
 * A volume that an instance is launched with, encrypted under the key of its launch template.
 */
export interface EncryptedBlockDevice {
  /**
   * The name of the device, such as `/dev/xvda`. One that the AMI has as well takes the place of the AMI's, with its snapshot.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
   */
  readonly deviceName: string;

  /**
   * The size, in whole GiB. Needed where neither the AMI nor `snapshotId` gives one.
   *
   * @default - the size of the snapshot
   */
  readonly size?: Size;

  /**
   * The snapshot that the volume is made of. Amazon EBS re-encrypts it under the key.
   *
   * @default - the snapshot that the AMI has for this device, or an empty volume
   */
  readonly snapshotId?: string;

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
   * Whether the volume is deleted with its instance.
   *
   * @default - the root volume is, others are not
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/preserving-volumes-on-termination.html
   */
  readonly deleteOnTermination?: boolean;
}
