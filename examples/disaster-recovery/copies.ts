import { Duration, Tags } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';
import { type DataStack } from '../data-platform/data-stack';
import { type KeysStack } from '../data-platform/keys-stack';
import {
  BackupCopy, BucketDestination, BucketReplication, EbsSnapshotCopy, EbsSnapshotPolicy, EbsSnapshotRetention, EbsSnapshotSchedule, EbsSnapshotTarget,
  RdsBackupReplication, RdsSnapshotCopy, RedshiftSnapshotCopy, SecretReplication, SecureStringCopy, type SnapshotDestination, SourceKeys,
} from 'cdk-kms-patterns';

/** A copy that is older than a day is one too few. */
const MAX_AGE = Duration.hours(26);

/** The copies of the data stores in the other Region, each under the key there. */
export class Copies extends Construct {
  public readonly lake: BucketReplication;
  public readonly partnerToken: SecretReplication;
  public readonly signingKey: SecureStringCopy;

  constructor(private readonly data: DataStack, private readonly keys: KeysStack, private readonly destination: SnapshotDestination) {
    super(data, 'Copies');
    this.lake = new BucketReplication(this, 'Lake', {
      source: data.lake,
      destination: BucketDestination.newBucket(destination),
      maxAge: Duration.hours(1),
    });
    new RdsBackupReplication(this, 'Ledger', { source: data.ledger, destination, retention: Duration.days(14), maxAge: Duration.hours(2) });
    new RedshiftSnapshotCopy(this, 'Warehouse', { source: data.warehouse, destination, manualSnapshotRetention: Duration.days(90), maxAge: MAX_AGE });
    this.partnerToken = new SecretReplication(this, 'PartnerToken', { source: data.partnerToken, destination });
    this.signingKey = new SecureStringCopy(this, 'SigningKey', { source: data.signingKey, destination });
    this.nightly();
    this.daily();
    this.byHand();
  }

  /** The catalogue as it is when nobody works with it. */
  private nightly(): void {
    const [name, value] = ['data-platform:snapshots', 'nightly'];
    Tags.of(this.data.catalogue).add(name, value);
    new EbsSnapshotPolicy(this, 'Nightly', {
      target: EbsSnapshotTarget.volumes(name, value),
      volumeKeys: [this.keys.data],
      schedule: EbsSnapshotSchedule.daily('03:00'),
      retention: EbsSnapshotRetention.count(7),
      copies: [{ destination: this.destination, retention: Duration.days(30) }],
      maxAge: MAX_AGE,
    });
  }

  /** What is written all day long is backed up every day, under keys of its own in either Region. */
  private daily(): void {
    new BackupCopy(this, 'Daily', {
      resources: [
        backup.BackupResource.fromConstruct(this.data.catalogue),
        backup.BackupResource.fromConstruct(this.data.ledger),
      ],
      destinations: [this.destination],
      encryptionKey: this.keys.data,
      maxAge: MAX_AGE,
    });
  }

  /** What somebody snapshots before a change, and tags. */
  private byHand(): void {
    const props = {
      destination: this.destination,
      sourceKeys: SourceKeys.ofKeys(this.keys.data),
      tags: { 'data-platform:copied': 'yes' },
      retention: Duration.days(35),
      sourceKey: this.keys.operations,
    };
    new EbsSnapshotCopy(this, 'Snapshots', props);
    new RdsSnapshotCopy(this, 'DatabaseSnapshots', props);
  }
}
