import { Aws, Reference, Stack, Token, TokenComparison, Tokenization } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { Conditions } from './conditions';
import { KeyEnvironment } from './key-environment';
import { KmsPatternsError } from './kms-patterns-error';

/** Condition keys that L2s put on principals, and that our own fence sets. */
const FENCE = ['kms:ViaService', 'kms:CallerAccount'];
const ACCOUNT_ID = /^\d{12}$/;

/** Who a grantee really is, and under which further conditions. */
export interface RealGrantee {
  readonly principal: iam.IPrincipal;
  readonly conditions: Conditions;
}

/**
 * The principal behind a grantee: L2s wrap it (`ViaServicePrincipal`, `withConditions`) in conditions that our fence replaces;
 * other conditions stay.
 */
export function realGrantee(grantee: iam.IGrantable): RealGrantee {
  let principal = grantee.grantPrincipal;
  for (;;) {
    const { wrapped, basePrincipal } = principal as { wrapped?: iam.IPrincipal; basePrincipal?: iam.IPrincipal };
    const inner = wrapped ?? basePrincipal ?? ownerOf(principal);
    if (!inner) {
      return { principal, conditions: principal === grantee.grantPrincipal ? {} : furtherConditions(grantee.grantPrincipal) };
    }
    principal = inner.grantPrincipal;
  }
}

/** The role or user whose ARN a principal refers to: L2s and teams write `new ArnPrincipal(role.roleArn)`. */
function ownerOf(principal: iam.IPrincipal): iam.IGrantable | undefined {
  const token = principal instanceof iam.ArnPrincipal ? Tokenization.reverse(principal.arn, { failConcat: false }) : undefined;
  if (!Reference.isReference(token)) {
    return undefined;
  }
  const { target } = token;
  const owner = target.node.scope;
  const owned = target instanceof iam.CfnRole || target instanceof iam.CfnUser;
  return owned && owner?.node.defaultChild === target && 'grantPrincipal' in owner ? owner as iam.Role | iam.User : undefined;
}

function furtherConditions(principal: iam.IPrincipal): Conditions {
  const further: Conditions = {};
  for (const [operator, keys] of Object.entries(principal.policyFragment.conditions as Conditions)) {
    const kept = Object.entries(keys).filter(([key]) => !FENCE.includes(key));
    if (kept.length > 0) {
      further[operator] = Object.fromEntries(kept);
    }
  }
  return further;
}

/** The account of a principal, where it is known. */
export function accountOf(principal: iam.IPrincipal): string | undefined {
  if (principal.principalAccount) {
    return principal.principalAccount;
  }
  const arn = arnsOf(principal)[0] ?? '';
  return ACCOUNT_ID.test(arn) ? arn : /^arn:[^:]+:(?:iam|sts)::([^:]+):/.exec(arn)?.[1];
}

/**
 * Whether a principal is known to belong to another account than the key. An account that is granted as a whole is meant as it is written,
 * also where the account of the key is known at deployment only.
 */
export function isForeign(principal: iam.IPrincipal, env: KeyEnvironment): boolean {
  const account = accountOf(principal);
  if (account === undefined || Token.isUnresolved(account)) {
    return false;
  }
  return wholeAccount(principal) === undefined
    ? Token.compareStrings(account, env.account) === TokenComparison.DIFFERENT
    : account !== env.account;
}

/** The account that a principal stands for as a whole, such as `AccountPrincipal`, the ARN of its root, or its bare id. */
export function wholeAccount(principal: iam.IPrincipal): string | undefined {
  if (principal instanceof iam.AccountPrincipal) {
    return principal.accountId;
  }
  const [arn] = arnsOf(principal);
  return arn && (arn.endsWith(':root') || ACCOUNT_ID.test(arn)) ? accountOf(principal) : undefined;
}

/**
 * Whether statements that are added to this principal's policy reach a template.
 * Immutable roles and unknown principals say that they did, and drop them; principals that are no construct have none.
 */
export function hasIdentityPolicy(principal: iam.IPrincipal): boolean {
  return !(principal instanceof iam.UnknownPrincipal)
    && !(principal instanceof iam.PrincipalBase)
    && !('addGrantsToResources' in principal);
}

/** Whether a stack of the principal's own account can write into its IAM policy. */
export function isInReach(principal: iam.IPrincipal): boolean {
  return hasIdentityPolicy(principal)
    && Construct.isConstruct(principal)
    && principal.principalAccount !== undefined
    && Token.compareStrings(Stack.of(principal).account, principal.principalAccount) === TokenComparison.SAME;
}

/** Whether it is a group, which has an IAM policy but cannot be named in a key policy. */
export function isGroup(principal: iam.IPrincipal): boolean {
  return 'groupArn' in principal;
}

/** The ARN of a principal, as it has it: L2s write the partition and the account of their stack as tokens. */
export function arnsOf(principal: iam.IPrincipal): string[] {
  const { arn, roleArn, userArn } = principal as { arn?: string; roleArn?: string; userArn?: string };
  return [arn, roleArn, userArn].filter((candidate) => candidate !== undefined);
}

/** The ARN of a principal, as a literal. */
function literalArn(principal: iam.IPrincipal): string | undefined {
  return arnsOf(principal).find((arn) => !Token.isUnresolved(arn));
}

/**
 * The ARN of a role or user that is known before deployment, by its literal ARN or its explicit name,
 * without a reference to the stack that it is in.
 */
export function knownArn(principal: iam.IPrincipal, env: KeyEnvironment): string | undefined {
  const literal = literalArn(principal);
  if (literal) {
    return literal;
  }
  if (!iam.principalIsOwnedResource(principal)) {
    return undefined;
  }
  const resource = principal.node.defaultChild;
  const [kind, name, path] = resource instanceof iam.CfnRole
    ? ['role', resource.roleName, resource.path]
    : resource instanceof iam.CfnUser ? ['user', resource.userName, resource.path] : [];
  if (!name || ![name, path ?? ''].every((part) => isOfPlace(part, principal))) {
    return undefined;
  }
  return `arn:${env.partition}:iam::${principal.principalAccount ?? env.account}:${kind}${path ?? '/'}${name}`;
}

/** Whether a text is the same in every stack of its account and Region. */
function isOfPlace(text: string, scope: IConstruct): boolean {
  const places = [Aws.ACCOUNT_ID, Aws.PARTITION, Aws.REGION].map((place) => JSON.stringify(Stack.of(scope).resolve(place)));
  return Tokenization.reverseString(text).tokens.every((token) => places.includes(JSON.stringify(Stack.of(scope).resolve(token))));
}

/**
 * Refuses principals that no statement of a key policy should let in.
 */
export function assertGrantable(principal: iam.IPrincipal, env: KeyEnvironment): void {
  const refused = principal instanceof iam.AnyPrincipal || principal instanceof iam.StarPrincipal ? 'everyone'
    : principal instanceof iam.OrganizationPrincipal ? 'an organization'
      : principal instanceof iam.CompositePrincipal ? 'several principals at once'
        : principal instanceof iam.FederatedPrincipal ? 'a federated identity'
          : principal instanceof iam.CanonicalUserPrincipal ? 'a canonical user'
            : literalArn(principal)?.includes('*') ? 'a wildcard' : undefined;
  if (refused) {
    throw new KmsPatternsError('PrincipalNotGrantable',
      `a key cannot be granted to ${refused}; grant to each role, user or account (AccountPrincipal) that shall use it, `
      + 'or narrow a service with via(service, { useOnlyBy })', env.scope);
  }
  const account = wholeAccount(principal);
  if (account !== undefined && Token.isUnresolved(account) && !isOwnAccount(account, env)) {
    throw new KmsPatternsError('AccountNotLiteral',
      'an account was granted as a token, which could be any account; write its 12 digits out: new AccountPrincipal(\'111122223333\'), '
      + 'or new AccountRootPrincipal() for the account of the key', env.scope);
  }
}

function isOwnAccount(account: string, env: KeyEnvironment): boolean {
  const stack = Stack.of(env.scope);
  return [env.account, Aws.ACCOUNT_ID].some((own) => JSON.stringify(stack.resolve(own)) === JSON.stringify(stack.resolve(account)));
}
