import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { KmsService } from '../../service/kms-service';

/**
 * The key of a snapshot, let in for Amazon EBS, which re-encrypts what it reads from the snapshot.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html
 */
export function snapshotKeyOf(store: IConstruct, key: ICustomerManagedKey): kms.IKey {
  const { region } = Stack.of(store);
  if (Token.compareStrings(key.env.region, region) === TokenComparison.DIFFERENT) {
    throw new KmsPatternsError('SnapshotKeyOfAnotherRegion',
      `a snapshot is encrypted under a key of its own Region, given: ${key.node.path} in ${key.env.region}, for ${region}; `
      + `copy the snapshot to ${region}, and give the key of the copy`, store);
  }
  return key.via(KmsService.EBS);
}
