import { Aws, Token } from 'aws-cdk-lib';
import { accountRootArn, KeyStatement } from './key-statement';
import { ViaServiceOptions } from './via-service-options';
import { allOf, Conditions, oneOrMore } from '../private/conditions';
import { KeyEnvironment } from '../private/key-environment';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { FactConfidence } from '../service/fact-confidence';
import { KmsService } from '../service/kms-service';
import { ViaServiceScope } from '../service/kms-service-facts';
import { ServicePrincipalFacts } from '../service/service-principal-facts';

/** The actions that make grants, for the resources of a service only. */
export const GRANT_ACTIONS = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];
/** Holds when a service of AWS makes the grant for its caller. Only the three grant actions carry it. */
export const FOR_AWS_RESOURCE: Conditions = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };

/**
 * A service that was handed the key, with its options: the fence around the use, and the statements that it needs.
 */
export class ServiceUse {
  constructor(
    private readonly env: KeyEnvironment,
    public readonly service: KmsService,
    public readonly options: ViaServiceOptions,
  ) {
    this.validate();
  }

  /** The values of `kms:ViaService`. They end in `.amazonaws.com` in every partition. */
  public get viaServices(): string[] {
    const { viaServices = [], viaServiceScope } = this.service.facts;
    const regions = viaServiceScope === ViaServiceScope.ANY_REGION ? ['*'] : [this.env.region, ...this.options.regions ?? []];
    return viaServices.flatMap((prefix) => regions.map((region) => `${prefix}.${region}.amazonaws.com`));
  }

  /** The conditions of a use by a caller, in the key policy and in the caller's IAM policy. */
  public fence(actions: readonly string[]): Conditions {
    return allOf(viaServiceCondition(this.viaServices), this.contextCondition(actions));
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

  /** The service-linked roles of the service, by condition: a key policy that names a missing role is refused. */
  public serviceLinkedRoleStatements(): KeyStatement[] {
    return (this.service.facts.serviceLinkedRoles ?? []).flatMap((role) => {
      const suffixes = ['', ...(role.customSuffix ? this.options.serviceLinkedRoleSuffixes ?? [] : []).map((suffix) => `_${suffix}`)];
      const arns = suffixes.map((suffix) =>
        `arn:${this.env.partition}:iam::${this.env.account}:role/aws-service-role/${role.servicePrincipal}/${role.roleName}${suffix}`);
      const onlyTheRole = {
        StringEquals: { 'kms:CallerAccount': this.env.account },
        ArnEquals: { 'aws:PrincipalArn': oneOrMore(arns) },
      };
      const name = role.roleName.replace(/^AWSServiceRoleFor/, '');
      return [
        { sid: `UseBy${name}`, principal: { AWS: '*' }, actions: role.actions, conditions: onlyTheRole },
        ...role.createsGrants
          ? [{ sid: `GrantsBy${name}`, principal: { AWS: '*' }, actions: GRANT_ACTIONS, conditions: allOf(onlyTheRole, FOR_AWS_RESOURCE) }]
          : [],
      ];
    });
  }

  /** The statements for a service principal of the service, or one that delivers to its resources. */
  public servicePrincipalStatements(facts: ServicePrincipalFacts, sourceAccount = this.env.account): KeyStatement[] {
    const principal = { Service: this.fill(facts.servicePrincipal) };
    const source = this.sourceCondition(facts, sourceAccount);
    return [
      { sid: 'Use', principal, actions: facts.actions, conditions: allOf(source, this.servicePrincipalContext(facts)) },
      ...facts.describesKey ? [{ sid: 'Describe', principal, actions: ['kms:DescribeKey'], conditions: source }] : [],
    ];
  }

  /** The use by another account, which decides by its own IAM policies who uses the key. */
  public foreignStatements(account: string, actions: readonly string[], further: Conditions): KeyStatement[] {
    const principal = { AWS: accountRootArn(this.env, account) };
    const caller = { StringEquals: { 'kms:CallerAccount': account } };
    const groups = this.splitByContext(actions.filter((action) => action !== 'kms:CreateGrant'));
    return [
      ...groups.map((group) => ({
        sid: `Account${account}Through${this.service.id}`,
        principal,
        actions: group,
        conditions: allOf(caller, this.fence(group), further),
      })),
      ...actions.includes('kms:CreateGrant') ? [{
        sid: `Account${account}GrantsThrough${this.service.id}`,
        principal,
        actions: GRANT_ACTIONS,
        conditions: allOf(caller, viaServiceCondition(this.viaServices), FOR_AWS_RESOURCE, further),
      }] : [],
    ];
  }

  /** What is known of a service principal of the service, or of one that delivers to its resources. */
  public servicePrincipal(name: string): ServicePrincipalFacts | undefined {
    const { servicePrincipals = [], senders = [] } = this.service.facts;
    return [...servicePrincipals, ...senders].find((facts) => this.fill(facts.servicePrincipal) === name);
  }

  private sourceCondition(facts: ServicePrincipalFacts, sourceAccount: string): Conditions {
    const account = { 'aws:SourceAccount': sourceAccount };
    return allOf(
      facts.sourceAccount === FactConfidence.CONFIRMED ? { StringEquals: account } : {},
      facts.sourceAccount === FactConfidence.UNKNOWN ? { StringEqualsIfExists: account } : {},
      facts.sourceArn ? { ArnLike: { 'aws:SourceArn': this.fill(facts.sourceArn) } } : {},
    );
  }

  private servicePrincipalContext(facts: ServicePrincipalFacts): Conditions {
    const contexts = Object.entries(facts.encryptionContext ?? {}).map(([key, pattern]) => {
      const given = key === this.service.facts.encryptionContexts?.[0].key ? this.options.contexts : undefined;
      return [`kms:EncryptionContext:${key}`, oneOrMore(given ?? [this.fill(pattern)])];
    });
    return contexts.length > 0 ? { ArnLike: Object.fromEntries(contexts) } : {};
  }

  private fill(text: string): string {
    return text
      .replace(/{partition}/g, this.env.partition)
      .replace(/{region}/g, this.env.region)
      .replace(/{account}/g, this.env.account)
      .replace(/{urlSuffix}/g, Aws.URL_SUFFIX);
  }

  private validate(): void {
    const { name, viaServices = [], encryptionContexts, serviceLinkedRoles } = this.service.facts;
    const { contexts, regions, useOnlyBy, serviceLinkedRoleSuffixes } = this.options;
    if (viaServices.length === 0 && (regions ?? useOnlyBy)) {
      throw new KmsPatternsError('ViaServiceNoCaller',
        `${name} uses the key by itself, never for a caller, given: ${regions ? 'regions' : 'useOnlyBy'}, which would narrow or widen nothing; `
        + 'leave it out', this.env.scope);
    }
    for (const [option, values] of Object.entries({ contexts, regions, serviceLinkedRoleSuffixes })) {
      if (values && (values.length === 0 || values.some((value) => Token.isUnresolved(value)))) {
        throw new KmsPatternsError('ViaServiceValueNotLiteral',
          `'${option}' of via(${this.service.id}) takes literal values, given: ${values.length === 0 ? 'none' : 'a token'}; `
          + 'a reference to a resource under the key would tie the key to its users: write the value out', this.env.scope);
      }
    }
    const [context] = encryptionContexts ?? [];
    if (contexts && (context?.confidence !== FactConfidence.CONFIRMED || context.assignedOnCreation)) {
      throw new KmsPatternsError('ViaServiceContextUnknown',
        `${name} sends no encryption context that is known before deployment, given: ${contexts.join(', ')}; `
        + 'leave \'contexts\' out, and narrow with a key of its own or with useOnlyBy', this.env.scope);
    }
    if (serviceLinkedRoleSuffixes && !serviceLinkedRoles?.some((role) => role.customSuffix)) {
      throw new KmsPatternsError('ViaServiceNoSuffix',
        `${name} has no service-linked role with a custom suffix, given: ${serviceLinkedRoleSuffixes.join(', ')}; leave it out`, this.env.scope);
    }
  }
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
