import { EbsCopying } from './ebs-copying';
import { EbsSelecting, EbsSelection } from './ebs-selecting';
import { KmsService } from '../../service/kms-service';
import { SnapshotKind } from '../snapshot/snapshot-copies';

/** Tags of copies: the ARN of the snapshot, and which construct made the copy. Copies of others are never touched. */
export interface EbsCopyOptions extends EbsSelection {
  readonly copyTags: boolean;
  readonly completionMinutes?: number;
}

/** Snapshots of Amazon EBS. */
export function ebsSnapshots(options: EbsCopyOptions): SnapshotKind {
  return {
    service: KmsService.EBS_COPIES,
    sentence: 'EbsSnapshotCopy copies snapshots',
    copying: (route) => new EbsCopying(route, options),
    selecting: (route) => new EbsSelecting(route, options),
  };
}
