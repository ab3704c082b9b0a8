import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { EncryptedRedshiftProps } from './encrypted-redshift-props';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';

/**
 * Properties of an encrypted namespace of Amazon Redshift Serverless, and of its workgroup.
 */
export interface EncryptedRedshiftServerlessProps extends EncryptedRedshiftProps {
  /**
   * The name of the namespace. Another one replaces it.
   *
   * @default - made of the path of the construct
   */
  readonly namespaceName?: string;

  /**
   * The name of the workgroup. Another one replaces it, but not the data.
   *
   * @default - that of the namespace
   */
  readonly workgroupName?: string;

  /**
   * The name of the first database.
   *
   * @default dev
   */
  readonly databaseName?: string;

  /**
   * The name of the administrator, whose password Amazon Redshift keeps in a secret under the key, and rotates every 30 days.
   *
   * @default admin
   * @see https://docs.aws.amazon.com/redshift/latest/mgmt/redshift-secrets-manager-integration.html
   */
  readonly adminUsername?: string;

  /**
   * The role that statements use which name none. It is one of the roles of the namespace without being named among them.
   *
   * @default - none
   */
  readonly defaultRole?: iam.IRole;

  /**
   * The capacity that queries start with, in Redshift Processing Units. It decides what a query costs.
   *
   * @default - 128, or what Amazon Redshift takes by default
   */
  readonly baseCapacity?: number;

  /**
   * The most capacity that queries get, in Redshift Processing Units.
   *
   * @default - no limit
   */
  readonly maxCapacity?: number;

  /**
   * The key of the log groups of connection, user and user activity logs.
   *
   * @default - encryptionKey
   */
  readonly cloudwatchLogsEncryptionKey?: ICustomerManagedKey;

  /**
   * How long these log groups keep what is logged.
   *
   * @default RetentionDays.TWO_YEARS
   */
  readonly cloudwatchLogsRetention?: logs.RetentionDays;

  /**
   * The name of the snapshot that is made before the namespace is deleted.
   *
   * @default - the name of the namespace with `-final-snapshot`, where removalPolicy is RemovalPolicy.SNAPSHOT
   */
  readonly finalSnapshotName?: string;

  /**
   * How long that snapshot is kept, in whole days.
   *
   * @default - until it is deleted
   */
  readonly finalSnapshotRetention?: Duration;

  /**
   * The maintenance track.
   *
   * @default current
   */
  readonly trackName?: string;
}
