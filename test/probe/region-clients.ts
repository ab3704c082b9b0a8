import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { BackupClient } from '@aws-sdk/client-backup';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DLMClient } from '@aws-sdk/client-dlm';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { EFSClient } from '@aws-sdk/client-efs';
import { ElastiCacheClient } from '@aws-sdk/client-elasticache';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { IAMClient } from '@aws-sdk/client-iam';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { OpenSearchClient } from '@aws-sdk/client-opensearch';
import { RDSClient } from '@aws-sdk/client-rds';
import { RedshiftClient } from '@aws-sdk/client-redshift';
import { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import { RedshiftServerlessClient } from '@aws-sdk/client-redshift-serverless';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';

export interface ClientOptions {
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** The SDK clients of one Region. Making them calls nothing. */
export class RegionClients {
  public readonly autoScaling: AutoScalingClient;
  public readonly backup: BackupClient;
  public readonly cloudFormation: CloudFormationClient;
  public readonly cloudTrail: CloudTrailClient;
  public readonly dlm: DLMClient;
  public readonly dynamoDb: DynamoDBClient;
  public readonly ec2: EC2Client;
  public readonly ecr: ECRClient;
  public readonly efs: EFSClient;
  public readonly elastiCache: ElastiCacheClient;
  public readonly events: EventBridgeClient;
  public readonly firehose: FirehoseClient;
  public readonly iam: IAMClient;
  public readonly kms: KMSClient;
  public readonly lambda: LambdaClient;
  public readonly logs: CloudWatchLogsClient;
  public readonly openSearch: OpenSearchClient;
  public readonly rds: RDSClient;
  public readonly redshift: RedshiftClient;
  public readonly redshiftData: RedshiftDataClient;
  public readonly redshiftServerless: RedshiftServerlessClient;
  public readonly s3: S3Client;
  public readonly s3Control: S3ControlClient;
  public readonly secretsManager: SecretsManagerClient;
  public readonly sfn: SFNClient;
  public readonly sns: SNSClient;
  public readonly sqs: SQSClient;
  public readonly ssm: SSMClient;
  public readonly sts: STSClient;

  constructor(public readonly region: string, options: ClientOptions = {}) {
    const all = { region, maxAttempts: 5, ...options };
    this.autoScaling = new AutoScalingClient(all);
    this.backup = new BackupClient(all);
    this.cloudFormation = new CloudFormationClient(all);
    this.cloudTrail = new CloudTrailClient(all);
    this.dlm = new DLMClient(all);
    this.dynamoDb = new DynamoDBClient(all);
    this.ec2 = new EC2Client(all);
    this.ecr = new ECRClient(all);
    this.efs = new EFSClient(all);
    this.elastiCache = new ElastiCacheClient(all);
    this.events = new EventBridgeClient(all);
    this.firehose = new FirehoseClient(all);
    this.iam = new IAMClient(all);
    this.kms = new KMSClient(all);
    this.lambda = new LambdaClient(all);
    this.logs = new CloudWatchLogsClient(all);
    this.openSearch = new OpenSearchClient(all);
    this.rds = new RDSClient(all);
    this.redshift = new RedshiftClient(all);
    this.redshiftData = new RedshiftDataClient(all);
    this.redshiftServerless = new RedshiftServerlessClient(all);
    this.s3 = new S3Client({ ...all, ...options.endpoint ? { forcePathStyle: true } : {} });
    this.s3Control = new S3ControlClient(all);
    this.secretsManager = new SecretsManagerClient(all);
    this.sfn = new SFNClient(all);
    this.sns = new SNSClient(all);
    this.sqs = new SQSClient(all);
    this.ssm = new SSMClient(all);
    this.sts = new STSClient(all);
  }
}
