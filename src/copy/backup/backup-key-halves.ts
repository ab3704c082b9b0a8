import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { letRoleUse } from './backup-use';
import { isOtherAccount, letReadSources } from './other-account';
import { SourceKeys } from './source-keys';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { viaAlsoIn } from '../../key/via-also-in';
import { KmsService } from '../../service/kms-service';
import { Destination } from '../destination';

/** What the role of backups and their copies does with the keys of the source and of each destination. */
export function letRoleBackUp(copy: IConstruct, role: iam.IRole, vaultKey: ICustomerManagedKey, keys: SourceKeys, destinations: Destination[]): void {
  const source = Stack.of(copy);
  const regions = destinations.map(({ stack }) => stack.region);
  letRoleUse(role, vaultKey, KmsService.BACKUP, regions);
  for (const [{ _facts: { service, underVaultKey, readActions } }, sources] of keys) {
    for (const key of readActions.length > 0 ? sources : []) {
      letRoleUse(role, key, service, underVaultKey ? [] : regions, readActions);
    }
  }
  for (const { stack, key } of destinations) {
    const services = [...keys.keys()].flatMap(({ _facts: { service, underVaultKey } }) => underVaultKey ? [] : [service]);
    if (isOtherAccount(source, stack)) {
      // Who copies there is the service-linked role of that account, on the permissions that it has by itself.
      services.forEach((service) => viaAlsoIn(key, service, [source.region]));
      letReadSources(keys, stack.account, stack.region);
    } else {
      [KmsService.BACKUP, ...services].forEach((service) => letRoleUse(role, key, service, [source.region]));
    }
  }
}

/**
 * What AWS demands of a role of yours, beside the keys: to know the key of AWS Backup itself, by its alias.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
 */
export function letDescribeAwsKey(role: iam.IRole, source: Stack, destinations: Destination[]): void {
  const regions = [source, ...destinations.map(({ stack }) => stack)].map(({ region }) => region);
  role.addToPrincipalPolicy(new iam.PolicyStatement({
    actions: ['kms:DescribeKey'],
    resources: regions.map((region) => source.formatArn({ service: 'kms', resource: 'key', resourceName: '*', region })),
    conditions: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/aws/backup' } },
  }));
}
