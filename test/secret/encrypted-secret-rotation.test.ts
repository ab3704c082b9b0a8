import { Duration, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedSecret, KmsService } from '../../src';
import { ACCOUNT, newStack } from '../support/key-stack';
import { templateDifference, templateOf } from '../support/template-difference';

const THERE = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

function functionIn(scope: Construct, props: Partial<lambda.FunctionProps> = {}): lambda.Function {
  return new lambda.Function(scope, 'Rotate', {
    runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'), ...props,
  });
}

function secretIn(scope: Construct, replicated = false): EncryptedSecret {
  const encryptionKey = replicated ? CustomerManagedKey.fromKeyArn(scope, 'There', THERE, { services: [KmsService.SECRETS_MANAGER] }) : undefined;
  return new EncryptedSecret(scope, 'Login', { secretName: 'login', replicaRegions: encryptionKey && [{ region: 'eu-west-1', encryptionKey }] });
}

function rotated(options: (scope: Construct) => secretsmanager.RotationScheduleOptions, replicated = false): Record<string, any> {
  return templateOf((scope) => secretIn(scope, replicated).addRotationSchedule('Rotation', options(scope))).Resources;
}

function ofType(resources: Record<string, any>, type: string): any[] {
  return Object.values(resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
}

test('the function has the secret, and the key for this secret only', () => {
  const [{ PolicyDocument: { Statement } }] = ofType(rotated((scope) => ({ rotationLambda: functionIn(scope) })), 'AWS::IAM::Policy');
  const via = { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-west-2.amazonaws.com' } };
  const key = { 'Fn::GetAtt': ['LoginKey05B32AC0', 'Arn'] };

  expect(Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: key,
      Condition: { ...via, StringLike: { 'kms:EncryptionContext:SecretARN': [`arn:aws:secretsmanager:eu-west-2:${ACCOUNT}:secret:login-??????`] } },
    },
    { Effect: 'Allow', Action: 'kms:DescribeKey', Resource: key, Condition: via },
    {
      Effect: 'Allow',
      Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'],
      Resource: { Ref: 'LoginDDE9992A' },
    },
    { Effect: 'Allow', Action: 'secretsmanager:GetRandomPassword', Resource: '*' },
  ]);
});

test('the function has the keys of the replicas as well', () => {
  const [{ PolicyDocument: { Statement } }] = ofType(rotated((scope) => ({ rotationLambda: functionIn(scope) }), true), 'AWS::IAM::Policy');

  expect(Statement.filter(({ Action }: any) => Action.includes('kms:GenerateDataKey')).map(({ Resource }: any) => Resource)).toEqual([
    { 'Fn::GetAtt': ['LoginKey05B32AC0', 'Arn'] }, THERE,
  ]);
});

test.each<[string, (rotate: lambda.Function) => lambda.IFunction]>([
  ['a function', (rotate) => rotate],
  ['a version of it', (rotate) => rotate.currentVersion],
  ['an alias of it', (rotate) => rotate.addAlias('live')],
])('AWS Secrets Manager of this account only may call %s', (_what, callable) => {
  const permissions = ofType(rotated((scope) => ({ rotationLambda: callable(functionIn(scope)) })), 'AWS::Lambda::Permission');

  expect(permissions).toEqual([expect.objectContaining({ Principal: 'secretsmanager.amazonaws.com', SourceAccount: ACCOUNT })]);
});

test('differs from that of secretsmanager.Secret by who may call the function, the key for this secret only, and what lets in nobody', () => {
  const plain = templateOf((scope) => {
    const encryptionKey = new CustomerManagedKey(scope, 'Key').via(KmsService.SECRETS_MANAGER);
    new secretsmanager.Secret(scope, 'Login', { encryptionKey }).addRotationSchedule('Rotation', { rotationLambda: functionIn(scope) });
  });
  const ours = templateOf((scope) => new EncryptedSecret(scope, 'Login', { encryptionKey: new CustomerManagedKey(scope, 'Key') })
    .addRotationSchedule('Rotation', { rotationLambda: functionIn(scope) }));
  const { added, removed, changed } = templateDifference(plain, ours);
  const places = (difference: object) => Object.keys(difference).map((path) => path.replace(/^Resources\.|Properties\./g, '')).sort();

  expect({ added: places(added), removed: places(removed), changed: places(changed) }).toEqual({
    added: [
      'LoginPolicyBACF6F0D.BlockPublicPolicy',
      'RotateInvokeN0a2GKfZP0JmDqDEVhhu6A0TUv3NyNbk4YMFKNcED400D79.SourceAccount',
      'RotateServiceRoleDefaultPolicy299AD76A.PolicyDocument.Statement',
    ],
    removed: ['RotateServiceRoleDefaultPolicy299AD76A.PolicyDocument.Statement'],
    changed: ['LoginDDE9992A.DeletionPolicy', 'LoginDDE9992A.UpdateReplacePolicy'],
  });
});

test('a schedule is as it is given', () => {
  const [schedule] = ofType(rotated((scope) => ({
    rotationLambda: functionIn(scope), automaticallyAfter: Duration.days(7), rotateImmediatelyOnUpdate: false,
  })), 'AWS::SecretsManager::RotationSchedule');

  expect(schedule).toMatchObject({ RotationRules: { ScheduleExpression: 'rate(7 days)' }, RotateImmediatelyOnUpdate: false });
});

describe('of a secret that is attached to a database', () => {
  const target: secretsmanager.ISecretAttachmentTarget = {
    asSecretAttachmentTarget: () => ({ targetId: 'ledger', targetType: secretsmanager.AttachmentTargetType.RDS_DB_INSTANCE }),
  };

  test('starts after it was attached, in the place of that of secretsmanager.Secret', () => {
    const places = (attach: (scope: Construct) => void) => Object.entries<any>(templateOf(attach).Resources)
      .filter(([, { Type }]) => Type === 'AWS::SecretsManager::RotationSchedule').map(([id, { Properties }]) => [id, Properties.SecretId]);
    const plain = places((scope) => new secretsmanager.Secret(scope, 'Login').attach(target).addRotationSchedule('Rotation', {
      rotationLambda: functionIn(scope),
    }));

    expect(plain[0][1]).toEqual({ Ref: expect.stringMatching(/^LoginAttachment/) });
    expect(places((scope) => {
      const login = secretIn(scope);
      login.secret.attach(target);
      login.addRotationSchedule('Rotation', { rotationLambda: functionIn(scope) });
    })).toEqual(plain);
  });

  test('has the key for this secret only', () => {
    const resources = templateOf((scope) => {
      const login = secretIn(scope);
      login.secret.attach(target);
      login.addRotationSchedule('Rotation', { rotationLambda: functionIn(scope) });
    }).Resources;
    const [{ PolicyDocument: { Statement } }] = ofType(resources, 'AWS::IAM::Policy');

    expect(Statement[0]).toMatchObject({
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Condition: { StringLike: { 'kms:EncryptionContext:SecretARN': [`arn:aws:secretsmanager:eu-west-2:${ACCOUNT}:secret:login-??????`] } },
    });
  });
});

test('a hosted rotation gets the key', () => {
  const [schedule] = ofType(rotated((scope) => ({
    hostedRotation: secretsmanager.HostedRotation.postgreSqlSingleUser({
      vpc: new ec2.Vpc(scope, 'Vpc', { natGateways: 0 }),
      vpcSubnets: {
        subnetType: ec2.SubnetType.PRIVATE_ISOLATED,
      },
    }),
  })), 'AWS::SecretsManager::RotationSchedule');

  expect(schedule.HostedRotationLambda).toMatchObject({ RotationType: 'PostgreSQLSingleUser', KmsKeyArn: { 'Fn::GetAtt': ['LoginKey05B32AC0', 'Arn'] } });
});

test('fails for a hosted rotation of a secret with replicas, whose keys its role has not', () => {
  expect(() => rotated(() => ({ hostedRotation: secretsmanager.HostedRotation.postgreSqlSingleUser() }), true)).toThrow(
    'HostedRotationOfReplicas: whoever changes a secret needs the keys of its replicas, and the role of a hosted rotation has the key of the secret only, '
    + 'given: hostedRotation; write a rotationLambda of your own, or, where you give that role the keys, secret.addRotationSchedule [at Data/Login]');
});

test.each<[string, (scope: Construct) => lambda.IFunction]>([
  ['an imported function', (scope) => lambda.Function.fromFunctionArn(scope, 'Rotate', `arn:aws:lambda:eu-west-2:${ACCOUNT}:function:rotate`)],
  ['an imported function with a role', (scope) => lambda.Function.fromFunctionAttributes(scope, 'Rotate', {
    functionArn: `arn:aws:lambda:eu-west-2:${ACCOUNT}:function:rotate`, role: new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
  })],
  ['a function whose role the app cannot change', (scope) => functionIn(scope, {
    role: iam.Role.fromRoleArn(scope, 'Role', `arn:aws:iam::${ACCOUNT}:role/rotate`, { mutable: false }),
  })],
])('fails for %s, whom AWS CDK would forget', (_what, rotationLambda) => {
  expect(() => rotated((scope) => ({ rotationLambda: rotationLambda(scope) }))).toThrow(
    'RotationFunctionOutOfReach: a function that rotates needs the secret and its keys in the policy of its role, given: Data/Rotate, which the app cannot '
    + 'change; write a function of this app whose role it can change, or, where all is there, secret.addRotationSchedule [at Data/Login]');
});

test('fails for a function of another stack, which would make a cycle', () => {
  expect(() => rotated((scope) => ({ rotationLambda: functionIn(newStack(Stack.of(scope).node.root as never, 'Functions')) }))).toThrow(
    'RotationFunctionOfAnotherStack: a secret and the function that rotates it refer to each other, given: Functions/Rotate in Functions, for Data; '
    + 'make the function in the stack of the secret [at Data/Login]');
});

test.each<[string, (scope: Construct) => secretsmanager.RotationScheduleOptions, RegExp]>([
  ['nothing that rotates', () => ({}), /One of `rotationLambda` or `hostedRotation` must be specified/],
  ['less than four hours', (scope) => ({ rotationLambda: functionIn(scope), automaticallyAfter: Duration.hours(3) }), /must not be smaller than 4 hours/],
])('fails for %s, as secretsmanager.Secret does', (_what, options, message) => {
  expect(() => rotated(options)).toThrow(message);
});
