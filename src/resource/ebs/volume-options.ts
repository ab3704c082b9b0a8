import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

interface VolumeOptions {
  readonly volumeType?: ec2.EbsDeviceVolumeType;
  readonly iops?: number;
  readonly throughput?: number;
}

const { GP3, IO1, IO2 } = ec2.EbsDeviceVolumeType;
/** What gp3 has without `iops`, and the MiB a second that it takes for each: https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const GP3_IOPS = 3000;
const GP3_MIB_FOR_EACH = 0.25;

/** What Amazon EBS refuses once the volume is made, and `ec2.Volume` lets through. */
export function assertVolumeOptions(construct: IConstruct, name: string, { volumeType = GP3, iops, throughput }: VolumeOptions): void {
  // The L2s take zero for left out, but write it into the template.
  if (iops === 0 || throughput === 0) {
    throw new KmsPatternsError('VolumeOptionZero',
      `${name} has no ${iops === 0 ? 'iops' : 'throughput'}, given: 0; leave it out for what the type has by itself`, construct);
  }
  const most = GP3_IOPS * GP3_MIB_FOR_EACH;
  if (volumeType === GP3 && iops === undefined && throughput !== undefined && throughput > most && throughput <= 2000) {
    throw new KmsPatternsError('ThroughputNeedsIops',
      `${name} has ${GP3_IOPS} iops by itself, which carry ${most} MiB a second, given: throughput ${throughput}; `
      + `write iops: ${Math.ceil(throughput / GP3_MIB_FOR_EACH)} or more`, construct);
  }
}

/** What `ec2.Volume` checks, and `ec2.LaunchTemplate` does not, so that instances would be terminated at once. */
export function assertLaunchableVolume(construct: IConstruct, name: string, { volumeType = GP3, iops }: VolumeOptions): void {
  const least: Partial<Record<ec2.EbsDeviceVolumeType, number>> = { [GP3]: GP3_IOPS, [IO1]: 100, [IO2]: 100 };
  if (iops !== undefined && iops < (least[volumeType] ?? Infinity)) {
    throw new KmsPatternsError('VolumeIopsInvalid', `${name} is of the type ${volumeType}, which takes ${
      least[volumeType] === undefined ? 'no iops' : `${least[volumeType]} iops or more`}, given: ${iops}; write ${
      least[volumeType] === undefined ? 'a volumeType of gp3, io1 or io2, or leave iops out' : `iops: ${least[volumeType]} or more`}`, construct);
  }
}
