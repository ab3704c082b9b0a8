import { App, Duration, Stack } from 'aws-cdk-lib';
import {
  EncryptedBucket, EncryptedSecret, ParameterValue, SecretReplication, SecureStringCopy, SecureStringParameter, SnapshotDestination, SourceKeys,
} from '../../src';
import { backedUp, diskIn } from '../support/backups';
import { newBucketIn, replicatedBucket } from '../support/bucket-copies';
import { ledgerIn, replicated } from '../support/copies';
import { ebsCopies } from '../support/snapshot-copies/ebs-copies';
import { rdsCopies } from '../support/snapshot-copies/rds-copies';
import { nightly, volumeIn } from '../support/snapshots';
import { FLAGS } from '../support/template-difference';
import { clusterIn, copied, copiedServerless, namespaceIn } from '../support/warehouse-copies';

/** A copy, and the services through which keys are used: of both Regions in each template, but for what is said of it. */
interface Row {
  readonly make: (data: Stack, destination: SnapshotDestination, to: string) => unknown;
  readonly through: readonly string[];
  readonly here?: 'by alias';
  readonly there?: 'own Region';
  readonly principals?: readonly string[];
}

const COPIES: Readonly<Record<string, Row>> = {
  'backups of a database': { make: (data, destination) => replicated(ledgerIn(data), destination, { maxAge: Duration.hours(2) }), through: ['rds'] },
  'recovery points': {
    make: (data, destination) => backedUp(data, [diskIn(data), ledgerIn(data)], { destinations: [destination], maxAge: Duration.hours(26) })
      .copies[0].restoreRole,
    through: ['backup', 'ec2', 'rds'],
  },
  'scheduled EBS snapshots': {
    make: (data, destination) => nightly(data, { volumeKeys: [volumeIn(data).encryptionKey], copies: [{ destination }], maxAge: Duration.hours(30) }),
    through: ['ec2'],
    principals: ['dlm'],
  },
  'EBS snapshots': {
    make: (data, destination) => ebsCopies(data, { destination, sourceKeys: SourceKeys.withAliases('data') }), through: ['ec2'], here: 'by alias',
  },
  'RDS snapshots': { make: (data, destination) => rdsCopies(data, { destination, optionGroups: { tde: 'tde' } }), through: ['rds'] },
  'snapshots of a cluster': { make: (data, destination) => copied(clusterIn(data), { destination }), through: ['redshift'], there: 'own Region' },
  'snapshots of a namespace': {
    make: (data, destination) => copiedServerless(namespaceIn(data), { destination, maxAge: Duration.hours(2) }), through: ['redshift-serverless'],
  },
  'objects': {
    make: (data, _destination, to) => replicatedBucket(data, 'Invoices', { destination: newBucketIn(to), maxAge: Duration.hours(2) })
      .addBatchReplicationRole(new EncryptedBucket(data, 'Reports').bucket),
    through: ['s3'],
    there: 'own Region',
    principals: ['s3', 'batchoperations.s3'],
  },
  'a secret': {
    make: (data, destination) => new SecretReplication(data, 'Copies', { source: new EncryptedSecret(data, 'Token', { secretName: 'token' }), destination }),
    through: ['secretsmanager'],
  },
  'a parameter': {
    make: (data, destination) => new SecureStringCopy(data, 'Copy', {
      source: new SecureStringParameter(data, 'Token', { parameterName: '/billing/token', value: ParameterValue.generated() }), destination,
    }),
    through: ['ssm'],
    there: 'own Region',
  },
};

/** The templates of a source and of its copies, where partitions are written out. */
function templates({ make }: Row, from: string, to: string, flags: keyof typeof FLAGS): string[] {
  const app = new App({ context: FLAGS[flags], analyticsReporting: false });
  const data = new Stack(app, 'Data', { env: { account: '111122223333', region: from } });
  expect(make(data, SnapshotDestination.inRegion(to), to)).toBeDefined();
  const warnings = jest.spyOn(console, 'error').mockImplementation();
  const assembly = app.synth();
  warnings.mockRestore();
  expect(assembly.stacks).toHaveLength(2);
  return ['Data', `Data-copies-${to}`].map((name) => JSON.stringify(assembly.getStackByName(name).template));
}

describe.each(Object.entries(COPIES))('copies of %s', (_what, row) => {
  describe.each(['recommended', 'none'] as const)('with the feature flags %s', (flags) => {
    test.each([
      ['aws', 'eu-west-2', 'ap-southeast-2'],
      ['aws-cn', 'cn-north-1', 'cn-northwest-1'],
      ['aws-us-gov', 'us-gov-west-1', 'us-gov-east-1'],
    ])('have ARNs and services of %s', (partition, from, to) => {
      const both = templates(row, from, to, flags);
      const found = both.map((template) => ({
        partitions: new Set([...template.matchAll(/arn:(aws[a-z-]*):/g)].map(([, one]) => one)),
        through: new Set(row.through.flatMap((service) => template.match(new RegExp(`"${service}\\.[a-z]+(-[a-z]+)+-\\d\\.amazonaws\\.com[.a-z]*"`, 'g')) ?? [])),
      }));
      const through = (regions: string[]) => new Set(row.through.flatMap((service) => regions.map((region) => `"${service}.${region}.amazonaws.com"`)));
      const partitions = new Set(flags === 'recommended' ? [partition] : []);

      // They end in .amazonaws.com in every partition: https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
      expect(found).toEqual([
        { partitions, through: through(row.here === 'by alias' ? [] : [from, to]) },
        { partitions, through: through(row.there === 'own Region' ? [to] : [from, to]) },
      ]);
      expect(both.join()).not.toContain('amazonaws.com.cn');
      (row.principals ?? []).forEach((principal) => expect(both[0]).toContain(`"Service":"${principal}.amazonaws.com"`));
    });
  });
});
