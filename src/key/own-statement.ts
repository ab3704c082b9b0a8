import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Conditions } from '../private/conditions';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** A statement as it will stand in the policy, whatever classes its principals are of. */
interface OwnStatement {
  readonly Action?: string | string[];
  readonly NotAction?: string | string[];
  readonly Principal?: string | Record<string, string | string[]>;
  readonly NotPrincipal?: unknown;
  readonly Condition?: Conditions;
}

/** What a statement that the owner writes into the key policy must keep, as every statement of ours does. */
export function assertOwnStatement(key: IConstruct, statement: iam.PolicyStatement): void {
  const problem = statement.effect === iam.Effect.ALLOW ? problemOfAllow(statement.toStatementJson()) : undefined;
  const resource = statement.resources.some((arn) => arn !== '*') || statement.notResources.length > 0
    ? 'AWS KMS takes no other resource than \'*\', which means the key itself: write resources: [\'*\']' : undefined;
  if (problem ?? resource) {
    throw new KmsPatternsError('StatementRefused',
      `a statement was added to the key policy, and ${problem ?? resource}; given: ${JSON.stringify(Stack.of(key).resolve(statement.toStatementJson()))}`, key);
  }
}

function problemOfAllow({ Action, NotAction, Principal, NotPrincipal, Condition = {} }: OwnStatement): string | undefined {
  const actions = [Action ?? []].flat();
  const principals = typeof Principal === 'object' ? Principal : { AWS: Principal ?? [] };
  if (actions.some((action) => /^(\*|kms:\*)$/i.test(action)) || NotAction !== undefined) {
    return 'it allows everything: list the actions';
  }
  if (principals.Service !== undefined) {
    return 'it lets in a service: hand the key to it with key.via(KmsService.…), which writes what the service needs, and no more';
  }
  if (actions.some(coversCreateGrant) && String(Condition.Bool?.['kms:GrantIsForAWSResource']) !== 'true') {
    return 'it allows kms:CreateGrant without the condition kms:GrantIsForAWSResource: add it, or hand the key to the service that makes the grants';
  }
  if (NotPrincipal !== undefined || ([principals.AWS ?? []].flat().includes('*') && !Condition.StringEquals?.['kms:CallerAccount'])) {
    return 'it lets in everyone: add the condition kms:CallerAccount, or name the principals';
  }
  return undefined;
}

function coversCreateGrant(action: string): boolean {
  return new RegExp(`^${action.replace(/\*/g, '.*')}$`, 'i').test('kms:CreateGrant');
}
