import { Names, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * Gives a role a name, by which policies of another account that are deployed before it let it in alone.
 *
 * An account has each name once, in whatever Region the stack is.
 *
 * @returns the ARN, as a literal
 */
export function nameRole(role: iam.Role): string {
  const stack = Stack.of(role);
  const roleName = `${Names.uniqueResourceName(role, { maxLength: 63 - stack.region.length, separator: '-' })}-${stack.region}`;
  (role.node.defaultChild as iam.CfnRole).roleName = roleName;
  return stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: roleName });
}
