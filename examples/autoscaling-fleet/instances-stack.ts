import { ArnFormat, Size, Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sns from 'aws-cdk-lib/aws-sns';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { type NetworkStack } from './network-stack';
import { EncryptedLaunchTemplate, EncryptedVolume, InstanceLauncher, KmsService } from 'cdk-kms-patterns';

/** Literal, because the key policies name the role by it. */
const SUFFIX = 'workers';

interface InstancesStackProps {
  readonly keys: KeysStack;
  readonly network: NetworkStack;
}

/** One launch template, and two that launch from it by themselves. */
export class InstancesStack extends Stack {
  public readonly workers: EncryptedLaunchTemplate;
  public readonly evidence: EncryptedVolume;
  private readonly network: ec2.Vpc;

  constructor(scope: Construct, id: string, { keys, network: { network } }: InstancesStackProps) {
    super(scope, id, { description: 'The instances of the fleet' });
    this.network = network;
    this.workers = new EncryptedLaunchTemplate(this, 'Workers', {
      encryptionKey: keys.volumes,
      machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7I, ec2.InstanceSize.LARGE),
      role: new iam.Role(this, 'Worker', { assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com') }),
      securityGroup: new ec2.SecurityGroup(this, 'WorkersTraffic', { vpc: network, description: 'Lets nothing in', allowAllOutbound: false }),
      rootDevice: { deviceName: '/dev/xvda', size: Size.gibibytes(16) },
      blockDevices: [{ deviceName: '/dev/sdf', size: Size.gibibytes(100), deleteOnTermination: true }],
      httpPutResponseHopLimit: 1,
      detailedMonitoring: true,
      launchedBy: [InstanceLauncher.autoScaling(SUFFIX), InstanceLauncher.ec2Fleet(), InstanceLauncher.spotInstances()],
    });
    // Auto Scaling tells the topic of its launches with its service-linked role, too.
    keys.operations.via(KmsService.EC2_AUTO_SCALING, { serviceLinkedRoleSuffixes: [SUFFIX] });
    this.group(new sns.Topic(this, 'Launches', { masterKey: keys.operations.via(KmsService.SNS), enforceSSL: true }));
    this.fleet();
    this.evidence = new EncryptedVolume(this, 'Evidence', {
      encryptionKey: keys.volumes,
      availabilityZone: network.availabilityZones[0],
      size: Size.gibibytes(50),
    });
  }

  /** What is always there. Its service-linked role is its own: whoever looks at AWS CloudTrail tells its launches from those of other groups. */
  private group(topic: sns.Topic): void {
    const role = new iam.CfnServiceLinkedRole(this, 'GroupRole', { awsServiceName: 'autoscaling.amazonaws.com', customSuffix: SUFFIX });
    const group = new autoscaling.AutoScalingGroup(this, 'Group', {
      vpc: this.network,
      vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
      launchTemplate: this.workers.launchTemplate,
      minCapacity: 2,
      maxCapacity: 6,
      notifications: [{ topic }],
    });
    (group.node.defaultChild as autoscaling.CfnAutoScalingGroup).serviceLinkedRoleArn = this.formatArn({
      service: 'iam',
      region: '',
      resource: 'role',
      resourceName: `aws-service-role/autoscaling.amazonaws.com/${role.attrRoleName}`,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    });
    group.scaleOnCpuUtilization('Busy', { targetUtilizationPercent: 60 });
  }

  /**
   * What is there while it is cheap. Its service-linked roles have no custom suffix, so that an account has them once and no stack should own them:
   * `aws iam create-service-linked-role --aws-service-name ec2fleet.amazonaws.com`, and the same with `spot.amazonaws.com`.
   */
  private fleet(): void {
    const { launchTemplateId, latestVersionNumber } = this.workers.launchTemplate;
    new ec2.CfnEC2Fleet(this, 'Batch', {
      type: 'maintain',
      targetCapacitySpecification: { totalTargetCapacity: 2, defaultTargetCapacityType: 'spot' },
      spotOptions: { allocationStrategy: 'price-capacity-optimized' },
      launchTemplateConfigs: [{
        launchTemplateSpecification: { launchTemplateId, version: latestVersionNumber },
        overrides: this.network.isolatedSubnets.map(({ subnetId }) => ({ subnetId })),
      }],
    });
  }
}
