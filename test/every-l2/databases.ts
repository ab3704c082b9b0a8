import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elasticache from 'aws-cdk-lib/aws-elasticache';
import * as elasticsearch from 'aws-cdk-lib/aws-elasticsearch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as msk from 'aws-cdk-lib/aws-msk';
import * as neptune from 'aws-cdk-lib/aws-neptune';
import * as opensearch from 'aws-cdk-lib/aws-opensearchservice';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import { vpcIn } from './neighbours';
import { KmsService } from '../../src';
import { KeyTaker } from '../support/key-taker';
import { MSK } from '../support/services-to-come';

const { ELASTICACHE, OPENSEARCH, RDS, REDSHIFT, REDSHIFT_ADMIN_SECRET, REDSHIFT_SERVERLESS } = KmsService;
const postgres = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
const aurora = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 });

export const DATABASES: KeyTaker[] = [
  {
    l2: 'rds.DatabaseInstance with Performance Insights and a read replica',
    takes: [
      'aws-rds DatabaseInstanceProps.storageEncryptionKey', 'aws-rds DatabaseInstanceNewProps.performanceInsightEncryptionKey',
      'aws-rds DatabaseInstanceReadReplicaProps.storageEncryptionKey',
    ],
    via: RDS,
    build: ({ data, key }) => {
      const keys = { storageEncryptionKey: key.via(RDS), enablePerformanceInsights: true, performanceInsightEncryptionKey: key.via(RDS) };
      const vpc = vpcIn(data);
      const database = new rds.DatabaseInstance(data, 'Database', { engine: postgres, vpc, ...keys });
      new rds.DatabaseInstanceReadReplica(data, 'Replica', {
        sourceDatabaseInstance: database, vpc, instanceType: new ec2.InstanceType('m5.large'), ...keys,
      });
      return (grantee) => database.grantConnect(grantee, 'billing');
    },
  },
  {
    l2: 'rds.DatabaseCluster with Performance Insights',
    takes: [
      'aws-rds DatabaseClusterBaseProps.storageEncryptionKey', 'aws-rds DatabaseClusterBaseProps.performanceInsightEncryptionKey',
      'aws-rds ClusterInstanceOptions.performanceInsightEncryptionKey',
    ],
    via: RDS,
    build: ({ data, key }) => {
      const insights = { enablePerformanceInsights: true, performanceInsightEncryptionKey: key.via(RDS) };
      new rds.DatabaseCluster(data, 'Cluster', {
        engine: aurora, vpc: vpcIn(data), storageEncryptionKey: key.via(RDS), writer: rds.ClusterInstance.provisioned('Writer', insights), ...insights,
      });
    },
  },
  {
    l2: 'rds.DatabaseCluster with instances of one kind',
    takes: ['aws-rds InstanceProps.performanceInsightEncryptionKey'],
    via: RDS,
    build: ({ data, key }) => {
      new rds.DatabaseCluster(data, 'Cluster', {
        engine: aurora,
        storageEncryptionKey: key.via(RDS),
        instanceProps: { vpc: vpcIn(data), enablePerformanceInsights: true, performanceInsightEncryptionKey: key.via(RDS) },
      });
    },
  },
  {
    l2: 'rds.ServerlessCluster',
    takes: ['aws-rds ServerlessClusterProps.storageEncryptionKey'],
    via: RDS,
    build: ({ data, key }) => {
      new rds.ServerlessCluster(data, 'Cluster', {
        engine: rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_13_12 }),
        vpc: vpcIn(data),
        storageEncryptionKey: key.via(RDS),
      });
    },
  },
  {
    l2: 'docdb.DatabaseCluster',
    takes: ['aws-docdb DatabaseClusterProps.kmsKey'],
    via: RDS,
    build: ({ data, key }) => {
      new docdb.DatabaseCluster(data, 'Cluster', {
        vpc: vpcIn(data), masterUser: { username: 'billing' }, instanceType: new ec2.InstanceType('r5.large'), kmsKey: key.via(RDS),
      });
    },
  },
  {
    l2: 'docdb.DatabaseCluster with a password that Amazon RDS manages',
    takes: ['aws-docdb DatabaseClusterProps.masterUserSecretKmsKey'],
    via: KmsService.RDS_MASTER_SECRET,
    build: ({ data, key }) => {
      new docdb.DatabaseCluster(data, 'Cluster', {
        vpc: vpcIn(data),
        masterUser: { username: 'billing' },
        instanceType: new ec2.InstanceType('r5.large'),
        manageMasterUserPassword: true,
        masterUserSecretKmsKey: key.via(KmsService.RDS_MASTER_SECRET),
      } as docdb.DatabaseClusterProps);
    },
  },
  {
    l2: 'opensearch.Domain',
    takes: ['aws-opensearchservice EncryptionAtRestOptions.kmsKey'],
    via: OPENSEARCH,
    build: ({ data, key }) => {
      const domain = new opensearch.Domain(data, 'Domain', {
        version: opensearch.EngineVersion.OPENSEARCH_2_13, encryptionAtRest: { enabled: true, kmsKey: key.via(OPENSEARCH) },
      });
      return (grantee) => domain.grantReadWrite(grantee);
    },
  },
  {
    l2: 'elasticsearch.Domain',
    takes: ['aws-elasticsearch EncryptionAtRestOptions.kmsKey'],
    via: OPENSEARCH,
    build: ({ data, key }) => {
      const domain = new elasticsearch.Domain(data, 'Domain', {
        version: elasticsearch.ElasticsearchVersion.V7_10,
        encryptionAtRest: { enabled: true, kmsKey: key.via(OPENSEARCH) },
        accessPolicies: [new iam.PolicyStatement({ principals: [new iam.AccountRootPrincipal()], actions: ['es:ESHttpGet'], resources: ['*'] })],
      });
      return (grantee) => domain.grantReadWrite(grantee);
    },
    ownRoles: ['kms:CreateGrant', 'kms:Describe*', 'kms:List*'],
    unfenced: 'the custom resource that sets the access policy writes its own statement',
  },
];

/** Without an L2 of their own: the ARN goes where the L1 takes one. */
export const L1_ONLY: KeyTaker[] = [
  {
    l2: 'redshift.CfnCluster',
    takes: [],
    via: REDSHIFT,
    build: ({ data, key }) => {
      new redshift.CfnCluster(data, 'Cluster', {
        clusterType: 'single-node',
        dbName: 'billing',
        masterUsername: 'admin',
        manageMasterPassword: true,
        nodeType: 'ra3.large',
        encrypted: true,
        kmsKeyId: key.via(REDSHIFT).keyArn,
      });
    },
  },
  {
    l2: 'redshiftserverless.CfnNamespace',
    takes: [],
    via: REDSHIFT_SERVERLESS,
    build: ({ data, key }) => {
      new redshiftserverless.CfnNamespace(data, 'Namespace', { namespaceName: 'billing', kmsKeyId: key.via(REDSHIFT_SERVERLESS).keyArn });
    },
  },
  {
    l2: 'redshiftserverless.CfnNamespace with a password that Amazon Redshift manages',
    takes: [],
    via: REDSHIFT_ADMIN_SECRET,
    build: ({ data, key }) => {
      new redshiftserverless.CfnNamespace(data, 'Namespace', {
        namespaceName: 'billing', manageAdminPassword: true, adminPasswordSecretKmsKeyId: key.via(REDSHIFT_ADMIN_SECRET).keyArn,
      });
    },
  },
  {
    l2: 'neptune.CfnDBCluster',
    takes: [],
    via: RDS,
    build: ({ data, key }) => {
      new neptune.CfnDBCluster(data, 'Cluster', { storageEncrypted: true, kmsKeyId: key.via(RDS).keyArn });
    },
  },
  {
    l2: 'msk.CfnCluster',
    takes: [],
    via: MSK,
    build: ({ data, key }) => {
      new msk.CfnCluster(data, 'Cluster', {
        clusterName: 'billing',
        kafkaVersion: '3.6.0',
        numberOfBrokerNodes: 2,
        brokerNodeGroupInfo: { clientSubnets: vpcIn(data).privateSubnets.map(({ subnetId }) => subnetId), instanceType: 'kafka.m5.large' },
        encryptionInfo: { encryptionAtRest: { dataVolumeKmsKeyId: key.via(MSK).keyArn } },
      });
    },
  },
  {
    l2: 'elasticache.CfnReplicationGroup',
    takes: [],
    via: ELASTICACHE,
    build: ({ data, key }) => {
      new elasticache.CfnReplicationGroup(data, 'Cache', {
        replicationGroupDescription: 'billing', atRestEncryptionEnabled: true, kmsKeyId: key.via(ELASTICACHE).keyArn,
      });
    },
  },
  {
    l2: 'elasticache.CfnServerlessCache',
    takes: [],
    via: ELASTICACHE,
    build: ({ data, key }) => {
      new elasticache.CfnServerlessCache(data, 'Cache', { engine: 'valkey', serverlessCacheName: 'billing', kmsKeyId: key.via(ELASTICACHE).keyArn });
    },
  },
];
