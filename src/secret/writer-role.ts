import { createHash } from 'node:crypto';
import { Names, Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { SecureStringWriter } from './secure-string-writer';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';
import { acknowledge, inPacks } from '../private/acknowledgement';

/** A role that writes one parameter. */
export interface WriterRoleProps {
  readonly parameterName: string;
  readonly parameterArn: string;
  readonly encryptionKey: ICustomerManagedKey;
  /** The key with which it decrypts directly. */
  readonly directKey?: ICustomerManagedKey;
}

const ACTIONS = ['AddTagsToResource', 'DeleteParameter', 'GetParameter', 'ListTagsForResource', 'PutParameter', 'RemoveTagsFromResource'];

/**
 * The role with which the function writes one parameter.
 *
 * For another name or key it is another role. The old one stays until the old parameter is deleted, and may read the old value until then.
 * A role for all parameters would have lost these permissions by that time, could mix them up, and has room for those of a dozen.
 */
export function writerRole(scope: Construct, { parameterName, parameterArn, encryptionKey, directKey }: WriterRoleProps): iam.Role {
  const { region, stackId, stackName } = Stack.of(scope);
  const key = Token.isUnresolved(encryptionKey.keyArn) ? encryptionKey.node.path : encryptionKey.keyArn;
  const parts = [Token.isUnresolved(stackName) ? '' : stackName, parameterName, key];
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 8);
  const role = new iam.Role(scope, `Writer${hash}`, {
    description: `Writes the parameter ${parameterName}`.slice(0, 1000),
    assumedBy: new iam.ArnPrincipal(SecureStringWriter.of(scope).handler.role.roleArn),
    // The policy of a key in another stack can be for this role alone where it has a name.
    roleName: directKey && Stack.of(directKey) !== Stack.of(scope)
      ? `${Names.uniqueResourceName(scope, { maxLength: 38, separator: '-' })}-${hash}-${region}` : undefined,
  });
  role.addToPolicy(new iam.PolicyStatement({ actions: ACTIONS.map((action) => `ssm:${action}`), resources: [parameterArn] }));
  // It tells a rollback from other updates.
  role.addToPolicy(new iam.PolicyStatement({ actions: ['cloudformation:DescribeStacks'], resources: [stackId] }));
  acknowledge(role, 'The policy is for this role alone, and goes with it.', inPacks('IAMNoInlinePolicy'));
  return role;
}
