import { KmsCall } from './kms-call';
import { FactConfidence, KmsService, KmsServiceFacts, ServicePrincipalFacts } from '../../src';

export interface Verdict {
  readonly verdict: 'agrees' | 'differs' | 'not seen';
  readonly because: string;
}

/** A call of AWS KMS beside what the catalogue says of the services that the key was handed to. */
export function compared(call: KmsCall, services: readonly KmsService[], grants: readonly KmsCall[]): Verdict {
  if (call.error) {
    return differs(`refused under our statements: ${call.error}`);
  }
  const all = services.map(({ facts }) => facts);
  const by = call.byService ? byServicePrincipal(call, all) : call.via === undefined ? byExecutionRole(call, all) : throughService(call, all);
  const expected = by.verdict === 'agrees' ? by : underGrant(call, grants) ?? by;
  return expected.verdict === 'agrees' ? inContext(call, all) ?? expected : expected;
}

/** What the catalogue lists for callers and deployment, and nobody called: by action, with the service that lists it. */
export function notSeen(calls: readonly KmsCall[], services: readonly KmsService[]): { action: string; service: string }[] {
  return services.flatMap(({ facts }) => callerActions(facts)
    .filter((action) => !calls.some((call) => isOneOf(call.action, [action])))
    .map((action) => ({ action, service: facts.name })));
}

function throughService({ via, action, principal }: KmsCall, all: readonly KmsServiceFacts[]): Verdict {
  const role = /AWSServiceRoleFor\w+/.exec(principal)?.[0];
  const linked = all.flatMap(({ serviceLinkedRoles = [] }) => serviceLinkedRoles).find(({ roleName }) => roleName === role);
  if (linked) {
    return isOneOf(action, linked.createsGrants ? [...linked.actions, 'kms:CreateGrant'] : linked.actions) ? agrees(`listed for ${role}`) : differs(`not listed for ${role}`);
  }
  const those = all.filter(({ viaServices = [], deployViaServices = [] }) => via === '?' || [...viaServices, ...deployViaServices].includes(via!));
  if (those.length === 0) {
    return differs(`through ${via}; the catalogue has ${all.flatMap(({ viaServices = [] }) => viaServices).join(', ') || 'no service'}`);
  }
  const lists = those.find((facts) => isOneOf(action, callerActions(facts)));
  const unnamed = via === '?' ? ', through a service that the record does not name' : '';
  return lists ? agrees(`listed for callers of ${lists.name}${unnamed}`) : differs(`not listed for callers of ${those.map(({ name }) => name).join(', ')}${unnamed}`);
}

function byServicePrincipal({ principal, action }: KmsCall, all: readonly KmsServiceFacts[]): Verdict {
  const those = servicePrincipalsOf(all).filter((facts) => isNamed(principal, facts));
  if (those.length === 0) {
    return differs(`the catalogue has no service principal ${principal}`);
  }
  const actions = those.flatMap((facts) => [
    ...facts.actions, ...facts.writeActions ?? [], ...facts.describesKey ? ['kms:DescribeKey'] : [], ...facts.grantOperations ? ['kms:CreateGrant'] : [],
  ]);
  return isOneOf(action, actions) ? agrees(`listed for ${principal}`) : differs(`not listed for ${principal}`);
}

function byExecutionRole({ principal, action }: KmsCall, all: readonly KmsServiceFacts[]): Verdict {
  const those = all.flatMap(({ executionRoles = [] }) => executionRoles);
  return those.some(({ actions }) => isOneOf(action, actions))
    ? agrees('listed for execution roles')
    : differs(`not listed: called by ${principal} itself, through no service`);
}

/** A grant needs no statement: its operations are what the resource of the service does. */
function underGrant({ key, action }: KmsCall, grants: readonly KmsCall[]): Verdict | undefined {
  const operation = action.replace('kms:', '');
  const grant = grants.find((made) => made.key === key && !made.error && made.grant!.operations.includes(operation));
  return grant && agrees(`under a grant to ${grant.grant!.grantee}`);
}

/** The catalogue is wrong where it lists other pairs than were sent. None may be sent at all: not every call takes one. */
function inContext({ context }: KmsCall, all: readonly KmsServiceFacts[]): Verdict | undefined {
  const contexts = all.flatMap(({ encryptionContexts = [] }) => encryptionContexts);
  const known = [
    ...contexts.map(({ key }) => key),
    ...all.flatMap(({ executionRoles = [] }) => executionRoles).map(({ contextKey }) => contextKey),
    ...servicePrincipalsOf(all).flatMap(({ encryptionContext = {} }) => Object.keys(encryptionContext)),
  ];
  const unknown = Object.keys(context).filter((pair) => !known.includes(pair));
  const unsure = contexts.filter(({ key, confidence }) => key in context && confidence === FactConfidence.UNKNOWN);
  if (unknown.length > 0) {
    return differs(`the catalogue has no encryption context ${unknown.join(', ')}`);
  }
  return unsure.length > 0 ? agrees(`the encryption context ${unsure.map(({ key }) => key).join(', ')}, of which the catalogue is not sure, was sent`) : undefined;
}

function callerActions(facts: KmsServiceFacts): string[] {
  const { useActions = [], deployActions = [], identityOnlyActions = [], createsGrants } = facts;
  return [...new Set([...useActions, ...deployActions, ...identityOnlyActions, ...createsGrants ? ['kms:CreateGrant'] : []])].sort();
}

function servicePrincipalsOf(all: readonly KmsServiceFacts[]): ServicePrincipalFacts[] {
  return all.flatMap(({ servicePrincipals = [], senders = [] }) => [...servicePrincipals, ...senders]);
}

/** `logs.eu-west-2.amazonaws.com` is that of `logs.{region}.{urlSuffix}`. */
function isNamed(principal: string, { servicePrincipal, regionalOf }: ServicePrincipalFacts): boolean {
  const first = (name: string) => name.split('.')[0];
  return [servicePrincipal, regionalOf ?? servicePrincipal].some((name) => first(name) === first(principal));
}

function isOneOf(action: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : action === pattern);
}

const agrees = (because: string): Verdict => ({ verdict: 'agrees', because });
const differs = (because: string): Verdict => ({ verdict: 'differs', because });
