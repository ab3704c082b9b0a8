import * as kms from 'aws-cdk-lib/aws-kms';
import { EncryptionContextPin } from '../../key/service-identity-half';
import { ServiceKey } from '../../key/service-key';

/** A key that was handed to a service, for one resource of it only: grantees use it under this encryption context. */
export function pinnedKey(handed: kms.IKey, pin: EncryptionContextPin): kms.IKey {
  return handed instanceof ServiceKey ? handed.pinnedTo(pin) : handed;
}
