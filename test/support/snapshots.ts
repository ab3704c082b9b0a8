import { Duration, Fn, Size } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { SYDNEY } from './copies';
import {
  EbsSnapshotPolicy, EbsSnapshotPolicyProps, EbsSnapshotRetention, EbsSnapshotSchedule, EbsSnapshotTarget, EncryptedVolume, SnapshotDestination,
} from '../../src';

export function volumeIn(scope: Construct, id = 'Ledger'): EncryptedVolume {
  return new EncryptedVolume(scope, id, { availabilityZone: Fn.select(0, Fn.getAzs()), size: Size.gibibytes(10) });
}

/** The volumes that are tagged for it, every night, copied to another Region. */
export function nightly(scope: Construct, props: Partial<EbsSnapshotPolicyProps> = {}, id = 'Nightly'): EbsSnapshotPolicy {
  return new EbsSnapshotPolicy(scope, id, {
    target: EbsSnapshotTarget.volumes('backup', 'nightly'),
    volumeKeys: [],
    schedule: EbsSnapshotSchedule.daily('03:00'),
    retention: EbsSnapshotRetention.count(7),
    copies: [{ destination: SnapshotDestination.inRegion(SYDNEY), retention: Duration.days(30) }],
    ...props,
  });
}
