import { allows, aws, keyAllows, service, via } from './statements';
import { A, K, REGION, ROOT, Statement } from '../../support/access-world';

export const OTHER_REGION = 'us-east-1';
const GRANTS = ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'];
const GRANT_IS_FOR_AWS = { Bool: { 'kms:GrantIsForAWSResource': 'true' } };
const kms = (actions: readonly string[]) => actions.map((action) => `kms:${action}`);

/** The fixed part of every key policy. policy-model §1.1 */
export const ADMINISTRATION: readonly Statement[] = [
  keyAllows(aws(ROOT), kms([
    'DescribeKey', 'GetKeyPolicy', 'GetKeyRotationStatus', 'GetKeyLastUsage', 'ListGrants', 'ListKeyPolicies', 'ListKeyRotations', 'ListResourceTags',
  ])),
  keyAllows(aws(ROOT), kms([
    'CreateAlias', 'UpdateAlias', 'DeleteAlias', 'UpdateKeyDescription', 'EnableKey', 'DisableKey', 'EnableKeyRotation', 'DisableKeyRotation',
    'RotateKeyOnDemand', 'TagResource', 'UntagResource', 'ScheduleKeyDeletion', 'CancelKeyDeletion', 'RevokeGrant',
  ])),
  keyAllows(aws(ROOT), 'kms:PutKeyPolicy'),
  {
    ...keyAllows(aws('*'), 'kms:CreateGrant', { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } }),
    Effect: 'Deny',
  },
];

/** V of policy-model §1.2: the account's IAM decides who uses the key, but only through services. */
export function useThrough(services: string | readonly string[], ...actions: string[]): Statement {
  return keyAllows(aws(ROOT), kms(actions), { StringEquals: { 'kms:CallerAccount': A, 'kms:ViaService': endpoints(services) } });
}

/** The use by roles that a service assumes, whose calls an encryption context tells from others. */
export function useInContext(key: string, pattern: string, ...actions: string[]): Statement {
  return keyAllows(aws(ROOT), kms(actions), { StringEquals: { 'kms:CallerAccount': A }, ArnLike: { [`kms:EncryptionContext:${key}`]: pattern } });
}

/** G of policy-model §1.2: grants that services make for their resources. */
export function grantsThrough(...services: string[]): Statement {
  return keyAllows(aws(ROOT), GRANTS, { StringEquals: { 'kms:CallerAccount': A, 'kms:ViaService': endpoints(services) }, ...GRANT_IS_FOR_AWS });
}

/** L of policy-model §1.2: a service-linked role, by condition because it may not exist. */
export function useByRole(role: string, actions: readonly string[], account = A): Statement[] {
  const onlyTheRole = { StringEquals: { 'kms:CallerAccount': account }, ArnEquals: { 'aws:PrincipalArn': role } };
  return [keyAllows(aws('*'), kms(actions), onlyTheRole), keyAllows(aws('*'), GRANTS, { ...onlyTheRole, ...GRANT_IS_FOR_AWS })];
}

/** S of policy-model §1.2: a service that calls in its own name. */
export function useByService(name: string, actions: readonly string[], condition?: object): Statement {
  return keyAllows(service(name), kms(actions), condition);
}

/** The use and the grants of another account. */
export function useByAccount(account: string, actions: readonly string[], condition: object = {}): Statement {
  return keyAllows(aws(`arn:aws:iam::${account}:root`), kms(actions), { StringEquals: { 'kms:CallerAccount': account }, ...condition });
}

/** An IAM statement on the key. */
export function may(...actions: string[]): Statement {
  return allows(kms(actions), K);
}

export function mayIf(condition: object, ...actions: string[]): Statement {
  return allows(kms(actions), K, condition);
}

/** A condition on the encryption context. */
export function inContext(key: string, ...patterns: string[]): object {
  return { StringLike: { [`kms:EncryptionContext:${key}`]: patterns } };
}

/** `ec2` in the key's Region, `ec2.us-east-1` in another. */
function endpoints(services: string | readonly string[]): string[] {
  return [services].flat().map((name) => name.includes('.') ? `${name}.amazonaws.com` : via(name));
}

export const ARN = (name: string, rest: string, account = A) => `arn:aws:${name}:${REGION}:${account}:${rest}`;
export const LINKED = (name: string, role: string, account = A) => `arn:aws:iam::${account}:role/aws-service-role/${name}.amazonaws.com/${role}`;
