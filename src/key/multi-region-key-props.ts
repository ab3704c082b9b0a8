import { CustomerManagedKeyProps } from './customer-managed-key-props';

/**
 * Properties of the primary key of a multi-Region key: those of a key of one Region.
 */
export interface MultiRegionKeyProps extends CustomerManagedKeyProps {
}
