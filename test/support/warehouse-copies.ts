import { Construct } from 'constructs';
import { SYDNEY } from './copies';
import { newCluster, newServerless, zonedVpc } from './warehouses';
import {
  EncryptedRedshiftCluster, EncryptedRedshiftServerless, RedshiftServerlessSnapshotCopy, RedshiftServerlessSnapshotCopyProps, RedshiftSnapshotCopy,
  RedshiftSnapshotCopyProps, SnapshotDestination,
} from '../../src';

/** The copies of a cluster's snapshots in Sydney, beside it. */
export function copied(source: EncryptedRedshiftCluster, props: Partial<RedshiftSnapshotCopyProps> = {}): RedshiftSnapshotCopy {
  return new RedshiftSnapshotCopy(source.node.scope!, `${source.node.id}Copies`, { source, destination: SnapshotDestination.inRegion(SYDNEY), ...props });
}

/** Those of a namespace. */
export function copiedServerless(
  source: EncryptedRedshiftServerless, props: Partial<RedshiftServerlessSnapshotCopyProps> = {},
): RedshiftServerlessSnapshotCopy {
  return new RedshiftServerlessSnapshotCopy(source.node.scope!, `${source.node.id}Copies`, {
    source, destination: SnapshotDestination.inRegion(SYDNEY), ...props,
  });
}

/** A cluster, in the VPC of the stack where it has one. */
export function clusterIn(scope: Construct, given: Parameters<typeof newCluster>[1] = {}): EncryptedRedshiftCluster {
  return newCluster(scope, { vpc: scope.node.tryFindChild('Vpc') as never ?? zonedVpc(scope, 3, 'isolated'), ...given });
}

/** A namespace, in the VPC of the stack where it has one. */
export function namespaceIn(scope: Construct, given: Parameters<typeof newServerless>[1] = {}): EncryptedRedshiftServerless {
  return newServerless(scope, { vpc: scope.node.tryFindChild('Vpc') as never ?? zonedVpc(scope, 3, 'isolated'), ...given });
}
