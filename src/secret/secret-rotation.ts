import { Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { hasIdentityPolicy, realGrantee } from '../private/grantee';
import { KmsPatternsError } from '../private/kms-patterns-error';

const SECRETS_MANAGER = 'secretsmanager.amazonaws.com';

/** Refuses a rotation that would fail at night: `secretsmanager.Secret` writes nothing for functions that it cannot change, and says nothing. */
export function assertRotates(secret: IConstruct, options: secretsmanager.RotationScheduleOptions, replicated: boolean): void {
  const { rotationLambda, hostedRotation } = options;
  assertNotHosted(secret, hostedRotation !== undefined && replicated);
  if (rotationLambda && !isInReach(rotationLambda)) {
    throw new KmsPatternsError('RotationFunctionOutOfReach',
      `a function that rotates needs the secret and its keys in the policy of its role, given: ${rotationLambda.node.path}, which the app cannot change; `
      + 'write a function of this app whose role it can change, or, where all is there, secret.addRotationSchedule', secret);
  }
  if (rotationLambda) {
    assertSameStack(secret, rotationLambda);
  }
}

/** No role of a hosted rotation can be given the keys of replicas. */
export function assertNotHosted(secret: IConstruct, hostedAndReplicated: boolean): void {
  if (hostedAndReplicated) {
    throw new KmsPatternsError('HostedRotationOfReplicas',
      'whoever changes a secret needs the keys of its replicas, and the role of a hosted rotation has the key of the secret only, given: hostedRotation; '
      + 'write a rotationLambda of your own, or, where you give that role the keys, secret.addRotationSchedule', secret);
  }
}

/** The schedule refers to the function, and the policy of its role to the secret. */
function assertSameStack(secret: IConstruct, rotationLambda: lambda.IFunction): void {
  if (Stack.of(rotationLambda) !== Stack.of(secret)) {
    throw new KmsPatternsError('RotationFunctionOfAnotherStack',
      `a secret and the function that rotates it refer to each other, given: ${rotationLambda.node.path} in ${Stack.of(rotationLambda).stackName}, `
      + `for ${Stack.of(secret).stackName}; make the function in the stack of the secret`, secret);
  }
}

/**
 * AWS Secrets Manager of any account could call the function otherwise.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_turn-on-cli.html
 */
export function letInOwnAccountOnly(secret: IConstruct, { rotationLambda }: secretsmanager.RotationScheduleOptions): void {
  const permissions = rotationLambda ? [rotationLambda.node, rotationLambda.permissionsNode].flatMap((node) => node.findAll()) : [];
  permissions
    .filter((child): child is lambda.CfnPermission => child instanceof lambda.CfnPermission)
    .filter(({ principal, sourceAccount, sourceArn }) => principal === SECRETS_MANAGER && sourceAccount === undefined && sourceArn === undefined)
    .forEach((permission) => {
      permission.sourceAccount = Stack.of(secret).account;
    });
}

function isInReach(rotationLambda: lambda.IFunction): boolean {
  return rotationLambda.permissionsNode.defaultChild !== undefined && hasIdentityPolicy(realGrantee(rotationLambda).principal);
}
