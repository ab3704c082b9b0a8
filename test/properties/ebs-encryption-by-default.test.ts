import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { CustomerManagedKey, EbsEncryptionByDefault, EbsEncryptionByDefaultProps, InstanceLauncher, KmsService, SnapshotBlockPublicAccess } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS, templateOf } from '../support/template-difference';

const ARN = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const SERVICES = [KmsService.EBS, KmsService.EC2_AUTO_SCALING, KmsService.EC2_FLEET, KmsService.EC2_SPOT_FLEET, KmsService.EC2_SPOT];

const KEYS: Record<string, (scope: Construct) => EbsEncryptionByDefaultProps['encryptionKey']> = {
  new: () => undefined,
  given: (scope) => new CustomerManagedKey(scope, 'Key'),
  imported: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN, { services: SERVICES }),
  undeclared: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN, { services: [KmsService.EBS] }),
  elsewhere: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN.replace('eu-west-2', 'eu-west-1'), { services: SERVICES }),
  asymmetric: (scope) => new CustomerManagedKey(scope, 'Key', { keySpec: kms.KeySpec.RSA_2048 }),
};
const GRANTEES: Record<string, (scope: Construct) => iam.IGrantable> = {
  role: (scope) => new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
  imported: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111122223333:role/operator'),
  foreign: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::444455556666:role/operator'),
  everyone: () => new iam.AnyPrincipal(),
};
const LAUNCHERS: Record<string, () => InstanceLauncher> = {
  autoScaling: () => InstanceLauncher.autoScaling(),
  suffix: () => InstanceLauncher.autoScaling('blue'),
  ec2Fleet: () => InstanceLauncher.ec2Fleet(),
  spotFleet: () => InstanceLauncher.spotFleet(),
  spotInstances: () => InstanceLauncher.spotInstances(),
};

const shapes = fc.record({
  props: fc.record({
    snapshotBlockPublicAccess: fc.constantFrom(...Object.values(SnapshotBlockPublicAccess)),
    removalPolicy: orNothing(RemovalPolicy.DESTROY, RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE),
  }, { requiredKeys: [] }),
  launchers: fc.option(mostly(fc.subarray(['suffix', 'ec2Fleet', 'spotFleet', 'spotInstances']), fc.subarray(Object.keys(LAUNCHERS))), { nil: undefined }),
  key: mostly(fc.constantFrom('new', 'given', 'imported'), fc.constantFrom(...Object.keys(KEYS))),
  grantee: mostly(fc.constantFrom('role', 'imported'), fc.constantFrom(...Object.keys(GRANTEES))),
  nested: fc.boolean(),
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function synthesized(shape: Shape): Record<string, any> {
  return templateOf((scope) => {
    const launchedBy = shape.launchers?.map((launcher) => LAUNCHERS[launcher]());
    new EbsEncryptionByDefault(scope, 'Encryption', { ...shape.props, launchedBy, encryptionKey: KEYS[shape.key](scope) })
      .grantUse(GRANTEES[shape.grantee](scope));
  }, shape).Resources;
}

function assertPromise(resources: Record<string, any>): void {
  const all = Object.values(resources);
  const [{ Properties: { KeyArn } }] = all.filter(({ Type }) => Type === 'Custom::EbsEncryptionByDefault');
  const key = typeof KeyArn === 'string' ? undefined : resources[KeyArn['Fn::GetAtt'][0]];
  expect(key ? key.Type : KeyArn).toBe(key ? 'AWS::KMS::Key' : ARN);
  if (key) {
    expect(JSON.stringify(key.Properties.KeyPolicy)).toContain('/AWSServiceRoleForAutoScaling"');
    expect(key.DeletionPolicy).toBe('RetainExceptOnCreate');
  }

  const identities = all.filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap((policy) => policy.Properties.PolicyDocument.Statement);
  for (const { Action, Condition, Resource } of identities.filter(({ Action: actions }: any) => /"kms:(?!DescribeKey)/.test(JSON.stringify(actions)))) {
    expect([Resource, Condition.StringEquals['kms:ViaService']]).toEqual([KeyArn, 'ec2.eu-west-2.amazonaws.com']);
    expect([Action].flat().includes('kms:CreateGrant')).toBe(Condition.Bool !== undefined);
  }
}

test('every EBS encryption by default keeps the promise, or is refused with a reason', () => {
  assertKeptOrRefused(shapes, synthesized, assertPromise);
});
