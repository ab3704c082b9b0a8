import { Arn, ArnFormat, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { assertWritable, letAuditLogsIn, newAuditLogs } from './audit-logs';
import { clusterParameterGroup, parameterGroupRequiresTls } from './cluster-parameter-group';
import { EncryptedRedshiftClusterProps } from './encrypted-redshift-cluster-props';
import { pinnedKey } from './pinned-key';
import { RedshiftAccess } from './redshift-access';
import { RedshiftDataApiOptions } from './redshift-data-api-options';
import { RedshiftKeys } from './redshift-keys';
import { assertPrivateGroup, retainWith, warehouseSecurityGroups, warehouseSubnets } from './redshift-network';
import { assertSnapshotNames } from './snapshot-names';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsService } from '../../service/kms-service';
import { encryptionUndone, isStill } from '../database/encryption-undone';
import { isUnderAwsKms } from '../log-bucket';

const PORT = 5439;

/**
 * An Amazon Redshift cluster whose data, snapshots, queries through the Data API and administrator's password are encrypted under a key that you own.
 *
 * Only private subnets, only TLS, traffic through the VPC, activity logged, automated snapshots for seven days, and a last one when it is deleted.
 * Who queries by SQL needs nothing of the key: Amazon Redshift uses it by a grant of its own, made with the permissions of whoever deploys.
 * Callers of the Data API need to make such a grant as well, which `grantDataApi` lets them.
 *
 * The construct can take the place of a `new redshift.CfnCluster` with the same id: its logical id stays, and nothing is replaced where `clusterIdentifier`,
 * `databaseName`, `adminUsername` and `subnetGroupName` are as they were. A cluster that is not encrypted, or under another key, is re-encrypted in
 * place, and can only be read meanwhile; its administrator gets another password. CloudFormation sets no default role: name the role in COPY and UNLOAD.
 *
 * @example
 * declare const vpc: ec2.Vpc;
 * declare const analyst: iam.Role;
 * const warehouse = new EncryptedRedshiftCluster(this, 'Warehouse', { vpc, nodeType: 'ra3.large', numberOfNodes: 2 });
 * warehouse.grantDataApi(analyst);
 *
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-kms-customer-managed-key.html
 */
@propertyInjectable
export class EncryptedRedshiftCluster extends Construct implements ec2.IConnectable {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EncryptedRedshiftCluster';

  /** The cluster itself. */
  public readonly cluster: redshift.CfnCluster;
  /** The key that the data is encrypted under. */
  public readonly encryptionKey: ICustomerManagedKey;
  /** Who is let in through the network. */
  public readonly connections: ec2.Connections;
  /** The address and the port of the cluster. */
  public readonly clusterEndpoint: rds.Endpoint;
  /** The secret with the password of the administrator, which Amazon Redshift makes and rotates. */
  public readonly adminSecret: secretsmanager.ISecret;
  /** The bucket for connection, user and user activity logs. */
  public readonly auditLogsBucket: s3.IBucket;

  private readonly access: RedshiftAccess;
  private readonly databaseName: string;

  constructor(scope: Construct, id: string, props: EncryptedRedshiftClusterProps) {
    super(scope, id);
    assertSnapshotNames(this, props);
    const keys = new RedshiftKeys(this, props);
    this.encryptionKey = keys.data;
    this.databaseName = props.databaseName ?? 'dev';
    this.auditLogsBucket = props.auditLogsBucket ?? newAuditLogs(this);
    assertWritable(this, this.auditLogsBucket);
    const securityGroups = warehouseSecurityGroups(this, props);
    const parameterGroup = clusterParameterGroup(this, props);
    this.cluster = this.newCluster(props, keys, securityGroups, parameterGroup);
    const { policyDependable } = letAuditLogsIn(this, this.auditLogsBucket, props.clusterIdentifier);
    // Amazon Redshift tries the bucket when the cluster is made.
    this.cluster.node.addDependency(...policyDependable ? [policyDependable] : []);
    this.clusterEndpoint = new rds.Endpoint(this.cluster.attrEndpointAddress, Token.asNumber(this.cluster.attrEndpointPort));
    const port = props.port ?? (props.snapshotIdentifier === undefined ? PORT : this.clusterEndpoint.port);
    this.connections = new ec2.Connections({ securityGroups, defaultPort: ec2.Port.tcp(port) });
    this.adminSecret = secretsmanager.Secret.fromSecretAttributes(this, 'AdminSecret', {
      secretCompleteArn: this.cluster.attrMasterPasswordSecretArn,
      encryptionKey: pinnedKey(keys.adminSecret.via(KmsService.REDSHIFT_ADMIN_SECRET), {
        resource: this, key: 'SecretARN', values: [this.cluster.attrMasterPasswordSecretArn],
      }),
    });
    const arn = this.arnOf('cluster', this.cluster.ref);
    this.access = new RedshiftAccess(this, {
      resource: 'cluster',
      arn,
      key: pinnedKey(keys.data.via(KmsService.REDSHIFT), { resource: this, key: 'aws:redshift:arn', values: [arn] }),
      adminSecret: this.adminSecret,
    });
    this.node.addValidation({ validate: () => this.encryptionUndone(keys, props.enforceSSL ?? true) });
  }

  /**
   * Lets the grantee send SQL over HTTPS and read the results of its own statements, making the grant on the key that the Data API needs.
   *
   * It gets a password of the database for a while. With that of the administrator instead, give `grantReadAdminSecret` too.
   */
  public grantDataApi(grantee: iam.IGrantable, options: RedshiftDataApiOptions = {}): iam.Grant {
    const { database = this.databaseName, databaseUser } = options;
    const name = this.arnOf('dbname', `${this.cluster.ref}/${database}`);
    return this.access.grantDataApi(grantee, databaseUser === undefined
      ? { action: 'redshift:GetClusterCredentialsWithIAM', resourceArns: [name] }
      : { action: 'redshift:GetClusterCredentials', resourceArns: [name, this.arnOf('dbuser', `${this.cluster.ref}/${databaseUser}`)] });
  }

  /** Lets the grantee read the password of the administrator, decrypting this secret only. */
  public grantReadAdminSecret(grantee: iam.IGrantable): iam.Grant {
    return this.access.grantReadAdminSecret(grantee);
  }

  private newCluster(
    props: EncryptedRedshiftClusterProps, keys: RedshiftKeys, securityGroups: ec2.ISecurityGroup[], parameterGroup: redshift.CfnClusterParameterGroup,
  ): redshift.CfnCluster {
    const { numberOfNodes = 1, removalPolicy = RemovalPolicy.SNAPSHOT } = props;
    const multiNode = Token.isUnresolved(numberOfNodes) || numberOfNodes > 1;
    const cluster = new redshift.CfnCluster(this, 'Default', {
      clusterIdentifier: props.clusterIdentifier,
      clusterType: multiNode ? 'multi-node' : 'single-node',
      nodeType: props.nodeType,
      numberOfNodes: multiNode ? numberOfNodes : undefined,
      dbName: this.databaseName,
      masterUsername: props.adminUsername ?? 'admin',
      manageMasterPassword: true,
      masterPasswordSecretKmsKeyId: keys.adminSecret.via(KmsService.REDSHIFT_ADMIN_SECRET).keyArn,
      encrypted: true,
      kmsKeyId: keys.data.via(KmsService.REDSHIFT).keyArn,
      clusterSubnetGroupName: props.subnetGroupName ?? this.newSubnetGroup(props).ref,
      vpcSecurityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId),
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      port: props.port,
      clusterParameterGroupName: parameterGroup.ref,
      loggingProperties: { bucketName: this.auditLogsBucket.bucketName, s3KeyPrefix: props.auditLogsPrefix },
      iamRoles: props.roles?.map(({ roleArn }) => roleArn),
      automatedSnapshotRetentionPeriod: props.automatedSnapshotRetention?.toDays() ?? 7,
      manualSnapshotRetentionPeriod: props.manualSnapshotRetention?.toDays(),
      snapshotIdentifier: props.snapshotIdentifier,
      snapshotClusterIdentifier: props.snapshotClusterIdentifier,
      ownerAccount: props.snapshotOwnerAccount,
      multiAz: props.multiAz,
      availabilityZone: props.availabilityZone,
      availabilityZoneRelocation: props.availabilityZoneRelocation,
      allowVersionUpgrade: props.allowVersionUpgrade ?? true,
      preferredMaintenanceWindow: props.preferredMaintenanceWindow,
      maintenanceTrackName: props.maintenanceTrackName,
    });
    cluster.applyRemovalPolicy(removalPolicy);
    assertPrivateGroup(this, props.vpc, cluster);
    return cluster;
  }

  private newSubnetGroup(props: EncryptedRedshiftClusterProps): redshift.CfnClusterSubnetGroup {
    const { subnetIds } = warehouseSubnets(this, props);
    const group = new redshift.CfnClusterSubnetGroup(this, 'Subnets', { description: `Subnets for ${this.node.id} Redshift cluster`, subnetIds });
    retainWith(props.removalPolicy, group);
    return group;
  }

  private arnOf(resource: string, resourceName: string): string {
    return Arn.format({ service: 'redshift', resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME }, Stack.of(this));
  }

  /** Property injectors, aspects and mixins reach the cluster inside. */
  private encryptionUndone(keys: RedshiftKeys, enforceSSL: boolean): string[] {
    const { cluster, auditLogsBucket } = this;
    const logging = cluster.loggingProperties as redshift.CfnCluster.LoggingPropertiesProperty | undefined;
    const still = (property: unknown, promised: unknown) => isStill(cluster, property, promised);
    return encryptionUndone('EncryptedRedshiftCluster', {
      encryptionKey: still([cluster.encrypted, cluster.kmsKeyId], [true, keys.data.keyArn]),
      adminSecretEncryptionKey: still([cluster.manageMasterPassword, cluster.masterPasswordSecretKmsKeyId], [true, keys.adminSecret.keyArn])
        && cluster.masterUserPassword === undefined,
      publiclyAccessible: cluster.publiclyAccessible === false,
      enhancedVpcRouting: cluster.enhancedVpcRouting === true,
      enforceSSL: !enforceSSL || parameterGroupRequiresTls(cluster),
      auditLogsBucket: still(logging?.bucketName, auditLogsBucket.bucketName) && !isUnderAwsKms(auditLogsBucket),
    });
  }
}
