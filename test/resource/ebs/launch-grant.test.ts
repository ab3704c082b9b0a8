import { Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, EncryptedLaunchTemplate, EncryptedLaunchTemplateProps } from '../../../src';
import { ACCOUNT, KEY_ARN, OTHER_ACCOUNT, REGION, ThreeStacks } from '../../support/three-stacks';

const ROOT = { deviceName: '/dev/xvda', size: Size.gibibytes(8) };
const arnOf = (kind: string) => `arn:aws:ec2:${REGION}:${ACCOUNT}:${kind}`;
const IMAGES = `arn:aws:ec2:${REGION}::image/*`;

type Props = (stacks: ThreeStacks) => Partial<EncryptedLaunchTemplateProps>;

function granted(grantee: (stacks: ThreeStacks) => iam.IGrantable, props: Props = () => ({})) {
  const stacks = new ThreeStacks();
  stacks.role('Bystander');
  new EncryptedLaunchTemplate(stacks.data, 'Workers', { rootDevice: ROOT, encryptionKey: stacks.key, ...props(stacks) }).grantLaunch(grantee(stacks));
  return stacks.synth();
}

/** All statements of the users' stack, with the ARN of the launch template as one word. */
function statements(synthesized: ReturnType<typeof granted>): any[] {
  const policies = synthesized.resources('Users').filter(({ Type }) => Type === 'AWS::IAM::Policy');
  return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
    .map((statement) => JSON.parse(JSON.stringify(statement).replace(/\{"Fn::Join":\["",\["arn:aws:ec2:[^\]]*launch-template[^\]]*\]\]\}/g, '"TEMPLATE"')));
}

describe('whoever launches', () => {
  const FROM_IT = { ArnEquals: { 'ec2:LaunchTemplate': 'TEMPLATE' } };
  const AS_IT_SAYS = { ...FROM_IT, Bool: { 'ec2:IsLaunchTemplateResource': 'true' } };
  const SNAPSHOTS = `arn:aws:ec2:${REGION}::snapshot/*`;
  const run = (props: Props = () => ({})) =>
    statements(granted((stacks) => stacks.role(), props)).filter(({ Action }) => Action === 'ec2:RunInstances').map(({ Resource, Condition }) => [Resource, Condition]);

  test('launches from this launch template only, and says what it leaves open', () => {
    expect(run()).toEqual([
      [[...['instance/*', 'network-interface/*', 'security-group/*', 'subnet/*'].map(arnOf), IMAGES], FROM_IT],
      [SNAPSHOTS, AS_IT_SAYS],
      [arnOf('volume/*'), expect.anything()],
      ['TEMPLATE', undefined],
    ]);
  });

  test('says nothing else of what it says', () => {
    expect(run(({ data }) => ({
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      instanceType: new ec2.InstanceType('m7i.large'),
      keyPair: ec2.KeyPair.fromKeyPairName(data, 'Pair', 'operators'),
      placementGroup: ec2.PlacementGroup.fromPlacementGroupName(data, 'Near', 'near'),
    }))).toEqual([
      [['network-interface/*', 'security-group/*', 'subnet/*'].map(arnOf), FROM_IT],
      [[...['instance/*', 'key-pair/*', 'placement-group/*'].map(arnOf), IMAGES, SNAPSHOTS], AS_IT_SAYS],
      [arnOf('volume/*'), expect.anything()],
      ['TEMPLATE', undefined],
    ]);
  });

  test('launches no volume without encryption, and none that it does not say', () => {
    expect(run()).toContainEqual([arnOf('volume/*'), { ...FROM_IT, Bool: { 'ec2:Encrypted': 'true', 'ec2:IsLaunchTemplateResource': 'true' } }]);
  });

  test('gives the instances and volumes the tags of the template', () => {
    expect(statements(granted((stacks) => stacks.role()))).toContainEqual({
      Effect: 'Allow', Action: 'ec2:CreateTags', Resource: ['instance/*', 'volume/*'].map(arnOf), Condition: { StringEquals: { 'ec2:CreateAction': 'RunInstances' } },
    });
  });

  test('uses the key through Amazon EC2, with grants for AWS resources only', () => {
    const viaEc2 = { StringEquals: { 'kms:ViaService': `ec2.${REGION}.amazonaws.com` } };

    expect(granted((stacks) => stacks.role()).identityStatements('Users')).toEqual([
      { Effect: 'Allow', Action: 'kms:CreateGrant', Resource: KEY_ARN, Condition: { ...viaEc2, Bool: { 'kms:GrantIsForAWSResource': 'true' } } },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'],
        Resource: KEY_ARN,
        Condition: viaEc2,
      },
    ]);
  });

  test('passes the role of the instances', () => {
    const passed = statements(granted((stacks) => stacks.role(), ({ data }) => ({
      role: iam.Role.fromRoleArn(data, 'Worker', `arn:aws:iam::${ACCOUNT}:role/worker`),
    }))).filter(({ Action }) => Action === 'iam:PassRole');

    expect(passed).toEqual([{ Effect: 'Allow', Action: 'iam:PassRole', Resource: `arn:aws:iam::${ACCOUNT}:role/worker` }]);
  });

  test('uses the keys of the snapshots as well', () => {
    const statementsOnKeys = granted((stacks) => stacks.role(), ({ data }) => ({
      snapshotKeys: [new CustomerManagedKey(data, 'Images')],
    })).identityStatements('Users');

    expect(statementsOnKeys.map(({ Action, Resource }) => [Action, (Resource as unknown[]).length])).toEqual([
      ['kms:CreateGrant', 2],
      [['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'], 2],
    ]);
  });

  test('is the role whose ARN is given', () => {
    const byArn = granted((stacks) => new iam.ArnPrincipal(stacks.role().roleArn));

    expect(statements(byArn)).toEqual(statements(granted((stacks) => stacks.role())));
  });
});

test.each<[string, (stacks: ThreeStacks) => iam.IGrantable, string]>([
  ['an ARN', () => new iam.ArnPrincipal(`arn:aws:iam::${ACCOUNT}:role/operator`), `ArnPrincipal(arn:aws:iam::${ACCOUNT}:role/operator)`],
  ['a service', () => new iam.ServicePrincipal('autoscaling.amazonaws.com'), 'ServicePrincipal(autoscaling.amazonaws.com)'],
  ['a role of another account', (stacks) => new iam.Role(stacks.stackOf(OTHER_ACCOUNT), 'Operator', {
    roleName: 'operator', assumedBy: new iam.AccountRootPrincipal(),
  }), `Of${OTHER_ACCOUNT}/Operator`],
])('fails for %s', (_name, grantee, text) => {
  expect(() => granted(grantee)).toThrow(new Error(
    'GranteeOutOfReach: Amazon EC2 looks at the IAM policy of the caller only, and at callers of the launch template\'s account only, '
    + `given: ${text}, whose policy is out of reach here or elsewhere; grant to a role or user of this account that the app can change, `
    + 'or allow ec2:RunInstances and kms:CreateGrant there [at Data/Workers]'));
});
