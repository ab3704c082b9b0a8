import { Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/**
 * Refuses the name of another root device than that of an AMI that is known to have one: the root volume would be launched as the AMI says.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/device_naming.html
 */
export function assertRootDeviceOf(template: IConstruct, deviceName: string, image?: ec2.IMachineImage): void {
  const known = image && rootDeviceOf(image);
  if (known && !Token.isUnresolved(deviceName) && deviceName !== known) {
    throw new KmsPatternsError('RootDeviceOfAnotherName',
      `the root device of this machineImage is ${known}, given: rootDevice ${deviceName}, beside which the root volume would be launched as the AMI says, `
      + `perhaps not encrypted; write ${known}, and give ${deviceName} in blockDevices`, template);
  }
}

function rootDeviceOf(image: ec2.IMachineImage): string | undefined {
  if (image instanceof ec2.AmazonLinuxImageSsmParameterBase || image instanceof ec2.AmazonLinuxImage) {
    return '/dev/xvda';
  }
  return image instanceof ec2.WindowsImage ? '/dev/sda1' : undefined;
}
