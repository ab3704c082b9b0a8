import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedDatabaseInstance, EncryptedDatabaseInstanceProps, KmsService } from '../../../src';
import { MYSQL, POSTGRES, SQL_SERVER, vpcWith } from '../../support/databases';
import { changedProperties, Place, templateDifference, templateOf } from '../../support/template-difference';

type Shape = (scope: Construct, vpc: ec2.IVpc) => Partial<Omit<EncryptedDatabaseInstanceProps, 'vpc' | 'encryptionKey' | 'performanceInsightEncryptionKey'>>;

const INSTANCE = 'Resources.LedgerB7379752.Properties';
const PARAMETER_GROUP = 'Resources.LedgerParameterGroup77D5ACC8';

/** What is there beside the shape. Settings of a shape stay. */
const HARDENED = {
  [`${INSTANCE}.AutoMinorVersionUpgrade`]: true,
  [`${INSTANCE}.BackupRetentionPeriod`]: 7,
  [`${INSTANCE}.DeletionProtection`]: true,
  [`${INSTANCE}.PubliclyAccessible`]: false,
};
const IAM = { [`${INSTANCE}.EnableIAMDatabaseAuthentication`]: true };
const groupOf = (family: string, parameter: object) => ({
  [`${INSTANCE}.DBParameterGroupName`]: { Ref: 'LedgerParameterGroup77D5ACC8' },
  [PARAMETER_GROUP]: {
    Type: 'AWS::RDS::DBParameterGroup',
    Properties: { Description: `Parameter group for ${family}`, Family: family, Parameters: parameter },
  },
});
const OWN_GROUP = groupOf('postgres17', { 'rds.force_ssl': '1' });

const SHAPES: [string, Shape, object][] = [
  ['nothing more', () => ({}), { ...HARDENED, ...IAM, ...OWN_GROUP }],
  ['a name, a port, two Availability Zones, storage that grows', () => ({
    instanceIdentifier: 'ledger',
    port: 6543,
    multiAz: true,
    allocatedStorage: 50,
    maxAllocatedStorage: 500,
    storageType: rds.StorageType.GP3,
    databaseName: 'ledger',
    instanceType: new ec2.InstanceType('m7g.large'),
    caCertificate: rds.CaCertificate.RDS_CA_RSA2048_G1,
    applyImmediately: false,
  }), { ...HARDENED, ...IAM, ...OWN_GROUP }],
  ['settings of its own', () => ({
    deletionProtection: false,
    backupRetention: Duration.days(30),
    autoMinorVersionUpgrade: false,
    iamAuthentication: false,
    enforceSSL: false,
    removalPolicy: RemovalPolicy.DESTROY,
    deleteAutomatedBackups: false,
    preferredBackupWindow: '02:00-03:00',
    copyTagsToSnapshot: false,
  }), { [`${INSTANCE}.PubliclyAccessible`]: false }],
  ['retained', () => ({ removalPolicy: RemovalPolicy.RETAIN }), {
    ...IAM,
    ...OWN_GROUP,
    [`${INSTANCE}.AutoMinorVersionUpgrade`]: true,
    [`${INSTANCE}.BackupRetentionPeriod`]: 7,
    [`${INSTANCE}.PubliclyAccessible`]: false,
  }],
  ['a secret by name', () => ({ credentials: rds.Credentials.fromGeneratedSecret('owner', { secretName: 'ledger' }) }), { ...HARDENED, ...IAM, ...OWN_GROUP }],
  ['a password that Amazon RDS manages', () => ({ manageMasterUserPassword: true }), { ...HARDENED, ...IAM, ...OWN_GROUP }],
  ['another user with such a password', () => ({ manageMasterUserPassword: true, credentials: rds.Credentials.fromUsername('owner') }),
    { ...HARDENED, ...IAM, ...OWN_GROUP }],
  ['Database Insights', () => ({
    databaseInsightsMode: rds.DatabaseInsightsMode.ADVANCED, performanceInsightRetention: rds.PerformanceInsightRetention.MONTHS_15,
  }), { ...HARDENED, ...IAM, ...OWN_GROUP }],
  ['parameters', () => ({ parameters: { log_connections: '1' } }), { ...HARDENED, ...IAM, [`${PARAMETER_GROUP}.Properties.Parameters.rds.force_ssl`]: '1' }],
  ['a parameter group', (scope) => ({ parameterGroup: new rds.ParameterGroup(scope, 'Group', { engine: POSTGRES, parameters: { log_connections: '1' } }) }),
    { ...HARDENED, ...IAM, 'Resources.GroupC77FDACD.Properties.Parameters.rds.force_ssl': '1' }],
  ['a parameter group that forces TLS', (scope) => ({
    parameterGroup: new rds.ParameterGroup(scope, 'Group', { engine: POSTGRES, parameters: { 'rds.force_ssl': '1' } }),
  }), { ...HARDENED, ...IAM }],
  ['logs of a generated name', () => ({ cloudwatchLogsExports: ['postgresql'], cloudwatchLogsRetention: logs.RetentionDays.ONE_MONTH }),
    { ...HARDENED, ...IAM, ...OWN_GROUP }],
  ['Enhanced Monitoring, Kerberos and a role for Amazon S3', (scope) => ({
    monitoringInterval: Duration.seconds(60), domain: 'd-1234567890', s3ImportBuckets: [new s3.Bucket(scope, 'Imports')],
  }), { ...HARDENED, ...IAM, ...OWN_GROUP }],
  ['a security group and a subnet group of the team', (scope, vpc) => ({
    securityGroups: [new ec2.SecurityGroup(scope, 'Group', { vpc })],
    subnetGroup: new rds.SubnetGroup(scope, 'Subnets', { vpc, description: 'Ledger' }),
  }), { ...HARDENED, ...IAM, ...OWN_GROUP }],
  ['MySQL', () => ({ engine: MYSQL }), { ...HARDENED, ...IAM, ...groupOf('mysql8.4', { require_secure_transport: '1' }) }],
  ['SQL Server', () => ({ engine: SQL_SERVER, licenseModel: rds.LicenseModel.LICENSE_INCLUDED, timezone: 'UTC' }),
    { ...HARDENED, ...groupOf('sqlserver-se-16.0', { 'rds.force_ssl': '1' }) }],
];
/** What the L2s make beside the database differs with the feature flags and the stack. */
const BROAD = SHAPES.filter(([name]) => ['nothing more', 'logs of a generated name', 'Enhanced Monitoring, Kerberos and a role for Amazon S3'].includes(name));
const PLACES: [string, Place, typeof SHAPES][] = [
  ['with the recommended feature flags', { flags: 'recommended' }, SHAPES],
  ['without feature flags', { flags: 'none' }, BROAD],
  ['in a nested stack', { nested: true }, BROAD],
];

function plain(shape: Shape, place: Place = {}) {
  return templateOf((scope) => {
    const key = new CustomerManagedKey(scope, 'Key');
    const vpc = vpcWith(scope, 'public', 'egress');
    const { credentials, ...props } = { engine: POSTGRES, ...shape(scope, vpc) };
    const user = credentials ?? rds.Credentials.fromUsername(props.engine.defaultUsername ?? 'admin');
    const encryptionKey = key.via(props.manageMasterUserPassword ? KmsService.RDS_MASTER_SECRET : KmsService.SECRETS_MANAGER);
    const database = new rds.DatabaseInstance(scope, 'Ledger', {
      ...props,
      vpc,
      storageEncryptionKey: key.via(KmsService.RDS),
      performanceInsightEncryptionKey: props.databaseInsightsMode && key.via(KmsService.RDS),
      credentials: { ...user, encryptionKey },
    });
    database.connections.allowDefaultPortFrom(ec2.Peer.ipv4(vpc.vpcCidrBlock));
  }, place);
}

function ours(shape: Shape, place: Place = {}) {
  return templateOf((scope) => {
    const encryptionKey = new CustomerManagedKey(scope, 'Key');
    const vpc = vpcWith(scope, 'public', 'egress');
    const database = new EncryptedDatabaseInstance(scope, 'Ledger', { engine: POSTGRES, vpc, encryptionKey, ...shape(scope, vpc) });
    database.connections.allowDefaultPortFrom(ec2.Peer.ipv4(vpc.vpcCidrBlock));
  }, place);
}

describe.each(PLACES)('%s', (_place, place, shapes) => {
  test.each(shapes)('equals an rds.DatabaseInstance under the same key, but for what makes it safer: %s', (_shape, shape, added) => {
    expect(templateDifference(plain(shape, place), ours(shape, place))).toEqual({ added, removed: {}, changed: {} });
  });
});

test.each<[string, (scope: Construct) => Partial<EncryptedDatabaseInstanceProps>]>([
  ['with the password of the snapshot', () => ({})],
  ['with a generated password', () => ({ snapshotCredentials: rds.SnapshotCredentials.fromGeneratedSecret('owner') })],
])('equals an rds.DatabaseInstanceFromSnapshot, but for what makes it safer: %s', (_shape, shape) => {
  const restored = { engine: POSTGRES, snapshotIdentifier: 'ledger-2026' };
  const before = templateOf((scope) => {
    const key = new CustomerManagedKey(scope, 'Key');
    key.via(KmsService.RDS);
    const { snapshotCredentials } = shape(scope);
    new rds.DatabaseInstanceFromSnapshot(scope, 'Ledger', {
      ...restored,
      vpc: vpcWith(scope, 'public', 'egress'),
      credentials: snapshotCredentials && { ...snapshotCredentials, encryptionKey: key.via(KmsService.SECRETS_MANAGER) },
    });
  });
  const after = templateOf((scope) => {
    const encryptionKey = new CustomerManagedKey(scope, 'Key');
    new EncryptedDatabaseInstance(scope, 'Ledger', { ...restored, vpc: vpcWith(scope, 'public', 'egress'), encryptionKey, ...shape(scope) });
  });

  expect(templateDifference(before, after)).toEqual({
    added: { ...HARDENED, ...IAM, ...OWN_GROUP },
    // Amazon RDS restores nothing into less storage than it had.
    removed: { 'Resources.LedgerB7379752.Properties.AllocatedStorage': '100' },
    changed: {},
  });
});

test('goes into isolated subnets where the VPC has them, which changes no more than the subnet group', () => {
  const props = (scope: Construct) => ({ engine: POSTGRES, vpc: vpcWith(scope, 'public', 'egress', 'isolated'), manageMasterUserPassword: true });
  const before = templateOf((scope) => new rds.DatabaseInstance(scope, 'Ledger', props(scope)));
  const after = templateOf((scope) => new EncryptedDatabaseInstance(scope, 'Ledger', props(scope)));

  expect(changedProperties(before, after).filter((name) => !name.startsWith('AWS::RDS::DBInstance'))).toEqual(['AWS::RDS::DBSubnetGroup.SubnetIds']);
});

// MasterUsername would become a text where it was a reference to the secret: https://github.com/aws/aws-cdk/issues/15478
test.each<[string, rds.Credentials | undefined, object]>([
  ['no credentials', undefined, { from: expect.anything(), to: 'postgres' }],
  ['those of fromUsername', rds.Credentials.fromUsername('owner'), { from: expect.anything(), to: 'owner' }],
])('would be replaced where Amazon RDS were to manage the password by itself: %s', (_given, credentials, changed) => {
  const before = ours(() => ({ credentials }));
  const after = ours(() => ({ credentials, manageMasterUserPassword: true }));

  expect(templateDifference(before, after).changed).toMatchObject({ [`${INSTANCE}.MasterUsername`]: changed });
});

test('is not replaced by it where the user has a name', () => {
  const before = ours(() => ({ credentials: rds.Credentials.fromGeneratedSecret('owner') }));
  const after = ours(() => ({ credentials: rds.Credentials.fromUsername('owner'), manageMasterUserPassword: true }));

  expect(templateDifference(before, after).changed).not.toHaveProperty([`${INSTANCE}.MasterUsername`]);
});
