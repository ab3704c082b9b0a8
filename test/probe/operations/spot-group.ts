import {
  CreateAutoScalingGroupCommand, DeleteAutoScalingGroupCommand, DescribeAutoScalingGroupsCommand, DescribeScalingActivitiesCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  CreateLaunchTemplateCommand, DeleteLaunchTemplateCommand, DescribeImagesCommand, DescribeInstancesCommand, DescribeLaunchTemplatesCommand,
  DescribeSubnetsCommand, TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { Operation, Place, Sandbox, TAG, tagsOf } from '../operation';

const IMAGE = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
/** Until they are terminated their volumes are there. */
const NOT_TERMINATED = ['pending', 'running', 'shutting-down', 'stopping', 'stopped'];

/** A Spot Instance that an Auto Scaling group launches: which service-linked roles use the key is what AWS CloudTrail tells. */
export const SPOT_GROUP: Operation = {
  name: 'spot-group',
  services: [KmsService.EBS, KmsService.EC2_AUTO_SCALING, KmsService.EC2_SPOT],
  makes: 'an Amazon EC2 Auto Scaling group of one Spot Instance (t3.micro, 10 GiB) in the default VPC, and a launch template',
  dollars: 0.05,
  minutes: 65,

  async make(sandbox) {
    const { name, source: { aws: { autoScaling } }, until } = sandbox;
    await launchTemplate(sandbox);
    await autoScaling.send(new CreateAutoScalingGroupCommand({
      AutoScalingGroupName: name,
      MinSize: 0,
      MaxSize: 1,
      DesiredCapacity: 1,
      VPCZoneIdentifier: await defaultSubnets(sandbox),
      MixedInstancesPolicy: {
        LaunchTemplate: { LaunchTemplateSpecification: { LaunchTemplateName: name, Version: '$Latest' } },
        InstancesDistribution: { OnDemandBaseCapacity: 0, OnDemandPercentageAboveBaseCapacity: 0, SpotAllocationStrategy: 'price-capacity-optimized' },
      },
      Tags: tagsOf(name).map((tag) => ({ ...tag, PropagateAtLaunch: true })),
    }));
    await until('the instance is in service', 20, async () => {
      const { AutoScalingGroups } = await autoScaling.send(new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] }));
      if (AutoScalingGroups?.[0]?.Instances?.some(({ LifecycleState }) => LifecycleState === 'InService')) {
        return true;
      }
      const { Activities = [] } = await autoScaling.send(new DescribeScalingActivitiesCommand({ AutoScalingGroupName: name }));
      const failed = Activities.find(({ StatusCode }) => StatusCode === 'Failed' || StatusCode === 'Cancelled');
      if (failed) {
        throw new Error(`The instance was not launched: ${failed.StatusMessage}`);
      }
      return false;
    });
  },

  /** Deleting the group by force terminates its instance. */
  async clean(place, sweep) {
    const { prefix, source: { autoScaling, ec2, region } } = place;
    await sweep.each(`Auto Scaling group in ${region}`, () => everyPage(async (NextToken) => {
      const page = await autoScaling.send(new DescribeAutoScalingGroupsCommand({ NextToken }));
      return [page.AutoScalingGroups?.filter(({ AutoScalingGroupName }) => AutoScalingGroupName?.startsWith(prefix)), page.NextToken];
    }),
    ({ AutoScalingGroupName }) => AutoScalingGroupName,
    ({ AutoScalingGroupName }) => autoScaling.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName, ForceDelete: true })));
    await sweep.each(`instance in ${region}`, () => instancesOf(place),
      ({ InstanceId }) => InstanceId, ({ InstanceId }) => ec2.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId!] })));
    await sweep.each(`launch template in ${region}`, () => everyPage(async (NextToken) => {
      const page = await ec2.send(new DescribeLaunchTemplatesCommand({ NextToken, Filters: taggedIn(place) }));
      return [page.LaunchTemplates, page.NextToken];
    }),
    ({ LaunchTemplateName }) => LaunchTemplateName, ({ LaunchTemplateId }) => ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateId })));
  },
};

/** Its root volume is that of a public image, encrypted under the key when it is launched. */
async function launchTemplate({ name, source: { aws: { ec2, ssm }, key } }: Sandbox): Promise<void> {
  const { Parameter } = await ssm.send(new GetParameterCommand({ Name: IMAGE }));
  const ImageId = Parameter!.Value!;
  const { Images } = await ec2.send(new DescribeImagesCommand({ ImageIds: [ImageId] }));
  await ec2.send(new CreateLaunchTemplateCommand({
    LaunchTemplateName: name,
    LaunchTemplateData: {
      ImageId,
      InstanceType: 't3.micro',
      BlockDeviceMappings: [{
        DeviceName: Images![0].RootDeviceName, Ebs: { Encrypted: true, KmsKeyId: key, VolumeSize: 10, VolumeType: 'gp3', DeleteOnTermination: true },
      }],
      MetadataOptions: { HttpTokens: 'required' },
    },
    TagSpecifications: [{ ResourceType: 'launch-template', Tags: tagsOf(name) }],
  }));
}

async function defaultSubnets({ source: { aws: { ec2 } } }: Sandbox): Promise<string> {
  const { Subnets = [] } = await ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] }));
  return Subnets.map(({ SubnetId }) => SubnetId).join(',');
}

function instancesOf(place: Place) {
  return everyPage(async (NextToken) => {
    const page = await place.source.ec2.send(new DescribeInstancesCommand({
      NextToken, Filters: [...taggedIn(place), { Name: 'instance-state-name', Values: NOT_TERMINATED }],
    }));
    return [page.Reservations?.flatMap(({ Instances = [] }) => Instances), page.NextToken];
  });
}

function taggedIn({ prefix }: Place) {
  return [{ Name: `tag:${TAG}`, Values: [`${prefix}*`] }];
}
