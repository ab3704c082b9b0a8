import { Delivery } from './delivery';

const LAUNCH_TEMPLATES = ['AWS::EC2::LaunchTemplate'];
const FATE = 'they would be terminated at once';
const SPOT = 'AWSServiceRoleForEC2Spot';

/** What launches instances with a service-linked role, which needs the key of their volumes. */
export const LAUNCHES: Delivery[] = [
  {
    code: 'GroupCannotLaunch',
    types: ['AWS::AutoScaling::AutoScalingGroup', 'AWS::EKS::Nodegroup'],
    properties: ['LaunchTemplate', 'MixedInstancesPolicy'],
    to: LAUNCH_TEMPLATES,
    by: ['AWSServiceRoleForAutoScaling'],
    roleArn: 'ServiceLinkedRoleARN',
    does: 'PATH launches instances whose volumes are',
    fate: FATE,
    write: 'key.via(KmsService.EC2_AUTO_SCALING), or launchedBy: [InstanceLauncher.autoScaling()] of an EncryptedLaunchTemplate',
  },
  {
    code: 'GroupCannotLaunchSpot',
    types: ['AWS::AutoScaling::AutoScalingGroup'],
    properties: ['MixedInstancesPolicy'],
    to: LAUNCH_TEMPLATES,
    // 100, where nothing is said: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_InstancesDistribution.html
    where: [{ property: 'MixedInstancesPolicy.InstancesDistribution.OnDemandPercentageAboveBaseCapacity', isNot: [100] }],
    by: [SPOT],
    does: 'PATH launches Spot Instances whose volumes are',
    fate: FATE,
    write: 'key.via(KmsService.EC2_SPOT), or launchedBy: [InstanceLauncher.spotInstances()] of an EncryptedLaunchTemplate',
  },
  {
    code: 'TemplateCannotLaunchSpot',
    types: LAUNCH_TEMPLATES,
    properties: ['LaunchTemplateData.InstanceMarketOptions.MarketType'],
    is: 'spot',
    by: [SPOT],
    does: 'PATH launches Spot Instances whose volumes are',
    fate: FATE,
    write: 'key.via(KmsService.EC2_SPOT)',
  },
  {
    code: 'FleetCannotLaunch',
    types: ['AWS::EC2::EC2Fleet'],
    properties: ['LaunchTemplateConfigs'],
    to: LAUNCH_TEMPLATES,
    unless: { property: 'Type', is: 'instant' },
    by: ['AWSServiceRoleForEC2Fleet'],
    does: 'the fleet PATH launches instances whose volumes are',
    fate: FATE,
    write: 'key.via(KmsService.EC2_FLEET), or launchedBy: [InstanceLauncher.ec2Fleet()] of an EncryptedLaunchTemplate',
  },
  {
    code: 'FleetCannotLaunchSpot',
    types: ['AWS::EC2::EC2Fleet'],
    properties: ['LaunchTemplateConfigs'],
    to: LAUNCH_TEMPLATES,
    where: [
      { property: 'TargetCapacitySpecification.DefaultTargetCapacityType', isNot: ['on-demand', 'capacity-block'] },
      { property: 'TargetCapacitySpecification.SpotTargetCapacity', isNot: [0] },
    ],
    by: [SPOT],
    does: 'the fleet PATH launches Spot Instances whose volumes are',
    fate: FATE,
    write: 'key.via(KmsService.EC2_SPOT), or launchedBy: [InstanceLauncher.spotInstances()] of an EncryptedLaunchTemplate',
  },
  {
    code: 'SpotFleetCannotLaunch',
    types: ['AWS::EC2::SpotFleet'],
    properties: ['SpotFleetRequestConfigData.LaunchTemplateConfigs'],
    to: LAUNCH_TEMPLATES,
    by: ['AWSServiceRoleForEC2SpotFleet', SPOT],
    does: 'the Spot Fleet PATH launches instances whose volumes are',
    fate: FATE,
    write: 'key.via(KmsService.EC2_SPOT_FLEET) and key.via(KmsService.EC2_SPOT), or launchedBy: [InstanceLauncher.spotFleet()] of an EncryptedLaunchTemplate',
  },
];
