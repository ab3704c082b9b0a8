import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';

/** The identity half: a statement in the grantee's IAM policy. */
export function identityGrant(
  key: kms.IKey, grantee: iam.IPrincipal, actions: string[], conditions: Record<string, Record<string, string | string[]>> = {},
): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [key.keyArn], conditions });
}

/**
 * A grant whose only half is the key's. Its statement is not part of any policy: L2s may add conditions to it
 * that our own statement, which has its fence already, must not take over.
 */
export function keyGrant(key: kms.IKey, grantee: iam.IGrantable, actions: string[]): iam.Grant {
  return iam.Grant.addStatementToResourcePolicy({
    grantee,
    actions,
    resourceArns: ['*'],
    statement: new iam.PolicyStatement({ actions, resources: ['*'] }),
    resource: {
      env: key.env,
      addToResourcePolicy: () => ({ statementAdded: true, policyDependable: key }),
    } as iam.IResourceWithPolicyV2 as iam.IResourceWithPolicy,
  });
}
