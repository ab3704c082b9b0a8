import { App, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { nagFindings } from '../../support/nag';
import { newCluster, newServerless, Warehouse } from '../../support/warehouses';

const REPLICATED = ['HIPAA.Security-S3BucketReplicationEnabled', 'NIST.800.53.R5-S3BucketReplicationEnabled', 'PCI.DSS.321-S3BucketReplicationEnabled'];

/** What is found in a warehouse, by path within it. */
function found(build: (stack: Stack) => void): Record<string, string[]> {
  const byPath: Record<string, string[]> = {};
  nagFindings(build).filter(({ path }) => path.startsWith('Nag/Warehouse/')).forEach(({ path, rule }) => (byPath[path.slice('Nag/Warehouse/'.length)] ??= []).push(rule));
  Object.values(byPath).forEach((rules) => rules.sort());
  return byPath;
}

const MAINTENANCE = ['HIPAA.Security', 'NIST.800.53.R5', 'PCI.DSS.321'].map((pack) => `${pack}-RedshiftClusterMaintenanceSettings`);

// Not acknowledged: a team can choose a port and the time of maintenance, replicate its buckets, or bring its own for the logs.
test('a cluster lacks what a team must choose', () => {
  expect(found((stack) => newCluster(stack))).toEqual({
    'Default': ['AwsSolutions-RS4', ...MAINTENANCE],
    'AuditLogs/Resource': REPLICATED,
    'AccessLogs/Resource': REPLICATED,
  });
});

test('nothing is found in a cluster where the team chose it', () => {
  expect(found((stack) => newCluster(stack, { port: 5440, preferredMaintenanceWindow: 'sun:23:45-mon:00:15' })).Default).toBeUndefined();
});

test('nothing is found in a namespace and its workgroup', () => {
  expect(found((stack) => newServerless(stack))).toEqual({});
});

test('the acknowledgements for the buckets of logs hide nothing beside them', () => {
  const rules = nagFindings((stack) => {
    newCluster(stack);
    new s3.Bucket(stack, 'Other');
  }).filter(({ path }) => path === 'Nag/Other/Resource').map(({ rule }) => rule);

  expect(rules).toEqual(expect.arrayContaining(['HIPAA.Security-S3DefaultEncryptionKMS', 'NIST.800.53.R5-S3DefaultEncryptionKMS', 'PCI.DSS.321-S3DefaultEncryptionKMS']));
});

test.each<[string, (stack: Stack) => Warehouse]>([
  ['a cluster', (stack) => newCluster(stack)],
  ['a restored cluster', (stack) => newCluster(stack, { snapshotIdentifier: 'sales-2026', databaseName: 'sales', adminUsername: 'owner' })],
  ['a namespace', (stack) => newServerless(stack)],
])('aws-cdk-lib itself finds nothing in %s', (_what, build) => {
  const terminal = jest.spyOn(console, 'error').mockImplementation();
  const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': true } });
  build(new Stack(app, 'Data', { env: { account: '111122223333', region: 'eu-west-2' } }));
  app.synth();

  expect(terminal.mock.calls.flat().filter((text) => String(text).includes('Data/Warehouse'))).toEqual([]);
  terminal.mockRestore();
});
