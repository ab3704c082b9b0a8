import { CfnParameter, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { CustomerManagedKey, KmsService } from '../../src';
import { problemsAtSynth } from '../support/key-policy';
import { ACCOUNT, newApp, newStack } from '../support/key-stack';

type Launch = (data: Stack, template: ec2.LaunchTemplate) => void;
type LetIn = (key: CustomerManagedKey) => unknown;

const { EBS, EC2_AUTO_SCALING, EC2_FLEET, EC2_SPOT, EC2_SPOT_FLEET } = KmsService;
const SPOT = 'launches Spot Instances whose volumes are encrypted under this key, and they would be terminated at once; write key.via(KmsService.EC2_SPOT)';
const OF_TEMPLATE = ', or launchedBy: [InstanceLauncher.spotInstances()] of an EncryptedLaunchTemplate';
const AUTO_SCALING = 'Data/Group launches instances whose volumes are encrypted under this key, and they would be terminated at once; '
  + 'write key.via(KmsService.EC2_AUTO_SCALING), or launchedBy: [InstanceLauncher.autoScaling()] of an EncryptedLaunchTemplate';
const BLUE: LetIn = (key) => key.via(EC2_AUTO_SCALING, { serviceLinkedRoleSuffixes: ['blue'] });

function problems(launch: Launch, letIn: LetIn, props: ec2.LaunchTemplateProps = {}): string[] {
  const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' });
  const key = new CustomerManagedKey(newStack(app), 'Key');
  letIn(key);
  const data = newStack(app, 'Data');
  launch(data, new ec2.LaunchTemplate(data, 'Template', {
    blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true, kmsKey: key.via(EBS) }) }],
    ...props,
  }));
  return problemsAtSynth(key);
}

const specification = ({ launchTemplateId, latestVersionNumber: version }: ec2.LaunchTemplate) => ({ launchTemplateId, version });
const group = (props: Partial<autoscaling.CfnAutoScalingGroupProps>): Launch => (data, template) => {
  new autoscaling.CfnAutoScalingGroup(data, 'Group', { minSize: '1', maxSize: '1', launchTemplate: specification(template), ...props });
};
const mixed = (onDemandPercentageAboveBaseCapacity?: number | ((data: Stack) => number)): Launch => (data, template) => group({
  launchTemplate: undefined,
  mixedInstancesPolicy: {
    launchTemplate: { launchTemplateSpecification: specification(template) },
    instancesDistribution: {
      onDemandPercentageAboveBaseCapacity: typeof onDemandPercentageAboveBaseCapacity === 'function'
        ? onDemandPercentageAboveBaseCapacity(data) : onDemandPercentageAboveBaseCapacity,
    },
  },
})(data, template);
const fleet = (capacity: Partial<ec2.CfnEC2Fleet.TargetCapacitySpecificationRequestProperty>, type?: string): Launch => (data, template) => {
  new ec2.CfnEC2Fleet(data, 'Fleet', {
    type,
    launchTemplateConfigs: [{ launchTemplateSpecification: specification(template) }],
    targetCapacitySpecification: { totalTargetCapacity: 2, ...capacity },
  });
};
const madeRole = (customSuffix?: string): Launch => (data, template) => {
  const { attrRoleName } = new iam.CfnServiceLinkedRole(data, 'Role', { awsServiceName: 'autoscaling.amazonaws.com', customSuffix });
  group({ serviceLinkedRoleArn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/${attrRoleName}` })(data, template);
};
const namedRole = (name: string): Launch =>
  group({ serviceLinkedRoleArn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/autoscaling.amazonaws.com/${name}` });

test.each<[string, Launch, LetIn, string]>([
  ['a group that mixes Spot Instances in', mixed(50), (key) => key.via(EC2_AUTO_SCALING), `GroupCannotLaunchSpot: Data/Group ${SPOT}${OF_TEMPLATE}`],
  ['a fleet that asks for Spot Instances', fleet({ defaultTargetCapacityType: 'spot' }), (key) => key.via(EC2_FLEET),
    `FleetCannotLaunchSpot: the fleet Data/Fleet ${SPOT}${OF_TEMPLATE}`],
  ['a fleet that asks for one Spot Instance', fleet({ spotTargetCapacity: 1 }), (key) => key.via(EC2_FLEET),
    `FleetCannotLaunchSpot: the fleet Data/Fleet ${SPOT}${OF_TEMPLATE}`],
  ['a fleet that asks for Spot Instances at once', fleet({ defaultTargetCapacityType: 'spot' }, 'instant'), () => undefined,
    `FleetCannotLaunchSpot: the fleet Data/Fleet ${SPOT}${OF_TEMPLATE}`],
  ['a group with a role of a custom suffix, made in the app', madeRole('blue'), (key) => key.via(EC2_AUTO_SCALING),
    `GroupCannotLaunch: ${AUTO_SCALING}, with the custom suffix 'blue'`],
  ['a group with a role of a custom suffix, by its name', namedRole('AWSServiceRoleForAutoScaling_blue'), (key) => key.via(EC2_AUTO_SCALING),
    `GroupCannotLaunch: ${AUTO_SCALING}, with the custom suffix 'blue'`],
  ['a group with another custom suffix than the one let in', madeRole('green'), BLUE, `GroupCannotLaunch: ${AUTO_SCALING}, with the custom suffix 'green'`],
  ['a group that mixes instances, where nobody is let in', mixed(), () => undefined, `GroupCannotLaunch: ${AUTO_SCALING}`],
])('fails for %s', (_name, launch, letIn, problem) => {
  expect(problems(launch, letIn)).toEqual([`[Keys/Key] ${problem}`]);
});

test('fails for a launch template of Spot Instances', () => {
  expect(problems(() => undefined, () => undefined, { spotOptions: {} })).toEqual([`[Keys/Key] TemplateCannotLaunchSpot: Data/Template/Resource ${SPOT}`]);
});

test.each<[string, Launch, LetIn]>([
  ['a group of On-Demand Instances only', mixed(100), (key) => key.via(EC2_AUTO_SCALING)],
  ['a group that says nothing of Spot Instances', mixed(), (key) => key.via(EC2_AUTO_SCALING)],
  ['a group whose Spot Instances are known at deployment only', mixed((data) => new CfnParameter(data, 'OnDemand', { type: 'Number' }).valueAsNumber),
    (key) => key.via(EC2_AUTO_SCALING)],
  ['a group that mixes Spot Instances in, once both are let in', mixed(0), (key) => [EC2_AUTO_SCALING, EC2_SPOT].map((one) => key.via(one))],
  ['a fleet of On-Demand Instances', fleet({ defaultTargetCapacityType: 'on-demand', spotTargetCapacity: 0 }), (key) => key.via(EC2_FLEET)],
  ['a fleet of Spot Instances, once both are let in', fleet({ spotTargetCapacity: 2 }), (key) => [EC2_FLEET, EC2_SPOT].map((one) => key.via(one))],
  ['a group with a role of a custom suffix, made in the app, once it is let in', madeRole('blue'), BLUE],
  ['a group with a role of a custom suffix, by its name, once it is let in', namedRole('AWSServiceRoleForAutoScaling_blue'), BLUE],
  ['a group with the role without suffix, by its name', namedRole('AWSServiceRoleForAutoScaling'), (key) => key.via(EC2_AUTO_SCALING)],
  ['a group with the role without suffix, made in the app', madeRole(), BLUE],
  ['a group whose role is known at deployment only',
    (data, template) => group({ serviceLinkedRoleArn: new CfnParameter(data, 'RoleArn').valueAsString })(data, template), BLUE],
])('takes %s', (_name, launch, letIn) => {
  expect(problems(launch, letIn)).toEqual([]);
});

test('fails for a Spot Fleet where only one of its two roles is let in', () => {
  const spotFleet: Launch = (data, template) => {
    new ec2.CfnSpotFleet(data, 'Fleet', {
      spotFleetRequestConfigData: { iamFleetRole: 'fleet', targetCapacity: 1, launchTemplateConfigs: [{ launchTemplateSpecification: specification(template) }] },
    });
  };

  [EC2_SPOT_FLEET, EC2_SPOT].forEach((one) => expect(problems(spotFleet, (key) => key.via(one))).toEqual([expect.stringContaining('SpotFleetCannotLaunch: ')]));
});

test.each(['_blue', 'AWSServiceRoleForAutoScaling_blue', '', 'blue green'])('fails for the custom suffix \'%s\'', (suffix) => {
  expect(() => problems(() => undefined, (key) => key.via(EC2_AUTO_SCALING, { serviceLinkedRoleSuffixes: [suffix] }))).toThrow(
    `ViaServiceSuffixInvalid: a custom suffix is what follows the name of the service-linked role and its _, given: ${suffix}; `
    + 'write for example blue for AWSServiceRoleForAutoScaling_blue [at Keys/Key]');
});

describe('a group that notifies an encrypted topic', () => {
  const notifies = (letIn: LetIn): string[] => {
    const app = newApp();
    const key = new CustomerManagedKey(newStack(app), 'Key');
    letIn(key);
    const data = newStack(app, 'Data');
    const { topicArn } = new sns.Topic(data, 'Topic', { masterKey: key.via(KmsService.SNS) });
    new autoscaling.CfnAutoScalingGroup(data, 'Group', {
      minSize: '1', maxSize: '1', instanceId: 'i-1234567890abcdef0', notificationConfigurations: [{ topicArn }],
    });
    return problemsAtSynth(key);
  };

  test('fails where its service-linked role is not let in', () => {
    expect(notifies(() => undefined)).toEqual([
      '[Keys/Key] GroupCannotNotify: Data/Group notifies a topic that is encrypted under this key, and would be dropped; '
      + 'write key.via(KmsService.EC2_AUTO_SCALING)',
    ]);
  });

  test('is taken once it is', () => {
    expect(notifies((key) => key.via(EC2_AUTO_SCALING))).toEqual([]);
  });
});
