import { BackedUpStore } from './backed-up-store';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';

/**
 * A kind of store that is backed up, and the keys that it is encrypted under.
 */
export interface BackupSource {
  /**
   * The kind of store.
   */
  readonly store: BackedUpStore;

  /**
   * The keys that its data is under, of the Region of the backups.
   *
   * Needed where backups stay under the key of their source, as those of Amazon EBS, RDS and Redshift do.
   *
   * @default - none
   */
  readonly keys?: ICustomerManagedKey[];
}
