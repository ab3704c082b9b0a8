import { Size } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { CustomerManagedKey, EncryptedBlockDevice, EncryptedLaunchTemplate, EncryptedLaunchTemplateProps, InstanceLauncher, KmsService } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS, templateOf } from '../support/template-difference';

const ARN = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

const KEYS: Record<string, (scope: Construct) => EncryptedLaunchTemplateProps['encryptionKey']> = {
  new: () => undefined,
  given: (scope) => new CustomerManagedKey(scope, 'Key'),
  imported: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN, { services: KmsService.all() }),
  undeclared: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN),
};
const LAUNCHERS: Record<string, () => InstanceLauncher> = {
  autoScaling: () => InstanceLauncher.autoScaling(),
  blue: () => InstanceLauncher.autoScaling('blue'),
  ec2Fleet: () => InstanceLauncher.ec2Fleet(),
  spotFleet: () => InstanceLauncher.spotFleet(),
  spotInstances: () => InstanceLauncher.spotInstances(),
};
const IMAGES: Record<string, () => ec2.IMachineImage | undefined> = {
  none: () => undefined,
  amazonLinux: () => ec2.MachineImage.latestAmazonLinux2023(),
  generic: () => ec2.MachineImage.genericLinux({ 'eu-west-2': 'ami-1234567890abcdef0' }),
};
const GRANTEES: Record<string, (scope: Construct) => iam.IGrantable> = {
  role: (scope) => new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() }),
  imported: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::111122223333:role/operator'),
  foreign: (scope) => iam.Role.fromRoleArn(scope, 'Role', 'arn:aws:iam::444455556666:role/operator'),
};

const device = (...names: string[]): fc.Arbitrary<EncryptedBlockDevice> => fc.record({
  deviceName: fc.constantFrom(...names),
  size: orNothing(Size.gibibytes(10), Size.gibibytes(0), Size.mebibytes(1)),
  snapshotId: orNothing('snap-1234567890abcdef0', 'snap'),
  volumeType: mostly(fc.constant(undefined), fc.constantFrom(...Object.values(ec2.EbsDeviceVolumeType))),
  iops: orNothing(4000, 5, 0),
  throughput: orNothing(125, 1000, 10),
  deleteOnTermination: orNothing(true),
}, { requiredKeys: ['deviceName'] });
const plainDevice = (...names: string[]): fc.Arbitrary<EncryptedBlockDevice> => fc.record({
  deviceName: fc.constantFrom(...names), size: orNothing(Size.gibibytes(10)),
}, { requiredKeys: ['deviceName'] });

const shapes = fc.record({
  rootDevice: mostly(plainDevice('/dev/xvda'), device('/dev/xvda', '/dev/sda1', '', 'ephemeral0')),
  blockDevices: mostly(fc.array(plainDevice('/dev/sdf', '/dev/sdg'), { maxLength: 1 }), fc.array(device('/dev/sdf', '/dev/sdg', '/dev/xvda'), { maxLength: 3 })),
  image: fc.constantFrom(...Object.keys(IMAGES)),
  launchers: fc.subarray(Object.keys(LAUNCHERS), { maxLength: 2 }),
  spot: fc.boolean(),
  // What the type does not offer, and a variable or another language may bring along.
  smuggled: fc.constantFrom<object>({}, { requireImdsv2: false }),
  key: mostly(fc.constantFrom('new', 'given', 'imported'), fc.constantFrom(...Object.keys(KEYS))),
  snapshotKey: fc.boolean(),
  grantee: mostly(fc.constantFrom('role', 'imported'), fc.constantFrom(...Object.keys(GRANTEES))),
  group: fc.boolean(),
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

interface Made {
  readonly shape: Shape;
  readonly resources: Record<string, any>;
}

function synthesized(shape: Shape): Made {
  const build = (scope: Construct) => {
    const workers = new EncryptedLaunchTemplate(scope, 'Workers', {
      ...shape.smuggled,
      rootDevice: shape.rootDevice,
      blockDevices: shape.blockDevices,
      machineImage: IMAGES[shape.image](),
      launchedBy: shape.launchers.map((name) => LAUNCHERS[name]()),
      spotOptions: shape.spot ? {} : undefined,
      encryptionKey: KEYS[shape.key](scope),
      snapshotKeys: shape.snapshotKey ? [new CustomerManagedKey(scope, 'Images')] : undefined,
    });
    workers.grantLaunch(GRANTEES[shape.grantee](scope));
    if (shape.group) {
      const { launchTemplateId, latestVersionNumber: version } = workers.launchTemplate;
      new autoscaling.CfnAutoScalingGroup(scope, 'Group', { minSize: '1', maxSize: '1', launchTemplate: { launchTemplateId, version } });
    }
  };
  return { shape, resources: templateOf(build, shape).Resources };
}

function assertPromise({ shape: { group, key, rootDevice }, resources }: Made): void {
  const { BlockDeviceMappings, MetadataOptions } = resources.Workers96E39E36.Properties.LaunchTemplateData;
  expect(BlockDeviceMappings.map(({ DeviceName }: any) => DeviceName)).toContain(rootDevice.deviceName);
  const keys = new Set<string>(BlockDeviceMappings.map(({ Ebs }: any) => Ebs.Encrypted === true && JSON.stringify(Ebs.KmsKeyId)));
  expect(keys.size).toBe(1);
  expect(MetadataOptions.HttpTokens).toBe('required');
  // A group is refused where nobody lets it launch; of an imported key its owner says so.
  if (group && key !== 'imported') {
    const [{ 'Fn::GetAtt': [id] }] = [...keys].map((text) => JSON.parse(text));
    expect(JSON.stringify(resources[id].Properties.KeyPolicy)).toContain('AWSServiceRoleForAutoScaling');
  }
}

test('every launch template keeps the promise, or is refused with a reason', () => {
  assertKeptOrRefused(shapes, synthesized, assertPromise);
});
