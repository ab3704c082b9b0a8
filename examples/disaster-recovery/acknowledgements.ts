import { type Acknowledgement, inPacks } from '../acknowledge-findings';

const REPLICAS = 'Resource::{"Fn::GetStackOutput":{"StackName":"RecoveryCopies","Region":"ap-southeast-2",'
  + '"OutputName":"PublishOutputFnGetAttDataPlatformDataCopiesLakeBucket903CD845Arn79772B7A"}}/*';
const OWN_POLICY = 'The policy is for this role alone, and goes with it.';

/** What cdk-nag finds of the copies and stays as it is. */
export const ACKNOWLEDGEMENTS: Acknowledgement[] = [
  {
    at: ['DataPlatformData/Lake/Replication/Role'],
    rules: ['Resource::<Lake5F1B88EA.Arn>/*', REPLICAS].map((finding) => `AwsSolutions-IAM5[${finding}]`),
    reason: 'Amazon S3 replicates every object of the lake.',
  },
  {
    at: ['DataPlatformData/Copies/Daily/Role'],
    rules: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]'],
    reason: 'The policy is that of AWS Backup, which knows what each service wants for a backup.',
  },
  {
    at: ['RecoveryCopies/DataPlatformData-Copies-Lake/Bucket/Default'],
    rules: inPacks('S3BucketReplicationEnabled'),
    reason: 'Replicas are replicated nowhere else: they are the second copy.',
  },
  {
    at: ['RecoveryCopies/DataPlatformData-Copies-Lake/Bucket/AccessLogs'],
    rules: inPacks('S3BucketReplicationEnabled'),
    reason: 'Logs of access stay where the access was.',
  },
  {
    at: ['RecoveryReaders/Analyst'],
    rules: ['Action::s3:GetBucket*', 'Action::s3:GetObject*', 'Action::s3:List*', REPLICAS].map((finding) => `AwsSolutions-IAM5[${finding}]`),
    reason: 'The analyst reads all replicas of the lake, with their tags and versions.',
  },
  { at: ['Analyst', 'Ingest'].map((role) => `RecoveryReaders/${role}`), rules: inPacks('IAMNoInlinePolicy'), reason: OWN_POLICY },
];

/** What it finds besides of what is restored. */
export const RESTORED: Acknowledgement[] = [
  {
    at: ['RecoveryData/Ledger/Default'],
    rules: ['AwsSolutions-RDS2', ...inPacks('RDSStorageEncrypted')],
    reason: 'A restored instance has the key of its snapshot, and no template says so.',
  },
  {
    at: ['RecoveryData/Ledger/Default/MonitoringRole'],
    rules: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole]'],
    reason: 'The policy is that of Enhanced Monitoring, and lets it write the metrics of the operating system.',
  },
  {
    at: ['RecoveryData/Ledger/SubnetGroup/Default'],
    rules: ['CloudFormation-Validate::W9007'],
    reason: 'The subnets are two outputs of another stack, which AWS CDK takes for one.',
  },
  {
    at: ['RecoveryData/Ledger/Default', 'RecoveryData/Catalogue/Default'],
    rules: ['EC2EBSInBackupPlan', 'RDSInBackupPlan'].flatMap((rule) => [`HIPAA.Security-${rule}`, `NIST.800.53.R5-${rule}`]),
    reason: 'What is restored is backed up once it is where the data platform is run.',
  },
  {
    at: ['RecoveryData/Warehouse/AuditLogs', 'RecoveryData/Warehouse/AccessLogs'],
    rules: inPacks('S3BucketReplicationEnabled'),
    reason: 'Logs of access stay where the access was.',
  },
  {
    at: ['RecoveryData/Analyst'],
    rules: ['AwsSolutions-IAM5[Resource::*]'],
    reason: 'Statements that run or have run have no ARN; each caller sees its own.',
  },
  {
    at: ['RecoveryData/Operator'],
    rules: ['AwsSolutions-IAM5[Resource::arn:aws:ec2:ap-southeast-2:<AWS::AccountId>:instance/*]'],
    reason: 'The instance that the catalogue is attached to is made after it.',
  },
  {
    at: ['RecoveryNetwork/Network/Rejected/IAMRole', ...['Analyst', 'Ingest', 'Operator'].map((role) => `RecoveryData/${role}`)],
    rules: inPacks('IAMNoInlinePolicy'),
    reason: OWN_POLICY,
  },
];
