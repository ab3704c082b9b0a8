import { MultiRegionKey } from './multi-region-key';
import { MultiRegionReplicaKeyOptions } from './multi-region-replica-key-options';

/**
 * Properties of a replica of a multi-Region key.
 */
export interface MultiRegionReplicaKeyProps extends MultiRegionReplicaKeyOptions {
  /**
   * The primary key. Another one replaces the replica.
   */
  readonly primaryKey: MultiRegionKey;
}
