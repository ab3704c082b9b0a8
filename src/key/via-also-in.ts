import * as kms from 'aws-cdk-lib/aws-kms';
import { ICustomerManagedKey } from './i-customer-managed-key';
import { ImportedKey } from './imported-key';
import { OwnedKey } from './owned-key';
import { KmsService } from '../service/kms-service';

/** Hands a key to a service that uses it from further Regions too, whatever it was handed over with before. */
export function viaAlsoIn(key: ICustomerManagedKey, service: KmsService, regions: readonly string[]): kms.IKey {
  return key instanceof OwnedKey || key instanceof ImportedKey
    ? key._viaAlsoIn(service, regions)
    : key.via(service, regions.length > 0 ? { regions: [...regions] } : undefined);
}
