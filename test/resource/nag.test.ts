import { Fn, Size, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CustomerManagedKey, EncryptedBucket, EncryptedLaunchTemplate, EncryptedVolume, InstanceLauncher, KmsService, MultiRegionKey } from '../../src';
import { nagFindings } from '../support/nag';

const SIZED = { availabilityZone: Fn.select(0, Fn.getAzs()), size: Size.gibibytes(10) };
const REPLICATED = ['HIPAA.Security-S3BucketReplicationEnabled', 'NIST.800.53.R5-S3BucketReplicationEnabled', 'PCI.DSS.321-S3BucketReplicationEnabled'];
const KMS_BY_DEFAULT = ['HIPAA.Security-S3DefaultEncryptionKMS', 'NIST.800.53.R5-S3DefaultEncryptionKMS', 'PCI.DSS.321-S3DefaultEncryptionKMS'];

function found(build: (stack: Stack) => void): Record<string, string[]> {
  const byPath: Record<string, string[]> = {};
  nagFindings(build).forEach(({ path, rule }) => (byPath[path] ??= []).push(rule));
  Object.values(byPath).forEach((rules) => rules.sort());
  return byPath;
}

test('nothing is found in a CustomerManagedKey', () => {
  expect(found((stack) => new CustomerManagedKey(stack, 'Key'))).toEqual({});
  expect(found((stack) => KmsService.all().forEach((service) => new CustomerManagedKey(stack, `Key${service.id}`).via(service)))).toEqual({});
});

test('nothing is found in a MultiRegionKey and its replica', () => {
  expect(found((stack) => {
    const [here, there] = ['eu-west-2', 'eu-west-1'].map((region) => new Stack(stack.node.root, region, { env: { region } }));
    new MultiRegionKey(here, 'Key', { alias: 'tokens' }).replicaIn(there, 'Key', { alias: 'tokens' });
  })).toEqual({});
});

// Not acknowledged: a team can replicate its bucket, and bring a replicated bucket for the access logs.
test('replication is found missing in an EncryptedBucket and its access logs', () => {
  expect(found((stack) => new EncryptedBucket(stack, 'Invoices'))).toEqual({
    'Nag/Invoices/Default/Resource': REPLICATED,
    'Nag/Invoices/AccessLogs/Resource': REPLICATED,
  });
});

// Not acknowledged: a team can write a backup plan.
test('a backup plan is found missing for an EncryptedVolume', () => {
  expect(found((stack) => new EncryptedVolume(stack, 'Ledger', SIZED))).toEqual({
    'Nag/Ledger/Default/Resource': ['HIPAA.Security-EC2EBSInBackupPlan', 'NIST.800.53.R5-EC2EBSInBackupPlan'],
  });
});

test('nothing is found in an EncryptedLaunchTemplate', () => {
  expect(found((stack) => new EncryptedLaunchTemplate(stack, 'Workers', {
    rootDevice: { deviceName: '/dev/xvda' }, launchedBy: [InstanceLauncher.autoScaling('blue'), InstanceLauncher.spotFleet(), InstanceLauncher.ec2Fleet()],
  }))).toEqual({});
});

test('the acknowledgement for the access logs hides nothing beside them', () => {
  const rules = found((stack) => {
    new EncryptedBucket(stack, 'Invoices');
    new s3.Bucket(stack, 'Other');
  });

  expect(rules['Nag/Other/Resource']).toEqual(expect.arrayContaining(KMS_BY_DEFAULT));
});
