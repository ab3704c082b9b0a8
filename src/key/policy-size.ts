import { Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { keyPolicySize } from '../private/key-policy-size';

export { LARGEST_POLICY_BYTES } from '../private/key-policy-size';

/**
 * The size of a policy document in bytes as AWS KMS will count it: values that are known at deployment only count at their longest.
 */
export function policySize(scope: IConstruct, document: unknown): number {
  return keyPolicySize(Stack.of(scope).resolve(document));
}
