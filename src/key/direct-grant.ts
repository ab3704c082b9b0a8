import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { identityGrant, keyGrant } from './grant-result';
import { identityHalfMissing } from './identity-half-missing';
import { KeyHalf } from './key-half';
import { accountRootArn, KeyStatement, sidOfActions } from './key-statement';
import { allOf, Conditions } from '../private/conditions';
import { assertGrantable, hasIdentityPolicy, isForeign, isGroup, isInReach, knownArn, realGrantee, wholeAccount } from '../private/grantee';
import { allKnown } from '../private/iam-action';
import { KeyEnvironment } from '../private/key-environment';
import { KmsPatternsError } from '../private/kms-patterns-error';

/**
 * The direct use of a key by a principal, without a service between them: both halves, or an error.
 */
export class DirectGrant {
  constructor(
    private readonly key: kms.IKey,
    private readonly env: KeyEnvironment,
    private readonly keyHalf: KeyHalf,
    /** Whether principals of the key's own stack are named in the key policy. */
    private readonly named: boolean,
  ) {}

  public give(grantable: iam.IGrantable, actions: string[], useActions: readonly string[]): iam.Grant {
    this.assertUse(actions, useActions);
    const { principal, conditions } = realGrantee(grantable);
    assertGrantable(principal, this.env);
    if (principal instanceof iam.ServicePrincipal) {
      throw new KmsPatternsError('ServicePrincipalNeedsService',
        `the service principal ${principal.service} was granted direct use; hand the key to the service instead, `
        + 'with key.via(KmsService.…), which writes what the service needs, and no more', this.env.scope);
    }
    const account = wholeAccount(principal);
    if (account !== undefined) {
      this.keyHalf.add(this.toAccount(account, actions, conditions));
      return keyGrant(this.key, grantable, actions);
    }
    return isForeign(principal, this.env)
      ? this.toOtherAccount(principal, actions, conditions)
      : this.toThisAccount(principal, actions, conditions);
  }

  private toThisAccount(principal: iam.IPrincipal, actions: string[], conditions: Conditions): iam.Grant {
    const arn = knownArn(principal, this.env);
    if (!hasIdentityPolicy(principal)) {
      if (!arn || !this.named) {
        throw identityHalfMissing(this.env.scope, principal, actions);
      }
      this.keyHalf.add(this.toNamed(arn, actions, conditions));
      return keyGrant(this.key, principal, actions);
    }
    this.keyHalf.add(this.isBesideKey(principal) && this.named
      ? this.toNamed((principal.policyFragment.principalJson.AWS as string[])[0], actions, conditions)
      : this.toAccount(this.env.account, actions, conditions, arn));
    return identityGrant(this.key, principal, actions, conditions);
  }

  private toOtherAccount(principal: iam.IPrincipal, actions: string[], conditions: Conditions): iam.Grant {
    if (!isInReach(principal) || !principal.principalAccount) {
      throw identityHalfMissing(this.env.scope, principal, actions);
    }
    this.keyHalf.add(this.toAccount(principal.principalAccount, actions, conditions, knownArn(principal, this.env)));
    return identityGrant(this.key, principal, actions, conditions);
  }

  /** Only within the key's stack: a role of another stack would tie the key to its user, in a circle. */
  private isBesideKey(principal: iam.IPrincipal): boolean {
    return iam.principalIsOwnedResource(principal) && !isGroup(principal) && Stack.of(principal) === Stack.of(this.env.scope);
  }

  private toNamed(arn: string, actions: string[], conditions: Conditions): KeyStatement {
    return { sid: `Direct${sidOfActions(actions)}`, principal: { AWS: arn }, actions, conditions };
  }

  /** The account's IAM decides who uses the key, like the key policy that AWS KMS itself makes, but for these actions only. */
  private toAccount(account: string, actions: string[], conditions: Conditions, pinnedTo?: string): KeyStatement {
    const other = !Token.isUnresolved(account) && account !== this.env.account;
    const caller = other ? account : this.env.account;
    return {
      sid: `${other ? `Account${account}` : 'Delegated'}${sidOfActions(actions)}`,
      principal: { AWS: accountRootArn(this.env, caller) },
      pinnedTo,
      actions,
      conditions: allOf({ StringEquals: { 'kms:CallerAccount': caller } }, conditions),
    };
  }

  private assertUse(actions: string[], useActions: readonly string[]): void {
    if (actions.length === 0 || !allKnown(actions, useActions)) {
      throw new KmsPatternsError('ActionNotUse',
        `a grant gives use of the key, given: ${actions.join(', ') || 'no action'}; this key can be granted ${useActions.join(', ')}. `
        + 'Administration is given with the administrators of the key, grants are made by AWS services through via(service)', this.env.scope);
    }
  }
}
