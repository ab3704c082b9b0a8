import { KmsServiceFacts } from './kms-service-facts';
import { ServicePrincipalFacts } from './service-principal-facts';
import { USE_ACTIONS } from './use-actions';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** What a grant on a symmetric encryption key can allow. */
const GRANT_OPERATIONS = [
  'CreateGrant', 'Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo', 'RetireGrant',
];

/** Refuses facts that would write a statement without a fence, one that never matches, or one that AWS KMS refuses. */
export function validateFacts(id: string, facts: KmsServiceFacts): void {
  refuseIf(!/^[A-Za-z][A-Za-z0-9]*$/.test(id), 'KmsServiceIdInvalid',
    `the id of a service names statements in key policies, given: '${id}'; write letters and digits, a letter first, such as 'Video'`);
  refuseIf(!facts.sources.some((source) => /^https:\/\/./.test(source)), 'KmsServiceSourceMissing',
    `${id} has no page that its facts come from, given: ${list(facts.sources)}; write the https address of its documentation in 'sources'`);
  validateViaServices(id, facts);
  validateActions(id, 'useActions', facts.useActions);
  validateActions(id, 'deployActions', facts.deployActions, [...USE_ACTIONS, 'kms:CreateGrant', 'kms:RevokeGrant']);
  validateActions(id, 'identityOnlyActions', facts.identityOnlyActions, ['kms:RetireGrant']);
  for (const role of facts.serviceLinkedRoles ?? []) {
    validateActions(id, `the service-linked role ${role.roleName}`, role.actions);
  }
  for (const role of facts.executionRoles ?? []) {
    validateActions(id, `the roles that ${role.assumedBy} assumes`, role.actions);
    refuseIf(!/^arn:.+:/.test(role.contextPattern), 'KmsServiceRoleUnfenced',
      `the calls of ${id}'s roles carry no kms:ViaService, their encryption context is the fence, given: ${role.contextKey} '${role.contextPattern}'; `
      + 'write a pattern of ARNs, such as \'arn:{partition}:states:{region}:{account}:stateMachine:*\'');
  }
  for (const principal of [...facts.servicePrincipals ?? [], ...facts.senders ?? []]) {
    validateServicePrincipal(id, principal);
  }
}

function validateViaServices(id: string, facts: KmsServiceFacts): void {
  const { viaServices = [], deployViaServices = [], useActions = [], deployActions = [], identityOnlyActions = [] } = facts;
  const wrong = [...viaServices, ...deployViaServices].find((prefix) => !/^[a-z0-9-]+$/.test(prefix));
  refuseIf(wrong !== undefined, 'KmsServiceViaServiceInvalid',
    `'viaServices' of ${id} takes endpoint prefixes, given: '${wrong}'; the Region and the suffix are added: write it such as 's3'`);
  const callsForCallers = facts.createsGrants || [...useActions, ...deployActions, ...identityOnlyActions].length > 0;
  refuseIf(callsForCallers && viaServices.length === 0, 'KmsServiceViaServiceMissing',
    `${id} has actions or grants of its callers, but no 'viaServices', given: none; `
    + 'without them the key could be used directly: write the prefix of its kms:ViaService value, such as \'s3\'');
}

function validateActions(id: string, where: string, actions: readonly string[] = [], allowed: readonly string[] = USE_ACTIONS): void {
  refuseIf(actions.includes('kms:CreateGrant') && !allowed.includes('kms:CreateGrant'), 'KmsServiceGrantListed',
    `${where} of ${id} lists kms:CreateGrant, given: ${list(actions)}; leave it out and write 'createsGrants: true', which fences it`);
  const wrong = actions.filter((action) => !allowed.includes(action));
  refuseIf(wrong.length > 0, 'KmsServiceActionInvalid',
    `${where} of ${id} takes actions that use a key, as AWS spells them, given: ${list(wrong)}; write some of ${list(allowed)}`);
}

function validateServicePrincipal(id: string, facts: ServicePrincipalFacts): void {
  const { servicePrincipal: name, actions, writeActions = [], grantOperations = [] } = facts;
  refuseIf(!/^([a-z0-9-]+|\{region\})(\.([a-z0-9-]+|\{region\}))*\.(amazonaws\.com(\.cn)?|\{urlSuffix\})$/.test(name), 'KmsServicePrincipalInvalid',
    `a service principal of ${id} is a name that ends in .amazonaws.com, given: '${name}'; write it such as 's3.amazonaws.com'`);
  refuseIf([...actions, ...writeActions].includes('kms:DescribeKey'), 'KmsServiceDescribeListed',
    `${name} of ${id} lists kms:DescribeKey, which never carries an encryption context, given: ${list([...actions, ...writeActions])}; `
    + 'leave it out and write \'describesKey: true\'');
  validateActions(id, name, [...actions, ...writeActions]);
  const unknown = grantOperations.filter((operation) => !GRANT_OPERATIONS.includes(operation));
  refuseIf(unknown.length > 0, 'KmsServiceGrantOperationInvalid',
    `'grantOperations' of ${name} of ${id} takes operations of a grant, given: ${list(unknown)}; write some of ${list(GRANT_OPERATIONS)}`);
}

function refuseIf(wrong: boolean, code: string, message: string): void {
  if (wrong) {
    throw new KmsPatternsError(code, message);
  }
}

function list(values: readonly string[]): string {
  return values.length > 0 ? values.join(', ') : 'none';
}
