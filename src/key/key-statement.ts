import * as iam from 'aws-cdk-lib/aws-iam';
import { Conditions } from '../private/conditions';
import { KeyEnvironment } from '../private/key-environment';

/** The principal element of a statement of a key policy. */
export type StatementPrincipal = { AWS: string | string[] } | { Service: string | string[] };

/** A statement of a key policy, as data. Its resource is always `*`: the key itself. */
export interface KeyStatement {
  readonly sid: string;
  readonly effect?: iam.Effect;
  readonly principal: StatementPrincipal;
  /** The ARN of the only role or user of the principal account that is meant. */
  readonly pinnedTo?: string;
  readonly actions: readonly string[];
  readonly conditions?: Conditions;
}

/** A statement of a policy document. */
export interface StatementJson {
  readonly Sid?: string;
  readonly [element: string]: unknown;
}

/** The statement as JSON of a policy document. AWS KMS rejects any other resource than `*`. */
export function statementJson(statement: KeyStatement): StatementJson {
  const actions = [...new Set(statement.actions)].sort();
  return {
    Sid: statement.sid,
    Effect: statement.effect ?? iam.Effect.ALLOW,
    Principal: statement.principal,
    Action: actions.length === 1 ? actions[0] : actions,
    Resource: '*',
    ...statement.conditions && Object.keys(statement.conditions).length > 0 ? { Condition: statement.conditions } : {},
  };
}

/** The ARN that stands for an account and its administrators, the root user included. */
export function accountRootArn(env: KeyEnvironment, account = env.account): string {
  return `arn:${env.partition}:iam::${account}:root`;
}

/** The part of a Sid that names actions: `kms:ReEncrypt*` → `ReEncryptAll`. */
export function sidOfActions(actions: readonly string[]): string {
  return [...new Set(actions)].sort().map((action) => action.replace(/^kms:/, '').replace('*', 'All')).join('');
}
