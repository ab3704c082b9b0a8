import { App, CfnDeletionPolicy, NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import {
  CustomerManagedKey, EbsEncryptionByDefault, EbsEncryptionByDefaultProps, InstanceLauncher, KmsService, SnapshotBlockPublicAccess,
} from '../../../src';
import { ACCOUNT, newApp, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { nagFindings } from '../../support/nag';
import { templateOf } from '../../support/template-difference';

const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const LAUNCHERS = ['EC2_AUTO_SCALING', 'EC2_FLEET', 'EC2_SPOT', 'EC2_SPOT_FLEET'];

const encryption = (scope: Construct, props?: EbsEncryptionByDefaultProps) => new EbsEncryptionByDefault(scope, 'Encryption', props);

function resources(template: any, type: string): any[] {
  return Object.values<any>(template.Resources).filter(({ Type }) => Type === type);
}

function made(props: EbsEncryptionByDefaultProps | ((scope: Construct) => EbsEncryptionByDefaultProps) = {}): any {
  return templateOf((scope) => encryption(scope, typeof props === 'function' ? props(scope) : props));
}

describe('the setting', () => {
  test('is a custom resource under a new key, retained', () => {
    const template = made();

    expect(template.Resources.EncryptionB687BDBB).toEqual({
      Type: 'Custom::EbsEncryptionByDefault',
      Properties: {
        ServiceToken: { 'Fn::GetAtt': [expect.stringMatching(/^EncryptionFunction/), 'Arn'] },
        ServiceTimeout: '1200',
        KeyArn: { 'Fn::GetAtt': [expect.stringMatching(/^EncryptionKey/), 'Arn'] },
      },
      DependsOn: [expect.stringMatching(/^EncryptionRoleDefaultPolicy/), expect.stringMatching(/^EncryptionRole/)],
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
    });
    expect(resources(template, 'AWS::KMS::Key')).toMatchObject([{ DeletionPolicy: 'RetainExceptOnCreate' }]);
  });

  test('takes a key that is given', () => {
    const template = made((scope) => ({ encryptionKey: new CustomerManagedKey(scope, 'Given') }));

    expect(resources(template, 'AWS::KMS::Key')).toHaveLength(1);
    expect(template.Resources.EncryptionB687BDBB.Properties.KeyArn).toEqual({ 'Fn::GetAtt': [expect.stringMatching(/^Given/), 'Arn'] });
  });

  test('takes a key of somebody else that lets in whoever launches', () => {
    const services = [KmsService.EBS, KmsService.EC2_AUTO_SCALING, KmsService.EC2_FLEET, KmsService.EC2_SPOT_FLEET, KmsService.EC2_SPOT];
    const template = made((scope) => ({ encryptionKey: CustomerManagedKey.fromKeyArn(scope, 'Default', KEY_ARN, { services }) }));

    expect(template.Resources.EncryptionB687BDBB.Properties.KeyArn).toBe(KEY_ARN);
  });

  test.each([
    [RemovalPolicy.RETAIN, 'Retain'],
    [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate'],
    [RemovalPolicy.DESTROY, 'Delete'],
  ])('with the removal policy %s, CloudFormation does %s', (removalPolicy, DeletionPolicy) => {
    expect(made({ removalPolicy }).Resources.EncryptionB687BDBB).toMatchObject({ DeletionPolicy });
  });

  test('is the default child', () => {
    expect(encryption(newStack()).node.defaultChild?.node.path).toBe('Keys/Encryption/Resource');
  });

  test('comes with templates of the same bytes for the same app', () => {
    expect(JSON.stringify(made())).toBe(JSON.stringify(made()));
  });
});

test('its role can look at the setting of this Region and at what has to do with it, and change it and what is remembered of it', () => {
  const [{ Properties: { PolicyDocument } }] = resources(made(), 'AWS::IAM::Policy');
  const ec2 = ['DisableEbsEncryptionByDefault', 'EnableEbsEncryptionByDefault', 'GetEbsDefaultKmsKeyId', 'GetEbsEncryptionByDefault',
    'ModifyEbsDefaultKmsKeyId', 'ResetEbsDefaultKmsKeyId'];

  expect(PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^EncryptionLogs/), 'Arn'] } },
    {
      Effect: 'Allow',
      Action: ['cloudformation:DescribeStackResource', ...ec2.map((action) => `ec2:${action}`), 'kms:DescribeKey'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': REGION } },
    },
    {
      Effect: 'Allow',
      Action: ['ssm:DeleteParameter', 'ssm:GetParameter', 'ssm:PutParameter'],
      Resource: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/cdk-kms-patterns/ebs-encryption-by-default`,
    },
  ]);
});

describe('the key policy', () => {
  const sids = (props?: EbsEncryptionByDefaultProps): string[] =>
    resources(made(props), 'AWS::KMS::Key')[0].Properties.KeyPolicy.Statement.map(({ Sid }: { Sid: string }) => Sid);
  const letIn = (props?: EbsEncryptionByDefaultProps) => LAUNCHERS.filter((service) => {
    const made_ = JSON.stringify(resources(made(props), 'AWS::KMS::Key'));
    return (KmsService as any)[service].facts.serviceLinkedRoles.some(({ roleName }: { roleName: string }) => made_.includes(`/${roleName}"`));
  });

  test('lets in Amazon EC2 and whoever launches by itself', () => {
    expect(sids()).toEqual(expect.arrayContaining(['UseThroughEbs', 'GrantsThroughServices']));
    expect(letIn()).toEqual(LAUNCHERS);
  });

  test.each<[string, InstanceLauncher[], string[]]>([
    ['nobody', [], ['EC2_AUTO_SCALING']],
    ['fleets', [InstanceLauncher.ec2Fleet()], ['EC2_AUTO_SCALING', 'EC2_FLEET']],
    ['Spot Fleets', [InstanceLauncher.spotFleet()], ['EC2_AUTO_SCALING', 'EC2_SPOT', 'EC2_SPOT_FLEET']],
  ])('lets in Auto Scaling always, also where %s is told', (_who, launchedBy, expected) => {
    expect(letIn({ launchedBy })).toEqual(expected);
  });

  test('lets in roles of Auto Scaling with a custom suffix', () => {
    const text = JSON.stringify(resources(made({ launchedBy: [InstanceLauncher.autoScaling('blue')] }), 'AWS::KMS::Key'));

    expect(text).toContain('/AWSServiceRoleForAutoScaling"');
    expect(text).toContain('/AWSServiceRoleForAutoScaling_blue"');
  });
});

describe('public sharing of snapshots', () => {
  test.each([
    [undefined, 'block-all-sharing'],
    [SnapshotBlockPublicAccess.BLOCK_ALL_SHARING, 'block-all-sharing'],
    [SnapshotBlockPublicAccess.BLOCK_NEW_SHARING, 'block-new-sharing'],
  ])('given %s, is blocked with %s, also after the stack', (snapshotBlockPublicAccess, State) => {
    expect(resources(made({ snapshotBlockPublicAccess }), 'AWS::EC2::SnapshotBlockPublicAccess')).toEqual([{
      Type: 'AWS::EC2::SnapshotBlockPublicAccess', Properties: { State }, DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain',
    }]);
  });

  test('stays as it is where it is unmanaged', () => {
    expect(resources(made({ snapshotBlockPublicAccess: SnapshotBlockPublicAccess.UNMANAGED }), 'AWS::EC2::SnapshotBlockPublicAccess')).toEqual([]);
  });
});

describe('cdk-nag', () => {
  test('finds nothing', () => {
    expect(nagFindings((stack) => encryption(stack))).toEqual([]);
  });

  test('finds the same as before beside it', () => {
    const rules = nagFindings((stack) => {
      encryption(stack);
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: ['*'] }));
      new lambda.Function(stack, 'Other', {
        role, runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => {}'),
      });
    }).filter(({ path }) => !path.startsWith('Nag/Encryption')).map(({ rule }) => rule);

    expect(rules).toEqual(expect.arrayContaining([expect.stringMatching(/^AwsSolutions-IAM5/), 'HIPAA.Security-LambdaDLQ', 'HIPAA.Security-IAMNoInlinePolicy']));
  });
});

describe('two of them', () => {
  const ENV = { account: ACCOUNT, region: REGION };
  const two = (first: (app: App) => Construct, second: (app: App) => Construct) => () => {
    const app = newApp();
    new EbsEncryptionByDefault(first(app), 'One');
    new EbsEncryptionByDefault(second(app), 'Two');
  };
  const stack = (id: string, env: object = ENV) => (app: App) => app.node.tryFindChild(id) as Stack | undefined ?? new Stack(app, id, { env });

  test.each<[string, (app: App) => Construct, (app: App) => Construct, string]>([
    ['two stacks of one account and Region', stack('A'), stack('B'), `A/One and B/Two for ${ACCOUNT} and ${REGION}; leave one of them out [at B/Two]`],
    ['one stack', stack('A'), stack('A'), `A/One and A/Two for ${ACCOUNT} and ${REGION}; leave one of them out [at A/Two]`],
    ['one stack whose place is not known', stack('A', {}), stack('A', {}), 'A/One and A/Two for the same stack; leave one of them out [at A/Two]'],
    ['a stack and one nested in it', stack('A', {}), (app) => new NestedStack(stack('A', {})(app), 'Nested'),
      'A/One and A/Nested/Two for the same stack; leave one of them out [at A/Nested/Two]'],
    ['two stages of one account and Region', (app) => new Stack(new Stage(app, 'Test'), 'A', { env: ENV }),
      (app) => new Stack(new Stage(app, 'Live'), 'A', { env: ENV }),
      `Test/A/One and Live/A/Two for ${ACCOUNT} and ${REGION}; leave one of them out [at Live/A/Two]`],
  ])('fail in %s', (_where, first, second, told) => {
    expect(two(first, second)).toThrow(`SettingTwice: an account has one EBS encryption by default in each Region, given: ${told}`);
  });

  test.each<[string, object, object]>([
    ['of two Regions', ENV, { ...ENV, region: 'eu-west-1' }],
    ['of two accounts', ENV, { ...ENV, account: OTHER_ACCOUNT }],
    ['whose places are not known', {}, {}],
    ['of which one has a place that is not known', ENV, {}],
  ])('are in stacks %s', (_where, one, other) => {
    expect(two(stack('A', one), stack('B', other))).not.toThrow();
  });
});

describe('fails', () => {
  const error = (props: (stack: Stack) => EbsEncryptionByDefaultProps) => () => {
    const stack = newStack(newApp(), 'Data');
    encryption(stack, props(stack));
    stack.node.findAll().flatMap(({ node }) => node.validate()).forEach((problem) => {
      throw new Error(problem);
    });
  };

  test('for a key of another Region', () => {
    const services = [KmsService.EBS];

    expect(error((stack) => ({ encryptionKey: CustomerManagedKey.fromKeyArn(stack, 'Key', KEY_ARN.replace(REGION, 'eu-west-1'), { services }) }))).toThrow(
      'KeyOfAnotherRegion: a key encrypts in its own Region only, given: Data/Key in eu-west-1, for eu-west-2; '
      + 'make a CustomerManagedKey in eu-west-2, or leave encryptionKey out [at Data/Encryption]');
  });

  test.each([
    [kms.KeySpec.RSA_2048, kms.KeyUsage.ENCRYPT_DECRYPT],
    [kms.KeySpec.HMAC_256, kms.KeyUsage.GENERATE_VERIFY_MAC],
  ])('for a key of the kind %s for %s', (keySpec, keyUsage) => {
    expect(error((stack) => ({ encryptionKey: new CustomerManagedKey(stack, 'Key', { keySpec, keyUsage }) }))).toThrow(
      `KeyNotForStorage: AWS services encrypt data with symmetric encryption keys only, given to Amazon EBS: a key with keySpec ${keySpec} and keyUsage ${keyUsage}; `
      + 'use a CustomerManagedKey without keySpec and keyUsage [at Data/Key]');
  });

  test('for a key of somebody else that does not let in whoever launches', () => {
    expect(error((stack) => ({ encryptionKey: CustomerManagedKey.fromKeyArn(stack, 'Key', KEY_ARN, { services: [KmsService.EBS] }) })))
      .toThrow(/^KeyPolicyNotOurs: .*AWSServiceRoleForEC2Fleet/);
  });

  test.each([RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE])('for a setting that stays (%s), under a key that does not', (removalPolicy) => {
    expect(error((stack) => ({ removalPolicy, encryptionKey: new CustomerManagedKey(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY }) }))).toThrow(
      'DefaultKeyDeleted: EBS encryption by default stays when it leaves the stack, and its key Data/Key does not, so that launches would fail; '
      + 'retain the key, or leave removalPolicy of EbsEncryptionByDefault out');
  });

  test('for a grantee of another account', () => {
    const stack = newStack(newApp(), 'Data');
    const operator = iam.Role.fromRoleArn(stack, 'Operator', `arn:aws:iam::${OTHER_ACCOUNT}:role/operator`);

    expect(() => encryption(stack).grantUse(operator)).toThrow(/^GranteeOutOfReach: Amazon EC2 looks at the IAM policy of the caller only, and at callers of the default key's account only/);
  });

  test('not for a setting that is restored, or a key that stays', () => {
    expect(error((stack) => ({ encryptionKey: new CustomerManagedKey(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY }) }))).not.toThrow();
    expect(error(() => ({ removalPolicy: RemovalPolicy.RETAIN }))).not.toThrow();
  });

  test('for a setting that an aspect or an escape hatch retains, under a key that does not stay', () => {
    const stack = newStack(newApp(), 'Data');
    const setting = encryption(stack, { encryptionKey: new CustomerManagedKey(stack, 'Key', { removalPolicy: RemovalPolicy.DESTROY }) });
    (setting.node.defaultChild!.node.defaultChild as kms.CfnKey).cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;

    expect(setting.node.validate()).toEqual([expect.stringMatching(/^DefaultKeyDeleted: /)]);
  });
});
