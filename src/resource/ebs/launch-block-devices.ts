import { isDeepStrictEqual } from 'node:util';
import { Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { EncryptedBlockDevice } from './encrypted-block-device';
import { assertLaunchableVolume, assertVolumeOptions } from './volume-options';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html */
const DEVICE_NAME = /^(\/dev\/)?(sd|xvd|hd)[a-z]{1,2}\d{0,2}$/;

/** The block device mappings of a launch template, each encrypted under the key. */
export function launchBlockDevices(template: IConstruct, devices: EncryptedBlockDevice[], kmsKey: kms.IKey): ec2.BlockDevice[] {
  devices.forEach((device) => assertDevice(template, device));
  const names = devices.map(({ deviceName }) => deviceName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new KmsPatternsError('DeviceTwice', `two block devices cannot have one name, given: ${twice} twice; give each a name of its own`, template);
  }
  return devices.map(({ deviceName, size, volumeType, ...options }) => ({
    deviceName,
    // `BlockDeviceVolume.ebs` demands a size, and `ebsFromSnapshot` knows no key.
    volume: {
      ebsDevice: { ...options, volumeSize: size?.toGibibytes(), volumeType: volumeType ?? ec2.EbsDeviceVolumeType.GP3, encrypted: true, kmsKey },
    },
  }));
}

/** Whether the template still launches the root device, and every volume under the key. */
export function devicesAreUnder(template: IConstruct, { keyArn }: kms.IKey, rootDeviceName: string, mappings: unknown): boolean {
  const [key, root] = Stack.of(template).resolve([keyArn, rootDeviceName]) as unknown[];
  const found = Array.isArray(mappings) ? mappings as { DeviceName: unknown; Ebs?: { Encrypted?: unknown; KmsKeyId?: unknown } }[] : [];
  return found.some(({ DeviceName }) => isDeepStrictEqual(DeviceName, root))
    && found.every(({ Ebs }) => Ebs?.Encrypted === true && isDeepStrictEqual(Ebs.KmsKeyId, key));
}

function assertDevice(template: IConstruct, { deviceName, size, snapshotId, ...options }: EncryptedBlockDevice): void {
  const refuseIf = (wrong: boolean, code: string, message: string) => {
    if (wrong) {
      throw new KmsPatternsError(code, message, template);
    }
  };
  refuseIf(!Token.isUnresolved(deviceName) && !DEVICE_NAME.test(deviceName), 'DeviceNameInvalid',
    `a block device has the name of a device of Amazon EBS, given: '${deviceName}'; write for example /dev/xvda, /dev/sda1 or /dev/sdf`);
  refuseIf(snapshotId !== undefined && !Token.isUnresolved(snapshotId) && !/^snap-[0-9a-f]+$/.test(snapshotId), 'SnapshotIdInvalid',
    `${deviceName} is made of a snapshot by its id, given: '${snapshotId}'; write for example snap-1234567890abcdef0`);
  refuseIf(size !== undefined && !size.isUnresolved() && size.toGibibytes() < 1, 'VolumeSizeInvalid',
    `${deviceName} has a size of at least 1 GiB, given: ${size?.isUnresolved() ? '' : size?.toGibibytes()} GiB; write for example Size.gibibytes(8)`);
  assertVolumeOptions(template, deviceName, options);
  assertLaunchableVolume(template, deviceName, options);
}
