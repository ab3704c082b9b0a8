import { RdsCopying, RdsCopyOptions } from './rds-copying';
import { RdsSelecting, RdsSelection } from './rds-selecting';
import { KmsService } from '../../service/kms-service';
import { SnapshotKind } from '../snapshot/snapshot-copies';

/** Snapshots of Amazon RDS, of instances and of clusters. */
export function rdsSnapshots(options: RdsSelection & RdsCopyOptions): SnapshotKind {
  return {
    service: KmsService.RDS_COPIES,
    sentence: 'RdsSnapshotCopy copies snapshots',
    copying: (route) => new RdsCopying(route, options),
    selecting: (route) => new RdsSelecting(route, options),
  };
}
