import { Duration, type Environment, Size, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { type NetworkStack } from './network-stack';
import {
  type CustomerManagedKey, EncryptedBucket, EncryptedDatabaseInstance, EncryptedRedshiftCluster, EncryptedSecret, EncryptedVolume, KmsService,
  ParameterValue, SecureStringParameter,
} from 'cdk-kms-patterns';

/** Not those that scanners try first. */
export const LEDGER_PORT = 6432;
const WAREHOUSE_PORT = 5440;

/** The database, wherever it is. */
export const LEDGER = {
  engine: rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_17_7 }),
  instanceType: ec2.InstanceType.of(ec2.InstanceClass.M7G, ec2.InstanceSize.LARGE),
  instanceIdentifier: 'data-platform-ledger',
  multiAz: true,
  port: LEDGER_PORT,
  manageMasterUserPassword: true,
  enablePerformanceInsights: true,
  monitoringInterval: Duration.minutes(1),
  cloudwatchLogsExports: ['postgresql', 'upgrade'],
};

/** The warehouse, wherever it is. */
export const WAREHOUSE = {
  nodeType: 'ra3.large',
  numberOfNodes: 2,
  port: WAREHOUSE_PORT,
  databaseName: 'warehouse',
  adminUsername: 'admin',
  preferredMaintenanceWindow: 'sun:02:00-sun:03:00',
};

/** Everything at rest. Each store takes its key from the service that encrypts it. */
export class DataStack extends Stack {
  public readonly lake: EncryptedBucket;
  public readonly catalogue: EncryptedVolume;
  public readonly ledger: EncryptedDatabaseInstance;
  public readonly warehouse: EncryptedRedshiftCluster;
  public readonly partnerToken: EncryptedSecret;
  public readonly signingKey: SecureStringParameter;
  public readonly arrivals: sqs.Queue;
  public readonly failedArrivals: sqs.Queue;
  public readonly alerts: sns.Topic;
  public readonly logGroup: logs.LogGroup;

  constructor(scope: Construct, id: string, { data, operations }: KeysStack, { vpc }: NetworkStack, env?: Environment) {
    super(scope, id, { env, description: 'The data stores of the data platform' });

    this.lake = new EncryptedBucket(this, 'Lake', { encryptionKey: data });
    this.catalogue = new EncryptedVolume(this, 'Catalogue', {
      availabilityZone: this.availabilityZones[0],
      encryptionKey: data,
      size: Size.gibibytes(100),
    });
    this.ledger = new EncryptedDatabaseInstance(this, 'Ledger', {
      ...LEDGER,
      vpc,
      encryptionKey: data,
      cloudwatchLogsEncryptionKey: operations,
    });
    this.warehouse = this.newWarehouse(data, vpc);
    this.partnerToken = new EncryptedSecret(this, 'PartnerToken', { secretName: 'data-platform/partner-token', encryptionKey: data });
    this.signingKey = new SecureStringParameter(this, 'SigningKey', {
      parameterName: '/data-platform/signing-key',
      value: ParameterValue.generated({ length: 64 }),
      encryptionKey: data,
    });

    const queueKey = operations.via(KmsService.SQS);
    this.failedArrivals = new sqs.Queue(this, 'FailedArrivals', { encryptionMasterKey: queueKey, enforceSSL: true });
    this.arrivals = new sqs.Queue(this, 'Arrivals', {
      encryptionMasterKey: queueKey,
      enforceSSL: true,
      deadLetterQueue: { queue: this.failedArrivals, maxReceiveCount: 3 },
    });
    this.lake.bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.SqsDestination(this.arrivals));

    this.alerts = new sns.Topic(this, 'Alerts', { masterKey: operations.via(KmsService.SNS), enforceSSL: true });
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      encryptionKey: operations.via(KmsService.CLOUDWATCH_LOGS),
      retention: logs.RetentionDays.ONE_YEAR,
    });
  }

  /** Loads from the lake, with a role of its own. */
  private newWarehouse(encryptionKey: CustomerManagedKey, vpc: ec2.IVpc): EncryptedRedshiftCluster {
    const loader = new iam.Role(this, 'Loader', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') });
    this.lake.grantRead(loader);
    return new EncryptedRedshiftCluster(this, 'Warehouse', {
      ...WAREHOUSE,
      vpc,
      encryptionKey,
      roles: [loader],
    });
  }
}
