import { ICustomerManagedKey } from '../key/i-customer-managed-key';

/**
 * A copy of a secret in another Region, which AWS Secrets Manager keeps the same. Costs as much as a secret.
 */
export interface SecretReplica {
  /**
   * The Region, such as `eu-west-1`.
   */
  readonly region: string;

  /**
   * The key in that Region that the copy is encrypted under: one of a stack there, or one that is imported with
   * `CustomerManagedKey.fromKeyArn`. What refers to a key of the app from other stacks, refers to it weakly.
   */
  readonly encryptionKey: ICustomerManagedKey;
}
