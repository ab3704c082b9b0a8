import { type Acknowledgement, inPacks } from '../acknowledge-findings';

/**
 * What cdk-nag finds and stays as it is.
 *
 * @param region that of the stacks, where it is known before deployment
 */
export const acknowledgementsIn = (region?: string): Acknowledgement[] => [
  {
    at: ['DataPlatformData/Lake/AccessLogs', 'DataPlatformData/Warehouse/AuditLogs', 'DataPlatformData/Warehouse/AccessLogs'],
    rules: inPacks('S3BucketReplicationEnabled'),
    reason: 'Logs of access stay where the access was.',
  },
  {
    at: ['DataPlatformData/Ledger/Default/MonitoringRole'],
    rules: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole]'],
    reason: 'The policy is that of Enhanced Monitoring, and lets it write the metrics of the operating system.',
  },
  {
    at: ['DataPlatformData/Ledger/SubnetGroup/Default'],
    rules: ['CloudFormation-Validate::W9007'],
    reason: 'The subnets are two outputs of another stack, which AWS CDK takes for one.',
  },
  {
    at: ['DataPlatformData/PartnerToken'],
    rules: ['AwsSolutions-SMG4', 'HIPAA.Security-SecretsManagerRotationEnabled', 'NIST.800.53.R5-SecretsManagerRotationEnabled'],
    reason: 'The partner issues the token, and says when it changes.',
  },
  {
    at: ['DataPlatformData/BucketNotificationsHandler050a0587b7544547bf325f094a3db834/Role'],
    rules: ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]'],
    reason: 'The function is that of AWS CDK; the policy lets it write its log.',
  },
  {
    at: ['DataPlatformData/Lake/Default/Notifications/HandlerPolicy', 'DataPlatformNetwork/Network/Rejected/IAMRole', 'DataPlatformData/Loader',
      ...['Analyst', 'Auditor', 'Ingest', 'Operator'].map((role) => `DataPlatformConsumers/${role}`)],
    rules: inPacks('IAMNoInlinePolicy'),
    reason: 'The policy is for this role alone, and goes with it.',
  },
  {
    at: ['DataPlatformConsumers/Analyst'],
    rules: ['Action::s3:GetBucket*', 'Action::s3:GetObject*', 'Action::s3:List*', lakeObjects(region)].map((finding) => `AwsSolutions-IAM5[${finding}]`),
    reason: 'The analyst reads all objects of the lake, with their tags and versions.',
  },
  {
    at: ['DataPlatformData/Loader'],
    rules: ['Action::s3:GetBucket*', 'Action::s3:GetObject*', 'Action::s3:List*', 'Resource::<Lake5F1B88EA.Arn>/*'].map((finding) => `AwsSolutions-IAM5[${finding}]`),
    reason: 'The warehouse loads every object of the lake.',
  },
  {
    at: ['DataPlatformConsumers/Analyst'],
    rules: ['AwsSolutions-IAM5[Resource::*]'],
    reason: 'Statements that run or have run have no ARN; each caller sees its own.',
  },
  {
    at: ['DataPlatformConsumers/Ingest'],
    rules: ['Action::s3:Abort*', lakeObjects(region)].map((finding) => `AwsSolutions-IAM5[${finding}]`),
    reason: 'The worker names the objects that it writes.',
  },
  {
    at: ['DataPlatformConsumers/Worker'],
    rules: ['AwsSolutions-EC29'],
    reason: 'The worker can be replaced at any time: what it keeps is on the volume of the catalogue.',
  },
];

/** What it finds besides while nothing is copied to another Region. */
export const NOT_COPIED: Acknowledgement[] = [
  {
    at: ['DataPlatformData/Lake/Default'],
    rules: inPacks('S3BucketReplicationEnabled'),
    reason: 'The data stays in one Region; versions keep what is overwritten or deleted.',
  },
  {
    at: ['DataPlatformData/Catalogue/Default'],
    rules: ['HIPAA.Security-EC2EBSInBackupPlan', 'NIST.800.53.R5-EC2EBSInBackupPlan'],
    reason: 'The catalogue is computed from the lake, and can be computed again.',
  },
  {
    at: ['DataPlatformData/Ledger/Default'],
    rules: ['HIPAA.Security-RDSInBackupPlan', 'NIST.800.53.R5-RDSInBackupPlan'],
    reason: 'Amazon RDS keeps backups for seven days by itself.',
  },
];

function lakeObjects(region?: string): string {
  return `Resource::{"Fn::GetStackOutput":{"StackName":"DataPlatformData","Region":${JSON.stringify(region ?? { Ref: 'AWS::Region' })},`
    + '"OutputName":"PublishOutputFnGetAttLake5F1B88EAArn1C68C0C3"}}/*';
}
