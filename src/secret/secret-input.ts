import { Stack, Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, IConstruct } from 'constructs';
import { SecretArns } from './secret-arns';
import { isElsewhere } from '../private/elsewhere';
import { arnsOf, hasIdentityPolicy, realGrantee } from '../private/grantee';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html */
const NAME = /^[\w/+=.@-]{1,512}$/;

/** Refuses names that AWS Secrets Manager does not take. */
export function assertSecretName(secret: IConstruct, secretName?: string): void {
  if (secretName !== undefined && !Token.isUnresolved(secretName) && !NAME.test(secretName)) {
    const given = secretName.length > 100 ? `'${secretName.slice(0, 100)}…' (${secretName.length} characters)` : `'${secretName}'`;
    throw new KmsPatternsError('SecretNameInvalid',
      `the name of a secret has up to 512 letters, digits and /_+=.@-, given: ${given}; write such a name, or leave secretName out`, secret);
  }
}

/** AWS Secrets Manager refuses it too, but only once it is deployed. */
export function assertOwnPolicy(secret: IConstruct, statement: iam.PolicyStatement): void {
  const { Effect, Principal, NotPrincipal, Condition } = statement.toStatementJson() as Record<string, any>;
  const everyone = [Principal ?? []].flat().some((principal) => principal === '*' || [principal.AWS ?? []].flat().includes('*'));
  if (Effect === iam.Effect.ALLOW && (NotPrincipal !== undefined || (everyone && Condition === undefined))) {
    throw new KmsPatternsError('SecretPolicyPublic',
      `the resource policy of a secret lets in nobody unknown, given: ${JSON.stringify(Stack.of(secret).resolve(statement.toStatementJson()))}; `
      + 'name the principals, or add a condition such as aws:PrincipalOrgID', secret);
  }
}

/**
 * The grantee as `secretsmanager.Secret` gets it right. It takes roles that the app cannot change for complete, and writes nothing:
 * by its ARN such a role gets into the resource policy.
 */
export function granteeOfSecret(secret: IConstruct, arns: SecretArns, grantee: iam.IGrantable): iam.IGrantable {
  const { principal } = realGrantee(grantee);
  if (!Construct.isConstruct(principal)) {
    return grantee;
  }
  if (!hasIdentityPolicy(principal)) {
    const [arn] = arnsOf(principal);
    return arn === undefined ? grantee : new iam.ArnPrincipal(arn);
  }
  const [here, there] = [Stack.of(secret), Stack.of(principal)];
  if (isElsewhere(here, there) && !arns.named) {
    throw new KmsPatternsError('SecretWithoutName',
      `the IAM policy of another account or Region tells a secret by its name, given: a secret without one, for ${principal}; write secretName`, secret);
  }
  // The ARN of a role of this app stands for the role.
  return grantee.grantPrincipal instanceof iam.ArnPrincipal ? principal : grantee;
}
