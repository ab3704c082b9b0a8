import { RemovalPolicy, Stack, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';
import { CustomerManagedKey, KmsService, ParameterValue, SecureStringParameter, SecureStringParameterProps } from '../../src';
import { ACCOUNT, newApp, newStack, REGION } from '../support/key-stack';
import { templateOf } from '../support/template-difference';

const ARN = `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/billing/token`;
const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

function token(scope: Construct, props: Partial<SecureStringParameterProps> = {}): SecureStringParameter {
  return new SecureStringParameter(scope, 'Token', { parameterName: '/billing/token', value: ParameterValue.generated(), ...props });
}

function resources(template: any, type: string): any[] {
  return Object.values<any>(template.Resources).filter(({ Type }) => Type === type);
}

function parameter(props: Partial<SecureStringParameterProps> = {}): any {
  return resources(templateOf((scope) => token(scope, props)), 'Custom::SecureStringParameter')[0];
}

test('is a custom resource under a new key, retained, with a role of its own', () => {
  const template = templateOf((scope) => token(scope));

  expect(template.Resources.TokenCB33349F).toEqual({
    Type: 'Custom::SecureStringParameter',
    Properties: {
      ServiceToken: { 'Fn::GetAtt': ['SecureStringWriterFunction88D90BE0', 'Arn'] },
      ServiceTimeout: '1200',
      ParameterName: '/billing/token',
      ParameterArn: ARN,
      RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^TokenWriter/), 'Arn'] },
      KeyArn: { 'Fn::GetAtt': ['TokenKeyD9AC7CD8', 'Arn'] },
      Tier: 'Standard',
      Value: { Generated: { Length: '32' } },
    },
    DependsOn: [expect.stringMatching(/^TokenWriter.*DefaultPolicy/), expect.stringMatching(/^TokenWriter/)],
    DeletionPolicy: 'Delete',
    UpdateReplacePolicy: 'Delete',
  });
  expect(template.Resources.TokenKeyD9AC7CD8.DeletionPolicy).toBe('RetainExceptOnCreate');
});

test('its role can write this parameter under this key, and be taken on by the function alone', () => {
  const template = templateOf((scope) => token(scope));
  const [policy] = resources(template, 'AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties).includes('ssm:'));
  const [role] = resources(template, 'AWS::IAM::Role').filter(({ Properties }) => Properties.Description === 'Writes the parameter /billing/token');

  expect(role.Properties.AssumeRolePolicyDocument.Statement).toEqual([
    { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { AWS: { 'Fn::GetAtt': ['SecureStringWriterRole47EB212F', 'Arn'] } } },
  ]);
  expect(policy.Properties.PolicyDocument.Statement).toEqual([
    {
      Effect: 'Allow',
      Action: ['AddTagsToResource', 'DeleteParameter', 'GetParameter', 'ListTagsForResource', 'PutParameter', 'RemoveTagsFromResource'].map((action) => `ssm:${action}`),
      Resource: ARN,
    },
    { Effect: 'Allow', Action: 'cloudformation:DescribeStacks', Resource: { Ref: 'AWS::StackId' } },
    {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
      Resource: { 'Fn::GetAtt': ['TokenKeyD9AC7CD8', 'Arn'] },
      Condition: { StringEquals: { 'kms:ViaService': `ssm.${REGION}.amazonaws.com` }, StringLike: { 'kms:EncryptionContext:PARAMETER_ARN': [ARN] } },
    },
  ]);
});

test('the function has a role that can write its log, and nothing else', () => {
  const template = templateOf((scope) => token(scope));
  const policies = resources(template, 'AWS::IAM::Policy').filter(({ Properties }) => Properties.PolicyName.startsWith('SecureStringWriter'));

  expect(policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement)).toEqual([{
    Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': ['SecureStringWriterLogsF439B200', 'Arn'] },
  }]);
  expect(resources(template, 'AWS::IAM::Role').filter(({ Properties }) => Properties.ManagedPolicyArns)).toEqual([]);
});

test('all parameters of a stack have one function, and each a role', () => {
  const template = templateOf((scope) => {
    const encryptionKey = new CustomerManagedKey(scope, 'Key');
    ['a', 'b', 'c'].forEach((name) => new SecureStringParameter(scope, name, { parameterName: `/${name}`, value: ParameterValue.generated(), encryptionKey }));
  });

  expect(['AWS::Lambda::Function', 'AWS::Logs::LogGroup', 'Custom::SecureStringParameter', 'AWS::IAM::Role'].map((type) => resources(template, type).length))
    .toEqual([1, 1, 3, 4]);
});

test('nested stacks have functions of their own', () => {
  expect(resources(templateOf((scope) => token(scope), { nested: true }), 'AWS::Lambda::Function')).toHaveLength(1);
});

test.each<[string, Partial<SecureStringParameterProps>, object]>([
  ['the tier', { tier: ssm.ParameterTier.ADVANCED }, { Tier: 'Advanced' }],
  ['the description', { description: 'of the bank' }, { Description: 'of the bank' }],
  ['a name without path', { parameterName: 'token' }, { ParameterName: 'token', ParameterArn: `arn:aws:ssm:${REGION}:${ACCOUNT}:parameter/token` }],
])('takes %s that is given', (_property, props, expected) => {
  expect(parameter(props).Properties).toMatchObject(expected);
});

test.each([
  [RemovalPolicy.RETAIN, 'Retain', 'Retain'],
  [RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE, 'RetainExceptOnCreate', 'Retain'],
  [RemovalPolicy.DESTROY, 'Delete', 'Delete'],
])('with the removal policy %s, CloudFormation does %s', (removalPolicy, DeletionPolicy, UpdateReplacePolicy) => {
  expect(parameter({ removalPolicy })).toMatchObject({ DeletionPolicy, UpdateReplacePolicy });
});

describe('the role', () => {
  const writer = (props: Partial<SecureStringParameterProps>, keyId = 'Key') => templateOf((scope) => {
    token(scope, { encryptionKey: new CustomerManagedKey(scope, keyId), ...props });
  }).Resources.TokenCB33349F.Properties.RoleArn['Fn::GetAtt'][0];

  test.each<[string, Partial<SecureStringParameterProps>, string | undefined]>([
    ['another name', { parameterName: '/billing/other' }, undefined],
    ['another key', {}, 'Other'],
  ])('is another one for %s: the old one is there until the old parameter is gone', (_what, props, keyId) => {
    expect(writer(props, keyId)).not.toBe(writer({}));
  });

  test.each<[string, Partial<SecureStringParameterProps>]>([
    ['value', { value: ParameterValue.generated({ length: 64 }) }],
    ['tier', { tier: ssm.ParameterTier.ADVANCED }],
    ['description', { description: 'of the bank' }],
  ])('is the same one for another %s', (_what, props) => {
    expect(writer(props)).toBe(writer({}));
  });
});

describe('tags', () => {
  const tagsOf = (build: (scope: Stack) => void, props = {}) => {
    const stack = new Stack(newApp(), 'Data', { env: { account: ACCOUNT, region: REGION }, ...props });
    build(stack);
    return resources(Template.fromStack(stack).toJSON(), 'Custom::SecureStringParameter')[0].Properties.Tags;
  };

  test('of the stack reach the parameter, and those of the parameter prevail', () => {
    expect(tagsOf((stack) => Tags.of(token(stack)).add('stage', 'test'), { tags: { team: 'billing', stage: 'live' } })).toEqual([
      { Key: 'stage', Value: 'test' }, { Key: 'team', Value: 'billing' },
    ]);
  });

  test('of a scope above reach the parameter', () => {
    expect(tagsOf((stack) => {
      token(new Construct(stack, 'Billing'));
      Tags.of(stack).add('team', 'billing');
    })).toEqual([{ Key: 'team', Value: 'billing' }]);
  });

  test('for other resources do not', () => {
    expect(tagsOf((stack) => Tags.of(token(stack)).add('team', 'billing', { includeResourceTypes: ['AWS::KMS::Key'] }))).toBeUndefined();
  });
});

test('refers to the parameter by what is made, so that consumers come after it', () => {
  const template = templateOf((scope) => {
    const { parameter: view } = token(scope);
    new iam.ManagedPolicy(scope, 'Policy', {
      statements: [new iam.PolicyStatement({ actions: ['ssm:GetParameter'], resources: [view.parameterArn, view.parameterName] })],
    });
  });

  expect(resources(template, 'AWS::IAM::ManagedPolicy')[0].Properties.PolicyDocument.Statement[0].Resource).toEqual([
    { 'Fn::Join': ['', [`arn:aws:ssm:${REGION}:${ACCOUNT}:parameter`, { Ref: 'TokenCB33349F' }]] }, { Ref: 'TokenCB33349F' },
  ]);
});

test('templates are the same bytes for the same app', () => {
  const text = () => JSON.stringify(templateOf((scope) => token(scope, { value: ParameterValue.generated({ length: 64 }) })));

  expect(text()).toBe(text());
});

test('its CloudFormation resource is its default child', () => {
  expect(token(newStack()).node.defaultChild?.node.path).toBe('Keys/Token/Resource');
});

describe('fails', () => {
  const error = (props: Partial<SecureStringParameterProps>) => () => token(newStack(newApp(), 'Data'), props);

  test('for a tier that Parameter Store chooses', () => {
    expect(error({ tier: ssm.ParameterTier.INTELLIGENT_TIERING })).toThrow(
      'ParameterTierNotChosen: a parameter has a tier of its own here, because the advanced one costs and has no way back, '
      + 'given: Intelligent-Tiering; write ParameterTier.STANDARD or ParameterTier.ADVANCED [at Data/Token]');
  });

  test('for a description that is too long', () => {
    expect(error({ description: 'x'.repeat(1025) })).toThrow(
      'ParameterDescriptionTooLong: Parameter Store takes 1024 characters, given: 1025; write a shorter description [at Data/Token]');
  });

  test('for a name that stands in no policy', () => {
    expect(error({ parameterName: 'billing/token' })).toThrow(/^ParameterNameInvalid: .* \[at Data\/Token\]$/);
  });

  test('for a key of another Region', () => {
    const stack = newStack(newApp(), 'Data');
    const encryptionKey = CustomerManagedKey.fromKeyArn(stack, 'Key', KEY_ARN.replace(REGION, 'eu-west-1'), { services: [KmsService.PARAMETER_STORE] });

    expect(() => token(stack, { encryptionKey })).toThrow('KeyOfAnotherRegion: a key encrypts in its own Region only, given: Data/Key in eu-west-1, '
      + 'for eu-west-2; make a CustomerManagedKey in eu-west-2, or leave encryptionKey out [at Data/Token]');
  });

  test('for a key of somebody else that does not let Parameter Store in', () => {
    const stack = newStack(newApp(), 'Data');

    expect(() => token(stack, { encryptionKey: CustomerManagedKey.fromKeyArn(stack, 'Key', KEY_ARN) })).toThrow(/^KeyPolicyNotOurs: .*"kms:ViaService":"ssm\.eu-west-2/);
  });
});
