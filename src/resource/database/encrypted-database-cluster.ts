import { Duration, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { RDS_PREVENT_RENDERING_DEPRECATED_CREDENTIALS } from 'aws-cdk-lib/cx-api';
import { Construct } from 'constructs';
import { clusterMembers, secureMembers } from './cluster-members';
import { DatabaseAccess } from './database-access';
import { iamAuthenticationOf } from './database-engine';
import { DatabaseKeys } from './database-keys';
import { databaseLogGroups } from './database-log-groups';
import { databaseNetwork } from './database-network';
import { EncryptedDatabaseClusterProps } from './encrypted-database-cluster-props';
import { encryptionUndone, insightsAreUnder, isStill, logsAreUnder, passwordIsUnder, tlsIsForced } from './encryption-undone';
import { tlsParameterOf, withForcedTls } from './forced-tls';
import { insightsKey } from './insights';
import { MasterUser } from './master-user';
import { assertOfRegion } from './snapshot-region';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsService } from '../../service/kms-service';

/**
 * An Amazon Aurora cluster whose storage, backups, insights, password and exported logs are encrypted under a key that you own.
 *
 * Only private subnets, only TLS, users of IAM beside passwords, backups for seven days, and no deletion. Who connects needs nothing of the key:
 * Amazon RDS uses it by a grant of its own, made with the permissions of whoever deploys. For new clusters `manageMasterUserPassword: true` is best.
 *
 * The construct can take the place of a `new rds.DatabaseCluster` or `rds.DatabaseClusterFromSnapshot` that is encrypted under the same key, with the
 * same id: logical ids stay, nothing is replaced. It gets a parameter group of its own, in force after the next restart of its instances. A cluster
 * that is not encrypted, or under another key, would be replaced: restore its snapshot with `snapshotIdentifier`, which encrypts it under the key.
 *
 * Multi-AZ DB clusters, which are not Aurora, have no L2 in aws-cdk-lib.
 *
 * @example
 * declare const vpc: ec2.Vpc;
 * declare const app: iam.Role;
 * const ledger = new EncryptedDatabaseCluster(this, 'Ledger', {
 *   engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_17_7 }),
 *   vpc,
 *   writer: rds.ClusterInstance.serverlessV2('Writer'),
 * });
 * ledger.grantConnect(app, 'app');
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.html
 */
@propertyInjectable
export class EncryptedDatabaseCluster extends Construct implements ec2.IConnectable {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EncryptedDatabaseCluster';

  /** The cluster itself. */
  public readonly cluster: rds.DatabaseClusterBase;
  /** The key that the storage is encrypted under. */
  public readonly encryptionKey: ICustomerManagedKey;
  /** Who is let in through the network. */
  public readonly connections: ec2.Connections;
  /** The secret with the password of the master user, where the app or Amazon RDS makes one or one was given. */
  public readonly secret?: secretsmanager.ISecret;
  /** The log groups that are made here for what is exported, by log. */
  public readonly logGroups: { [log: string]: logs.ILogGroup };

  private readonly inner: rds.DatabaseCluster | rds.DatabaseClusterFromSnapshot;
  private readonly access: DatabaseAccess;

  constructor(scope: Construct, id: string, props: EncryptedDatabaseClusterProps) {
    super(scope, id);
    // Without the flag, the L2 makes a secret for a restored cluster that is in force nowhere.
    this.node.setContext(RDS_PREVENT_RENDERING_DEPRECATED_CREDENTIALS, true);
    const restored = props.snapshotIdentifier !== undefined;
    assertOfRegion(this, props.snapshotIdentifier);
    const keys = new DatabaseKeys(this, props);
    const masterUser = new MasterUser(this, { ...props, restored, key: keys.masterUserSecret, secretArn: () => this.secret!.secretArn });
    this.encryptionKey = keys.storage;
    const l2Props = this.l2Props(props, keys, masterUser);
    this.inner = props.snapshotIdentifier !== undefined
      ? new rds.DatabaseClusterFromSnapshot(this, 'Default', {
        ...l2Props, snapshotIdentifier: props.snapshotIdentifier, snapshotCredentials: masterUser.snapshotCredentials,
      })
      : new rds.DatabaseCluster(this, 'Default', { ...l2Props, credentials: masterUser.credentials });
    this.cluster = this.inner;
    this.connections = this.inner.connections;
    this.secret = this.inner.secret;
    const resource = this.inner.node.defaultChild as rds.CfnDBCluster;
    const members = clusterMembers(this.inner);
    secureMembers(this, members, { insightsKey: keys.insights, autoMinorVersionUpgrade: props.autoMinorVersionUpgrade });
    const logGroups = databaseLogGroups(this, { ...props, kind: 'cluster', identifier: props.clusterIdentifier, key: keys.logs });
    resource.node.addDependency(...Object.values(logGroups));
    this.logGroups = logGroups;
    if (restored) {
      Validations.of(resource).acknowledge({ id: 'CloudFormation-Validate::F3021', reason: 'A restored cluster keeps the user of its snapshot, and names none.' });
    }
    const watched = members.filter((member) => resource.performanceInsightsEnabled === true || member.enablePerformanceInsights === true);
    this.access = new DatabaseAccess(this, {
      inner: this.inner,
      iamAuthentication: l2Props.iamAuthentication,
      secret: this.secret,
      secretManaged: masterUser.managed,
      insightsKey: keys.insights,
      insightsResourceIds: watched.map((member) => member.attrDbiResourceId),
    });
    this.node.addValidation({
      validate: () => encryptionUndone('EncryptedDatabaseCluster', {
        storageEncryptionKey: isStill(resource, [resource.storageEncrypted, resource.kmsKeyId], [true, keys.storage.keyArn]),
        performanceInsightEncryptionKey: insightsAreUnder(keys.insights, resource, resource.performanceInsightsEnabled)
          && members.every((member) => insightsAreUnder(keys.insights, member, member.enablePerformanceInsights)),
        masterUserSecretEncryptionKey: passwordIsUnder(resource, masterUser),
        cloudwatchLogsEncryptionKey: logsAreUnder(Object.values(logGroups), keys.logs.keyArn),
        publiclyAccessible: members.every(({ publiclyAccessible }) => publiclyAccessible === false),
        enforceSSL: props.enforceSSL === false || tlsIsForced(resource, 'DBClusterParameterGroupName', tlsParameterOf(this, props.engine).name),
      }),
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

  /** Lets the grantee send SQL over HTTPS, with the password of the master user. Turns the Data API on. */
  public grantDataApiAccess(grantee: iam.IGrantable): iam.Grant {
    return this.inner.grantDataApiAccess(this.access.reachable(grantee, 'rds-data:ExecuteStatement', 'secretsmanager:GetSecretValue', 'kms:Decrypt'));
  }

  /** Lets the grantee read the password of the master user, decrypting this secret only. */
  public grantReadSecret(grantee: iam.IGrantable): iam.Grant {
    return this.access.grantReadSecret(grantee);
  }

  /** Lets the grantee see what Performance Insights knows of the instances, decrypting nothing else. */
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

  private l2Props(props: EncryptedDatabaseClusterProps, keys: DatabaseKeys, { managed }: MasterUser) {
    // Deprecated for restored clusters, even where undefined.
    const { credentials, ...others } = props;
    return {
      ...others,
      ...databaseNetwork(this, props, {
        subnetGroupId: 'Subnets', subnetGroup: `Subnets for ${this.node.id} database`, securityGroup: 'RDS security group',
      }),
      ...withForcedTls(this, props, 'cluster'),
      storageEncryptionKey: keys.storage.via(KmsService.RDS),
      performanceInsightEncryptionKey: insightsKey(props, keys.insights),
      manageMasterUserPassword: managed || undefined,
      iamAuthentication: iamAuthenticationOf(this, props.engine, props.iamAuthentication),
      deletionProtection: props.deletionProtection ?? true,
      backup: props.backup ?? { retention: Duration.days(7) },
      // The log groups that are made here have it.
      cloudwatchLogsRetention: props.clusterIdentifier === undefined ? props.cloudwatchLogsRetention : undefined,
    };
  }
}
