import { accountRootArn, KeyStatement } from './key-statement';
import { fill, LetIn, servicePrincipalStatements } from './service-principal-statements';
import { ViaServiceOptions } from './via-service-options';
import { validateViaService } from './via-service-validation';
import { allOf, Conditions, oneOrMore } from '../private/conditions';
import { KeyEnvironment } from '../private/key-environment';
import { ExecutionRoleFacts } from '../service/execution-role-facts';
import { KmsService } from '../service/kms-service';
import { ViaServiceScope } from '../service/kms-service-facts';
import { ServiceLinkedRoleFacts } from '../service/service-linked-role-facts';
import { ServicePrincipalFacts } from '../service/service-principal-facts';

/** The actions that make grants, for the resources of a service only. */
export const GRANT_ACTIONS = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];
/** Holds when a service of AWS makes the grant for its caller. Only the three grant actions carry it. */
export const FOR_AWS_RESOURCE: Conditions = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };

/** Actions that callers need through the same services, and under the same encryption context. */
export interface CallerUse {
  readonly verb: 'Use' | 'Deploy';
  readonly actions: string[];
  readonly viaServices: string[];
}

/**
 * A service that was handed the key, with its options: the fence around the use, and the statements that it needs.
 */
export class ServiceUse {
  private readonly furtherRegions = new Set<string>();

  constructor(
    private readonly env: KeyEnvironment,
    public readonly service: KmsService,
    public readonly options: ViaServiceOptions,
  ) {
    validateViaService(env, service, options);
  }

  /** Lets the service in from further Regions as well. Statements add up: nobody who was let in before loses anything. */
  public alsoIn(regions: readonly string[]): void {
    regions.forEach((region) => this.furtherRegions.add(region));
  }

  /** The values of `kms:ViaService`. They end in `.amazonaws.com` in every partition. */
  public get viaServices(): string[] {
    return this.valuesOf(this.service.facts.viaServices);
  }

  /** Those that what is called at deployment carries, grants included. */
  public get deployViaServices(): string[] {
    return [...this.viaServices, ...this.valuesOf(this.service.facts.deployViaServices)];
  }

  /** What callers need, grants apart. */
  public get callerUses(): CallerUse[] {
    const { useActions = [], deployActions = [], deployViaServices = [] } = this.service.facts;
    const deployed = deployViaServices.length > 0 ? deployActions.filter((action) => action !== 'kms:CreateGrant') : [];
    return [
      ...this.splitByContext(useActions).map((actions): CallerUse => ({ verb: 'Use', actions, viaServices: this.viaServices })),
      ...this.splitByContext(deployed).map((actions): CallerUse => ({ verb: 'Deploy', actions, viaServices: this.valuesOf(deployViaServices) })),
    ];
  }

  /** The conditions of a use by a caller, in the key policy and in the caller's IAM policy. */
  public fence(actions: readonly string[]): Conditions {
    return allOf(viaServiceCondition(this.viaServices), this.contextCondition(actions));
  }

  /** The conditions of a grant that the service makes for a caller. */
  public get grantFence(): Conditions {
    return allOf(viaServiceCondition(this.deployViaServices), FOR_AWS_RESOURCE);
  }

  /** The encryption context that the use is narrowed to. */
  public contextCondition(actions: readonly string[]): Conditions {
    const context = this.service.facts.encryptionContexts?.[0];
    return this.options.contexts && context && !actions.includes('kms:DescribeKey')
      ? { StringLike: { [`kms:EncryptionContext:${context.key}`]: oneOrMore(this.options.contexts) } }
      : {};
  }

  /** Conditions on the principals that may use the key through the service. */
  public get principalCondition(): Conditions {
    return this.options.useOnlyBy?._conditions ?? {};
  }

  /** The actions of a caller, in groups that carry the same conditions. */
  public splitByContext(actions: readonly string[]): string[][] {
    return splitByContext(actions, this.options.contexts !== undefined);
  }

  /** The roles that the service assumes: this account's IAM decides which, under the encryption context of the service only. */
  public executionRoleStatements(): KeyStatement[] {
    return (this.service.facts.executionRoles ?? []).map((role) => ({
      sid: `RolesOf${this.service.id}Under${capitalized(role.contextKey.split(':').at(-1)!)}`,
      principal: { AWS: accountRootArn(this.env) },
      actions: role.actions,
      conditions: allOf({ StringEquals: { 'kms:CallerAccount': this.env.account } }, this.executionRoleFence(role), this.principalCondition),
    }));
  }

  /** The encryption context in the place of `kms:ViaService`, which the calls of these roles lack. */
  public executionRoleFence({ contextKey, contextPattern }: ExecutionRoleFacts): Conditions {
    const given = contextKey === this.service.facts.encryptionContexts?.[0].key ? this.options.contexts : undefined;
    return { ArnLike: { [`kms:EncryptionContext:${contextKey}`]: oneOrMore(given ?? [fill(contextPattern, this.env)]) } };
  }

  /** The service-linked roles of the service, by condition: a key policy that names a missing role is refused. */
  public serviceLinkedRoleStatements(): KeyStatement[] {
    return (this.service.facts.serviceLinkedRoles ?? []).flatMap((role) =>
      linkedRoleStatements(role, role.roleName.replace(/^AWSServiceRoleFor/, ''), this.env.account, this.arnsOf(role)));
  }

  /** A service-linked role of another account, which copies what is encrypted under the key. */
  public linkedRoleStatementsOf(account: string, role: ServiceLinkedRoleFacts): KeyStatement[] {
    const arn = linkedRoleArn(this.env.partition, account, role);
    return linkedRoleStatements(role, `${role.roleName.replace(/^AWSServiceRoleFor/, '')}Of${account}`, account, [arn]);
  }

  public serviceLinkedRoleArns(): string[] {
    return (this.service.facts.serviceLinkedRoles ?? []).flatMap((role) => this.arnsOf(role));
  }

  /** The statements for a service principal of the service, or one that is wired to its resources. */
  public servicePrincipalStatements(facts: ServicePrincipalFacts, letIn: Partial<LetIn> = {}): KeyStatement[] {
    const sourceAccounts = [this.env.account, ...this.options.sourceAccounts ?? []];
    return servicePrincipalStatements(this.env, this.service, this.options, facts, { sourceAccounts, asked: [], ...letIn });
  }

  /** The use by another account, which decides by its own IAM policies who uses the key. */
  public foreignStatements(account: string, actions: readonly string[], further: Conditions): KeyStatement[] {
    const principal = { AWS: accountRootArn(this.env, account) };
    const caller = { StringEquals: { 'kms:CallerAccount': account } };
    const groups = this.splitByContext(actions.filter((action) => !GRANT_ACTIONS.includes(action)));
    return [
      ...groups.map((group) => ({
        sid: `Account${account}Through${this.service.id}`,
        principal,
        actions: group,
        conditions: allOf(caller, this.fence(group), further),
      })),
      ...actions.includes('kms:CreateGrant')
        ? [{ sid: `Account${account}GrantsThrough${this.service.id}`, principal, actions: GRANT_ACTIONS, conditions: allOf(caller, this.grantFence, further) }]
        : [],
    ];
  }

  /** What is known of a service principal of the service, or of one that is wired to its resources, by the name under which L2s let it in. */
  public servicePrincipals(name: string): ServicePrincipalFacts[] {
    const { servicePrincipals = [], senders = [] } = this.service.facts;
    return [...servicePrincipals, ...senders].filter((facts) => [facts.servicePrincipal, facts.regionalOf ?? ''].some((known) => fill(known, this.env) === name));
  }

  /** Of the role without custom suffix, and of those with the given ones. */
  private arnsOf(role: ServiceLinkedRoleFacts): string[] {
    const suffixes = ['', ...(role.customSuffix ? this.options.serviceLinkedRoleSuffixes ?? [] : []).map((suffix) => `_${suffix}`)];
    return suffixes.map((suffix) => `${linkedRoleArn(this.env.partition, this.env.account, role)}${suffix}`);
  }

  private valuesOf(prefixes: readonly string[] = []): string[] {
    const regions = this.service.facts.viaServiceScope === ViaServiceScope.ANY_REGION ? ['*']
      : [...new Set([this.env.region, ...this.options.regions ?? [], ...this.furtherRegions])];
    return prefixes.flatMap((prefix) => regions.map((region) => `${prefix}.${region}.amazonaws.com`));
  }
}

function linkedRoleArn(partition: string, account: string, { servicePrincipal, roleName }: ServiceLinkedRoleFacts): string {
  return `arn:${partition}:iam::${account}:role/aws-service-role/${servicePrincipal}/${roleName}`;
}

function linkedRoleStatements({ actions, createsGrants }: ServiceLinkedRoleFacts, name: string, account: string, arns: string[]): KeyStatement[] {
  const onlyTheRole = { StringEquals: { 'kms:CallerAccount': account }, ArnEquals: { 'aws:PrincipalArn': oneOrMore(arns) } };
  return [
    { sid: `UseBy${name}`, principal: { AWS: '*' }, actions, conditions: onlyTheRole },
    ...createsGrants ? [{ sid: `GrantsBy${name}`, principal: { AWS: '*' }, actions: GRANT_ACTIONS, conditions: allOf(onlyTheRole, FOR_AWS_RESOURCE) }] : [],
  ];
}

/** Exact values need `StringEquals`, a Region wildcard needs `StringLike`. */
export function viaServiceCondition(values: readonly string[]): Conditions {
  return values.length === 0 ? {} : {
    [values.some((value) => value.includes('*')) ? 'StringLike' : 'StringEquals']: { 'kms:ViaService': oneOrMore(values) },
  };
}

/** Under a condition on the encryption context, `kms:DescribeKey` needs a statement of its own: it never carries one. */
export function splitByContext(actions: readonly string[], byContext: boolean): string[][] {
  const isDescribe = (action: string) => action === 'kms:DescribeKey';
  const groups = byContext ? [actions.filter((action) => !isDescribe(action)), actions.filter(isDescribe)] : [[...actions]];
  return groups.filter((group) => group.length > 0);
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
