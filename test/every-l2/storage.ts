import { Size } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as fsx from 'aws-cdk-lib/aws-fsx';
import { vpcIn } from './neighbours';
import { KmsService } from '../../src';
import { REGION } from '../support/key-stack';
import { KeyTaker } from '../support/key-taker';
import { FSX } from '../support/services-to-come';

const { BACKUP, EBS, ECR, EFS } = KmsService;

export const VOLUMES: KeyTaker[] = [
  {
    l2: 'ec2.Volume',
    takes: ['aws-ec2 VolumeProps.encryptionKey'],
    via: EBS,
    build: ({ data, key }) => {
      const volume = new ec2.Volume(data, 'Volume', { availabilityZone: `${REGION}a`, size: Size.gibibytes(1), encrypted: true, encryptionKey: key.via(EBS) });
      return (grantee) => {
        volume.grantAttachVolume(grantee);
        volume.grantDetachVolume(grantee);
      };
    },
    consumer: ['kms:CreateGrant'],
  },
  {
    l2: 'ec2.Volume that is imported',
    takes: ['aws-ec2 VolumeAttributes.encryptionKey'],
    via: EBS,
    build: ({ data, key }) => {
      const attributes = { volumeId: 'vol-0123456789abcdef0', availabilityZone: `${REGION}a`, encryptionKey: key.via(EBS) };
      const volume = ec2.Volume.fromVolumeAttributes(data, 'Imported', attributes);
      new ec2.Volume(data, 'Volume', { availabilityZone: `${REGION}a`, size: Size.gibibytes(1), encrypted: true, encryptionKey: key.via(EBS) });
      return (grantee) => volume.grantAttachVolume(grantee);
    },
    consumer: ['kms:CreateGrant'],
  },
  {
    l2: 'ec2.Instance and its block devices',
    takes: ['aws-ec2 EbsDeviceOptions.kmsKey'],
    via: EBS,
    build: ({ data, key }) => {
      new ec2.Instance(data, 'Instance', {
        vpc: vpcIn(data),
        instanceType: new ec2.InstanceType('t3.micro'),
        machineImage: ec2.MachineImage.genericLinux({ [REGION]: 'ami-0123456789abcdef0' }),
        blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true, kmsKey: key.via(EBS) }) }],
      });
    },
  },
  {
    l2: 'ec2.LaunchTemplate of an Auto Scaling group',
    takes: ['aws-ec2 EbsDeviceOptions.kmsKey'],
    via: EBS,
    build: ({ data, key }) => {
      key.via(KmsService.EC2_AUTO_SCALING);
      const launchTemplate = new ec2.LaunchTemplate(data, 'Template', {
        instanceType: new ec2.InstanceType('t3.micro'),
        machineImage: ec2.MachineImage.genericLinux({ [REGION]: 'ami-0123456789abcdef0' }),
        blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true, kmsKey: key.via(EBS) }) }],
      });
      new autoscaling.AutoScalingGroup(data, 'Group', { vpc: vpcIn(data), launchTemplate });
    },
  },
  {
    l2: 'ec2.LaunchTemplate of an EC2 Fleet and a Spot Fleet',
    takes: ['aws-ec2 EbsDeviceOptions.kmsKey'],
    via: EBS,
    build: ({ data, key }) => {
      [KmsService.EC2_FLEET, KmsService.EC2_SPOT, KmsService.EC2_SPOT_FLEET].forEach((service) => key.via(service));
      const { launchTemplateId, latestVersionNumber: version } = new ec2.LaunchTemplate(data, 'Template', {
        instanceType: new ec2.InstanceType('t3.micro'),
        machineImage: ec2.MachineImage.genericLinux({ [REGION]: 'ami-0123456789abcdef0' }),
        blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true, kmsKey: key.via(EBS) }) }],
      });
      const launchTemplateConfigs = [{ launchTemplateSpecification: { launchTemplateId, version } }];
      new ec2.CfnEC2Fleet(data, 'Fleet', { launchTemplateConfigs, targetCapacitySpecification: { totalTargetCapacity: 1 } });
      new ec2.CfnSpotFleet(data, 'SpotFleet', {
        spotFleetRequestConfigData: { iamFleetRole: `arn:aws:iam::${data.account}:role/fleet`, targetCapacity: 1, launchTemplateConfigs },
      });
    },
  },
];

export const OTHER_STORES: KeyTaker[] = [
  {
    l2: 'efs.FileSystem',
    takes: ['aws-efs FileSystemProps.kmsKey'],
    via: EFS,
    build: ({ data, key }) => {
      const files = new efs.FileSystem(data, 'Files', { vpc: vpcIn(data), encrypted: true, kmsKey: key.via(EFS) });
      return (grantee) => files.grantReadWrite(grantee);
    },
  },
  {
    l2: 'efs.FileSystem with a replica in its Region',
    takes: ['aws-efs ReplicationConfiguration.regionalFileSystem(kmsKey)', 'aws-efs ReplicationConfiguration.oneZoneFileSystem(kmsKey)'],
    via: EFS,
    build: ({ data, key }) => {
      const vpc = vpcIn(data);
      const replicas = [
        efs.ReplicationConfiguration.regionalFileSystem(REGION, key.via(EFS)),
        efs.ReplicationConfiguration.oneZoneFileSystem(REGION, `${REGION}a`, key.via(EFS)),
      ];
      replicas.forEach((replicationConfiguration, n) => new efs.FileSystem(data, `Files${n}`, { vpc, replicationConfiguration }));
    },
  },
  {
    l2: 'fsx.LustreFileSystem',
    takes: ['aws-fsx FileSystemProps.kmsKey'],
    via: FSX,
    build: ({ data, key }) => {
      const vpc = vpcIn(data);
      new fsx.LustreFileSystem(data, 'Files', {
        vpc,
        vpcSubnet: vpc.privateSubnets[0],
        storageCapacityGiB: 1200,
        kmsKey: key.via(FSX),
        lustreConfiguration: { deploymentType: fsx.LustreDeploymentType.SCRATCH_2 },
      });
    },
  },
  {
    l2: 'ecr.Repository',
    takes: ['aws-ecr RepositoryProps.encryptionKey'],
    via: ECR,
    build: ({ data, key }) => {
      const images = new ecr.Repository(data, 'Images', { encryptionKey: key.via(ECR) });
      return (grantee) => images.grantPullPush(grantee);
    },
  },
  {
    l2: 'backup.BackupVault',
    takes: ['aws-backup BackupVaultProps.encryptionKey'],
    via: BACKUP,
    build: ({ data, key }) => {
      const vault = new backup.BackupVault(data, 'Vault', { encryptionKey: key.via(BACKUP) });
      const plan = backup.BackupPlan.daily35DayRetention(data, 'Plan', vault);
      plan.addSelection('All', { resources: [backup.BackupResource.fromTag('backup', 'yes')] });
      return (grantee) => vault.grant(grantee, 'backup:StartBackupJob');
    },
  },
];
