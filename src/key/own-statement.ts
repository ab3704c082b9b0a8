import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** What a statement that the owner writes into the key policy must keep, as every statement of ours does. */
export function assertOwnStatement(key: IConstruct, statement: iam.PolicyStatement): void {
  const problem = statement.effect === iam.Effect.ALLOW ? problemOfAllow(statement) : undefined;
  const resource = statement.resources.some((arn) => arn !== '*') || statement.notResources.length > 0
    ? 'AWS KMS takes no other resource than \'*\', which means the key itself: write resources: [\'*\']' : undefined;
  if (problem ?? resource) {
    throw new KmsPatternsError('StatementRefused',
      `a statement was added to the key policy, and ${problem ?? resource}; given: ${JSON.stringify(statement.toStatementJson())}`, key);
  }
}

function problemOfAllow(statement: iam.PolicyStatement): string | undefined {
  const conditions = JSON.stringify(statement.conditions);
  if (statement.actions.some((action) => /^(\*|kms:\*)$/i.test(action)) || statement.notActions.length > 0) {
    return 'it allows everything: list the actions';
  }
  if (statement.principals.some((principal) => principal instanceof iam.ServicePrincipal)) {
    return 'it lets in a service: hand the key to it with key.via(KmsService.…), which writes what the service needs, and no more';
  }
  if (statement.actions.some((action) => /^kms:(\*|create)/i.test(action)) && !conditions.includes('kms:GrantIsForAWSResource')) {
    return 'it allows kms:CreateGrant without the condition kms:GrantIsForAWSResource: add it, or hand the key to the service that makes the grants';
  }
  if (statement.principals.some((principal) => principal instanceof iam.AnyPrincipal || principal instanceof iam.StarPrincipal)
    && !conditions.includes('kms:CallerAccount')) {
    return 'it lets in everyone: add the condition kms:CallerAccount, or name the principals';
  }
  return undefined;
}
