import { Duration } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { DatabaseAccess } from './database-access';
import { iamAuthenticationOf } from './database-engine';
import { DatabaseKeys } from './database-keys';
import { databaseLogGroups } from './database-log-groups';
import { databaseNetwork } from './database-network';
import { EncryptedDatabaseInstanceProps } from './encrypted-database-instance-props';
import { encryptionUndone, insightsAreUnder, isStill, logsAreUnder, passwordIsUnder, tlsIsForced } from './encryption-undone';
import { tlsParameterOf, withForcedTls } from './forced-tls';
import { insightsKey } from './insights';
import { MasterUser } from './master-user';
import { refusedReadReplicas } from './read-replica';
import { isRestored, restoreFromBackups } from './restored-instance';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsService } from '../../service/kms-service';

/**
 * An Amazon RDS database instance whose storage, backups, insights, password and exported logs are encrypted under a key that you own.
 *
 * Only private subnets, only TLS, users of IAM beside passwords, backups for seven days, and no deletion. Who connects needs nothing of the key:
 * Amazon RDS uses it by a grant of its own, made with the permissions of whoever deploys. For new instances `manageMasterUserPassword: true` is best.
 *
 * The construct can take the place of a `new rds.DatabaseInstance` or `rds.DatabaseInstanceFromSnapshot` that is encrypted under the same key, with
 * the same id: logical ids stay, nothing is replaced. It gets a parameter group of its own, in force after the next restart. An instance that is not
 * encrypted, or under another key, would be replaced: copy its snapshot under the key, and restore it with `snapshotIdentifier`.
 *
 * A read replica in the same Region has the key of its source: `new rds.DatabaseInstanceReadReplica` with `sourceDatabaseInstance: ledger.instance`.
 *
 * @example
 * declare const vpc: ec2.Vpc;
 * declare const app: iam.Role;
 * const ledger = new EncryptedDatabaseInstance(this, 'Ledger', {
 *   engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_7 }),
 *   vpc,
 * });
 * ledger.grantConnect(app, 'app');
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html
 */
@propertyInjectable
export class EncryptedDatabaseInstance extends Construct implements ec2.IConnectable {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EncryptedDatabaseInstance';

  /** The instance itself. */
  public readonly instance: rds.DatabaseInstanceBase;
  /** The key that the storage is encrypted under. */
  public readonly encryptionKey: ICustomerManagedKey;
  /** Who is let in through the network. */
  public readonly connections: ec2.Connections;
  /** The secret with the password of the master user, where the app or Amazon RDS makes one or one was given. */
  public readonly secret?: secretsmanager.ISecret;
  /** The log groups that are made here for what is exported, by log. */
  public readonly logGroups: { [log: string]: logs.ILogGroup };

  private readonly inner: rds.DatabaseInstance | rds.DatabaseInstanceFromSnapshot;
  private readonly access: DatabaseAccess;

  constructor(scope: Construct, id: string, props: EncryptedDatabaseInstanceProps) {
    super(scope, id);
    const restored = isRestored(this, props);
    const keys = new DatabaseKeys(this, props);
    const masterUser = new MasterUser(this, { ...props, restored, key: keys.masterUserSecret, secretArn: () => this.secret!.secretArn });
    this.encryptionKey = keys.storage;
    const l2Props = this.l2Props(props, keys);
    const storageEncryptionKey = keys.storage.via(KmsService.RDS);
    this.inner = restored
      // Amazon RDS takes no key here: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
      ? new rds.DatabaseInstanceFromSnapshot(this, 'Default', {
        ...l2Props,
        ...props.restorePoint && { snapshotIdentifier: props.restorePoint.automatedBackupsArn },
        credentials: masterUser.managed ? undefined : masterUser.snapshotCredentials,
      })
      : new rds.DatabaseInstance(this, 'Default', {
        ...l2Props, storageEncryptionKey, credentials: masterUser.credentials, manageMasterUserPassword: masterUser.managed || undefined,
      });
    this.instance = this.inner;
    this.connections = this.inner.connections;
    const resource = this.inner.node.defaultChild as rds.CfnDBInstance;
    if (props.restorePoint) {
      restoreFromBackups(resource, props.restorePoint);
    }
    if (restored) {
      resource.allocatedStorage = props.allocatedStorage?.toString();
    }
    this.secret = restored && masterUser.managed ? masterUser.manageIn(resource) : this.inner.secret;
    const logGroups = databaseLogGroups(this, { ...props, kind: 'instance', identifier: props.instanceIdentifier, key: keys.logs });
    resource.node.addDependency(...Object.values(logGroups));
    this.logGroups = logGroups;
    this.access = new DatabaseAccess(this, {
      inner: this.inner,
      iamAuthentication: l2Props.iamAuthentication,
      secret: this.secret,
      secretManaged: masterUser.managed,
      insightsKey: keys.insights,
      insightsResourceIds: resource.enablePerformanceInsights === true ? [resource.attrDbiResourceId] : [],
    });
    this.node.addValidation({
      validate: () => [
        ...encryptionUndone('EncryptedDatabaseInstance', {
          storageEncryptionKey: isStill(resource, [resource.storageEncrypted, resource.kmsKeyId], restored ? [] : [true, keys.storage.keyArn]),
          performanceInsightEncryptionKey: insightsAreUnder(keys.insights, resource, resource.enablePerformanceInsights),
          masterUserSecretEncryptionKey: passwordIsUnder(resource, masterUser),
          cloudwatchLogsEncryptionKey: logsAreUnder(Object.values(logGroups), keys.logs.keyArn),
          publiclyAccessible: resource.publiclyAccessible === false,
          enforceSSL: props.enforceSSL === false || tlsIsForced(resource, 'DBParameterGroupName', tlsParameterOf(this, props.engine).name),
        }),
        ...refusedReadReplicas(resource),
      ],
    });
  }

  /**
   * Lets the grantee connect as a user of the database, with a token of IAM instead of a password. It needs nothing of the key.
   *
   * @param dbUser a user that the database lets in by IAM, not the master user
   */
  public grantConnect(grantee: iam.IGrantable, dbUser: string): iam.Grant {
    return this.access.grantConnect(grantee, dbUser);
  }

  /** Lets the grantee read the password of the master user, decrypting this secret only. */
  public grantReadSecret(grantee: iam.IGrantable): iam.Grant {
    return this.access.grantReadSecret(grantee);
  }

  /** Lets the grantee see what Performance Insights knows of the instance, decrypting nothing else. */
  public grantViewPerformanceInsights(grantee: iam.IGrantable): iam.Grant {
    return this.access.grantViewPerformanceInsights(grantee);
  }

  /** Has AWS Secrets Manager rotate the secret that the app makes for the master user. Amazon RDS rotates those that it manages. */
  public addRotationSingleUser(options?: rds.RotationSingleUserOptions): secretsmanager.SecretRotation {
    return this.inner.addRotationSingleUser(options);
  }

  /** Has AWS Secrets Manager rotate the secret of another user, with the secret that the app makes for the master user. */
  public addRotationMultiUser(id: string, options: rds.RotationMultiUserOptions): secretsmanager.SecretRotation {
    return this.inner.addRotationMultiUser(id, options);
  }

  private l2Props(props: EncryptedDatabaseInstanceProps, keys: DatabaseKeys) {
    return {
      ...props,
      ...databaseNetwork(this, props, {
        subnetGroupId: 'SubnetGroup',
        subnetGroup: `Subnet group for ${this.node.id} database`,
        securityGroup: `Security group for ${this.node.id} database`,
      }),
      ...withForcedTls(this, props, 'instance'),
      iamAuthentication: iamAuthenticationOf(this, props.engine, props.iamAuthentication),
      publiclyAccessible: false,
      deletionProtection: props.deletionProtection ?? true,
      backupRetention: props.backupRetention ?? Duration.days(7),
      autoMinorVersionUpgrade: props.autoMinorVersionUpgrade ?? true,
      performanceInsightEncryptionKey: insightsKey(props, keys.insights),
      // The log groups that are made here have it.
      cloudwatchLogsRetention: props.instanceIdentifier === undefined ? props.cloudwatchLogsRetention : undefined,
    };
  }
}
