import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, DescribeLaunchTemplateVersionsCommand, DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { DescribeFileSystemsCommand } from '@aws-sdk/client-efs';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { DescribeClustersCommand, DescribeSnapshotCopyGrantsCommand } from '@aws-sdk/client-redshift';
import { GetBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type DeployedResource } from './deployed-resource';
import { NO_KEY } from './example-expectations';

/** The key that a data store says it is encrypted under. */
type StoreKey = (store: DeployedResource) => Promise<unknown>;

/** Read from the service. */
const read: Record<string, StoreKey> = {
  'AWS::DynamoDB::Table': async ({ aws, physicalId }) => {
    const { Table } = await aws.dynamoDb.send(new DescribeTableCommand({ TableName: physicalId }));
    return Table?.SSEDescription?.KMSMasterKeyArn ?? NO_KEY;
  },
  'AWS::EC2::Instance': async ({ aws, physicalId, property }) => {
    const { Reservations } = await aws.ec2.send(new DescribeInstancesCommand({ InstanceIds: [physicalId!] }));
    const names: string[] = property('BlockDeviceMappings').map((device: any) => device.DeviceName);
    const devices = Reservations?.[0].Instances?.[0].BlockDeviceMappings?.filter((device) => names.includes(device.DeviceName!)) ?? [];
    const { Volumes = [] } = await aws.ec2.send(new DescribeVolumesCommand({ VolumeIds: devices.map((device) => device.Ebs!.VolumeId!) }));
    const keys = new Set(Volumes.map((volume) => volume.KmsKeyId ?? 'no key'));
    return devices.length === names.length && keys.size === 1 ? [...keys][0] : `${devices.length} block devices under ${[...keys].join(', ')}`;
  },
  'AWS::EC2::LaunchTemplate': async ({ aws, physicalId }) => {
    const { LaunchTemplateVersions } = await aws.ec2.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: physicalId, Versions: ['$Latest'] }));
    const devices = LaunchTemplateVersions?.[0].LaunchTemplateData?.BlockDeviceMappings ?? [];
    const keys = new Set(devices.map(({ Ebs }) => Ebs?.Encrypted ? Ebs.KmsKeyId ?? 'the default key' : 'not encrypted'));
    return keys.size === 1 ? [...keys][0] : `${devices.length} block devices under ${[...keys].join(', ')}`;
  },
  'AWS::EC2::Volume': async ({ aws, physicalId }) => {
    const { Volumes } = await aws.ec2.send(new DescribeVolumesCommand({ VolumeIds: [physicalId!] }));
    return Volumes?.[0].Encrypted ? Volumes[0].KmsKeyId : 'not encrypted';
  },
  'AWS::ECR::Repository': async ({ aws, physicalId }) => {
    const { repositories } = await aws.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [physicalId!] }));
    return repositories?.[0].encryptionConfiguration?.kmsKey ?? NO_KEY;
  },
  'AWS::EFS::FileSystem': async ({ aws, physicalId }) => {
    const { FileSystems = [] } = await aws.efs.send(new DescribeFileSystemsCommand({ FileSystemId: physicalId }));
    return FileSystems[0].Encrypted ? FileSystems[0].KmsKeyId : 'not encrypted';
  },
  'AWS::Logs::LogGroup': async ({ aws, physicalId }) => {
    const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: physicalId }));
    return logGroups.find((group) => group.logGroupName === physicalId)?.kmsKeyId ?? NO_KEY;
  },
  'AWS::RDS::DBInstance': async ({ aws, physicalId }) => {
    const { DBInstances } = await aws.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: physicalId }));
    return DBInstances?.[0].StorageEncrypted ? DBInstances[0].KmsKeyId : 'not encrypted';
  },
  'AWS::Redshift::Cluster': async ({ aws, physicalId }) => {
    const { Clusters = [] } = await aws.redshift.send(new DescribeClustersCommand({ ClusterIdentifier: physicalId }));
    const cluster = Clusters.find(({ ClusterIdentifier }) => ClusterIdentifier === physicalId);
    return cluster?.Encrypted ? cluster.KmsKeyId : 'not encrypted';
  },
  'AWS::Redshift::SnapshotCopyGrant': async ({ aws, physicalId }) => {
    const { SnapshotCopyGrants } = await aws.redshift.send(new DescribeSnapshotCopyGrantsCommand({ SnapshotCopyGrantName: physicalId }));
    return SnapshotCopyGrants?.[0].KmsKeyId;
  },
  'AWS::S3::Bucket': async ({ aws, physicalId }) => {
    const { ServerSideEncryptionConfiguration: encryption } = await aws.s3.send(new GetBucketEncryptionCommand({ Bucket: physicalId }));
    const byDefault = encryption?.Rules?.[0].ApplyServerSideEncryptionByDefault;
    return byDefault?.KMSMasterKeyID ?? byDefault?.SSEAlgorithm;
  },
  'AWS::SNS::Topic': async ({ aws, physicalId }) => {
    const { Attributes } = await aws.sns.send(new GetTopicAttributesCommand({ TopicArn: physicalId }));
    return Attributes?.KmsMasterKeyId;
  },
  'AWS::SQS::Queue': async ({ aws, physicalId }) => {
    const { Attributes } = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl: physicalId, AttributeNames: ['KmsMasterKeyId'] }));
    return Attributes?.KmsMasterKeyId;
  },
};

/** Where the template names the key of a store that moto skips, or that no SDK client here can ask: the path of a property. */
const declared: Record<string, string> = {
  'AWS::CodePipeline::Pipeline': 'ArtifactStore.EncryptionKey.Id',
  'AWS::ElastiCache::ServerlessCache': 'KmsKeyId',
  'AWS::Events::Archive': 'KmsKeyIdentifier',
  'AWS::Events::EventBus': 'KmsKeyIdentifier',
  'AWS::Kinesis::Stream': 'StreamEncryption.KeyId',
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamEncryptionConfigurationInput.KeyARN',
  'AWS::Lambda::EventSourceMapping': 'KmsKeyArn',
  'AWS::Lambda::Function': 'KmsKeyArn',
  'AWS::OpenSearchService::Domain': 'EncryptionAtRestOptions.KmsKeyId',
  'AWS::StepFunctions::StateMachine': 'EncryptionConfiguration.KmsKeyId',
  'AWS::SecretsManager::Secret': 'KmsKeyId',
  'AWS::RDS::DBCluster': 'KmsKeyId',
  'AWS::Backup::BackupVault': 'EncryptionKeyArn',
  'AWS::CloudTrail::Trail': 'KMSKeyId',
  'Custom::SecureStringCopy': 'KeyArn',
  'Custom::SecureStringParameter': 'KeyArn',
  'AWS::RedshiftServerless::Namespace': 'KmsKeyId',
};

export interface StoreKeySource {
  readonly from: 'service' | 'template';
  readonly key: StoreKey;
}

/** How the key of a store is found out; undefined for what is not a known kind of store. */
export function storeKey(store: DeployedResource): StoreKeySource | undefined {
  if (store.type === 'AWS::EC2::Instance' && !store.property('BlockDeviceMappings')) {
    return undefined; // What its image brings along is encrypted by the account's default, not by the template.
  }
  if (store.type === 'AWS::Lambda::Function' && !store.property('KmsKeyArn')) {
    return undefined; // The functions of AWS CDK have no environment that somebody gave them.
  }
  const property = declared[store.type];
  return read[store.type] && !store.skipped ? { from: 'service', key: read[store.type] }
    : property ? { from: 'template', key: (resource) => declaredKey(resource, property) }
      : undefined;
}

async function declaredKey({ aws, property }: DeployedResource, path: string): Promise<unknown> {
  const [first, ...rest] = path.split('.');
  const key: string | undefined = rest.reduce((value, name) => value?.[name], property(first));
  if (!key || key.startsWith('arn:')) {
    return key;
  }
  const { KeyMetadata } = await aws.kms.send(new DescribeKeyCommand({ KeyId: key }));
  return KeyMetadata?.Arn;
}
