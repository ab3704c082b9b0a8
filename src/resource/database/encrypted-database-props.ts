import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { DatabaseOperationProps } from './database-operation-props';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';

/**
 * Properties that encrypted database instances and clusters have in common: those of the L2s of aws-cdk-lib, without the ones that could undo
 * the encryption or open the database.
 */
export interface EncryptedDatabaseProps extends DatabaseOperationProps {
  /**
   * The VPC.
   */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets. Public ones are refused. An existing database cannot leave subnets that it uses: give those that it has.
   *
   * @default - isolated subnets where the VPC has several, else private ones with egress
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * A subnet group that exists. Another one replaces the database.
   *
   * @default - a new one
   */
  readonly subnetGroup?: rds.ISubnetGroup;

  /**
   * The security groups.
   *
   * @default - a new one that lets nobody in
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The port.
   *
   * @default - that of the engine
   */
  readonly port?: number;

  /**
   * The key that storage, backups and snapshots are encrypted under, and all else that no other key is given for.
   * Another key for the storage replaces the database.
   *
   * @default - a new key, retained when the stack is deleted
   */
  readonly encryptionKey?: ICustomerManagedKey;

  /**
   * The key that Performance Insights and Database Insights encrypt under, which turns them on. Another key replaces a DB instance that has one.
   *
   * @default - encryptionKey, where they are on
   */
  readonly performanceInsightEncryptionKey?: ICustomerManagedKey;

  /**
   * The key of the secret of the master user. Amazon RDS cannot change that of a secret that it manages: the update fails.
   *
   * @default - encryptionKey
   */
  readonly masterUserSecretEncryptionKey?: ICustomerManagedKey;

  /**
   * The key of the log groups that are exported to.
   *
   * @default - encryptionKey
   */
  readonly cloudwatchLogsEncryptionKey?: ICustomerManagedKey;

  /**
   * Whether Amazon RDS makes the password of the master user, keeps it in a secret under the key, and rotates it every seven days.
   *
   * Recommended for new databases. Not together with read replicas (but for SQL Server) and blue/green deployments. To turn it on replaces a database
   * without credentials, or with those of `Credentials.fromUsername`: its user name is a reference to the secret that goes.
   *
   * @default false
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
   */
  readonly manageMasterUserPassword?: boolean;

  /**
   * The master user that a new database gets. A secret that is generated for it is encrypted under the key; one that is given brings its own.
   *
   * @default - the user name that the engine proposes, with a generated secret unless Amazon RDS manages the password
   */
  readonly credentials?: rds.Credentials;

  /**
   * The password that the master user of a restored database gets.
   *
   * @default - that of the snapshot, unless Amazon RDS manages the password
   */
  readonly snapshotCredentials?: rds.SnapshotCredentials;

  /**
   * Whether IAM decides who connects, beside passwords.
   *
   * @default - true for the engines that can: PostgreSQL, MySQL, MariaDB since 10.6, Aurora
   */
  readonly iamAuthentication?: boolean;

  /**
   * Whether connections without TLS are refused, by a parameter. For Oracle, which an option group tells so, write false and give that group.
   *
   * @default true
   */
  readonly enforceSSL?: boolean;

  /**
   * Parameters. The one that forces TLS is added, in a parameter group of its own.
   *
   * @default - only the one that forces TLS
   */
  readonly parameters?: { [name: string]: string };

  /**
   * A parameter group of this app. The parameter that forces TLS is added.
   *
   * @default - a new one
   */
  readonly parameterGroup?: rds.IParameterGroup;
}
