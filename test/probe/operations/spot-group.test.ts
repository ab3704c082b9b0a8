import { keyArn } from '../fake-surroundings';
import { run, SCRIPTS, SOURCE } from '../scripted-run';

describe('spot-group', () => {
  const NAME = 'kms-probe-test-spot-group';

  test('launches one Spot Instance, whose root volume is under the key, into the default subnets', async () => {
    const { surroundings } = await run('spot-group', SCRIPTS['spot-group']);
    const [{ input: template }] = surroundings.callsOf('ec2.CreateLaunchTemplate');
    const [{ input: group }] = surroundings.callsOf('autoScaling.CreateAutoScalingGroup');

    expect(template.LaunchTemplateData).toMatchObject({
      ImageId: 'ami', BlockDeviceMappings: [{ DeviceName: '/dev/root', Ebs: { Encrypted: true, KmsKeyId: keyArn(SOURCE) } }],
    });
    expect(group).toMatchObject({
      VPCZoneIdentifier: 'subnet-a,subnet-b', DesiredCapacity: 1, MixedInstancesPolicy: { InstancesDistribution: { OnDemandPercentageAboveBaseCapacity: 0 } },
    });
  });

  test('is deleted by its name, and its instance and launch template by their tag, until the instance is terminated', async () => {
    let groups = [{ AutoScalingGroupName: NAME, Instances: [{ LifecycleState: 'InService' }] }, { AutoScalingGroupName: 'shop', Instances: [] }];
    let looks = 0;
    const { result, surroundings } = await run('spot-group', {
      ...SCRIPTS['spot-group'],
      'autoScaling.DescribeAutoScalingGroups': () => ({ AutoScalingGroups: groups }),
      'autoScaling.DeleteAutoScalingGroup': ({ AutoScalingGroupName }) => {
        groups = groups.filter((group) => group.AutoScalingGroupName !== AutoScalingGroupName);
      },
      'ec2.DescribeInstances': () => looks++ < 2 ? { Reservations: [{ Instances: [{ InstanceId: 'i' }] }] } : {},
    });

    expect(result).toMatchObject({ left: [] });
    expect(groups.map(({ AutoScalingGroupName }) => AutoScalingGroupName)).toEqual(['shop']);
    expect(surroundings.callsOf('autoScaling.DeleteAutoScalingGroup').map(({ input }) => input)).toEqual([{ AutoScalingGroupName: NAME, ForceDelete: true }]);
    expect(surroundings.callsOf('ec2.TerminateInstances').map(({ input }) => input)).toEqual(Array(2).fill({ InstanceIds: ['i'] }));
    for (const call of ['ec2.DescribeInstances', 'ec2.DescribeLaunchTemplates']) {
      expect(surroundings.callsOf(call)[0].input.Filters[0]).toEqual({ Name: 'tag:kms-probe', Values: [`${NAME}*`] });
    }
  });
});
