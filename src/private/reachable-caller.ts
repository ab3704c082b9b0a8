import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { hasIdentityPolicy, isForeign, realGrantee } from './grantee';
import { KmsPatternsError } from './kms-patterns-error';

/** A service whose resources have no policy of their own: the IAM policy of the caller decides alone. */
export interface PolicylessResource {
  /** The service as AWS writes it, such as `Amazon RDS`. */
  readonly service: string;
  /** What it keeps, such as `database`. */
  readonly resource: string;
}

/** The grantee, where its IAM policy can be written here and is looked at: in the account of the store. */
export function reachableCaller(
  store: IConstruct, { service, resource }: PolicylessResource, grantee: iam.IGrantable, actions: string[],
): iam.IGrantable {
  const { principal } = realGrantee(grantee);
  const { account, partition, region } = Stack.of(store);
  const elsewhere = isForeign(principal, { scope: store, account, partition, region });
  if (elsewhere || !hasIdentityPolicy(principal)) {
    throw new KmsPatternsError('GranteeOutOfReach',
      `${service} looks at the IAM policy of the caller only, and at callers of the ${resource}'s account only, given: ${principal}, whose policy is `
      + `out of reach here or elsewhere; grant to a role or user of this account that the app can change, or allow ${actions.join(' and ')} there`, store);
  }
  // The ARN of a role of this app stands for the role.
  return grantee.grantPrincipal instanceof iam.ArnPrincipal ? principal : grantee;
}
