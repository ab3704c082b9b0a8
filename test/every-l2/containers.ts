import { Size } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as hooks from 'aws-cdk-lib/aws-autoscaling-hooktargets';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as eks from 'aws-cdk-lib/aws-eks';
import * as eksV2 from 'aws-cdk-lib/aws-eks-v2';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as cloudmap from 'aws-cdk-lib/aws-servicediscovery';
import { functionIn, vpcIn } from './neighbours';
import { KmsService } from '../../src';
import { KeyTaker } from '../support/key-taker';
import { ECS_TLS, EKS, FARGATE } from '../support/services-to-come';
import { ThreeStacks } from '../support/three-stacks';

const clusterIn = ({ data }: ThreeStacks, props: ecs.ClusterProps = {}) => new ecs.Cluster(data, 'Cluster', { vpc: vpcIn(data), ...props });

function serviceIn(stacks: ThreeStacks, cluster: ecs.Cluster, props: Partial<ecs.FargateServiceProps> = {}): ecs.FargateService {
  const taskDefinition = new ecs.FargateTaskDefinition(stacks.data, 'Task');
  taskDefinition.addContainer('App', {
    image: ecs.ContainerImage.fromRegistry('nginx'), portMappings: [{ containerPort: 80, name: 'http' }],
  });
  return new ecs.FargateService(stacks.data, 'Service', { cluster, taskDefinition, ...props });
}

export const CONTAINERS: KeyTaker[] = [
  {
    l2: 'ecs.Cluster and its managed storage',
    takes: ['aws-ecs ManagedStorageConfiguration.kmsKey'],
    via: KmsService.EBS,
    build: (stacks) => {
      clusterIn(stacks, { managedStorageConfiguration: { kmsKey: stacks.key.via(KmsService.EBS) } });
    },
  },
  {
    l2: 'ecs.ServiceManagedVolume',
    takes: ['aws-ecs ServiceManagedEBSVolumeConfiguration.kmsKeyId'],
    via: KmsService.EBS,
    build: (stacks) => {
      const volume = new ecs.ServiceManagedVolume(stacks.data, 'Volume', {
        name: 'ledger', managedEBSVolume: { encrypted: true, kmsKeyId: stacks.key.via(KmsService.EBS), size: Size.gibibytes(1) },
      });
      const service = serviceIn(stacks, clusterIn(stacks));
      service.taskDefinition.addVolume(volume);
      service.taskDefinition.defaultContainer!.addMountPoints({ sourceVolume: 'ledger', containerPath: '/ledger', readOnly: false });
      service.addVolume(volume);
    },
  },
  {
    l2: 'ecs.FargateService with Service Connect over TLS',
    takes: ['aws-ecs ServiceConnectTlsConfiguration.kmsKey'],
    via: ECS_TLS,
    build: (stacks) => {
      const cluster = clusterIn(stacks, { defaultCloudMapNamespace: { name: 'billing.local', type: cloudmap.NamespaceType.HTTP } });
      const tls = { kmsKey: stacks.key.via(ECS_TLS), awsPcaAuthorityArn: 'arn:aws:acm-pca:eu-west-2:111122223333:certificate-authority/1' };
      serviceIn(stacks, cluster, { serviceConnectConfiguration: { services: [{ portMappingName: 'http', tls }] } });
    },
  },
  {
    l2: 'ecs.Cluster with ECS Exec',
    takes: ['aws-ecs ExecuteCommandConfiguration.kmsKey'],
    via: KmsService.CLOUDWATCH_LOGS,
    build: (stacks) => {
      const cluster = clusterIn(stacks, { executeCommandConfiguration: { kmsKey: stacks.key.via(KmsService.CLOUDWATCH_LOGS) } });
      const service = serviceIn(stacks, cluster, { enableExecuteCommand: true });
      // The agent in the task decrypts the session by itself, not through a service.
      stacks.key.grant(service.taskDefinition.taskRole, 'kms:Decrypt', 'kms:GenerateDataKey');
    },
    ownRoles: ['kms:Decrypt', 'kms:GenerateDataKey'],
    unfenced: 'the task role uses the key directly',
    direct: 'the task role uses the key directly',
  },
  {
    l2: 'ecs.Cluster with ephemeral storage of Fargate tasks',
    takes: ['aws-ecs ManagedStorageConfiguration.fargateEphemeralStorageKmsKey'],
    via: FARGATE,
    build: (stacks) => {
      clusterIn(stacks, { clusterName: 'billing', managedStorageConfiguration: { fargateEphemeralStorageKmsKey: stacks.key.via(FARGATE) } });
    },
  },
  {
    l2: 'ecs.Cluster of Auto Scaling instances with a drain hook',
    takes: ['aws-ecs AddAutoScalingGroupCapacityOptions.topicEncryptionKey'],
    via: KmsService.SNS,
    build: (stacks) => {
      clusterIn(stacks).addCapacity('Capacity', {
        instanceType: new ec2.InstanceType('t3.micro'), topicEncryptionKey: stacks.key.via(KmsService.SNS),
      });
    },
    ownRoles: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKey*'],
  },
  {
    l2: 'autoscaling-hooktargets.FunctionHook',
    takes: ['aws-autoscaling-hooktargets FunctionHook.constructor(encryptionKey)'],
    via: KmsService.SNS,
    build: ({ data, key }) => {
      const group = new autoscaling.AutoScalingGroup(data, 'Group', {
        vpc: vpcIn(data), instanceType: new ec2.InstanceType('t3.micro'), machineImage: ec2.MachineImage.latestAmazonLinux2023(),
      });
      group.addLifecycleHook('Hook', {
        lifecycleTransition: autoscaling.LifecycleTransition.INSTANCE_TERMINATING,
        notificationTarget: new hooks.FunctionHook(functionIn(data), key.via(KmsService.SNS)),
      });
    },
    ownRoles: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKey*'],
  },
  {
    l2: 'eks.Cluster and its secrets',
    takes: ['aws-eks ClusterOptions.secretsEncryptionKey'],
    via: EKS,
    build: ({ data, key }) => {
      const kubectlLayer = new lambda.LayerVersion(data, 'Layer', { code: lambda.Code.fromAsset(__dirname) });
      new eks.Cluster(data, 'Cluster', { version: eks.KubernetesVersion.V1_31, vpc: vpcIn(data), kubectlLayer, secretsEncryptionKey: key.via(EKS) });
    },
    ownRoles: ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt'],
    unfenced: 'the provider of the cluster writes its own statement',
  },
  {
    l2: 'eks-v2.Cluster and its secrets',
    takes: ['aws-eks-v2 ClusterCommonOptions.secretsEncryptionKey'],
    via: EKS,
    build: ({ data, key }) => {
      new eksV2.Cluster(data, 'Cluster', { version: eksV2.KubernetesVersion.V1_31, vpc: vpcIn(data), secretsEncryptionKey: key.via(EKS) });
    },
  },
];
