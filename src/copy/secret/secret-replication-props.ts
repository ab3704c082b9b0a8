import { EncryptedSecret } from '../../secret/encrypted-secret';
import { SnapshotDestination } from '../snapshot-destination';

/**
 * Properties of a replication of a secret to another Region.
 */
export interface SecretReplicationProps {
  /**
   * The secret that is replicated. It has one replica in each Region.
   */
  readonly source: EncryptedSecret;

  /**
   * The Region of the replica, in the same account, and its key there. Another Region is another replica: AWS Secrets Manager deletes the former.
   */
  readonly destination: SnapshotDestination;
}
