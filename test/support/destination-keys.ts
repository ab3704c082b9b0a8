import { Stack } from 'aws-cdk-lib';
import { SYDNEY } from './copies';
import { ACCOUNT } from './key-stack';
import { CustomerManagedKey, ICustomerManagedKey, KmsService } from '../../src';

/** Keys for copies in Sydney, by where they come from. Some of them are refused: those whose services nobody declared, and those of elsewhere. */
export function destinationKeys(services: KmsService[]): Record<'new' | 'imported' | 'undeclared' | 'elsewhere', (there: Stack) => ICustomerManagedKey> {
  const arn = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/1`;
  return {
    new: (there) => new CustomerManagedKey(there, 'Key'),
    imported: (there) => CustomerManagedKey.fromKeyArn(there, 'Key', arn(SYDNEY), { services }),
    undeclared: (there) => CustomerManagedKey.fromKeyArn(there, 'Key', arn(SYDNEY)),
    elsewhere: (there) => CustomerManagedKey.fromKeyArn(there, 'Key', arn('eu-west-3'), { services }),
  };
}
