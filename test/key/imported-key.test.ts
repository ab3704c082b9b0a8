import { Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, ImportedKeyOptions, KmsService } from '../../src';
import { identityStatements, problemsAtSynth } from '../support/key-policy';
import { ACCOUNT, newRole, newStack, OTHER_ACCOUNT } from '../support/key-stack';

const ARN = `arn:aws:kms:eu-west-2:${OTHER_ACCOUNT}:key/0d990263-018e-4e65-a703-eff731de951e`;

function imported(options?: ImportedKeyOptions) {
  const stack = newStack();
  return { stack, key: CustomerManagedKey.fromKeyArn(stack, 'Key', ARN, options) };
}

describe('a service that the key\'s policy lets in', () => {
  test('gets the identity half, with the fence and the ARN', () => {
    const { stack, key } = imported({ services: [KmsService.S3] });
    key.via(KmsService.S3).grantDecrypt(newRole(stack));
    expect(identityStatements(stack)).toEqual([{
      Effect: 'Allow', Action: 'kms:Decrypt', Resource: ARN, Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com' } },
    }]);
  });

  test('lets in its senders: they were declared with it', () => {
    const { key } = imported({ services: [KmsService.SQS] });
    expect(key.via(KmsService.SQS).grantDecrypt(new iam.ServicePrincipal('sns.amazonaws.com')).success).toBe(true);
  });

  test('sends the kms:ViaService value of the key\'s Region', () => {
    const stack = newStack();
    const key = CustomerManagedKey.fromKeyArn(stack, 'Key', ARN.replace('eu-west-2', 'eu-west-1'), { services: [KmsService.S3] });
    key.via(KmsService.S3).grantDecrypt(newRole(stack));
    expect(identityStatements(stack)[0].Condition).toEqual({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } });
  });

  test('adds no resource for the key', () => {
    const { stack, key } = imported({ services: [KmsService.S3] });
    key.via(KmsService.S3);
    expect(Template.fromStack(stack).toJSON().Resources).toBeUndefined();
  });
});

test('fails where the key\'s policy is not said to let the service in, with the statements that its owner must add', () => {
  const statements = [{
    Sid: 'UseThroughS3',
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    Resource: '*',
    Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': 's3.eu-west-2.amazonaws.com' } },
  }];
  expect(() => imported({ services: [KmsService.SQS] }).key.via(KmsService.S3)).toThrow(new Error(
    'KeyPolicyNotOurs: access needs the key policy and the IAM policy, and the key policy is not ours to write. Its owner must add: '
    + `${JSON.stringify(statements)}. Once it is there, declare it with services: [KmsService.S3] [at Keys/Key]`,
  ));
});

describe('a direct grant', () => {
  test('writes the identity half where the key\'s policy is said to have the other one', () => {
    const { stack, key } = imported({ actions: ['kms:Decrypt'] });
    expect(key.grantDecrypt(newRole(stack)).success).toBe(true);
    expect(identityStatements(stack)).toEqual([{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: ARN }]);
  });

  test('fails where it is not, with the statement that its owner must add', () => {
    const { stack, key } = imported({ actions: ['kms:Encrypt'] });
    const statements = [{
      Sid: 'DelegatedDecrypt',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT } },
    }];
    expect(() => key.grantDecrypt(newRole(stack))).toThrow(new Error(
      'KeyPolicyNotOurs: access needs the key policy and the IAM policy, and the key policy is not ours to write. Its owner must add: '
      + `${JSON.stringify(statements)}. Once it is there, declare it with actions: ["kms:Decrypt"] [at Keys/Key]`,
    ));
  });

  test('fails where only the key\'s policy could say it: to a principal without an IAM policy of ours', () => {
    const { key } = imported({ actions: ['kms:Decrypt'] });
    expect(() => key.grantDecrypt(new iam.ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/reader`))).toThrow(/^IdentityHalfMissing/);
  });

  test('fails to a service principal', () => {
    expect(() => imported({ actions: ['kms:Decrypt'] }).key.grantDecrypt(new iam.ServicePrincipal('logs.amazonaws.com')))
      .toThrow(/^ServicePrincipalNeedsService/);
  });
});

test('fails where a statement is added: the policy is not ours', () => {
  const added = new iam.PolicyStatement({ sid: 'Mine', principals: [new iam.AccountPrincipal(ACCOUNT)], actions: ['kms:Decrypt'], resources: ['*'] });
  const text = '{"Action":"kms:Decrypt","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Resource":"*","Sid":"Mine"}';
  expect(() => imported().key.addToResourcePolicy(added)).toThrow(new Error(
    `KeyPolicyNotOurs: the key policy is not ours to write; its owner must add: ${text} [at Keys/Key]`,
  ));
});

test('takes aliases in the importing account', () => {
  const { stack, key } = imported();
  key.addAlias('billing');
  Template.fromStack(stack).hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/billing', TargetKeyId: ARN });
});

test.each([
  ["'arn:aws:kms:eu-west-2:111122223333:alias/billing'", 'arn:aws:kms:eu-west-2:111122223333:alias/billing'],
  ['a token', Lazy.string({ produce: () => ARN })],
])('fails where the ARN is %s', (given, keyArn) => {
  expect(() => CustomerManagedKey.fromKeyArn(newStack(), 'Key', keyArn)).toThrow(new Error(
    `KeyArnInvalid: fromKeyArn takes the literal ARN of a key, given: ${given}; `
    + 'write arn:aws:kms:REGION:ACCOUNT:key/KEY-ID (an alias can move to another key) [at Keys/Key]',
  ));
});

test('knows the account and the Region of the key by its ARN', () => {
  expect(imported().key.env).toEqual({ account: OTHER_ACCOUNT, region: 'eu-west-2' });
});

describe('a service that launches with a service-linked role', () => {
  const OUR_KEY = ARN.replace(OTHER_ACCOUNT, ACCOUNT);
  const launched = (...options: ImportedKeyOptions[]): string[] => {
    const stack = newStack();
    const [key] = options.map((one, index) => CustomerManagedKey.fromKeyArn(stack, `Key${index}`, OUR_KEY, one));
    const { launchTemplateId, latestVersionNumber: version } = new ec2.LaunchTemplate(stack, 'Template', {
      blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true, kmsKey: key.via(KmsService.EBS) }) }],
    });
    new autoscaling.CfnAutoScalingGroup(stack, 'Group', { minSize: '1', maxSize: '1', launchTemplate: { launchTemplateId, version } });
    return problemsAtSynth(key);
  };

  test('fails for a group that launches where its owner is not said to let it in', () => {
    expect(launched({ services: [KmsService.EBS] })).toEqual([
      '[Keys/Key0] GroupCannotLaunch: Keys/Group launches instances whose volumes are encrypted under this key, and they would be terminated at once; '
      + 'write key.via(KmsService.EC2_AUTO_SCALING), or launchedBy: [InstanceLauncher.autoScaling()] of an EncryptedLaunchTemplate',
    ]);
  });

  test('is taken where its owner is said to let it in, at any import of the key', () => {
    expect(launched({ services: [KmsService.EBS, KmsService.EC2_AUTO_SCALING] })).toEqual([]);
    expect(launched({ services: [KmsService.EBS] }, { services: [KmsService.EC2_AUTO_SCALING] })).toEqual([]);
  });

  test('is named as it is written in code', () => {
    expect(() => CustomerManagedKey.fromKeyArn(newStack(), 'Key', OUR_KEY).via(KmsService.EC2_AUTO_SCALING))
      .toThrow(/^KeyPolicyNotOurs: .* Once it is there, declare it with services: \[KmsService\.EC2_AUTO_SCALING\] \[at Keys\/Key\]$/);
  });

  test('fails for a key of another account, which a grant only lets it use', () => {
    const role = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

    expect(() => imported().key.via(KmsService.EC2_AUTO_SCALING, { serviceLinkedRoleSuffixes: ['blue'] })).toThrow(new Error(
      'GrantNotOurs: Amazon EC2 Auto Scaling uses a key of another account with a grant only, which CloudFormation cannot make. The key\'s owner must allow '
      + `this account kms:CreateGrant, and somebody here must make a grant to ${role} and ${role}_blue with the operations Encrypt, Decrypt, ReEncryptFrom, `
      + 'ReEncryptTo, GenerateDataKey, GenerateDataKeyWithoutPlaintext, DescribeKey, CreateGrant. '
      + 'Once it is there, declare it with services: [KmsService.EC2_AUTO_SCALING] [at Keys/Key]',
    ));
  });
});
