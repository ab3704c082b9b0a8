import { Arn, Names, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { EncryptedRedshiftServerlessProps } from './encrypted-redshift-serverless-props';
import { namespaceAdminSecret } from './namespace-admin-secret';
import { LOG_EXPORTS, namespaceLogGroups } from './namespace-log-groups';
import { pinnedKey } from './pinned-key';
import { RedshiftAccess } from './redshift-access';
import { RedshiftKeys } from './redshift-keys';
import { assertServerlessPort, assertThreeZones, retainWith, warehouseSecurityGroups, warehouseSubnets } from './redshift-network';
import { redshiftParameters, requiresTls } from './redshift-parameters';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsService } from '../../service/kms-service';
import { encryptionUndone, isStill, logsAreUnder } from '../database/encryption-undone';

const PORT = 5439;

/**
 * A namespace of Amazon Redshift Serverless and its workgroup, whose data, snapshots, queries through the Data API, logs and administrator's password
 * are encrypted under a key that you own.
 *
 * Only private subnets in three Availability Zones, only TLS, traffic through the VPC, activity logged, and a last snapshot when it is deleted.
 * Who queries by SQL needs nothing of the key: Amazon Redshift uses it by a grant of its own, made with the permissions of whoever deploys.
 * Callers of the Data API need to make such a grant as well, which `grantDataApi` lets them.
 *
 * The construct can take the place of a `new redshiftserverless.CfnNamespace` with the same id and the same namespaceName: its logical id stays, and
 * nothing is replaced. Another key is taken in place; its administrator gets another password. Log groups that Amazon Redshift has made already must be brought into the stack first,
 * with `cdk import`.
 *
 * @example
 * declare const vpc: ec2.Vpc;
 * declare const analyst: iam.Role;
 * const warehouse = new EncryptedRedshiftServerless(this, 'Warehouse', { vpc, baseCapacity: 8 });
 * warehouse.grantDataApi(analyst);
 *
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-workgroups-and-namespaces-rotate-kms-key.html
 */
@propertyInjectable
export class EncryptedRedshiftServerless extends Construct implements ec2.IConnectable {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EncryptedRedshiftServerless';

  /** The namespace itself, which has the data. */
  public readonly namespace: redshiftserverless.CfnNamespace;
  /** The workgroup itself, which computes. */
  public readonly workgroup: redshiftserverless.CfnWorkgroup;
  /** The key that the data is encrypted under. */
  public readonly encryptionKey: ICustomerManagedKey;
  /** Who is let in through the network. */
  public readonly connections: ec2.Connections;
  /** The address and the port of the workgroup. */
  public readonly workgroupEndpoint: rds.Endpoint;
  /** The secret with the password of the administrator, which Amazon Redshift makes and rotates. */
  public readonly adminSecret: secretsmanager.ISecret;
  /** The log groups for connection, user and user activity logs, by log. */
  public readonly logGroups: { [log: string]: logs.ILogGroup };

  private readonly access: RedshiftAccess;

  constructor(scope: Construct, id: string, props: EncryptedRedshiftServerlessProps) {
    super(scope, id);
    assertServerlessPort(this, props.port);
    const keys = new RedshiftKeys(this, props);
    this.encryptionKey = keys.data;
    const namespaceName = props.namespaceName ?? Names.uniqueResourceName(this, { maxLength: 64, separator: '-' }).toLowerCase();
    const adminUsername = props.adminUsername ?? 'admin';
    const securityGroups = warehouseSecurityGroups(this, props);
    const logGroups = namespaceLogGroups(this, { ...props, namespaceName, key: keys.logs });
    this.logGroups = logGroups;
    this.namespace = this.newNamespace(props, keys, { namespaceName, adminUsername });
    this.namespace.node.addDependency(...Object.values(logGroups));
    this.workgroup = this.newWorkgroup(props, props.workgroupName ?? namespaceName, securityGroups);
    this.workgroupEndpoint = new rds.Endpoint(this.workgroup.attrWorkgroupEndpointAddress, Token.asNumber(this.workgroup.attrWorkgroupEndpointPort));
    this.connections = new ec2.Connections({ securityGroups, defaultPort: ec2.Port.tcp(props.port ?? PORT) });
    this.adminSecret = namespaceAdminSecret(this, { namespaceName, adminUsername, key: keys.adminSecret });
    this.access = new RedshiftAccess(this, {
      resource: 'namespace',
      arn: this.workgroup.attrWorkgroupWorkgroupArn,
      key: pinnedKey(keys.data.via(KmsService.REDSHIFT_SERVERLESS), {
        resource: this, key: 'aws:redshift-serverless:arn', values: [this.namespace.attrNamespaceNamespaceArn, this.namespaceArnOfTheDataApi()],
      }),
      adminSecret: this.adminSecret,
    });
    this.node.addValidation({ validate: () => this.encryptionUndone(keys, Object.values(logGroups), props.enforceSSL ?? true) });
  }

  /**
   * Lets the grantee send SQL over HTTPS and read the results of its own statements, making the grant on the key that the Data API needs.
   *
   * It is a user of its own in every database of the namespace, such as `IAMR:analyst` for a role, with no permissions at first.
   * With the password of the administrator instead, give `grantReadAdminSecret` too.
   */
  public grantDataApi(grantee: iam.IGrantable): iam.Grant {
    return this.access.grantDataApi(grantee, { action: 'redshift-serverless:GetCredentials', resourceArns: [this.workgroup.attrWorkgroupWorkgroupArn] });
  }

  /** Lets the grantee read the password of the administrator, decrypting this secret only. */
  public grantReadAdminSecret(grantee: iam.IGrantable): iam.Grant {
    return this.access.grantReadAdminSecret(grantee);
  }

  private newNamespace(
    props: EncryptedRedshiftServerlessProps, keys: RedshiftKeys, { namespaceName, adminUsername }: { namespaceName: string; adminUsername: string },
  ): redshiftserverless.CfnNamespace {
    const { removalPolicy = RemovalPolicy.SNAPSHOT, defaultRole, roles = [] } = props;
    const takesSnapshot = removalPolicy === RemovalPolicy.SNAPSHOT;
    const iamRoles = [...new Set([...defaultRole ? [defaultRole] : [], ...roles])].map(({ roleArn }) => roleArn);
    const namespace = new redshiftserverless.CfnNamespace(this, 'Default', {
      namespaceName,
      dbName: props.databaseName ?? 'dev',
      adminUsername,
      manageAdminPassword: true,
      adminPasswordSecretKmsKeyId: keys.adminSecret.via(KmsService.REDSHIFT_ADMIN_SECRET).keyArn,
      kmsKeyId: keys.data.via(KmsService.REDSHIFT_SERVERLESS).keyArn,
      logExports: LOG_EXPORTS,
      iamRoles: iamRoles.length > 0 ? iamRoles : undefined,
      defaultIamRoleArn: defaultRole?.roleArn,
      finalSnapshotName: props.finalSnapshotName ?? (takesSnapshot ? `${namespaceName}-final-snapshot` : undefined),
      finalSnapshotRetentionPeriod: props.finalSnapshotRetention?.toDays(),
    });
    // CloudFormation has no snapshots of namespaces: Amazon Redshift makes it when it deletes one.
    namespace.applyRemovalPolicy(takesSnapshot ? RemovalPolicy.DESTROY : removalPolicy);
    return namespace;
  }

  private newWorkgroup(
    props: EncryptedRedshiftServerlessProps, workgroupName: string, securityGroups: ec2.ISecurityGroup[],
  ): redshiftserverless.CfnWorkgroup {
    const subnets = warehouseSubnets(this, props, 'three');
    assertThreeZones(this, subnets);
    const workgroup = new redshiftserverless.CfnWorkgroup(this, 'Workgroup', {
      workgroupName,
      namespaceName: this.namespace.ref,
      subnetIds: subnets.subnetIds,
      securityGroupIds: securityGroups.map(({ securityGroupId }) => securityGroupId),
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      port: props.port,
      baseCapacity: props.baseCapacity,
      maxCapacity: props.maxCapacity,
      configParameters: redshiftParameters(this, props).map(([parameterKey, parameterValue]) => ({ parameterKey, parameterValue })),
      trackName: props.trackName,
    });
    retainWith(props.removalPolicy, workgroup);
    return workgroup;
  }

  /** The page of the Data API writes a colon where the ARN of a namespace has a slash. */
  private namespaceArnOfTheDataApi(): string {
    const { attrNamespaceNamespaceId: namespaceId } = this.namespace;
    return Arn.format({ service: 'redshift-serverless', resource: `namespace:${namespaceId}` }, Stack.of(this));
  }

  /** Property injectors, aspects and mixins reach the namespace and the workgroup inside. */
  private encryptionUndone(keys: RedshiftKeys, logGroups: logs.LogGroup[], enforceSSL: boolean): string[] {
    const { namespace, workgroup } = this;
    const secret = [namespace.manageAdminPassword, namespace.adminPasswordSecretKmsKeyId];
    return encryptionUndone('EncryptedRedshiftServerless', {
      encryptionKey: isStill(namespace, namespace.kmsKeyId, keys.data.keyArn),
      adminSecretEncryptionKey: isStill(namespace, secret, [true, keys.adminSecret.keyArn]) && namespace.adminUserPassword === undefined,
      cloudwatchLogsEncryptionKey: logsAreUnder(logGroups, keys.logs.keyArn),
      publiclyAccessible: workgroup.publiclyAccessible === false,
      enhancedVpcRouting: workgroup.enhancedVpcRouting === true,
      enforceSSL: !enforceSSL || requiresTls(workgroup, workgroup.configParameters, 'parameterKey', 'parameterValue'),
    });
  }
}
