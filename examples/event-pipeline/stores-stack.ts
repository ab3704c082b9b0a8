import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { KmsService } from 'cdk-kms-patterns';

/** Where orders stay: the table, the receipts, and what finds them again. */
export class StoresStack extends Stack {
  public readonly network: ec2.Vpc;
  public readonly table: dynamodb.Table;
  public readonly receipts: efs.FileSystem;
  /** Of the servers of the shop, which run in the network and use the cache. */
  public readonly shop: ec2.SecurityGroup;
  public readonly search: opensearch.Domain;

  constructor(scope: Construct, id: string, { orders, operations }: KeysStack) {
    super(scope, id, { description: 'The data stores of the event pipeline' });
    const logGroup = new logs.LogGroup(this, 'Logs', {
      encryptionKey: operations.via(KmsService.CLOUDWATCH_LOGS),
      retention: logs.RetentionDays.ONE_YEAR,
    });
    // Without a way to the internet.
    this.network = new ec2.Vpc(this, 'Network', {
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'Private', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      flowLogs: { Rejected: { destination: ec2.FlowLogDestination.toCloudWatchLogs(logGroup), trafficType: ec2.FlowLogTrafficType.REJECT } },
    });
    const vpc = this.network;

    this.table = new dynamodb.Table(this, 'Table', {
      partitionKey: { name: 'customer', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'order', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: orders.via(KmsService.DYNAMODB),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
    });
    this.receipts = new efs.FileSystem(this, 'Receipts', { vpc, encrypted: true, kmsKey: orders.via(KmsService.EFS) });

    this.shop = new ec2.SecurityGroup(this, 'Shop', { vpc, allowAllOutbound: false });
    const cache = new ec2.SecurityGroup(this, 'CacheSecurityGroup', { vpc, allowAllOutbound: false });
    this.shop.connections.allowTo(cache, ec2.Port.tcp(6379));
    new elasticache.CfnServerlessCache(this, 'Cache', {
      serverlessCacheName: 'event-pipeline',
      engine: 'valkey',
      kmsKeyId: orders.via(KmsService.ELASTICACHE).keyArn,
      securityGroupIds: [cache.securityGroupId],
      subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
      snapshotRetentionLimit: 7,
    });
    const letLogs = new logs.ResourcePolicy(this, 'SearchLogs', {
      policyStatements: [new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('es.amazonaws.com', { conditions: { StringEquals: { 'aws:SourceAccount': this.account } } })],
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      })],
    });
    this.search = new opensearch.Domain(this, 'Search', {
      version: opensearch.EngineVersion.OPENSEARCH_2_19,
      encryptionAtRest: { kmsKey: orders.via(KmsService.OPENSEARCH) },
      nodeToNodeEncryption: true,
      enforceHttps: true,
      tlsSecurityPolicy: opensearch.TLSSecurityPolicy.TLS_1_2_PFS,
      vpc,
      vpcSubnets: [{ subnetType: ec2.SubnetType.PRIVATE_ISOLATED }],
      zoneAwareness: { availabilityZoneCount: 2 },
      capacity: {
        dataNodes: 2,
        dataNodeInstanceType: 'm7g.large.search',
        masterNodes: 3,
        masterNodeInstanceType: 'm7g.large.search',
        multiAzWithStandbyEnabled: false,
      },
      logging: {
        appLogEnabled: true,
        appLogGroup: logGroup,
        slowIndexLogEnabled: true,
        slowIndexLogGroup: logGroup,
        slowSearchLogEnabled: true,
        slowSearchLogGroup: logGroup,
      },
      suppressLogsResourcePolicy: true,
    });
    this.search.node.addDependency(letLogs);
  }
}
