export interface Exemption {
  readonly control: string;
  /** The paths of the constructs that it is for. */
  readonly at: RegExp;
  readonly reason: string;
}

/** A bucket of ours, and one that Amazon S3 or Amazon Redshift writes logs into. */
const BUCKETS = /\/(Bucket|Artifacts|History|Lake|Pages|AccessLogs|AuditLogs)$/;
const INSTANCE = /^(EncryptedDatabaseInstance|RdsBackupReplication)(\/Instance)?$/;
const CLUSTER = /^EncryptedDatabaseCluster(\/Cluster(\/Writer)?)?$/;

/** What proactive controls of AWS Control Tower find and stays as it is: in our constructs with their defaults, and in the examples. */
export const EXEMPTIONS: readonly Exemption[] = [
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
  // https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html
  { control: 'CT.S3.PR.10', at: /\/(AccessLogs|AuditLogs)$/, reason: 'Amazon S3 and Amazon Redshift deliver logs to buckets under SSE-S3 only.' },
  { control: 'CT.S3.PR.2', at: /\/AccessLogs$/, reason: 'Each bucket of access logs would need another one, for the access to it.' },
  { control: 'CT.S3.PR.3', at: BUCKETS, reason: 'How long versions are kept is for the team to say, with lifecycleRules or a bucket of its own for logs.' },
  { control: 'CT.S3.PR.6', at: BUCKETS, reason: 'How long objects are kept is for the team to say, with lifecycleRules or a bucket of its own for logs.' },
  { control: 'CT.S3.PR.4', at: BUCKETS, reason: 'Whom to notify of new objects is for the team to say; what AWS CDK sets up for it, the control does not see.' },
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html
  { control: 'CT.S3.PR.9', at: BUCKETS, reason: 'Nobody can turn Object Lock off again, so that it is for the team to say, with objectLockEnabled.' },

  {
    control: 'CT.CLOUDWATCH.PR.1',
    at: /^(BackupCopy|((Ebs|Rds|RedshiftServerless)SnapshotCopy|RdsBackupReplication)(-copies-ap-southeast-2)?)\/.*(\/FailedCopies|\/Machine\/Idle|\/NewestCopy|\/Failed\/Alarm)$/,
    reason: 'Whom to tell is for the team to say: the alarms are properties of the construct.',
  },
  { control: 'CT.CLOUDWATCH.PR.1', at: /^BucketReplication\/Copies\/Failures$/, reason: 'Whom to tell is for the team to say, with failuresAlarm.addAlarmAction.' },
  { control: 'CT.CLOUDWATCH.PR.1', at: /^BackupCopy\/Backups\/(Failures|ap-southeast-2\/NewestCopy)$/, reason: 'Whom to tell is for the team to say, with addAlarmAction.' },
  { control: 'CT.CLOUDWATCH.PR.1', at: /SnapshotCopy[-\/]Copies\/(Copier|Selector)\/Failed\/Alarm$/, reason: 'Whom to tell is for the team to say, with addAlarmAction.' },
  { control: 'CT.CLOUDWATCH.PR.3', at: /\/SecureStringWriter\/Logs$/, reason: 'The log names parameters and what became of them, and holds no value.' },
  { control: 'CT.CLOUDWATCH.PR.3', at: /^EbsEncryptionByDefault\/Setting\/Logs$/, reason: 'The log names keys and stacks, and holds no secret.' },
  { control: 'CT.CLOUDWATCH.PR.3', at: /^(RedshiftSnapshotCopy\/WarehouseCopies|DataPlatformData\/Copies\/Warehouse)\/Logs$/, reason: 'The log names clusters, grants and keys, and holds no secret.' },
  {
    control: 'CT.LAMBDA.PR.3',
    at: /(\/SecureStringWriter|^EbsEncryptionByDefault\/Setting|^RedshiftSnapshotCopy\/WarehouseCopies|^DataPlatformData\/Copies\/Warehouse)\/Function$/,
    reason: 'AWS CloudFormation alone calls it, and it calls AWS alone.',
  },
  {
    control: 'CT.LAMBDA.PR.3',
    at: /\/(BucketNotificationsHandler\w+|Custom::VpcRestrictDefaultSGCustomResourceProvider\/Handler)$/,
    reason: 'The function is that of AWS CDK; AWS CloudFormation alone calls it, and it calls AWS alone.',
  },

  { control: 'CT.RDS.PR.1', at: INSTANCE, reason: 'A standby doubles the cost, so that it is for the team to say, with multiAz.' },
  { control: 'CT.RDS.PR.2', at: INSTANCE, reason: 'Enhanced Monitoring costs, so that it is for the team to say, with monitoringInterval.' },
  { control: 'CT.RDS.PR.2', at: CLUSTER, reason: 'Enhanced Monitoring costs, so that it is for the team to say, with monitoringInterval.' },
  { control: 'CT.RDS.PR.14', at: INSTANCE, reason: 'Which logs are exported is for the team to say, with cloudwatchLogsExports: they cost, and statements in them hold data.' },
  { control: 'CT.RDS.PR.25', at: CLUSTER, reason: 'Which logs are exported is for the team to say, with cloudwatchLogsExports: they cost, and statements in them hold data.' },
  { control: 'CT.RDS.PR.20', at: INSTANCE, reason: 'Another port than that of the engine is for the team to say, with port: who connects must know it.' },
  { control: 'CT.RDS.PR.22', at: /^DataPlatformData\/Ledger$/, reason: 'The name of the administrator is in no statement, and the password is in AWS Secrets Manager.' },
  ...['CT.RDS.PR.24', 'CT.RDS.PR.30'].map((control) => ({
    control, at: /^RecoveryData\/Ledger$/, reason: 'A restored instance has the key of its snapshot, and no template says so.',
  })),
  { control: 'CT.REDSHIFT.PR.7', at: /^(EncryptedRedshiftCluster|RedshiftSnapshotCopy)\/Warehouse$/, reason: 'The name of the database is for the team to say, with databaseName.' },
  { control: 'CT.EC2.PR.10', at: /^EncryptedLaunchTemplate\/Template$/, reason: 'Detailed monitoring costs, so that it is for the team to say, with detailedMonitoring.' },

  { control: 'CT.AUTOSCALING.PR.1', at: /^AutoscalingFleetInstances\/Group\/ASG$/, reason: 'Its subnets are in two Availability Zones: the control looks for names of zones.' },
  { control: 'CT.AUTOSCALING.PR.6', at: /^AutoscalingFleetInstances\/Group\/ASG$/, reason: 'Its instances are all of one type, which the launch template names.' },
  { control: 'CT.EC2.PR.8', at: /^DataPlatformConsumers\/Worker$/, reason: 'It is in an isolated subnet, which gives no public addresses.' },
  { control: 'CT.SQS.PR.1', at: /\/(Failed|FailedArrivals|Undelivered)$/, reason: 'It is a dead-letter queue.' },
  { control: 'CT.CLOUDFRONT.PR.4', at: /^DeliverySite\/Distribution$/, reason: 'The pages are in one bucket, whose Region is that of the pipeline.' },
  { control: 'CT.CLOUDFRONT.PR.5', at: /^DeliverySite\/Distribution$/, reason: 'The access logs of the bucket tell what is read; who visits a page is not recorded.' },
  ...['6', '7', '9'].map((number) => ({
    control: `CT.CLOUDFRONT.PR.${number}`,
    at: /^DeliverySite\/Distribution$/,
    reason: 'The name that Amazon CloudFront gives takes no other certificate; with a domain name of your own, give yours.',
  })),
  { control: 'CT.CODEBUILD.PR.4', at: /^DeliveryPipeline\/Build$/, reason: 'It builds container images, which Docker does in privileged mode only.' },
  { control: 'CT.ECR.PR.1', at: /^DeliveryPipeline\/Images$/, reason: 'Which images are still deployed is not known by their age or number.' },
  { control: 'CT.ELASTICFILESYSYSTEM.PR.2', at: /^EventPipelineStores\/Receipts$/, reason: 'The plan of the stack of the backups copies the file system each day.' },
  { control: 'CT.OPENSEARCH.PR.13', at: /^EventPipelineStores\/Search$/, reason: 'Audit logs need fine-grained access control, which IAM policies stand for.' },
  { control: 'CT.OPENSEARCH.PR.14', at: /^EventPipelineStores\/Search$/, reason: 'Two nodes in two Availability Zones are enough for what can be indexed again.' },
  { control: 'CT.OPENSEARCH.PR.15', at: /^EventPipelineStores\/Search$/, reason: 'The domain has no address outside the network, and lets in only whom an IAM policy allows.' },
  { control: 'CT.OPENSEARCH.PR.16', at: /^EventPipelineStores\/Search$/, reason: 'It asks for TLS 1.2 with perfect forward secrecy, a policy that the control does not know yet.' },
];
