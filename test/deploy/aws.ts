import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECRClient } from '@aws-sdk/client-ecr';
import { EFSClient } from '@aws-sdk/client-efs';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KinesisClient } from '@aws-sdk/client-kinesis';
import { KMSClient } from '@aws-sdk/client-kms';
import { RDSClient } from '@aws-sdk/client-rds';
import { RedshiftClient } from '@aws-sdk/client-redshift';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { CREDENTIALS } from './local-environment';

/** The SDK clients of one Region, all at the local endpoint. */
export class Aws {
  public readonly cloudFormation: CloudFormationClient;
  public readonly kms: KMSClient;
  public readonly s3: S3Client;
  public readonly ec2: EC2Client;
  public readonly sqs: SQSClient;
  public readonly sns: SNSClient;
  public readonly logs: CloudWatchLogsClient;
  public readonly secretsManager: SecretsManagerClient;
  public readonly ssm: SSMClient;
  public readonly rds: RDSClient;
  public readonly redshift: RedshiftClient;
  public readonly dynamoDb: DynamoDBClient;
  public readonly ecr: ECRClient;
  public readonly efs: EFSClient;
  public readonly kinesis: KinesisClient;
  public readonly events: EventBridgeClient;
  public readonly stepFunctions: SFNClient;

  constructor(public readonly region: string, port: number) {
    const local = { region, endpoint: `http://127.0.0.1:${port}`, credentials: CREDENTIALS, maxAttempts: 2, requestHandler: { requestTimeout: 20_000 } };
    this.cloudFormation = new CloudFormationClient(local);
    this.kms = new KMSClient(local);
    this.s3 = new S3Client({ ...local, forcePathStyle: true });
    this.ec2 = new EC2Client(local);
    this.sqs = new SQSClient(local);
    this.sns = new SNSClient(local);
    this.logs = new CloudWatchLogsClient(local);
    this.secretsManager = new SecretsManagerClient(local);
    this.ssm = new SSMClient(local);
    this.rds = new RDSClient(local);
    this.redshift = new RedshiftClient(local);
    this.dynamoDb = new DynamoDBClient(local);
    this.ecr = new ECRClient(local);
    this.efs = new EFSClient(local);
    this.events = new EventBridgeClient(local);
    this.stepFunctions = new SFNClient(local);
    this.kinesis = new KinesisClient({ ...local, requestHandler: new NodeHttpHandler(local.requestHandler) });
  }
}
