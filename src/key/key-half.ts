import { KeyStatement } from './key-statement';
import { ServiceUse } from './service-use';
import { ServicePrincipalFacts } from '../service/service-principal-facts';

/**
 * The key's half of an access: a policy of ours to write into, or one of somebody else's that must already say it.
 */
export interface KeyHalf {
  /** @throws where the policy is not ours and does not say it, with the statement that its owner must add */
  add(statement: KeyStatement): void;
  /** @throws as `add` does */
  addService(use: ServiceUse): void;
  /** @param sourceAccount the account whose resources the service acts for */
  addServicePrincipal(use: ServiceUse, facts: ServicePrincipalFacts, sourceAccount: string): void;
}
