import { Aspects, Duration, Lazy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketDestination, BucketReplicationProps, EncryptedBucket } from '../../../src';
import { replicatedBucket } from '../../support/bucket-copies';
import { Copies, SYDNEY } from '../../support/copies';
import { problemsAtSynth } from '../../support/key-policy';
import { ACCOUNT, newStack } from '../../support/key-stack';

const THERE = `Data-copies-${SYDNEY}`;

describe('a bucket that locks objects', () => {
  test('is replicated to one that does, with what the role needs of the locks', () => {
    const copies = new Copies();
    const source = new EncryptedBucket(copies.data, 'Invoices', { objectLockEnabled: true });
    replicatedBucket(copies.data, 'Invoices', { source });

    expect(Object.values(copies.template(THERE).Resources).map(({ Properties }) => Properties.ObjectLockEnabled).filter(Boolean)).toEqual([true]);
    expect(JSON.stringify(copies.template('Data'))).toContain('"s3:GetObjectLegalHold","s3:GetObjectRetention"');
  });

  test('fails to be replicated to one that does not', () => {
    const copies = new Copies();
    const there = newStack(copies.app, 'There', { account: ACCOUNT, region: SYDNEY });
    const source = new EncryptedBucket(copies.data, 'Invoices', { objectLockEnabled: true });
    const copy = replicatedBucket(copies.data, 'Invoices', { source, destination: BucketDestination.ofBucket(new EncryptedBucket(there, 'Vault')) });

    expect(problemsAtSynth(copy)).toEqual(['[Data/InvoicesCopies] ReplicaNotLocked: Amazon S3 replicates a bucket that locks objects to one that locks them, too, given: '
      + 'There/Vault/Default/Resource, which does not; give it objectLockEnabled: true, or leave it to BucketDestination.newBucket']);
  });
});

describe('fails', () => {
  test.each<[string, Partial<BucketReplicationProps>, string]>([
    ['for delete markers of tagged objects', { deleteMarkers: true, tags: { class: 'gold' } },
      'DeleteMarkersByTag: Amazon S3 replicates delete markers of objects that are chosen by a prefix, not by tags, given: deleteMarkers, and the tags class; '
      + 'leave one of them out'],
    ['for time control without metrics', { replicationTimeControl: true, metrics: false },
      'MetricsNeeded: replicationTimeControl needs the metrics of the replication, given: metrics: false; leave metrics out'],
    ['for an age without metrics', { maxAge: Duration.hours(2), metrics: false },
      'MetricsNeeded: maxAge needs the metrics of the replication, given: metrics: false; leave metrics out'],
  ])('%s', (_what, props, message) => {
    expect(() => replicatedBucket(new Copies().data, 'Invoices', props)).toThrow(`${message} [at Data/InvoicesCopies]`);
  });

  test('for an age that no alarm takes', () => {
    expect(() => replicatedBucket(new Copies().data, 'Invoices', { maxAge: Duration.minutes(Lazy.number({ produce: () => 1 })) })).toThrow('MaxAgeInvalid: ');
  });

  test('beside another replication configuration', () => {
    const { data } = new Copies();
    const source = new EncryptedBucket(data, 'Invoices');
    (source.bucket.node.defaultChild as s3.CfnBucket).replicationConfiguration = { role: 'arn:aws:iam::111122223333:role/Mine', rules: [] };

    expect(() => replicatedBucket(data, 'Invoices', { source })).toThrow(
      'ReplicationConfiguredTwice: a bucket has one replication configuration, given: another for Data/Invoices/Default/Resource; write its rules as '
      + 'BucketReplication, too [at Data/InvoicesCopies]');
  });

  test('in another Region than the source', () => {
    const copies = new Copies();
    const source = new EncryptedBucket(copies.data, 'Invoices');
    const dublin = newStack(copies.app, 'Dublin', { account: ACCOUNT, region: 'eu-west-1' });

    expect(() => replicatedBucket(dublin, 'Invoices', { source })).toThrow(
      'ReplicationElsewhere: a replication is in the account and Region of its source, given: Dublin for Data; write it in the stack of the source '
      + '[at Dublin/InvoicesCopies]');
  });

  const undone = '[Data/Invoices/Replication] ReplicationUndone: an aspect, a mixin or an override changed ReplicationConfiguration of '
    + 'Data/Invoices/Default/Resource; leave this bucket out of it, or give what you want to BucketReplication';
  const versions = '[Data/Invoices/Replication] VersionsNotKept: Amazon S3 replicates between buckets that keep all versions, given: '
    + 'Data/Invoices/Default/Resource, whose VersioningConfiguration was changed; leave it out of the aspect, mixin or override';

  test.each<[string, (bucket: s3.CfnBucket) => void, string[]]>([
    ['takes it away', (bucket) => bucket.replicationConfiguration = undefined, [undone]],
    ['takes a rule away', (bucket) => bucket.addPropertyOverride('ReplicationConfiguration.Rules', []), [undone]],
    ['changes the role', (bucket) => bucket.addPropertyOverride('ReplicationConfiguration.Role', 'arn:aws:iam::111122223333:role/Mine'), [undone]],
    ['changes the key', (bucket) => bucket.addPropertyOverride('ReplicationConfiguration.Rules.0.Destination.EncryptionConfiguration.ReplicaKmsKeyID', 'other'), [undone]],
    ['disables it', (bucket) => bucket.addPropertyOverride('ReplicationConfiguration.Rules.0.Status', 'Disabled'), [undone]],
    ['leaves encrypted objects out', (bucket) => bucket.addPropertyDeletionOverride('ReplicationConfiguration.Rules.0.SourceSelectionCriteria'), [undone]],
    ['keeps no versions', (bucket) => bucket.versioningConfiguration = { status: 'Suspended' }, [versions]],
  ])('where an aspect %s', (_what, change, expected) => {
    const { data } = new Copies();
    const copy = replicatedBucket(data);
    const bucket = copy.replicationRole.node.scope!.node.scope!.node.findChild('Default').node.defaultChild as s3.CfnBucket;
    Aspects.of(bucket).add({ visit: () => change(bucket) });

    expect(problemsAtSynth(copy)).toEqual(expected);
  });

  test('where the destination keeps no versions', () => {
    const { data } = new Copies();
    const copy = replicatedBucket(data);
    (copy.destinationBucket.node.defaultChild as s3.CfnBucket).versioningConfiguration = { status: 'Suspended' };

    expect(problemsAtSynth(copy)).toEqual([expect.stringContaining(`VersionsNotKept: Amazon S3 replicates between buckets that keep all versions, given: ${THERE}/`)]);
  });
});
