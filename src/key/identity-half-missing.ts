import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { Conditions } from '../private/conditions';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** The refusal of a grant whose identity half no template of this app can write, with the statement that is missing. */
export function identityHalfMissing(scope: IConstruct, principal: iam.IPrincipal, actions: string[], conditions?: Conditions): KmsPatternsError {
  const statement = { Effect: 'Allow', Action: actions, Resource: 'the ARN of the key', Condition: conditions };
  return new KmsPatternsError('IdentityHalfMissing',
    `access needs the key policy and the IAM policy, and the IAM policy of ${principal} is out of reach; `
    + `add this statement to it: ${JSON.stringify(statement)}, and grant to its account instead: new AccountPrincipal('…')`, scope);
}
