import * as iam from 'aws-cdk-lib/aws-iam';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { viaAlsoIn } from '../../key/via-also-in';
import { KmsService } from '../../service/kms-service';

/** All that a service does with a key for its caller. */
export function callerActions({ facts: { useActions = [], createsGrants } }: KmsService): string[] {
  return [...useActions, ...createsGrants ? ['kms:CreateGrant'] : []];
}

/** Both halves of what a role of AWS Backup does with a key through a service, of the Region of the key and of further ones. */
export function letRoleUse(
  role: iam.IRole, key: ICustomerManagedKey, service: KmsService, regions: string[], actions = callerActions(service),
): void {
  const view = viaAlsoIn(key, service, regions);
  if (actions.length > 0) {
    view.grant(role, ...actions);
  }
}
