import * as iam from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, REGION, ROOT } from './key-stack';
import { KEY_ARN, Resource, Statement, SynthesizedStacks, ThreeStacks } from './three-stacks';
import { KmsService, ViaServiceScope } from '../../src';

/** How an L2 grants to a consumer, with its own methods. */
export type Grants = (grantee: iam.IGrantable) => void;

/** An L2 that takes a key, and what its key policy and its consumers must have in the end. */
export interface KeyTaker {
  readonly l2: string;
  /** Where aws-cdk-lib takes the key, as `key-positions` names it. */
  readonly takes: readonly string[];
  /** The service that the key is handed to. */
  readonly via: KmsService;
  /** Builds in the Data stack, and returns how the consumer of the Users stack is granted. */
  readonly build: (stacks: ThreeStacks) => Grants | void;
  /** The actions of the consumer on the key. */
  readonly consumer?: readonly string[];
  /** The actions that roles of the Data stack, made by the L2 itself, have on the key. */
  readonly ownRoles?: readonly string[];
  /** The service principals that the L2 lets in, beyond those that always belong to the service, with their actions. */
  readonly letsIn?: Readonly<Record<string, readonly string[]>>;
  /** The accounts other than the key's that the L2 lets in. */
  readonly otherAccounts?: readonly string[];
  /** Why the key policy gives use without a service between. */
  readonly direct?: string;
  /** Why aws-cdk-lib itself writes a statement without the fence into a role of the Data stack. */
  readonly unfenced?: string;
  /** Why aws-cdk-lib needs to know account and Region before deployment. */
  readonly needsEnvironment?: string;
  /** Why a role of another account cannot refer to what is encrypted. */
  readonly unnamed?: string;
  /** Why no resource of a template names the key. */
  readonly notInTemplate?: string;
}

/** The statements of a key policy that let somebody use the key, by their parts. */
export function useStatements(policy: Statement[]): Statement[] {
  return policy.filter(({ Sid }) => !['ReadMetadata', 'Administer', 'ChangePolicy', 'DenyDirectGrants'].includes(Sid!));
}

/** What the key policy has for callers of the service, V and G of the policy model, and for the roles that the service assumes. */
export function expectedForCallers(service: KmsService): Partial<Statement>[] {
  const { viaServices = [], deployViaServices = [], useActions = [], deployActions = [], createsGrants, executionRoles = [] } = service.facts;
  const use = (actions: readonly string[], prefixes: readonly string[]) =>
    ({ Effect: 'Allow', Principal: { AWS: ROOT }, Action: one(actions), Condition: fence(service, prefixes) });
  return [
    ...useActions.length > 0 ? [use(useActions, viaServices)] : [],
    ...deployViaServices.length > 0 ? [use(deployActions.filter((action) => action !== 'kms:CreateGrant'), deployViaServices)] : [],
    ...createsGrants ? [{
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      Condition: { ...fence(service, [...viaServices, ...deployViaServices]), Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    }] : [],
    ...executionRoles.map(({ actions, contextKey, contextPattern }) => ({
      Effect: 'Allow',
      Principal: { AWS: ROOT },
      Action: one(actions),
      Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT }, ArnLike: { [`kms:EncryptionContext:${contextKey}`]: ofKey(contextPattern) } },
    })),
  ];
}

function fence({ facts }: KmsService, prefixes: readonly string[]): Statement['Condition'] {
  const wide = facts.viaServiceScope === ViaServiceScope.ANY_REGION;
  const values = one(prefixes.map((prefix) => `${prefix}.${wide ? '*' : REGION}.amazonaws.com`));
  return wide
    ? { StringEquals: { 'kms:CallerAccount': ACCOUNT }, StringLike: { 'kms:ViaService': values } }
    : { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': values } };
}

/** A text of the catalogue with the values of the key. */
function ofKey(text: string): string {
  return text.replace('{partition}', 'aws').replace('{region}', REGION).replace('{account}', ACCOUNT).replace('{urlSuffix}', 'amazonaws.com');
}

/** The actions of each service principal of the key policy. */
export function letIn(policy: Statement[]): Record<string, string[]> {
  const actions: Record<string, string[]> = {};
  for (const { Principal, Action } of policy.filter((statement) => statement.Principal.Service)) {
    for (const name of [Principal.Service].flat()) {
      actions[name] = [...new Set([...actions[name] ?? [], ...[Action].flat()])].sort();
    }
  }
  return actions;
}

/** The service principals that belong to a service whatever is encrypted. */
export function alwaysLetIn({ facts }: KmsService): Record<string, string[]> {
  const letsIn: Record<string, string[]> = {};
  for (const { servicePrincipal, actions, describesKey, grantOperations } of facts.servicePrincipals ?? []) {
    const name = ofKey(servicePrincipal);
    const further = [...describesKey ? ['kms:DescribeKey'] : [], ...grantOperations ? ['kms:CreateGrant'] : []];
    letsIn[name] = [...new Set([...letsIn[name] ?? [], ...actions, ...further])].sort();
  }
  return letsIn;
}

/** The actions on the key that IAM policies of a stack allow. */
export function actionsOnKey(statements: Statement[]): string[] {
  return [...new Set(statements.filter((statement) => statement.Effect === 'Allow').flatMap(({ Action }) => [Action].flat()))].sort();
}

export function isFenced(statement: Statement): boolean {
  const { StringEquals = {}, StringLike = {} } = statement.Condition ?? {};
  const grants = [statement.Action].flat().includes('kms:CreateGrant');
  return [StringEquals, StringLike].some((operator) => 'kms:ViaService' in operator)
    && (!grants || String(statement.Condition?.Bool?.['kms:GrantIsForAWSResource']) === 'true');
}

/** Whether a statement of a key policy lets callers use the key only through a service, as a service-linked role, or under a context of the service. */
export function isFencedForCallers(statement: Statement): boolean {
  const keys = Object.values(statement.Condition ?? {}).flatMap((operator) => Object.keys(operator));
  return isFenced(statement) || keys.some((key) => /^(aws:PrincipalArn$|kms:EncryptionContext:)/.test(key));
}

/** The resources, IAM apart, that name the key. */
export function encrypted(stacks: SynthesizedStacks): Resource[] {
  return stacks.resources().filter(({ Type, Properties }) =>
    !Type.startsWith('AWS::IAM::') && JSON.stringify(Properties ?? {}).includes(KEY_ARN.split('/')[1]));
}

function one<T>(values: readonly T[]): T | T[] {
  return values.length === 1 ? values[0] : [...values].sort();
}
