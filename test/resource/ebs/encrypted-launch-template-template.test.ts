import { Size, Stack, Tags } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedLaunchTemplate, EncryptedLaunchTemplateProps, InstanceLauncher, KmsService } from '../../../src';
import { changedProperties, Place, templateDifference, templateOf } from '../../support/template-difference';

const GP3 = ec2.EbsDeviceVolumeType.GP3;
const NONE = { added: {}, removed: {}, changed: {} };
const REQUIRED = ec2.LaunchTemplateHttpTokens.REQUIRED;

type Shape = (scope: Construct) => Omit<EncryptedLaunchTemplateProps, 'rootDevice' | 'blockDevices' | 'encryptionKey'>;

const SHAPES: [string, Shape][] = [
  ['with nothing else', () => ({})],
  ['with what Auto Scaling needs', () => ({ machineImage: ec2.MachineImage.latestAmazonLinux2023(), instanceType: new ec2.InstanceType('m7i.large') })],
  ['with a role, a security group, user data and a name', (scope) => ({
    role: new iam.Role(scope, 'Role', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
    securityGroup: ec2.SecurityGroup.fromSecurityGroupId(scope, 'Group', 'sg-1234567890abcdef0'),
    userData: ec2.UserData.custom('#!/bin/sh'),
    launchTemplateName: 'workers',
    versionDescription: 'first',
  })],
  ['with all switches', () => ({
    associatePublicIpAddress: false,
    cpuCredits: ec2.CpuCredits.STANDARD,
    detailedMonitoring: true,
    disableApiTermination: true,
    ebsOptimized: true,
    hibernationConfigured: true,
    httpEndpoint: true,
    httpProtocolIpv6: false,
    httpPutResponseHopLimit: 1,
    instanceInitiatedShutdownBehavior: ec2.InstanceInitiatedShutdownBehavior.TERMINATE,
    instanceMetadataTags: true,
    nitroEnclaveEnabled: false,
    spotOptions: { interruptionBehavior: ec2.SpotInstanceInterruption.TERMINATE, maxPrice: 0.2 },
  })],
];
const PLACES: [string, Place][] = [
  ['with the recommended feature flags', { flags: 'recommended' }],
  ['without feature flags', { flags: 'none' }],
  ['in a nested stack', { nested: true }],
];

function keyOf(scope: Construct): CustomerManagedKey {
  const key = new CustomerManagedKey(scope, 'Key');
  [KmsService.EC2_AUTO_SCALING, KmsService.EC2_SPOT].forEach((service) => key.via(service));
  return key;
}

function plain(shape: Shape, place: Place = {}, then: (template: ec2.LaunchTemplate) => void = () => undefined, props: ec2.LaunchTemplateProps = {}) {
  return templateOf((scope) => {
    const kmsKey = keyOf(scope).via(KmsService.EBS);
    then(new ec2.LaunchTemplate(scope, 'Workers', {
      blockDevices: [
        { deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true, kmsKey, volumeType: GP3 }) },
        { deviceName: '/dev/sdf', volume: ec2.BlockDeviceVolume.ebs(500, { encrypted: true, kmsKey, volumeType: GP3, iops: 4000, throughput: 500 }) },
      ],
      ...shape(scope),
      ...props,
    }));
  }, place);
}
function ours(shape: Shape, place: Place = {}, then: (template: ec2.LaunchTemplate) => void = () => undefined) {
  return templateOf((scope) => {
    then(new EncryptedLaunchTemplate(scope, 'Workers', {
      encryptionKey: keyOf(scope),
      rootDevice: { deviceName: '/dev/xvda', size: Size.gibibytes(8) },
      blockDevices: [{ deviceName: '/dev/sdf', size: Size.gibibytes(500), iops: 4000, throughput: 500 }],
      launchedBy: [InstanceLauncher.autoScaling()],
      ...shape(scope),
    }).launchTemplate);
  }, place);
}

describe.each(PLACES)('%s', (_place, place) => {
  test.each(SHAPES)('equals an ec2.LaunchTemplate with IMDSv2 whose volumes are gp3 under the same key: %s', (_shape, shape) => {
    expect(templateDifference(plain(shape, place, undefined, { httpTokens: REQUIRED }), ours(shape, place))).toEqual(NONE);
  });
});

test('requires IMDSv2 by itself; ec2.LaunchTemplate does not', () => {
  expect(templateDifference(plain(SHAPES[0][1]), ours(SHAPES[0][1]))).toEqual({
    added: { 'Resources.Workers96E39E36.Properties.LaunchTemplateData.MetadataOptions': { HttpTokens: 'required' } }, removed: {}, changed: {},
  });
});

test('changes the data of a launch template that is not encrypted, and replaces nothing', () => {
  const changed = changedProperties(
    templateOf((scope) => new ec2.LaunchTemplate(scope, 'Workers', {
      blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8) }],
    })),
    templateOf((scope) => new EncryptedLaunchTemplate(scope, 'Workers', { rootDevice: { deviceName: '/dev/xvda', size: Size.gibibytes(8) } })),
  );

  // Updated without interruption: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-launchtemplate.html
  expect(changed).toEqual(['AWS::EC2::LaunchTemplate.LaunchTemplateData']);
});

test.each<[string, (vpc: ec2.IVpc, launchTemplate: ec2.ILaunchTemplate) => autoscaling.AutoScalingGroupProps]>([
  ['launches', (vpc, launchTemplate) => ({ vpc, launchTemplate })],
  ['mixes Spot Instances of', (vpc, launchTemplate) =>
    ({ vpc, mixedInstancesPolicy: { launchTemplate, instancesDistribution: { onDemandPercentageAboveBaseCapacity: 50 } } })],
])('an autoscaling.AutoScalingGroup %s it, as one of ec2.LaunchTemplate', (_verb, props) => {
  const then = (template: ec2.LaunchTemplate) => {
    const vpc = new ec2.Vpc(template.stack, 'Network', { maxAzs: 2, natGateways: 0 });
    new autoscaling.AutoScalingGroup(template.stack, 'Group', props(vpc, template));
  };
  const [, shape] = SHAPES[1];

  expect(templateDifference(plain(shape, {}, then, { httpTokens: REQUIRED }), ours(shape, {}, then))).toEqual(NONE);
});

test.each<[string, (template: EncryptedLaunchTemplate) => void, string]>([
  ['its path', () => undefined, 'Data/Workers'],
  ['a tag of it', (template) => Tags.of(template).add('Name', 'worker'), 'worker'],
  ['a tag of the launch template inside', ({ launchTemplate }) => Tags.of(launchTemplate).add('Name', 'worker'), 'worker'],
  ['its path, also under a tag of the stack, as ec2.LaunchTemplate does', (template) => Tags.of(Stack.of(template)).add('Name', 'worker'), 'Data/Workers'],
])('calls instances and volumes by %s', (_name, tag, expected) => {
  const { Resources } = templateOf((scope) => tag(new EncryptedLaunchTemplate(scope, 'Workers', { rootDevice: { deviceName: '/dev/xvda' } })));

  const tags = Resources.Workers96E39E36.Properties.LaunchTemplateData.TagSpecifications.flatMap(({ Tags: all }: any) => all);
  expect(tags).toEqual([{ Key: 'Name', Value: expected }, { Key: 'Name', Value: expected }]);
});
