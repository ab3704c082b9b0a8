import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * How a database is kept, watched and maintained.
 */
export interface DatabaseOperationProps {
  /**
   * Whether the database cannot be deleted, not by CloudFormation either.
   *
   * @default true
   */
  readonly deletionProtection?: boolean;

  /**
   * What becomes of the database when it leaves the stack or is replaced.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Whether tags go to the snapshots.
   *
   * @default true
   */
  readonly copyTagsToSnapshot?: boolean;

  /**
   * Whether automated backups are deleted with the database.
   *
   * @default - they are, unless AWS Backup says otherwise
   */
  readonly deleteAutomatedBackups?: boolean;

  /**
   * Whether minor versions of the engine are installed during the maintenance window.
   *
   * @default true
   */
  readonly autoMinorVersionUpgrade?: boolean;

  /**
   * The weekly time of maintenance in UTC, such as `sun:23:45-mon:00:15`.
   *
   * @default - 30 minutes that Amazon RDS chooses
   */
  readonly preferredMaintenanceWindow?: string;

  /**
   * Whether Performance Insights is on. It keeps seven days for free.
   *
   * @default - where performanceInsightRetention, performanceInsightEncryptionKey or the advanced databaseInsightsMode is given
   */
  readonly enablePerformanceInsights?: boolean;

  /**
   * How long Performance Insights keeps its data. More than seven days cost.
   *
   * @default - seven days
   */
  readonly performanceInsightRetention?: rds.PerformanceInsightRetention;

  /**
   * The mode of Database Insights.
   *
   * @default - standard where Performance Insights is on
   */
  readonly databaseInsightsMode?: rds.DatabaseInsightsMode;

  /**
   * The logs that are exported to Amazon CloudWatch Logs.
   *
   * Their log groups are made beforehand, under the key, where the identifier of the database is given; else Amazon RDS makes them without a key,
   * which is warned of. Log groups that Amazon RDS has made already must be brought into the stack first, with `cdk import`.
   *
   * @default - none
   */
  readonly cloudwatchLogsExports?: string[];

  /**
   * How long the log groups keep what is exported.
   *
   * @default - two years where they are made here; else they are kept
   */
  readonly cloudwatchLogsRetention?: logs.RetentionDays;

  /**
   * The role of the function that sets the retention of log groups that Amazon RDS makes.
   *
   * @default - a new role, where it is needed
   */
  readonly cloudwatchLogsRetentionRole?: iam.IRole;

  /**
   * How often Enhanced Monitoring looks at the operating system. It costs as much as the logs that it writes.
   *
   * @default - never
   */
  readonly monitoringInterval?: Duration;

  /**
   * The role of Enhanced Monitoring.
   *
   * @default - a new role, where it is needed
   */
  readonly monitoringRole?: iam.IRole;

  /**
   * The role that imports from Amazon S3. Not together with s3ImportBuckets.
   *
   * @default - a new role, where s3ImportBuckets is given
   */
  readonly s3ImportRole?: iam.IRole;

  /**
   * The buckets that are imported from.
   *
   * @default - none
   */
  readonly s3ImportBuckets?: s3.IBucket[];

  /**
   * The role that exports to Amazon S3. Not together with s3ExportBuckets.
   *
   * @default - a new role, where s3ExportBuckets is given
   */
  readonly s3ExportRole?: iam.IRole;

  /**
   * The buckets that are exported to.
   *
   * @default - none
   */
  readonly s3ExportBuckets?: s3.IBucket[];

  /**
   * The directory that Kerberos authentication goes by.
   *
   * @default - no Kerberos authentication
   */
  readonly domain?: string;

  /**
   * The role that joins the directory.
   *
   * @default - a new role, where domain is given
   */
  readonly domainRole?: iam.IRole;

  /**
   * The versions of IP that the database listens on.
   *
   * @default - IPv4
   */
  readonly networkType?: rds.NetworkType;

  /**
   * Whether the engine stays in extended support, which costs, after its standard support.
   *
   * @default - it does
   */
  readonly engineLifecycleSupport?: rds.EngineLifecycleSupport;
}
