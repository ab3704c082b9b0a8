import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';

/** The identity half: a statement in the grantee's IAM policy. */
export function identityGrant(
  key: kms.IKey, grantee: iam.IPrincipal, actions: string[], conditions: Record<string, Record<string, string | string[]>> = {},
): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions, resourceArns: [key.keyArn], conditions });
}

/**
 * A grant whose only half is the key's. Its statements are not part of any policy: L2s add conditions to them,
 * to the one for the principal too, that our own statement, which has its fence already, must not take over.
 */
export function keyGrant(key: kms.IKey, grantee: iam.IGrantable, actions: string[]): iam.Grant {
  const added = { statementAdded: true, policyDependable: key };
  const statement = new iam.PolicyStatement({ actions, resources: ['*'] });
  const resource = { env: key.env, addToResourcePolicy: () => added } as iam.IResourceWithPolicyV2 as iam.IResourceWithPolicy;
  const ofKey = iam.Grant.addStatementToResourcePolicy({ grantee, actions, resourceArns: ['*'], statement, resource });
  return ofKey.combine(iam.Grant.addToPrincipal({ grantee: new Elsewhere(added), actions, resourceArns: ['*'] }));
}

/** Somebody whose IAM policy is not ours to write, and who needs nothing in it. */
class Elsewhere extends iam.PrincipalBase {
  public readonly policyFragment = new iam.PrincipalPolicyFragment({});

  constructor(private readonly result: iam.AddToPrincipalPolicyResult) {
    super();
  }

  public dedupeString(): undefined {
    return undefined;
  }

  public override addToPrincipalPolicy(): iam.AddToPrincipalPolicyResult {
    return this.result;
  }
}
