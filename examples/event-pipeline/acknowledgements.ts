import { type Acknowledgement, inPacks } from '../acknowledge-findings';

const stackOutput = (stack: string, output: string) => `{"Fn::GetStackOutput":{"StackName":"${stack}","Region":{"Ref":"AWS::Region"},"OutputName":"${output}"}}`;
const wildcards = (...findings: string[]) => findings.map((finding) => `AwsSolutions-IAM5[${finding}]`);
const managed = (policy: string) => `AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/${policy}]`;

const HISTORY_OBJECTS = `Resource::${stackOutput('EventPipelineMessaging', 'PublishOutputFnGetAttHistoryC127576EArn8CB59CF5')}/*`;
const SEARCH_INDEXES = `Resource::${stackOutput('EventPipelineStores', 'PublishOutputFnGetAttSearch14E54FC3ArnCD5EDDE1')}/*`;

/** What cdk-nag finds and stays as it is. */
export const ACKNOWLEDGEMENTS: Acknowledgement[] = [
  {
    at: ['EventPipelineMessaging', 'EventPipelineStores', 'EventPipelineProcessing', 'EventPipelineBackup', 'EventPipelinePeople'],
    rules: inPacks('IAMNoInlinePolicy'),
    reason: 'Each policy is for one role alone, and goes with it.',
  },
  {
    at: ['EventPipelineMessaging/History/Default', 'EventPipelineMessaging/History/AccessLogs'],
    rules: inPacks('S3BucketReplicationEnabled'),
    reason: 'The data stays in one Region; versions keep what is overwritten or deleted.',
  },
  {
    at: ['EventPipelineMessaging/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role', 'EventPipelineProcessing'],
    rules: [managed('AWSLambdaBasicExecutionRole')],
    reason: 'The policy lets a function write its log, and nothing else.',
  },
  {
    at: ['EventPipelineProcessing'],
    rules: [managed('AWSLambdaVPCAccessExecutionRole')],
    reason: 'The policy lets a function have its network interface in the private subnets.',
  },
  {
    at: ['EventPipelineMessaging/Changes'],
    rules: ['AwsSolutions-KDS3'],
    reason: 'Whoever reads orders in the stream must be allowed by the key of the orders, which the AWS managed key cannot demand.',
  },
  {
    at: ['EventPipelineMessaging/Delivery'],
    rules: wildcards('Action::s3:Abort*', 'Action::s3:DeleteObject*', 'Action::s3:GetBucket*', 'Action::s3:GetObject*', 'Action::s3:List*',
      'Resource::<HistoryC127576E.Arn>/*'),
    reason: 'Amazon Data Firehose names the objects that it writes into the bucket.',
  },
  {
    at: ['EventPipelineStores/Table'],
    rules: ['HIPAA.Security-DynamoDBInBackupPlan', 'NIST.800.53.R5-DynamoDBInBackupPlan'],
    reason: 'The plan of the stack of the backups copies the table each day.',
  },
  {
    at: ['EventPipelineStores/Receipts'],
    rules: ['HIPAA.Security-EFSInBackupPlan', 'NIST.800.53.R5-EFSInBackupPlan'],
    reason: 'The plan of the stack of the backups copies the file system each day.',
  },
  {
    at: ['EventPipelineStores/Search'],
    rules: ['AwsSolutions-OS3', 'AwsSolutions-OS5'],
    reason: 'The domain has no address outside the network, and lets in only whom an IAM policy allows.',
  },
  {
    at: ['EventPipelineProcessing/Receipt', 'EventPipelineProcessing/Search'],
    rules: ['HIPAA.Security-LambdaDLQ', 'NIST.800.53.R5-LambdaDLQ'],
    reason: 'The caller learns of each failure: the state machine fails, the stream sends the record to the queue of what failed.',
  },
  {
    at: ['EventPipelineProcessing/Failed'],
    rules: ['AwsSolutions-SQS3'],
    reason: 'The queue is where messages are kept that could not be processed.',
  },
  {
    at: ['EventPipelineProcessing/Receipt', 'EventPipelineProcessing/Search'],
    rules: wildcards('Resource::*'),
    reason: 'AWS X-Ray takes no resource, and the file system is named by its access point in a condition.',
  },
  {
    at: ['EventPipelineProcessing/Search'],
    rules: wildcards(SEARCH_INDEXES),
    reason: 'The function writes every index of its domain.',
  },
  {
    at: ['EventPipelineProcessing/FulfilRole'],
    rules: wildcards('Resource::*', 'Resource::<Receipt1CA0B27C.Arn>:*', 'Action::kms:GenerateDataKey*', 'Action::kms:ReEncrypt*'),
    reason: 'AWS X-Ray and log deliveries take no resource, each version of the function is its own, and the use of the key is fenced by kms:ViaService.',
  },
  {
    at: ['EventPipelineBackup/Role'],
    rules: [managed('AWSBackupServiceRolePolicyForBackup')],
    reason: 'AWS keeps the policy in step with what AWS Backup does; the plan names what is backed up with it.',
  },
  {
    at: ['EventPipelinePeople/Analyst'],
    rules: wildcards('Action::s3:GetBucket*', 'Action::s3:GetObject*', 'Action::s3:List*', HISTORY_OBJECTS),
    reason: 'The analyst reads all objects of the history, with their tags and versions.',
  },
];
