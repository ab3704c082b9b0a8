import * as kms from 'aws-cdk-lib/aws-kms';
import { ViaServiceOptions } from './via-service-options';
import { KmsService } from '../service/kms-service';

/**
 * A customer managed key, made here or imported.
 */
export interface ICustomerManagedKey extends kms.IKey {
  /**
   * Hands the key to a service: the result goes wherever an L2 takes a key, and its `keyArn` wherever an L1 does.
   *
   * @param service who encrypts with the key
   * @param options given once for each service; asked again without options, the service keeps them
   */
  via(service: KmsService, options?: ViaServiceOptions): kms.IKey;
}
