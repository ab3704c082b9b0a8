import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { BackedUpStore } from './backed-up-store';
import { acknowledge, inPacks } from '../../private/acknowledgement';

/** The role of backups and their copies, with the policies that AWS manages for it. */
export function newBackupRole(scope: Construct, stores: Iterable<BackedUpStore>): iam.Role {
  const own = [...stores].flatMap(({ _facts: { ownPolicies } }) => ownPolicies ? [ownPolicies[0]] : []);
  return assumedByBackup(scope, 'Role', `Backs up and copies for ${scope.node.path}`, ['service-role/AWSBackupServiceRolePolicyForBackup', ...own]);
}

/** The role of restores. */
export function newRestoreRole(scope: Construct, of: Construct, stores: Iterable<BackedUpStore>): iam.Role {
  const own = [...stores].flatMap(({ _facts: { ownPolicies } }) => ownPolicies ? [ownPolicies[1]] : []);
  return assumedByBackup(scope, 'RestoreRole', `Restores copies of ${of.node.path}`, ['service-role/AWSBackupServiceRolePolicyForRestores', ...own]);
}

function assumedByBackup(scope: Construct, id: string, description: string, policies: string[]): iam.Role {
  const role = new iam.Role(scope, id, {
    description,
    assumedBy: new iam.ServicePrincipal('backup.amazonaws.com', {
      // No page says that AWS Backup sends it when it assumes a role.
      conditions: { StringEqualsIfExists: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
    managedPolicies: policies.map((name) => iam.ManagedPolicy.fromAwsManagedPolicyName(name)),
  });
  acknowledge(role, 'The policy is for this role alone, and goes with it.', inPacks('IAMNoInlinePolicy'));
  return role;
}
