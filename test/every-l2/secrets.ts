import * as appconfig from 'aws-cdk-lib/aws-appconfig';
import * as docdb from 'aws-cdk-lib/aws-docdb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { functionIn, vpcIn } from './neighbours';
import { CustomerManagedKey, KmsService } from '../../src';
import { ACCOUNT } from '../support/key-stack';
import { KeyTaker } from '../support/key-taker';
import { APP_CONFIG } from '../support/services-to-come';
import { ThreeStacks } from '../support/three-stacks';

const { PARAMETER_STORE, SECRETS_MANAGER } = KmsService;
const SECRET = ['aws-secretsmanager SecretProps.encryptionKey'];

const secretIn = ({ data, key }: ThreeStacks) => new secretsmanager.Secret(data, 'Secret', {
  secretName: 'billing', encryptionKey: key.via(SECRETS_MANAGER),
});

export const SECRETS: KeyTaker[] = [
  {
    l2: 'secretsmanager.Secret that is read',
    takes: SECRET,
    via: SECRETS_MANAGER,
    build: (stacks) => {
      const secret = secretIn(stacks);
      return (grantee) => secret.grantRead(grantee);
    },
    consumer: ['kms:Decrypt'],
  },
  {
    l2: 'secretsmanager.Secret that is written',
    takes: SECRET,
    via: SECRETS_MANAGER,
    build: (stacks) => {
      const secret = secretIn(stacks);
      return (grantee) => secret.grantWrite(grantee);
    },
    consumer: ['kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
  },
  {
    l2: 'secretsmanager.Secret that a function rotates',
    takes: SECRET,
    via: SECRETS_MANAGER,
    build: (stacks) => {
      secretIn(stacks).addRotationSchedule('Rotation', { rotationLambda: functionIn(stacks.data) });
    },
    ownRoles: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
  },
  {
    l2: 'secretsmanager.Secret with a replica under the key there',
    takes: [...SECRET, 'aws-secretsmanager ReplicaRegion.encryptionKey', 'aws-secretsmanager Secret.addReplicaRegion(encryptionKey)'],
    via: SECRETS_MANAGER,
    build: ({ data, key }) => {
      const there = CustomerManagedKey.fromKeyArn(data, 'There', `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`, {
        services: [SECRETS_MANAGER],
      }).via(SECRETS_MANAGER);
      const encryptionKey = key.via(SECRETS_MANAGER);
      new secretsmanager.Secret(data, 'Secret', { encryptionKey, replicaRegions: [{ region: 'eu-west-1', encryptionKey: there }] });
      new secretsmanager.Secret(data, 'Other', { encryptionKey }).addReplicaRegion('eu-west-1', there);
    },
  },
  {
    l2: 'secretsmanager.Secret that is imported',
    takes: ['aws-secretsmanager SecretAttributes.encryptionKey'],
    via: SECRETS_MANAGER,
    build: (stacks) => {
      const { data, key } = stacks;
      const imported = secretsmanager.Secret.fromSecretAttributes(data, 'Imported', {
        secretCompleteArn: `arn:aws:secretsmanager:${data.region}:${data.account}:secret:billing-AbCdEf`, encryptionKey: key.via(SECRETS_MANAGER),
      });
      secretIn(stacks);
      return (grantee) => imported.grantRead(grantee);
    },
    consumer: ['kms:Decrypt'],
  },
  {
    l2: 'rds.DatabaseSecret and the credentials of a database',
    takes: [
      'aws-rds DatabaseSecretProps.encryptionKey', 'aws-rds CredentialsBaseOptions.encryptionKey',
      'aws-rds SnapshotCredentialsFromGeneratedPasswordOptions.encryptionKey',
    ],
    via: SECRETS_MANAGER,
    build: ({ data, key }) => {
      const encryptionKey = key.via(SECRETS_MANAGER);
      const vpc = vpcIn(data);
      const engine = rds.DatabaseInstanceEngine.postgres({ version: rds.PostgresEngineVersion.VER_16 });
      const secret = new rds.DatabaseSecret(data, 'Secret', { secretName: 'admin', username: 'admin', encryptionKey });
      const database = new rds.DatabaseInstance(data, 'Database', {
        engine, vpc, credentials: rds.Credentials.fromGeneratedSecret('billing', { secretName: 'billing', encryptionKey }),
      });
      new rds.DatabaseInstanceFromSnapshot(data, 'Restored', {
        engine, vpc, snapshotIdentifier: 'nightly', credentials: rds.SnapshotCredentials.fromGeneratedSecret('billing', { encryptionKey }),
      });
      return (grantee) => {
        secret.grantRead(grantee);
        database.secret!.grantRead(grantee);
      };
    },
    consumer: ['kms:Decrypt'],
  },
  {
    l2: 'rds.DatabaseProxy for an encrypted secret',
    takes: SECRET,
    via: SECRETS_MANAGER,
    build: (stacks) => {
      const engine = rds.DatabaseClusterEngine.auroraPostgres({ version: rds.AuroraPostgresEngineVersion.VER_16_4 });
      const vpc = vpcIn(stacks.data);
      const cluster = new rds.DatabaseCluster(stacks.data, 'Cluster', { engine, vpc, writer: rds.ClusterInstance.serverlessV2('Writer') });
      const secret = secretIn(stacks);
      const role = new iam.Role(stacks.data, 'Role', { assumedBy: new iam.ServicePrincipal('rds.amazonaws.com') });
      new rds.DatabaseProxy(stacks.data, 'Proxy', { proxyTarget: rds.ProxyTarget.fromCluster(cluster), secrets: [secret], vpc, role });
    },
    ownRoles: ['kms:Decrypt'],
  },
  {
    l2: 'docdb.DatabaseSecret and the login of a cluster',
    takes: ['aws-docdb DatabaseSecretProps.encryptionKey', 'aws-docdb Login.kmsKey'],
    via: SECRETS_MANAGER,
    build: ({ data, key }) => {
      const encryptionKey = key.via(SECRETS_MANAGER);
      const secret = new docdb.DatabaseSecret(data, 'Secret', { secretName: 'admin', username: 'admin', encryptionKey });
      new docdb.DatabaseCluster(data, 'Cluster', {
        vpc: vpcIn(data), masterUser: { username: 'billing', kmsKey: encryptionKey }, instanceType: new ec2.InstanceType('r5.large'),
      });
      return (grantee) => secret.grantRead(grantee);
    },
    consumer: ['kms:Decrypt'],
  },
];

export const PARAMETERS: KeyTaker[] = [
  {
    l2: 'ssm.StringParameter, a SecureString',
    takes: ['aws-ssm SecureStringParameterAttributes.encryptionKey'],
    via: PARAMETER_STORE,
    build: ({ data, key }) => {
      const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(data, 'Parameter', {
        parameterName: '/billing/token', encryptionKey: key.via(PARAMETER_STORE),
      });
      parameter.grantRead(functionIn(data));
      return (grantee) => {
        parameter.grantRead(grantee);
        parameter.grantWrite(grantee);
      };
    },
    consumer: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
    ownRoles: ['kms:Decrypt'],
    notInTemplate: 'CloudFormation cannot make a SecureString',
  },
  {
    l2: 'appconfig.HostedConfiguration',
    takes: ['aws-appconfig HostedConfigurationProps.kmsKey', 'aws-appconfig ConfigurationOptions.deploymentKey'],
    via: APP_CONFIG,
    build: ({ data, key }) => {
      new appconfig.HostedConfiguration(data, 'Configuration', {
        application: new appconfig.Application(data, 'Application'),
        content: appconfig.ConfigurationContent.fromInlineText('on'),
        kmsKey: key.via(APP_CONFIG),
        deploymentKey: key.via(APP_CONFIG),
      });
    },
  },
  {
    l2: 'appconfig.SourcedConfiguration of a bucket',
    takes: ['aws-appconfig ConfigurationSource.fromBucket(key)'],
    via: KmsService.S3,
    build: ({ data, key }) => {
      const bucket = new s3.Bucket(data, 'Bucket', { encryptionKey: key.via(KmsService.S3), versioned: true });
      new appconfig.SourcedConfiguration(data, 'Configuration', {
        application: new appconfig.Application(data, 'Application'),
        location: appconfig.ConfigurationSource.fromBucket(bucket, 'flags.json', key.via(KmsService.S3)),
      });
    },
    ownRoles: ['kms:Decrypt'],
    unfenced: 'AppConfig retrieves with a statement of its own',
  },
  {
    l2: 'appconfig.SourcedConfiguration of a parameter',
    takes: ['aws-appconfig ConfigurationSource.fromParameter(key)'],
    via: PARAMETER_STORE,
    build: ({ data, key }) => {
      const parameter = ssm.StringParameter.fromSecureStringParameterAttributes(data, 'Parameter', {
        parameterName: '/billing/flags', version: 1, encryptionKey: key.via(PARAMETER_STORE),
      });
      new appconfig.SourcedConfiguration(data, 'Configuration', {
        application: new appconfig.Application(data, 'Application'),
        location: appconfig.ConfigurationSource.fromParameter(parameter, key.via(PARAMETER_STORE)),
      });
    },
    ownRoles: ['kms:Decrypt'],
    unfenced: 'AppConfig retrieves with a statement of its own',
    notInTemplate: 'CloudFormation cannot make a SecureString',
  },
];
