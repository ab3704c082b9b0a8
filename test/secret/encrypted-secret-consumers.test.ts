import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { EncryptedSecret, ParameterValue, SecureStringParameter } from '../../src';
import { POSTGRES, vpcWith } from '../support/databases';
import { ACCOUNT, KEY_ARN, REGION, ThreeStacks } from '../support/three-stacks';

const DECRYPT = {
  Effect: 'Allow',
  Action: 'kms:Decrypt',
  Resource: KEY_ARN,
  Condition: {
    StringEquals: { 'kms:ViaService': `secretsmanager.${REGION}.amazonaws.com` },
    StringLike: { 'kms:EncryptionContext:SecretARN': [`arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:billing/login-??????`] },
  },
};

function consumed(use: (login: EncryptedSecret, scope: Construct) => void) {
  const stacks = new ThreeStacks();
  use(new EncryptedSecret(stacks.data, 'Login', { secretName: 'billing/login', encryptionKey: stacks.key }), stacks.users);
  return stacks.synth();
}

test.each<[string, (login: EncryptedSecret, scope: Construct) => void]>([
  ['the execution role of an Amazon ECS task', (login, scope) => new ecs.FargateTaskDefinition(scope, 'Task').addContainer('app', {
    image: ecs.ContainerImage.fromRegistry('app'), secrets: { PASSWORD: ecs.Secret.fromSecretsManager(login.secret, 'password') },
  })],
  ['a proxy of a database', (login, scope) => {
    const vpc = vpcWith(scope, 'isolated');
    const vpcSubnets = { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
    new rds.DatabaseProxy(scope, 'Proxy', {
      vpc,
      vpcSubnets,
      proxyTarget: rds.ProxyTarget.fromInstance(new rds.DatabaseInstance(scope, 'Database', {
        engine: POSTGRES, vpc, vpcSubnets,
      })),
      secrets: [login.secret],
      role: new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('rds.amazonaws.com') }),
    });
  }],
  ['a SecureString parameter that is a copy', (login, scope) => new SecureStringParameter(scope, 'Copy', {
    parameterName: '/billing/password', value: ParameterValue.fromSecret(login.secret, 'password'),
  })],
])('%s decrypts this secret, and nothing else with the key', (_who, use) => {
  expect(consumed(use).identityStatements('Users').filter(({ Resource }) => JSON.stringify(Resource).includes('of-Keys'))).toEqual([DECRYPT]);
});

test('an attached secret is read under the same key', () => {
  const synthesized = consumed(({ secret }, scope) => secret.attach({
    asSecretAttachmentTarget: () => ({ targetId: 'ledger', targetType: secretsmanager.AttachmentTargetType.RDS_DB_INSTANCE }),
  }).grantRead(new iam.Role(scope, 'Reader', { assumedBy: new iam.AccountRootPrincipal() })));

  expect(synthesized.identityStatements('Users')).toEqual([DECRYPT]);
});
