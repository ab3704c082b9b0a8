import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Administration, administrationStatements } from './administration';
import { LetsIn } from './forgotten-deliveries';
import { accountRootArn, KeyStatement, StatementJson, statementJson, StatementPrincipal } from './key-statement';
import { fill } from './service-principal-statements';
import { CallerUse, FOR_AWS_RESOURCE, GRANT_ACTIONS, ServiceUse, viaServiceCondition } from './service-use';
import { allOf, Conditions, oneOrMore } from '../private/conditions';
import { allKnown } from '../private/iam-action';
import { KeyEnvironment } from '../private/key-environment';
import { ServicePrincipalFacts } from '../service/service-principal-facts';

/**
 * The policy of a key, put together when the app is synthesized from what was asked of the key:
 * administration, services, and direct use. Statements of like shape become one.
 */
export class KeyPolicy implements LetsIn {
  private readonly services = new Map<string, ServiceUse>();
  private readonly statements: KeyStatement[] = [];
  private readonly own: iam.PolicyStatement[] = [];
  private readonly replications: KeyStatement[] = [];
  private hasDirect = false;

  constructor(private readonly env: KeyEnvironment, private readonly administration?: Administration) {}

  public addService(use: ServiceUse): void {
    this.services.set(use.service.id, use);
  }

  public addServicePrincipal(statements: KeyStatement[]): void {
    this.statements.push(...statements);
  }

  public add(statement: KeyStatement): void {
    this.hasDirect = true;
    this.statements.push(statement);
  }

  public addLinkedRoleOf(_account: string, statements: KeyStatement[]): void {
    this.statements.push(...statements);
  }

  /** What makes a replica of the key, which is neither administration nor use. */
  public addReplication(statement: KeyStatement): void {
    this.replications.push(statement);
  }

  /** A statement that the owner of the key wrote. */
  public addOwn(statement: iam.PolicyStatement): void {
    this.own.push(statement);
  }

  /** Whether somebody may use the key who was let in otherwise than with a service: by the owner's own words, or directly. */
  public get letsInOthers(): boolean {
    return this.hasDirect || this.own.length > 0;
  }

  /** Whether a service principal may do what it does; statements under another encryption context do not count. */
  public servicePrincipal(facts: ServicePrincipalFacts): boolean {
    const name = fill(facts.servicePrincipal, this.env);
    const sent = Object.keys(facts.encryptionContext ?? {}).map((key) => `kms:EncryptionContext:${key}`);
    const allowed = this.statementsOfServices()
      .filter(({ principal }) => 'Service' in principal && [principal.Service].flat().includes(name))
      .filter(({ conditions = {} }) => contextKeys(conditions).every((key) => sent.includes(key)))
      .flatMap(({ actions }) => actions);
    return allKnown(facts.actions, allowed);
  }

  /** Whether a service-linked role may use the key, the one without custom suffix or another. */
  public serviceLinkedRole(roleName: string, suffix: string): boolean {
    return this.sortedServices().some(({ service, options }) => service.facts.serviceLinkedRoles?.some((role) => role.roleName === roleName)
      && (suffix === '' || options.serviceLinkedRoleSuffixes?.includes(suffix)));
  }

  public toJson(): { Version: string; Statement: StatementJson[] } {
    const services = this.sortedServices();
    const merged = mergePrincipals(this.statementsOfServices(), this.env.scope);
    return {
      Version: '2012-10-17',
      Statement: [
        ...this.administration ? administrationStatements(this.env, this.administration) : [],
        ...[...this.replications].sort((a, b) => a.sid < b.sid ? -1 : 1),
        ...this.useStatements(services),
        ...this.grantStatements(services),
        ...merged.sort((a, b) => a.sid < b.sid ? -1 : 1),
      ].map(statementJson).concat(this.own.map((statement) => statement.toStatementJson())),
    };
  }

  private sortedServices(): ServiceUse[] {
    return [...this.services.values()].sort((a, b) => a.service.id.localeCompare(b.service.id, 'en'));
  }

  private statementsOfServices(): KeyStatement[] {
    return [
      ...this.sortedServices().flatMap((use) => [
        ...use.executionRoleStatements(),
        ...use.serviceLinkedRoleStatements(),
        ...(use.service.facts.servicePrincipals ?? []).flatMap((facts) => use.servicePrincipalStatements(facts)),
      ]),
      ...this.statements,
    ];
  }

  /** This account's IAM decides who uses the key, but only through the services. Services with the same actions share a statement. */
  private useStatements(services: ServiceUse[]): KeyStatement[] {
    const alike = new Map<string, CallerUse & { names: string[]; further: Conditions }>();
    for (const use of services) {
      for (const { verb, actions, viaServices } of use.callerUses) {
        const further = allOf(use.contextCondition(actions), use.principalCondition);
        const shape = JSON.stringify([verb, actions, further, use.service.facts.viaServiceScope]);
        const group = alike.get(shape) ?? { verb, names: [], actions, viaServices: [], further };
        alike.set(shape, group);
        group.names.push(use.service.id);
        group.viaServices.push(...viaServices);
      }
    }
    return [...alike.values()].map(({ verb, names, actions, viaServices, further }) => ({
      sid: `${sidVerb(verb, actions)}Through${names.join('')}`,
      principal: this.root,
      actions,
      conditions: allOf(this.callerAccount, viaServiceCondition(viaServices), further),
    }));
  }

  /** One statement for all services that make grants; one of its own for each that not everyone may use. */
  private grantStatements(services: ServiceUse[]): KeyStatement[] {
    const granting = services.filter((use) => use.service.facts.createsGrants);
    const open = granting.filter((use) => !use.options.useOnlyBy);
    const statement = (sid: string, uses: ServiceUse[], further: Conditions) => ({
      sid,
      principal: this.root,
      actions: GRANT_ACTIONS,
      conditions: allOf(this.callerAccount, viaServiceCondition(uses.flatMap((use) => use.deployViaServices)), FOR_AWS_RESOURCE, further),
    });
    return [
      ...open.length > 0 ? [statement('GrantsThroughServices', open, {})] : [],
      ...granting.filter((use) => use.options.useOnlyBy).map((use) => statement(`GrantsThrough${use.service.id}`, [use], use.principalCondition)),
    ];
  }

  private get root(): StatementPrincipal {
    return { AWS: accountRootArn(this.env) };
  }

  private get callerAccount(): Conditions {
    return { StringEquals: { 'kms:CallerAccount': this.env.account } };
  }
}

function contextKeys(conditions: Conditions): string[] {
  return Object.values(conditions).flatMap((keys) => Object.keys(keys)).filter((key) => key.startsWith('kms:EncryptionContext:'));
}

/** What a statement for callers does, in its Sid. */
function sidVerb(verb: CallerUse['verb'], actions: readonly string[]): string {
  const describes = actions.length === 1 && actions[0] === 'kms:DescribeKey';
  return describes ? `${verb === 'Use' ? '' : verb}Describe` : verb;
}

/**
 * Statements that differ in their principals only become one, with unique Sids that name what they let in.
 * They are sorted by what they resolve to: the policy stays the same in whatever order the app asks.
 */
function mergePrincipals(statements: KeyStatement[], scope: IConstruct): KeyStatement[] {
  const textOf = (value: unknown) => JSON.stringify(Stack.of(scope).resolve(value));
  const sorted = statements
    .map((statement) => ({ statement, shape: textOf(shapeOf(statement)), principal: textOf(statement.principal) }))
    .sort((a, b) => `${a.shape}${a.principal}` < `${b.shape}${b.principal}` ? -1 : 1);
  const alike = new Map<string, KeyStatement[]>();
  for (const { statement, shape } of sorted) {
    alike.set(shape, [...alike.get(shape) ?? [], statement]);
  }
  const taken = new Map<string, number>();
  return [...alike.values()].map((group) => {
    const [kind] = Object.keys(group[0].principal);
    const all = [...new Set(group.flatMap(({ principal }) => Object.values(principal) as string[]))];
    const principals = all.length === 1 ? all[0] : all;
    const name = kind === 'Service' ? `${group[0].sid}By${[principals].flat().map(serviceName).join('')}` : group[0].sid;
    const uses = (taken.get(name) ?? 0) + 1;
    taken.set(name, uses);
    return {
      ...group[0],
      sid: uses === 1 ? name : `${name}${uses}`,
      principal: { [kind]: principals } as StatementPrincipal,
      conditions: allOf(pinnedTo(group), group[0].conditions ?? {}),
    };
  });
}

function shapeOf({ sid, principal, actions, conditions }: KeyStatement): unknown[] {
  return [sid, Object.keys(principal), [...actions].sort(), conditions];
}

/** Pinned to the known principals of all, unless one of them is known only once it is deployed. */
function pinnedTo(statements: KeyStatement[]): Conditions {
  const arns = statements.map((statement) => statement.pinnedTo);
  return arns.some((arn) => arn === undefined) ? {} : { ArnEquals: { 'aws:PrincipalArn': oneOrMore(arns as string[]) } };
}

/** `logs.eu-west-2.amazonaws.com` → `Logs`, `events.rds.amazonaws.com` → `EventsRds`. */
function serviceName(principal: string): string {
  return principal
    .replace(/\$\{Token\[[^\]]*\]\}/g, '')
    .replace(/\.amazonaws\.com(\.cn)?$/, '')
    .split('.')
    .filter((label) => !/^[a-z]{2}(-[a-z]+)+-\d$/.test(label))
    .flatMap((label) => label.split('-'))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
