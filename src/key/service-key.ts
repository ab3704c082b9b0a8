import { CfnResource } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Dependable } from 'constructs';
import { keyGrant } from './grant-result';
import { identityHalfMissing } from './identity-half-missing';
import { KeyBase } from './key-base';
import { KeyHalf } from './key-half';
import { EncryptionContextPin, ServiceIdentityHalf } from './service-identity-half';
import { GRANT_ACTIONS, ServiceUse } from './service-use';
import { allOf, Conditions } from '../private/conditions';
import {
  assertGrantable, hasIdentityPolicy, isForeign, isInReach, knownArn, realGrantee, RealGrantee, wholeAccount,
} from '../private/grantee';
import { allKnown, commonActions } from '../private/iam-action';
import { KeyEnvironment } from '../private/key-environment';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { FactConfidence } from '../service/fact-confidence';
import { ServiceLinkedRoleFacts } from '../service/service-linked-role-facts';

/**
 * A key as it is handed to one service: what an L2 asks of it is narrowed to what that service does.
 *
 * The key policy already delegates the use through the service to the account's IAM, so that it never names who uses the key.
 */
export class ServiceKey extends KeyBase {
  public readonly keyArn: string;
  public readonly keyId: string;

  constructor(
    private readonly key: KeyBase,
    private readonly keyEnvironment: KeyEnvironment,
    private readonly use: ServiceUse,
    private readonly keyHalf: KeyHalf,
    private readonly pin?: EncryptionContextPin,
  ) {
    super(key, `Via${use.service.id}${pin ? pin.resource.node.addr : ''}`, { account: key.env.account, region: key.env.region });
    Dependable.implement(this, { dependencyRoots: [key] });
    this.keyArn = key.keyArn;
    this.keyId = key.keyId;
    // L2s and teams add dependencies on the key through its default child.
    this.node.defaultChild = key.node.defaultChild as CfnResource | undefined;
  }

  /**
   * The same key as it is handed to one resource: grantees may use it for that resource only, by the encryption context in their IAM policies.
   * The key policy stays as it is, because it must not know what is encrypted under the key.
   */
  public pinnedTo(pin: EncryptionContextPin): ServiceKey {
    return new ServiceKey(this.key, this.keyEnvironment, this.use, this.keyHalf, pin);
  }

  /** Lets in a service-linked role of another account, which copies what the service encrypts under the key. */
  public letInLinkedRoleOf(account: string, role: ServiceLinkedRoleFacts): void {
    this.keyHalf.addLinkedRoleOf(account, this.use.linkedRoleStatementsOf(account, role));
  }

  public addAlias(aliasName: string): kms.Alias {
    return this.key.addAlias(aliasName);
  }

  /**
   * Statements that an L2 hands over become ours: token-free, fenced, and one for all resources of the service. The key policy
   * does not name the roles in them: their IAM policies get the other half, as with a grant.
   */
  public addToResourcePolicy(statement: iam.PolicyStatement): iam.AddToResourcePolicyResult {
    if (statement.effect !== iam.Effect.ALLOW || statement.principals.length === 0 || statement.actions.length === 0) {
      throw new KmsPatternsError('StatementNotForService',
        `a key handed to ${this.name} takes statements that allow actions to principals, given: ${JSON.stringify(this.stack.resolve(statement.toStatementJson()))}; `
        + 'add it to the CustomerManagedKey itself', this);
    }
    for (const principal of statement.principals) {
      const grantee = realGrantee(principal);
      assertGrantable(grantee.principal, this.keyEnvironment);
      const actions = this.actionsOf(grantee.principal, statement.actions);
      if (grantee.principal instanceof iam.ServicePrincipal) {
        this.addServicePrincipal(grantee.principal.service, actions, sourceAccounts(statement));
      } else {
        this.addKeyHalf(grantee, actions);
        this.addIdentityHalf(grantee, actions);
      }
    }
    return { statementAdded: true, policyDependable: this.key };
  }

  public grant(grantable: iam.IGrantable, ...actions: string[]): iam.Grant {
    const grantee = realGrantee(grantable);
    assertGrantable(grantee.principal, this.keyEnvironment);
    const known = this.actionsOf(grantee.principal, actions);
    this.addKeyHalf(grantee, known);
    return this.addIdentityHalf(grantee, known) ?? keyGrant(this.key, grantable, known);
  }

  private addKeyHalf({ principal, conditions }: RealGrantee, actions: string[]): void {
    if (principal instanceof iam.ServicePrincipal) {
      this.addServicePrincipal(principal.service, actions);
    } else if (isForeign(principal, this.keyEnvironment)) {
      this.addForeignAccount(principal, actions, conditions);
    } else if (!hasIdentityPolicy(principal) && wholeAccount(principal) === undefined) {
      this.addNamed(principal, actions, conditions);
    }
    // Everybody else is covered by the delegation to this account's IAM.
  }

  private addServicePrincipal(servicePrincipal: string, actions: string[], sources: string[] = []): void {
    const listed = this.use.servicePrincipals(servicePrincipal);
    // Of several under one name, those that do no more than was asked for.
    const meant = listed.filter((facts) => allKnown([...facts.actions, ...facts.describesKey ? ['kms:DescribeKey'] : []], actions));
    const known = meant.length > 0 ? meant : listed;
    for (const facts of known.length > 0 ? known : [{ servicePrincipal, actions, sourceAccount: FactConfidence.UNKNOWN }]) {
      for (const letIn of sources.length > 0 ? sources.map((account) => ({ sourceAccounts: [account] })) : [{}]) {
        this.keyHalf.addServicePrincipal(this.use.servicePrincipalStatements(facts, { asked: actions, ...letIn }));
      }
    }
  }

  private addForeignAccount(principal: iam.IPrincipal, actions: string[], further: Conditions): void {
    const whole = wholeAccount(principal);
    const account = whole ?? principal.principalAccount;
    if (!account || (whole === undefined && !isInReach(principal))) {
      throw this.identityMissing(principal, actions);
    }
    const pinnedTo = whole === undefined ? knownArn(principal, this.keyEnvironment) : undefined;
    this.use.foreignStatements(account, actions, further).forEach((statement) => this.keyHalf.add({ ...statement, pinnedTo }));
  }

  /** A principal of this account without an IAM policy of ours is complete when the key policy names it. */
  private addNamed(principal: iam.IPrincipal, actions: string[], further: Conditions): void {
    const arn = knownArn(principal, this.keyEnvironment);
    if (!arn) {
      throw this.identityMissing(principal, actions);
    }
    for (const group of this.use.splitByContext(actions.filter((action) => !GRANT_ACTIONS.includes(action)))) {
      this.keyHalf.add({
        sid: `NamedThrough${this.use.service.id}`,
        principal: { AWS: arn },
        actions: group,
        conditions: allOf(this.use.fence(group), further),
      });
    }
    const grants = actions.filter((action) => GRANT_ACTIONS.includes(action));
    if (grants.length > 0) {
      this.keyHalf.add({
        sid: `NamedGrantsThrough${this.use.service.id}`,
        principal: { AWS: arn },
        actions: grants,
        conditions: allOf(this.use.grantFence, further),
      });
    }
  }

  private addIdentityHalf({ principal, conditions }: RealGrantee, actions: string[]): iam.Grant | undefined {
    return hasIdentityPolicy(principal) ? new ServiceIdentityHalf(this.key, this.use, this.pin).give(principal, actions, conditions) : undefined;
  }

  /** What the service does with a key of what was asked for a principal. */
  private actionsOf(principal: iam.IPrincipal, asked: readonly string[]): string[] {
    const { useActions = [], createsGrants } = this.use.service.facts;
    if (wholeAccount(principal) !== undefined && !isForeign(principal, this.keyEnvironment)) {
      return [...asked];
    }
    const callers = [...useActions, ...createsGrants ? GRANT_ACTIONS : []];
    const done = principal instanceof iam.ServicePrincipal ? [...useActions, ...this.servicePrincipalActions(principal.service)] : callers;
    const known = commonActions(asked, done);
    if (known.length === 0) {
      throw new KmsPatternsError('ActionNotOfService',
        `${this.name} does none of ${asked.join(', ')} with a key; it does ${done.join(', ') || 'nothing for a caller'}. `
        + 'Grant direct use on the CustomerManagedKey itself', this);
    }
    return known;
  }

  /** What a service principal does with a key: what is known of it, or else what those do that are wired to the service. */
  private servicePrincipalActions(servicePrincipal: string): string[] {
    const listed = this.use.servicePrincipals(servicePrincipal);
    return listed.length === 0
      ? (this.use.service.facts.senders ?? []).flatMap(({ actions }) => actions)
      : listed.flatMap(({ actions, writeActions = [], grantOperations, describesKey }) =>
        [...actions, ...writeActions, ...grantOperations ? ['kms:CreateGrant'] : [], ...describesKey ? ['kms:DescribeKey'] : []]);
  }

  private identityMissing(principal: iam.IPrincipal, actions: string[]): KmsPatternsError {
    return identityHalfMissing(this, principal, actions, this.stack.resolve(this.use.fence(actions)) as Conditions);
  }

  private get name(): string {
    return this.use.service.facts.name;
  }
}

/** The accounts of the resources that a service delivers from, such as a topic of another account, where the L2 names them. */
function sourceAccounts(statement: iam.PolicyStatement): string[] {
  const keys = Object.values(statement.conditions as Conditions).flatMap((condition) => Object.entries(condition));
  const arns = keys.flatMap(([key, values]) => key.toLowerCase() === 'aws:sourcearn' ? values : []);
  return arns.flatMap((arn) => /^arn:[^:]+:[^:]+:[^:]*:(\d{12}):/.exec(arn)?.[1] ?? []);
}
