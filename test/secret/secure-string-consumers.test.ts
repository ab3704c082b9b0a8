import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ParameterValue, SecureStringParameter } from '../../src';
import { ACCOUNT, REGION, ThreeStacks } from '../support/three-stacks';

const DECRYPT = {
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource: `arn:aws:kms:${REGION}:${ACCOUNT}:key/of-Keys`,
  Condition: {
    StringEquals: { 'kms:ViaService': `ssm.${REGION}.amazonaws.com` },
    StringLike: { 'kms:EncryptionContext:PARAMETER_ARN': [`arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/billing/token`] },
  },
};

function consumed(use: (token: SecureStringParameter, scope: Construct) => void) {
  const stacks = new ThreeStacks();
  use(new SecureStringParameter(stacks.data, 'Token', {
    parameterName: '/billing/token', value: ParameterValue.generated(), encryptionKey: stacks.key,
  }), stacks.users);
  return stacks.synth();
}

function task(scope: Construct, token: SecureStringParameter): void {
  const definition = new ecs.FargateTaskDefinition(scope, 'Task');
  definition.addContainer('app', {
    image: ecs.ContainerImage.fromRegistry('app'), secrets: { TOKEN: ecs.Secret.fromSsmParameter(token.parameter) },
  });
}

test('the execution role of an Amazon ECS task reads it, and the task itself does not', () => {
  const synthesized = consumed((token, scope) => task(scope, token));
  const [definition] = synthesized.resources('Users').filter(({ Type }) => Type === 'AWS::ECS::TaskDefinition');

  expect(synthesized.identityStatements('Users')).toEqual([DECRYPT]);
  expect(definition.Properties.ContainerDefinitions[0].Secrets[0]).toEqual({
    Name: 'TOKEN', ValueFrom: { 'Fn::Join': ['', [`arn:aws:ssm:${REGION}:${ACCOUNT}:parameter`, { Ref: 'TokenCB33349F' }]] },
  });
});

test('a function reads it by its name, under the permissions of its role', () => {
  const synthesized = consumed((token, scope) => {
    const role = new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    new lambda.Function(scope, 'Biller', {
      role,
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {}'),
      environment: { TOKEN_NAME: token.parameter.parameterName },
    });
    token.grantRead(role);
  });

  expect(synthesized.identityStatements('Users')).toEqual([DECRYPT]);
});
