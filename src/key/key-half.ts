import { KeyStatement } from './key-statement';
import { ServiceUse } from './service-use';

/**
 * The key's half of an access: a policy of ours to write into, or one of somebody else's that must already say it.
 */
export interface KeyHalf {
  /** @throws where the policy is not ours and does not say it, with the statement that its owner must add */
  add(statement: KeyStatement): void;
  /** @throws as `add` does */
  addService(use: ServiceUse): void;
  /**
   * What a service-linked role of another account needs.
   *
   * @throws as `add` does
   */
  addLinkedRoleOf(account: string, statements: KeyStatement[]): void;
  /** What a service principal needs, which belongs to the service. */
  addServicePrincipal(statements: KeyStatement[]): void;
}
