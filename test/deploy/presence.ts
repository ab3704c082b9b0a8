import { DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { DescribeFileSystemsCommand } from '@aws-sdk/client-efs';
import { DescribeStreamSummaryCommand } from '@aws-sdk/client-kinesis';
import { DescribeKeyCommand, ListAliasesCommand } from '@aws-sdk/client-kms';
import { DescribeDBInstancesCommand } from '@aws-sdk/client-rds';
import { DescribeClustersCommand } from '@aws-sdk/client-redshift';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { DescribeSecretCommand } from '@aws-sdk/client-secrets-manager';
import { GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type DeployedResource } from './deployed-resource';

/** What a service answers when the thing is not there. */
const ABSENT = /NotFound|NoSuch|NonExistent|NotExist/;

/** Asks for the resource: an error that says "not found", or false, means that it is gone. */
const questions: Record<string, (resource: DeployedResource) => Promise<boolean>> = {
  'AWS::DynamoDB::Table': async ({ aws, physicalId }) => !!await aws.dynamoDb.send(new DescribeTableCommand({ TableName: physicalId })),
  'AWS::EC2::Instance': async ({ aws, physicalId }) => {
    const { Reservations } = await aws.ec2.send(new DescribeInstancesCommand({ InstanceIds: [physicalId!] }));
    return Reservations?.[0]?.Instances?.[0].State?.Name !== 'terminated';
  },
  'AWS::EC2::Volume': async ({ aws, physicalId }) => !!await aws.ec2.send(new DescribeVolumesCommand({ VolumeIds: [physicalId!] })),
  'AWS::ECR::Repository': async ({ aws, physicalId }) => !!await aws.ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [physicalId!] })),
  'AWS::EFS::FileSystem': async ({ aws, physicalId }) => !!await aws.efs.send(new DescribeFileSystemsCommand({ FileSystemId: physicalId })),
  'AWS::KMS::Alias': async ({ aws, physicalId }) => {
    const { Aliases = [] } = await aws.kms.send(new ListAliasesCommand({}));
    return Aliases.some((alias) => alias.AliasName === physicalId);
  },
  'AWS::KMS::Key': async ({ aws, physicalId }) => {
    const { KeyMetadata } = await aws.kms.send(new DescribeKeyCommand({ KeyId: physicalId }));
    return KeyMetadata?.KeyState !== 'PendingDeletion';
  },
  'AWS::Kinesis::Stream': async ({ aws, physicalId }) => !!await aws.kinesis.send(new DescribeStreamSummaryCommand({ StreamName: physicalId })),
  'AWS::Logs::LogGroup': async ({ aws, physicalId }) => {
    const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: physicalId }));
    return logGroups.some((group) => group.logGroupName === physicalId);
  },
  'AWS::RDS::DBInstance': async ({ aws, physicalId }) => !!await aws.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: physicalId })),
  'AWS::Redshift::Cluster': async ({ aws, physicalId }) => {
    const { Clusters = [] } = await aws.redshift.send(new DescribeClustersCommand({ ClusterIdentifier: physicalId }));
    return Clusters.some(({ ClusterIdentifier }) => ClusterIdentifier === physicalId);
  },
  'AWS::S3::Bucket': async ({ aws, physicalId }) => !!await aws.s3.send(new HeadBucketCommand({ Bucket: physicalId })),
  'AWS::SecretsManager::Secret': async ({ aws, physicalId }) => {
    const { DeletedDate } = await aws.secretsManager.send(new DescribeSecretCommand({ SecretId: physicalId }));
    return DeletedDate === undefined;
  },
  'AWS::SNS::Topic': async ({ aws, physicalId }) => !!await aws.sns.send(new GetTopicAttributesCommand({ TopicArn: physicalId })),
  'AWS::SQS::Queue': async ({ aws, physicalId }) => !!await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl: physicalId })),
};

export function canAskFor(resource: DeployedResource): boolean {
  return !resource.skipped && resource.type in questions;
}

export async function isPresent(resource: DeployedResource): Promise<boolean> {
  try {
    return await questions[resource.type](resource);
  } catch (error) {
    if (error instanceof Error && ABSENT.test(error.name)) {
      return false;
    }
    throw new Error(`Asking for ${resource.path} failed, so it cannot be said whether it is there: ${error}.`);
  }
}
