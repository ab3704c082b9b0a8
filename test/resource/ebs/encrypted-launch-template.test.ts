import { Aspects, CfnParameter, Size } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedLaunchTemplate, EncryptedLaunchTemplateProps, InstanceLauncher, KmsService } from '../../../src';
import { templateOf } from '../../support/template-difference';
import { ACCOUNT } from '../../support/three-stacks';

type Made = (scope: Construct) => Partial<EncryptedLaunchTemplateProps>;

const ROOT = { deviceName: '/dev/xvda', size: Size.gibibytes(8) };
const WORKERS = 'Workers96E39E36';
const OTHER_REGION = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

function resources(made: Made = () => ({}), then: (template: EncryptedLaunchTemplate) => void = () => undefined): Record<string, any> {
  return templateOf((scope) => then(new EncryptedLaunchTemplate(scope, 'Workers', { rootDevice: ROOT, ...made(scope) }))).Resources;
}

function data(props: Partial<EncryptedLaunchTemplateProps> = {}): any {
  return resources(() => props)[WORKERS].Properties.LaunchTemplateData;
}

/** The Sids of statements for service-linked roles, by key. */
function letIn(made: Made): Record<string, string[]> {
  return Object.fromEntries(Object.entries(resources(made)).filter(([, { Type }]) => Type === 'AWS::KMS::Key')
    .map(([id, { Properties }]) => [id, Properties.KeyPolicy.Statement.map(({ Sid }: any) => Sid).filter((sid: string) => sid.includes('By'))]));
}

test('launches the root device under a new key, retained, of the type gp3, with IMDSv2 required', () => {
  expect(data()).toMatchObject({
    BlockDeviceMappings: [{
      DeviceName: '/dev/xvda',
      Ebs: { Encrypted: true, KmsKeyId: { 'Fn::GetAtt': ['WorkersKeyD30C07F6', 'Arn'] }, VolumeSize: 8, VolumeType: 'gp3' },
    }],
    MetadataOptions: { HttpTokens: 'required' },
  });
});

test('launches all devices under the given key', () => {
  const made = resources((scope) => ({
    encryptionKey: new CustomerManagedKey(scope, 'Key'),
    rootDevice: { deviceName: '/dev/sda1' },
    blockDevices: [
      { deviceName: '/dev/sdf', size: Size.gibibytes(100), volumeType: ec2.EbsDeviceVolumeType.IO2, iops: 500, deleteOnTermination: true },
      { deviceName: '/dev/sdg', snapshotId: 'snap-1234567890abcdef0', throughput: 250 },
    ],
  }));

  const under = { Encrypted: true, KmsKeyId: { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] } };
  expect(made[WORKERS].Properties.LaunchTemplateData.BlockDeviceMappings).toEqual([
    { DeviceName: '/dev/sda1', Ebs: { ...under, VolumeType: 'gp3' } },
    { DeviceName: '/dev/sdf', Ebs: { ...under, VolumeType: 'io2', VolumeSize: 100, Iops: 500, DeleteOnTermination: true } },
    { DeviceName: '/dev/sdg', Ebs: { ...under, VolumeType: 'gp3', SnapshotId: 'snap-1234567890abcdef0', Throughput: 250 } },
  ]);
});

test.each([
  ['metadata options', { httpTokens: ec2.LaunchTemplateHttpTokens.OPTIONAL, httpPutResponseHopLimit: 2, instanceMetadataTags: true },
    { MetadataOptions: { HttpTokens: 'optional', HttpPutResponseHopLimit: 2, InstanceMetadataTags: 'enabled' } }],
  ['monitoring', { detailedMonitoring: true }, { Monitoring: { Enabled: true } }],
  ['bandwidth for Amazon EBS', { ebsOptimized: true }, { EbsOptimized: true }],
])('takes %s that are given', (_options, props, expected) => {
  expect(data(props)).toMatchObject(expected);
});

describe('the key policy lets in', () => {
  test.each<[string, Partial<EncryptedLaunchTemplateProps>, string[]]>([
    ['no service-linked role where nobody launches by itself', {}, []],
    ['Auto Scaling', { launchedBy: [InstanceLauncher.autoScaling()] }, ['GrantsByAutoScaling', 'UseByAutoScaling']],
    ['fleets', { launchedBy: [InstanceLauncher.ec2Fleet()] }, ['GrantsByEC2Fleet', 'UseByEC2Fleet']],
    ['Spot Fleets, and their Spot Instances', { launchedBy: [InstanceLauncher.spotFleet()] },
      ['GrantsByEC2Spot', 'GrantsByEC2SpotFleet', 'UseByEC2Spot', 'UseByEC2SpotFleet']],
    ['Spot Instances', { launchedBy: [InstanceLauncher.spotInstances()] }, ['GrantsByEC2Spot', 'UseByEC2Spot']],
    ['Spot Instances that the template asks for', { spotOptions: {} }, ['GrantsByEC2Spot', 'UseByEC2Spot']],
    ['several', { launchedBy: [InstanceLauncher.autoScaling(), InstanceLauncher.spotInstances()] },
      ['GrantsByAutoScaling', 'GrantsByEC2Spot', 'UseByAutoScaling', 'UseByEC2Spot']],
  ])('%s', (_who, props, sids) => {
    expect(letIn(() => props)).toEqual({ WorkersKeyD30C07F6: sids });
  });

  test('the role of each custom suffix beside the one without', () => {
    const { Properties } = resources(() => ({ launchedBy: [InstanceLauncher.autoScaling('blue', 'green')] })).WorkersKeyD30C07F6;
    const role = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;

    expect(Properties.KeyPolicy.Statement.find(({ Sid }: any) => Sid === 'UseByAutoScaling').Condition.ArnEquals).toEqual({
      'aws:PrincipalArn': [role, `${role}_blue`, `${role}_green`],
    });
  });

  test('the same into the keys of snapshots', () => {
    expect(letIn((scope) => ({
      encryptionKey: new CustomerManagedKey(scope, 'Key'),
      snapshotKeys: [new CustomerManagedKey(scope, 'Images')],
      launchedBy: [InstanceLauncher.autoScaling()],
    }))).toEqual({ Key961B73FD: ['GrantsByAutoScaling', 'UseByAutoScaling'], Images2D38C313: ['GrantsByAutoScaling', 'UseByAutoScaling'] });
  });
});

describe('takes the root device', () => {
  test.each<[string, ec2.IMachineImage | undefined, string]>([
    ['of Amazon Linux', ec2.MachineImage.latestAmazonLinux2023(), '/dev/xvda'],
    ['of Amazon Linux 2', ec2.MachineImage.latestAmazonLinux2(), '/dev/xvda'],
    ['of Windows', ec2.MachineImage.latestWindows(ec2.WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE), '/dev/sda1'],
    ['of any other AMI', ec2.MachineImage.genericLinux({ 'eu-west-2': 'ami-1234' }), '/dev/sda1'],
    ['of no AMI', undefined, 'xvda'],
  ])('%s', (_image, machineImage, deviceName) => {
    expect(data({ machineImage, rootDevice: { deviceName } }).BlockDeviceMappings).toMatchObject([{ DeviceName: deviceName }]);
  });

  test('whose name is known at deployment only', () => {
    const made = resources((scope) => ({
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      rootDevice: { deviceName: new CfnParameter(scope, 'Root').valueAsString, snapshotId: new CfnParameter(scope, 'Snapshot').valueAsString },
    }));

    expect(made[WORKERS].Properties.LaunchTemplateData.BlockDeviceMappings).toMatchObject([{ DeviceName: { Ref: 'Root' }, Ebs: { SnapshotId: { Ref: 'Snapshot' } } }]);
  });
});

test.each<[string, Made, string]>([
  ['the root device of Amazon Linux under another name', () => ({ rootDevice: { deviceName: '/dev/sda1' }, machineImage: ec2.MachineImage.latestAmazonLinux2023() }),
    'RootDeviceOfAnotherName: the root device of this machineImage is /dev/xvda, given: rootDevice /dev/sda1, beside which the root volume would be launched as '
    + 'the AMI says, perhaps not encrypted; write /dev/xvda, and give /dev/sda1 in blockDevices [at Data/Workers]'],
  ['the root device of Windows under another name', () => ({
    rootDevice: { deviceName: '/dev/xvda' }, machineImage: ec2.MachineImage.latestWindows(ec2.WindowsVersion.WINDOWS_SERVER_2022_ENGLISH_FULL_BASE),
  }), 'RootDeviceOfAnotherName: the root device of this machineImage is /dev/sda1, given: rootDevice /dev/xvda, beside which the root volume would be launched as '
    + 'the AMI says, perhaps not encrypted; write /dev/sda1, and give /dev/xvda in blockDevices [at Data/Workers]'],
  ['an empty root device', () => ({ rootDevice: { deviceName: '' } }),
    'DeviceNameInvalid: a block device has the name of a device of Amazon EBS, given: \'\'; write for example /dev/xvda, /dev/sda1 or /dev/sdf [at Data/Workers]'],
  ['an instance store', () => ({ blockDevices: [{ deviceName: 'ephemeral0' }] }),
    'DeviceNameInvalid: a block device has the name of a device of Amazon EBS, given: \'ephemeral0\'; write for example /dev/xvda, /dev/sda1 or /dev/sdf '
    + '[at Data/Workers]'],
  ['a name given twice', () => ({ blockDevices: [{ deviceName: '/dev/sdf' }, { deviceName: '/dev/xvda' }] }),
    'DeviceTwice: two block devices cannot have one name, given: /dev/xvda twice; give each a name of its own [at Data/Workers]'],
  ['a snapshot id that is none', () => ({ rootDevice: { ...ROOT, snapshotId: 'ami-1234567890abcdef0' } }),
    'SnapshotIdInvalid: /dev/xvda is made of a snapshot by its id, given: \'ami-1234567890abcdef0\'; write for example snap-1234567890abcdef0 [at Data/Workers]'],
  ['no size at all', () => ({ rootDevice: { ...ROOT, size: Size.gibibytes(0) } }),
    'VolumeSizeInvalid: /dev/xvda has a size of at least 1 GiB, given: 0 GiB; write for example Size.gibibytes(8) [at Data/Workers]'],
  ['iops where the type has none', () => ({ rootDevice: { ...ROOT, volumeType: ec2.EbsDeviceVolumeType.GP2, iops: 3000 } }),
    'VolumeIopsInvalid: /dev/xvda is of the type gp2, which takes no iops, given: 3000; write a volumeType of gp3, io1 or io2, or leave iops out [at Data/Workers]'],
  ['less iops than gp3 has', () => ({ rootDevice: { ...ROOT, iops: 100 } }),
    'VolumeIopsInvalid: /dev/xvda is of the type gp3, which takes 3000 iops or more, given: 100; write iops: 3000 or more [at Data/Workers]'],
  ['throughput that needs iops', () => ({ rootDevice: { ...ROOT, throughput: 1000 } }),
    'ThroughputNeedsIops: /dev/xvda has 3000 iops by itself, which carry 750 MiB a second, given: throughput 1000; write iops: 4000 or more [at Data/Workers]'],
  ['a key of another Region', (scope) => ({ encryptionKey: CustomerManagedKey.fromKeyArn(scope, 'Key', OTHER_REGION, { services: [KmsService.EBS] }) }),
    'KeyOfAnotherRegion: a key encrypts in its own Region only, given: Data/Key in eu-west-1, for eu-west-2; '
    + 'make a CustomerManagedKey in eu-west-2, or leave encryptionKey out [at Data/Workers]'],
  ['a key of snapshots of another Region', (scope) => ({ snapshotKeys: [CustomerManagedKey.fromKeyArn(scope, 'Key', OTHER_REGION, { services: [KmsService.EBS] })] }),
    'SnapshotKeyOfAnotherRegion: a snapshot is encrypted under a key of its own Region, given: Data/Key in eu-west-1, for eu-west-2; '
    + 'copy the snapshot to eu-west-2, and give the key of the copy [at Data/Workers]'],
])('fails for %s', (_input, made, message) => {
  expect(() => resources(made)).toThrow(new Error(message));
});

test.each([
  ['throughput where the type has none', { volumeType: ec2.EbsDeviceVolumeType.GP2, throughput: 250 }, '\'throughput\' requires \'volumeType\': gp3, got: gp2.'],
  ['io2 without iops', { volumeType: ec2.EbsDeviceVolumeType.IO2 }, 'iops property is required with volumeType: EbsDeviceVolumeType.IO1 and EbsDeviceVolumeType.IO2'],
  ['too much throughput', { throughput: 5000 }, '\'throughput\' must be between 125 and 2000, got 5000.'],
])('fails for %s, as ec2.LaunchTemplate does', (_input, options, message) => {
  expect(() => data({ rootDevice: { ...ROOT, ...options } })).toThrow(message);
});

test('fails for a key that does not let in who launches, with the statements that its owner must add', () => {
  const arn = OTHER_REGION.replace('eu-west-1', 'eu-west-2');

  expect(() => resources((scope) => ({
    encryptionKey: CustomerManagedKey.fromKeyArn(scope, 'Key', arn, { services: [KmsService.EBS] }), launchedBy: [InstanceLauncher.autoScaling()],
  }))).toThrow(/^KeyPolicyNotOurs: .*AWSServiceRoleForAutoScaling.* declare it with services: \[KmsService\.EC2_AUTO_SCALING\] \[at Data\/Key\]$/);
});

describe('encryption that is undone', () => {
  const UNDONE = '[Data/Workers] EncryptionUndone: a property injector, an aspect or a mixin changed blockDevices of the launch template inside; '
    + 'leave this launch template out of it, or give what you want to EncryptedLaunchTemplate';
  const mapping = (ebs: object, deviceName = '/dev/xvda') => [{ deviceName, ebs }];

  test.each<[string, (resource: ec2.CfnLaunchTemplate) => void]>([
    ['no encryption', (resource) => resource.addPropertyOverride('LaunchTemplateData.BlockDeviceMappings.0.Ebs.Encrypted', false)],
    ['the key of Amazon EBS', (resource) => resource.addPropertyDeletionOverride('LaunchTemplateData.BlockDeviceMappings.0.Ebs.KmsKeyId')],
    ['no block devices', (resource) => resource.addPropertyDeletionOverride('LaunchTemplateData.BlockDeviceMappings')],
    ['another root device', (resource) => resource.addPropertyOverride('LaunchTemplateData.BlockDeviceMappings.0.DeviceName', '/dev/sda1')],
    ['a further device', (resource) => resource.addPropertyOverride('LaunchTemplateData.BlockDeviceMappings.1', { DeviceName: '/dev/sdf', Ebs: { VolumeSize: 8 } })],
    ['other data', (resource) => {
      resource.launchTemplateData = { blockDeviceMappings: mapping({ encrypted: true, kmsKeyId: 'alias/aws/ebs' }) };
    }],
  ])('fails by %s', (_change, change) => {
    expect(() => resources(undefined, ({ launchTemplate }) => Aspects.of(launchTemplate).add({
      visit: (node) => node instanceof ec2.CfnLaunchTemplate && change(node),
    }))).toThrow(UNDONE);
  });

  test('is not, where an aspect changes something else', () => {
    const made = resources(undefined, ({ launchTemplate }) => Aspects.of(launchTemplate).add({
      visit: (node) => node instanceof ec2.CfnLaunchTemplate && node.addPropertyOverride('LaunchTemplateData.Monitoring.Enabled', true),
    }));

    expect(made[WORKERS].Properties.LaunchTemplateData.Monitoring).toEqual({ Enabled: true });
  });
});
