import { A, R, ROOT, Statement } from '../../support/access-world';

/** A statement of a key policy. */
export function keyAllows(principal: unknown, action: unknown, condition?: object): Statement {
  return { Effect: 'Allow', Principal: principal, Action: action, Resource: '*', ...condition ? { Condition: condition } : {} };
}

export function keyDenies(principal: unknown, action: unknown, condition?: object): Statement {
  return { ...keyAllows(principal, action, condition), Effect: 'Deny' };
}

/** A statement of an IAM policy. */
export function allows(action: unknown, resource: unknown = '*', condition?: object): Statement {
  return { Effect: 'Allow', Action: action, Resource: resource, ...condition ? { Condition: condition } : {} };
}

export function denies(action: unknown, resource: unknown = '*', condition?: object): Statement {
  return { ...allows(action, resource, condition), Effect: 'Deny' };
}

export function aws(...arns: unknown[]): object {
  return { AWS: arns.length === 1 ? arns[0] : arns };
}

export function service(name: string): object {
  return { Service: name };
}

export function via(prefix: string, region = 'eu-west-1'): string {
  return `${prefix}.${region}.amazonaws.com`;
}

export function through(...prefixes: string[]): object {
  return { StringEquals: { 'kms:ViaService': prefixes.map((prefix) => via(prefix)) } };
}

/** The account's IAM decides about everything. */
export const DELEGATED = keyAllows(aws(ROOT), 'kms:*');
/** The statement that policy-model calls V: the account's IAM decides, but only through Amazon S3. */
export const VIA_S3 = keyAllows(aws(ROOT), ['kms:Decrypt', 'kms:GenerateDataKey'], { StringEquals: { 'kms:CallerAccount': A, 'kms:ViaService': via('s3') } });
/** The statement that policy-model calls V for Amazon EBS. */
export const VIA_EC2 = keyAllows(aws(ROOT), ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
  { StringEquals: { 'kms:CallerAccount': A, 'kms:ViaService': via('ec2') } });
/** The statement that policy-model calls G. */
export const GRANTS_VIA_EC2 = keyAllows(aws(ROOT), ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
  { StringEquals: { 'kms:CallerAccount': A, 'kms:ViaService': via('ec2') }, Bool: { 'kms:GrantIsForAWSResource': 'true' } });
/** What Control Tower demands as CT.KMS.PR.3. */
export const DENY_DIRECT_GRANTS = keyDenies(aws('*'), 'kms:CreateGrant',
  { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } });
export const NAMES_R = keyAllows(aws(R), 'kms:Decrypt');
export const DECRYPT = allows('kms:Decrypt');
export const EVERYTHING = allows('kms:*');
/** A permissions boundary that says nothing of AWS KMS. */
export const ONLY_S3 = allows('s3:*');
