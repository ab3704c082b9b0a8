import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { ICustomerManagedKey } from './i-customer-managed-key';
import { KeyBase } from './key-base';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** AWS services take only keys of the Region that the data is in. Regions that are not known yet pass. */
export function assertKeyOfRegion(store: IConstruct, key: ICustomerManagedKey): void {
  const { region } = Stack.of(store);
  if (Token.compareStrings(key.env.region, region) === TokenComparison.DIFFERENT) {
    throw new KmsPatternsError('KeyOfAnotherRegion',
      `a key encrypts in its own Region only, given: ${key.node.path} in ${key.env.region}, for ${region}; `
      + `${key instanceof KeyBase ? key._insteadIn(region) : `make a CustomerManagedKey in ${region}`}, or leave encryptionKey out`, store);
  }
}
