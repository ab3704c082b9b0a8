import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedDatabaseCluster, EncryptedDatabaseClusterProps, KmsService } from '../../../src';
import { AURORA_MYSQL, AURORA_POSTGRES, vpcWith, WRITER } from '../../support/databases';
import { Place, templateDifference, templateOf } from '../../support/template-difference';

type Given = Omit<EncryptedDatabaseClusterProps, 'vpc' | 'encryptionKey' | 'performanceInsightEncryptionKey'>;
type Shape = (scope: Construct, vpc: ec2.IVpc) => Partial<Given>;

const CLUSTER = 'Resources.LedgerB7379752.Properties';
const WRITER_INSTANCE = 'Resources.LedgerWriter64F8D671.Properties';

const MEMBER = { [`${WRITER_INSTANCE}.AutoMinorVersionUpgrade`]: true, [`${WRITER_INSTANCE}.PubliclyAccessible`]: false };
const HARDENED = {
  ...MEMBER,
  [`${CLUSTER}.BackupRetentionPeriod`]: 7,
  [`${CLUSTER}.DeletionProtection`]: true,
  [`${CLUSTER}.EnableIAMDatabaseAuthentication`]: true,
};
/** A parameter group of its own instead of that of the engine. */
const groupOf = (family: string, parameter: object) => ({
  added: {
    'Resources.LedgerParameterGroup77D5ACC8': {
      Type: 'AWS::RDS::DBClusterParameterGroup',
      Properties: { Description: `Cluster parameter group for ${family}`, Family: family, Parameters: parameter },
    },
  },
  changed: { [`${CLUSTER}.DBClusterParameterGroupName`]: { from: `default.${family}`, to: { Ref: 'LedgerParameterGroup77D5ACC8' } } },
});
const hardened = ({ added, changed }: ReturnType<typeof groupOf>, further: object = HARDENED) =>
  ({ added: { ...further, ...added }, removed: {}, changed });
const SAFER = hardened(groupOf('aurora-postgresql17', { 'rds.force_ssl': '1' }));

const SHAPES: [string, Shape, object][] = [
  ['nothing more', () => ({}), SAFER],
  ['a name, a port, a database', () => ({ clusterIdentifier: 'ledger', port: 6543, defaultDatabaseName: 'ledger', storageType: rds.DBClusterStorageType.AURORA_IOPT1 }),
    SAFER],
  ['settings of its own', () => ({
    deletionProtection: false,
    backup: { retention: Duration.days(30) },
    autoMinorVersionUpgrade: false,
    iamAuthentication: false,
    enforceSSL: false,
    removalPolicy: RemovalPolicy.DESTROY,
    copyTagsToSnapshot: false,
    enableDataApi: true,
    serverlessV2MaxCapacity: 8,
  }), { added: { [`${WRITER_INSTANCE}.AutoMinorVersionUpgrade`]: false, [`${WRITER_INSTANCE}.PubliclyAccessible`]: false }, removed: {}, changed: {} }],
  ['a password that Amazon RDS manages', () => ({ manageMasterUserPassword: true }), SAFER],
  ['a secret by name', () => ({ credentials: rds.Credentials.fromGeneratedSecret('owner', { secretName: 'ledger' }) }), SAFER],
  ['Database Insights', () => ({
    databaseInsightsMode: rds.DatabaseInsightsMode.ADVANCED, performanceInsightRetention: rds.PerformanceInsightRetention.MONTHS_15,
  }), SAFER],
  ['parameters', () => ({ parameters: { log_statement: 'ddl' } }), {
    added: { ...HARDENED, 'Resources.LedgerParameterGroup77D5ACC8.Properties.Parameters.rds.force_ssl': '1' }, removed: {}, changed: {},
  }],
  ['a parameter group', (scope) => ({ parameterGroup: new rds.ParameterGroup(scope, 'Group', { engine: AURORA_POSTGRES, parameters: { log_statement: 'ddl' } }) }), {
    added: { ...HARDENED, 'Resources.GroupC77FDACD.Properties.Parameters.rds.force_ssl': '1' }, removed: {}, changed: {},
  }],
  ['logs of a generated name, Enhanced Monitoring, buckets', (scope) => ({
    cloudwatchLogsExports: ['postgresql'],
    cloudwatchLogsRetention: logs.RetentionDays.ONE_MONTH,
    monitoringInterval: Duration.seconds(60),
    s3ExportBuckets: [new s3.Bucket(scope, 'Exports')],
  }), SAFER],
  ['a security group and a subnet group of the team', (scope, vpc) => ({
    securityGroups: [new ec2.SecurityGroup(scope, 'Group', { vpc })],
    subnetGroup: new rds.SubnetGroup(scope, 'Subnets', { vpc, description: 'Ledger' }),
  }), SAFER],
  ['Aurora MySQL that can be taken back', () => ({ engine: AURORA_MYSQL, backtrackWindow: Duration.hours(1) }),
    hardened(groupOf('aurora-mysql8.0', { require_secure_transport: 'ON' }))],
  ['provisioned instances with readers', () => ({
    writer: rds.ClusterInstance.provisioned('Writer', { publiclyAccessible: false, autoMinorVersionUpgrade: true }),
    readers: [rds.ClusterInstance.provisioned('Reader', { promotionTier: 1 })],
  }), hardened(groupOf('aurora-postgresql17', { 'rds.force_ssl': '1' }), {
    [`${CLUSTER}.BackupRetentionPeriod`]: 7,
    [`${CLUSTER}.DeletionProtection`]: true,
    [`${CLUSTER}.EnableIAMDatabaseAuthentication`]: true,
    'Resources.LedgerReaderEBDF3F84.Properties.AutoMinorVersionUpgrade': true,
    'Resources.LedgerReaderEBDF3F84.Properties.PubliclyAccessible': false,
  })],
];
/** What the L2s make beside the database differs with the feature flags and the stack. */
const BROAD = SHAPES.filter(([name]) => ['nothing more', 'logs of a generated name, Enhanced Monitoring, buckets', 'provisioned instances with readers'].includes(name));
const PLACES: [string, Place, typeof SHAPES][] = [
  ['with the recommended feature flags', { flags: 'recommended' }, SHAPES],
  ['without feature flags', { flags: 'none' }, BROAD],
  ['in a nested stack', { nested: true }, BROAD],
];

function plain(shape: Shape, place: Place = {}) {
  return templateOf((scope) => {
    const key = new CustomerManagedKey(scope, 'Key');
    const vpc = vpcWith(scope, 'public', 'egress');
    const { credentials, ...props } = { engine: AURORA_POSTGRES, ...WRITER, ...shape(scope, vpc) };
    const user = credentials ?? rds.Credentials.fromUsername(props.engine.defaultUsername ?? 'admin');
    const encryptionKey = key.via(props.manageMasterUserPassword ? KmsService.RDS_MASTER_SECRET : KmsService.SECRETS_MANAGER);
    const database = new rds.DatabaseCluster(scope, 'Ledger', {
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
    const database = new EncryptedDatabaseCluster(scope, 'Ledger', { engine: AURORA_POSTGRES, ...WRITER, vpc, encryptionKey, ...shape(scope, vpc) });
    database.connections.allowDefaultPortFrom(ec2.Peer.ipv4(vpc.vpcCidrBlock));
  }, place);
}

describe.each(PLACES)('%s', (_place, place, shapes) => {
  test.each(shapes)('equals an rds.DatabaseCluster under the same key, but for what makes it safer: %s', (_shape, shape, difference) => {
    expect(templateDifference(plain(shape, place), ours(shape, place))).toEqual(difference);
  });
});

test.each<[string, Pick<EncryptedDatabaseClusterProps, 'snapshotCredentials' | 'manageMasterUserPassword'>]>([
  ['with the password of the snapshot', {}],
  ['with a generated password', { snapshotCredentials: rds.SnapshotCredentials.fromGeneratedSecret('owner') }],
  ['with a password that Amazon RDS manages', { manageMasterUserPassword: true }],
])('equals an rds.DatabaseClusterFromSnapshot under the same key, but for what makes it safer: %s', (_shape, { snapshotCredentials, manageMasterUserPassword }) => {
  const restored = { engine: AURORA_POSTGRES, ...WRITER, snapshotIdentifier: 'ledger-2026', manageMasterUserPassword };
  const before = templateOf((scope) => {
    const key = new CustomerManagedKey(scope, 'Key');
    const encryptionKey = () => key.via(manageMasterUserPassword ? KmsService.RDS_MASTER_SECRET : KmsService.SECRETS_MANAGER);
    const given = snapshotCredentials ?? (manageMasterUserPassword ? { generatePassword: false } : undefined);
    const database = new rds.DatabaseClusterFromSnapshot(scope, 'Ledger', {
      ...restored,
      vpc: vpcWith(scope, 'public', 'egress'),
      storageEncryptionKey: key.via(KmsService.RDS),
      snapshotCredentials: given && { ...given, encryptionKey: encryptionKey() },
    });
    // aws-cdk-lib refuses what its own L2 writes, with the recommended feature flags.
    Validations.of(database).acknowledge({ id: 'CloudFormation-Validate::F3021', reason: 'The user is that of the snapshot.' });
  });
  const after = templateOf((scope) => {
    const encryptionKey = new CustomerManagedKey(scope, 'Key');
    new EncryptedDatabaseCluster(scope, 'Ledger', { ...restored, vpc: vpcWith(scope, 'public', 'egress'), encryptionKey, snapshotCredentials });
  });

  expect(templateDifference(before, after)).toEqual(SAFER);
});

test('has no secret beside a restored cluster that is in force nowhere, which the L2 makes without feature flags', () => {
  const restored = { engine: AURORA_POSTGRES, ...WRITER, snapshotIdentifier: 'ledger-2026' };
  const secrets = (build: (scope: Construct) => void) => Object.values<any>(templateOf(build, { flags: 'none' }).Resources)
    .filter(({ Type }) => Type === 'AWS::SecretsManager::Secret').length;

  expect(secrets((scope) => new rds.DatabaseClusterFromSnapshot(scope, 'Ledger', { ...restored, vpc: vpcWith(scope, 'egress', 'public') }))).toBe(1);
  expect(secrets((scope) => new EncryptedDatabaseCluster(scope, 'Ledger', { ...restored, vpc: vpcWith(scope, 'egress', 'public') }))).toBe(0);
});
