import { App, Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import { EncryptedDatabaseCluster, EncryptedDatabaseClusterProps, EncryptedDatabaseInstance, EncryptedDatabaseInstanceProps } from '../../../src';
import { AURORA_MYSQL, AURORA_POSTGRES, POSTGRES, vpcWith, WRITER } from '../../support/databases';
import { nagFindings } from '../../support/nag';

const inPacks = (rule: string, ...packs: string[]) => packs.map((pack) => `${pack}-${rule}`);
const ROTATION = ['AwsSolutions-SMG4', ...inPacks('SecretsManagerRotationEnabled', 'HIPAA.Security', 'NIST.800.53.R5')];
const logging = (log: string) => inPacks(`RDSLoggingEnabled[LogExport::${log}]`, 'HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321');
const watched = (rule: string) => inPacks(rule, 'HIPAA.Security', 'NIST.800.53.R5');

/** What is found in a database, by path within it. */
function found(build: (stack: Stack) => void): Record<string, string[]> {
  const byPath: Record<string, string[]> = {};
  nagFindings(build).filter(({ path }) => path.startsWith('Nag/Ledger/')).forEach(({ path, rule }) => (byPath[path.slice('Nag/Ledger/'.length)] ??= []).push(rule));
  Object.values(byPath).forEach((rules) => rules.sort());
  return byPath;
}

function instance(stack: Stack, props: Partial<EncryptedDatabaseInstanceProps> = {}) {
  return new EncryptedDatabaseInstance(stack, 'Ledger', { engine: POSTGRES, vpc: vpcWith(stack, 'isolated'), ...props });
}
function cluster(stack: Stack, props: Partial<EncryptedDatabaseClusterProps> = {}) {
  return new EncryptedDatabaseCluster(stack, 'Ledger', { engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(stack, 'isolated'), ...props });
}
/** What costs or is for the team to choose, and the packs ask for. */
const mended = (stack: Stack) => ({
  manageMasterUserPassword: true,
  port: 6543,
  monitoringInterval: Duration.seconds(60),
  monitoringRole: new iam.Role(stack, 'Monitoring', { assumedBy: new iam.ServicePrincipal('monitoring.rds.amazonaws.com') }),
});

// Not acknowledged: a team can pay for a standby, a backup plan and Enhanced Monitoring, export logs, rotate the password, and choose a port.
test('an instance lacks what a team must choose', () => {
  expect(found(instance)).toEqual({
    'Default/Resource': [
      'AwsSolutions-RDS11', 'AwsSolutions-RDS3',
      ...watched('RDSEnhancedMonitoringEnabled'), ...watched('RDSInBackupPlan'), ...watched('RDSMultiAZSupport'), ...logging('postgresql'), ...logging('upgrade'),
    ].sort(),
    'Default/Secret/Resource': ROTATION,
  });
});

test('nothing is found in an instance where the team chose it', () => {
  expect(found((stack) => {
    const { instance: database } = instance(stack, {
      ...mended(stack), multiAz: true, instanceIdentifier: 'ledger', cloudwatchLogsExports: ['postgresql', 'upgrade'],
    });
    backup.BackupPlan.daily35DayRetention(stack, 'Backup').addSelection('Ledger', { resources: [backup.BackupResource.fromRdsDatabaseInstance(database)] });
  })).toEqual({});
});

test('a cluster lacks what a team must choose', () => {
  expect(found(cluster)).toEqual({
    'Default/Resource': logging('postgresql'),
    'Default/Writer/Resource': watched('RDSEnhancedMonitoringEnabled'),
    'Default/Secret/Resource': ROTATION,
  });
});

test.each<[string, (stack: Stack) => Partial<EncryptedDatabaseClusterProps>]>([
  ['Aurora PostgreSQL', () => ({ cloudwatchLogsExports: ['postgresql'] })],
  ['Aurora MySQL', () => ({
    engine: AURORA_MYSQL,
    cloudwatchLogsExports: ['audit', 'error', 'general', 'slowquery'],
    backtrackWindow: Duration.hours(1),
    readers: [rds.ClusterInstance.serverlessV2('Reader', { scaleWithWriter: true })],
  })],
])('nothing is found in a cluster where the team chose it: %s', (_engine, props) => {
  expect(found((stack) => cluster(stack, { ...mended(stack), clusterIdentifier: 'ledger', ...props(stack) }))).toEqual({});
});

test('the acknowledgements for the instances of a cluster hide nothing beside them', () => {
  const rules = nagFindings((stack) => {
    cluster(stack);
    new rds.DatabaseInstance(stack, 'Other', { engine: POSTGRES, vpc: stack.node.findChild('Vpc') as never, vpcSubnets: { subnetType: 'Isolated' as never } });
  }).filter(({ path }) => path === 'Nag/Other/Resource').map(({ rule }) => rule);

  expect(rules).toEqual(expect.arrayContaining(watched('RDSInBackupPlan')));
});

test.each<[string, (stack: Stack) => unknown]>([
  ['an instance', (stack) => instance(stack, { cloudwatchLogsExports: ['postgresql'], instanceIdentifier: 'ledger' })],
  ['a cluster', cluster],
  ['a restored cluster with a new password', (stack) => cluster(stack, {
    snapshotIdentifier: 'ledger-2026', snapshotCredentials: rds.SnapshotCredentials.fromGeneratedSecret('owner'),
  })],
])('aws-cdk-lib itself finds nothing in %s', (_what, build) => {
  const terminal = jest.spyOn(console, 'error').mockImplementation();
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': true } });
  build(new Stack(app, 'Data'));
  app.synth();

  expect(terminal.mock.calls.flat().filter((text) => String(text).includes('Data/Ledger'))).toEqual([]);
  terminal.mockRestore();
});
