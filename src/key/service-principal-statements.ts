import { Aws } from 'aws-cdk-lib';
import { KeyStatement } from './key-statement';
import { ViaServiceOptions } from './via-service-options';
import { allOf, Conditions, oneOrMore } from '../private/conditions';
import { commonActions } from '../private/iam-action';
import { KeyEnvironment } from '../private/key-environment';
import { FactConfidence } from '../service/fact-confidence';
import { KmsService } from '../service/kms-service';
import { ServicePrincipalFacts } from '../service/service-principal-facts';

/** For whom a service principal is let in, and for what beyond what it always does. */
export interface LetIn {
  /** The accounts whose resources it acts for. */
  readonly sourceAccounts: string[];
  readonly asked: readonly string[];
}

/** The statements for a service principal of a service, or one that is wired to its resources. */
export function servicePrincipalStatements(
  env: KeyEnvironment, service: KmsService, options: ViaServiceOptions, facts: ServicePrincipalFacts, { sourceAccounts, asked }: LetIn,
): KeyStatement[] {
  const principal = { Service: fill(facts.servicePrincipal, env) };
  const source = sourceCondition(env, facts, sourceAccounts);
  const conditions = allOf(source, contextCondition(env, service, options, facts));
  const { writeActions = [], grantOperations = [], describesKey } = facts;
  return [
    { sid: 'Use', principal, actions: facts.actions, conditions },
    ...commonActions(asked, writeActions).length > 0 ? [{ sid: 'Write', principal, actions: writeActions, conditions }] : [],
    ...grantOperations.length > 0 ? [{ sid: 'Grant', principal, actions: ['kms:CreateGrant'], conditions: allOf(conditions, onlyFor(grantOperations)) }] : [],
    ...describesKey ? [{ sid: 'Describe', principal, actions: ['kms:DescribeKey'], conditions: source }] : [],
  ];
}

/** A text of the catalogue with the values of a key. */
export function fill(text: string, env: KeyEnvironment, account = env.account): string {
  return text
    .replace(/{partition}/g, env.partition)
    .replace(/{region}/g, env.region)
    .replace(/{account}/g, account)
    .replace(/{urlSuffix}/g, Aws.URL_SUFFIX);
}

function sourceCondition(env: KeyEnvironment, { sourceAccount, sourceArn }: ServicePrincipalFacts, accounts: string[]): Conditions {
  const account = { 'aws:SourceAccount': oneOrMore(accounts) };
  return allOf(
    sourceAccount === FactConfidence.CONFIRMED ? { StringEquals: account } : {},
    sourceAccount === FactConfidence.UNKNOWN ? { StringEqualsIfExists: account } : {},
    sourceArn ? { ArnLike: { 'aws:SourceArn': oneOrMore(accounts.map((source) => fill(sourceArn, env, source))) } } : {},
  );
}

/** Contexts that are given take the place of the pattern that the service is known to send. */
function contextCondition(env: KeyEnvironment, service: KmsService, options: ViaServiceOptions, facts: ServicePrincipalFacts): Conditions {
  const contexts = Object.entries(facts.encryptionContext ?? {}).map(([key, pattern]): Conditions => {
    const given = key === service.facts.encryptionContexts?.[0].key ? options.contexts : undefined;
    const values = given ?? [fill(pattern, env)];
    return { [pattern.startsWith('arn:') ? 'ArnLike' : 'StringLike']: { [`kms:EncryptionContext:${key}`]: oneOrMore(values) } };
  });
  return allOf(...contexts);
}

function onlyFor(operations: string[]): Conditions {
  return { 'ForAllValues:StringEquals': { 'kms:GrantOperations': oneOrMore(operations) } };
}
