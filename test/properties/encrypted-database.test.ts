import { Duration, RemovalPolicy, SecretValue } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { CustomerManagedKey, EncryptedDatabaseCluster, EncryptedDatabaseInstance, EncryptedDatabaseProps, KmsService, RestorePoint } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { AURORA_MYSQL, AURORA_POSTGRES, MYSQL, ORACLE, POSTGRES, SQL_SERVER, vpcWith, WRITER } from '../support/databases';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS, templateOf } from '../support/template-difference';

const ARN = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const BACKUPS = 'arn:aws:rds:eu-west-2:111122223333:auto-backup:ab-l2ijcexjp7xq7hoj4siexample';
const services = [KmsService.RDS, KmsService.RDS_MASTER_SECRET, KmsService.SECRETS_MANAGER, KmsService.CLOUDWATCH_LOGS];

const KEYS: Record<string, (scope: Construct) => EncryptedDatabaseProps['encryptionKey']> = {
  new: () => undefined,
  given: (scope) => new CustomerManagedKey(scope, 'Key'),
  imported: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN, { services }),
  undeclared: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN),
};
const INSTANCE_ENGINES = {
  postgres: POSTGRES, mysql: MYSQL, sqlServer: SQL_SERVER, oracle: ORACLE, unversioned: rds.DatabaseInstanceEngine.POSTGRES,
};
const CLUSTER_ENGINES = { postgres: AURORA_POSTGRES, mysql: AURORA_MYSQL, unversioned: rds.DatabaseClusterEngine.AURORA_POSTGRESQL };

type Kinds = ('isolated' | 'egress' | 'public')[];
type Source = { snapshotIdentifier?: string; restorePoint?: RestorePoint };
type Parameters = Record<string, string> | undefined;

const shapes = fc.record({
  kind: fc.constantFrom('instance', 'cluster'),
  instanceEngine: mostly(fc.constantFrom('postgres', 'mysql', 'sqlServer'), fc.constantFrom(...Object.keys(INSTANCE_ENGINES))),
  clusterEngine: mostly(fc.constantFrom('postgres', 'mysql'), fc.constantFrom(...Object.keys(CLUSTER_ENGINES))),
  subnets: mostly<Kinds>(fc.constantFrom<Kinds>(['isolated'], ['public', 'egress'], ['public', 'isolated']), fc.constant(['public'])),
  props: fc.record({
    manageMasterUserPassword: fc.boolean(),
    credentials: mostly(fc.constant(undefined), fc.constantFrom(
      rds.Credentials.fromUsername('owner'), rds.Credentials.fromGeneratedSecret('owner'),
      rds.Credentials.fromPassword('owner', SecretValue.secretsManager('ledger')), rds.Credentials.fromPassword('owner', SecretValue.unsafePlainText('hunter2')),
    )),
    enablePerformanceInsights: fc.boolean(),
    parameters: mostly<Parameters>(
      orNothing({ 'rds.force_ssl': '1' }), fc.constantFrom<Parameters>({ 'rds.force_ssl': '0' }, { require_secure_transport: 'OFF' }),
    ),
    enforceSSL: mostly(fc.constant(undefined), orNothing(true, false)),
    iamAuthentication: mostly(fc.constant(undefined), orNothing(true, false)),
    removalPolicy: orNothing(RemovalPolicy.SNAPSHOT, RemovalPolicy.RETAIN, RemovalPolicy.DESTROY),
    deletionProtection: orNothing(true, false),
    monitoringInterval: orNothing(Duration.seconds(60)),
    vpcSubnets: mostly(fc.constant(undefined), fc.constant({ subnetType: ec2.SubnetType.PUBLIC })),
  }, { requiredKeys: [] }),
  identifier: orNothing('ledger', 'Ledger'),
  logs: fc.boolean(),
  source: mostly(fc.constant<Source>({}), fc.constantFrom<Source>(
    { snapshotIdentifier: 'ledger-2026' }, { restorePoint: RestorePoint.latest(BACKUPS) }, { restorePoint: RestorePoint.at(BACKUPS, '2026-11-28') },
  )),
  // What the type does not offer, and a variable or another language may bring along.
  smuggled: fc.constantFrom<object>({}, { storageEncrypted: false }, { publiclyAccessible: true }, { storageEncryptionKey: undefined }),
  key: mostly(fc.constantFrom('new', 'given', 'imported'), fc.constantFrom(...Object.keys(KEYS))),
  verbs: fc.subarray(['grantConnect', 'grantReadSecret', 'grantViewPerformanceInsights'] as const, { maxLength: 1 }),
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function synthesized(shape: Shape): { shape: Shape; resources: Record<string, any> } {
  const template = templateOf((scope) => {
    const { kind, instanceEngine, clusterEngine, identifier, source: { snapshotIdentifier, restorePoint } } = shape;
    const vpc = vpcWith(scope, ...shape.subnets);
    const shared = { ...shape.smuggled, ...shape.props, snapshotIdentifier, vpc, encryptionKey: KEYS[shape.key](scope) };
    const engine = INSTANCE_ENGINES[instanceEngine as keyof typeof INSTANCE_ENGINES];
    const clusterOf = CLUSTER_ENGINES[clusterEngine as keyof typeof CLUSTER_ENGINES];
    const cloudwatchLogsExports = shape.logs ? [kind === 'instance' || clusterEngine === 'mysql' ? 'error' : 'postgresql'] : undefined;
    const database = kind === 'instance'
      ? new EncryptedDatabaseInstance(scope, 'Ledger', {
        ...shared, engine, instanceIdentifier: identifier, cloudwatchLogsExports, restorePoint,
      })
      : new EncryptedDatabaseCluster(scope, 'Ledger', { ...shared, ...WRITER, engine: clusterOf, clusterIdentifier: identifier, cloudwatchLogsExports });
    const role = new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    shape.verbs.forEach((verb) => database[verb](role, 'app'));
  }, shape);
  return { shape, resources: template.Resources };
}

/** Whatever is asked for, everything at rest is under a key, and nobody outside or without TLS is let in. */
function assertPromise({ shape, resources }: ReturnType<typeof synthesized>): void {
  const isKey = (value: any) => value === ARN || resources[value?.['Fn::GetAtt']?.[0]]?.Type === 'AWS::KMS::Key';
  const ofType = (type: string): any[] => Object.values(resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const database = resources.LedgerB7379752.Properties;
  const restoredInstance = shape.kind === 'instance' && (shape.source.snapshotIdentifier ?? shape.source.restorePoint) !== undefined;

  expect([database.StorageEncrypted, isKey(database.KmsKeyId)]).toEqual(restoredInstance ? [undefined, false] : [true, true]);
  [database, ...ofType('AWS::RDS::DBInstance')].forEach((properties) => {
    const on = properties.EnablePerformanceInsights ?? properties.PerformanceInsightsEnabled;
    expect(!on || isKey(properties.PerformanceInsightsKMSKeyId ?? properties.PerformanceInsightsKmsKeyId)).toBe(true);
  });
  ofType('AWS::RDS::DBInstance').forEach(({ PubliclyAccessible }) => expect(PubliclyAccessible).toBe(false));
  expect(!database.ManageMasterUserPassword || isKey(database.MasterUserSecret.KmsKeyId)).toBe(true);
  [...ofType('AWS::SecretsManager::Secret'), ...ofType('AWS::Logs::LogGroup')].forEach(({ KmsKeyId }) => expect(isKey(KmsKeyId)).toBe(true));
  expect(JSON.stringify(resources)).not.toContain('hunter2');

  const forced = [...ofType('AWS::RDS::DBParameterGroup'), ...ofType('AWS::RDS::DBClusterParameterGroup')].map(({ Parameters }) => Parameters)
    .some((parameters) => parameters['rds.force_ssl'] === '1' || ['1', 'ON'].includes(parameters.require_secure_transport));
  expect(forced || shape.props.enforceSSL === false).toBe(true);
  const keyStatements = ofType('AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }: any) => JSON.stringify(Action).includes('kms:'));
  expect(shape.verbs.includes('grantConnect') ? keyStatements : []).toEqual([]);
  keyStatements.forEach(({ Condition }: any) => expect(Condition.StringEquals).toHaveProperty(['kms:ViaService']));
}

test('every database keeps the promise, or is refused with a reason', () => {
  assertKeptOrRefused(shapes, synthesized, assertPromise);
});
