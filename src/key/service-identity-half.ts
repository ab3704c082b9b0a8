import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { identityGrant } from './grant-result';
import { GRANT_ACTIONS, ServiceUse, splitByContext } from './service-use';
import { allOf, Conditions } from '../private/conditions';
import { commonActions } from '../private/iam-action';

/** The encryption context of one resource. */
export interface EncryptionContextPin {
  readonly resource: IConstruct;
  /** The key of the pair, such as `aws:s3:arn`. */
  readonly key: string;
  /** Its values, which may be known at deployment only. */
  readonly values: string[];
}

/** The other half of access through a service: statements in the grantee's IAM policy, with the fence of the key policy. */
export class ServiceIdentityHalf {
  constructor(
    private readonly key: kms.IKey,
    private readonly use: ServiceUse,
    private readonly pin?: EncryptionContextPin,
  ) {}

  public give(principal: iam.IPrincipal, actions: string[], further: Conditions): iam.Grant {
    const use = actions.filter((action) => !GRANT_ACTIONS.includes(action));
    const grantActions = actions.filter((action) => GRANT_ACTIONS.includes(action));
    const groups = splitByContext(use, this.pin !== undefined || this.use.options.contexts !== undefined);
    const grants = [
      // First, because L2s add conditions of their own to the statement of the grant that they asked for.
      ...grantActions.length > 0 ? [identityGrant(this.key, principal, grantActions, allOf(this.use.grantFence, further))] : [],
      ...groups.map((group) => identityGrant(this.key, principal, group, allOf(this.use.fence(group), this.pinCondition(group), further))),
      ...this.byItself(principal, use, further),
    ];
    return grants.reduce((all, grant) => all.combine(grant));
  }

  /** What a role that the service assumes calls by itself, past the service. */
  private byItself(principal: iam.IPrincipal, asked: string[], further: Conditions): iam.Grant[] {
    return (this.use.service.facts.executionRoles ?? [])
      .filter(({ assumedBy }) => isAssumedBy(principal, assumedBy))
      .map((role) => ({ role, actions: commonActions(asked, role.actions) }))
      .filter(({ actions }) => actions.length > 0)
      .map(({ role, actions }) => identityGrant(this.key, principal, actions, allOf(this.use.executionRoleFence(role), further)));
  }

  private pinCondition(actions: string[]): Conditions {
    return this.pin && !actions.includes('kms:DescribeKey')
      ? { StringLike: { [`kms:EncryptionContext:${this.pin.key}`]: this.pin.values } }
      : {};
  }
}

/** Whether a role of the app trusts a service, by its global name or its Regional one. */
function isAssumedBy(principal: iam.IPrincipal, servicePrincipal: string): boolean {
  if (!(principal instanceof iam.Role) || !principal.assumeRolePolicy) {
    return false;
  }
  const [name] = servicePrincipal.split('.');
  return JSON.stringify(Stack.of(principal).resolve(principal.assumeRolePolicy)).includes(`"${name}.`);
}
