import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { namesOf } from './copied-databases';
import { assertOptionGroups } from './option-groups';
import { RdsSnapshotCopyProps } from './rds-snapshot-copy-props';
import { rdsSnapshots } from './rds-snapshots';
import { SnapshotCopy } from '../snapshot/snapshot-copy';

/**
 * Copies the snapshots of Amazon RDS instances and Aurora clusters, manual and automated ones, to another Region as soon as they are there, encrypted there under a
 * key of that Region.
 *
 * An event of Amazon EventBridge starts a state machine in the source Region, which looks at the snapshot and tells a bus in the destination Region. A state machine
 * there claims the snapshot in a table, copies it, and looks every five minutes at what is in progress. Each snapshot ends as a copy, or in the queue of failures with
 * the reason. Its copy has a name that follows from its own, so that Amazon RDS refuses a second one: `rds:ledger-2026-11-28-05-10` becomes
 * `ledger-2026-11-28-05-10-a` and eight digits. Where 20 copies are in progress, or Amazon RDS throttles, snapshots wait however long it takes. Copies are never copied.
 *
 * Copies are manual snapshots, of which an account has 100 in a Region unless AWS raised the quota: give a `retention`. A DB snapshot that is not encrypted has an
 * encrypted copy. That of a cluster is not copied, because Amazon RDS refuses to encrypt it: it is told of in the queue of failures. Snapshots of AWS Backup, of
 * Amazon DocumentDB and of Amazon Neptune are left alone.
 *
 * Snapshots that exist already are copied by an execution of `selectingStateMachine`: `grantBackfill` lets somebody start one.
 *
 * The role that copies decrypts with `sourceKeys` and encrypts with the key of the destination, through Amazon RDS of both Regions only, and has a permissions boundary.
 * It makes grants on both for Amazon RDS, which AWS documents for none of them in particular. It deletes what it made, and nothing else: by name and tag.
 *
 * Costs about 1 USD for 1,000 snapshots, beside the transfer between Regions and the storage of copies, about 1 USD a month for the looks, and 1 USD for each key.
 *
 * Where the construct leaves the app, copies and the table of claims stay. Under another id or path it takes itself for another one: it copies anew, and leaves the
 * former copies alone.
 *
 * @example
 * declare const key: CustomerManagedKey; // with an alias
 * declare const ledger: EncryptedDatabaseInstance; // under the key
 * new RdsSnapshotCopy(this, 'SnapshotsInSydney', {
 *   destination: SnapshotDestination.inRegion('ap-southeast-2'),
 *   sourceKeys: SourceKeys.ofKeys(key),
 *   databases: [CopiedDatabases.ofInstances(ledger)],
 *   retention: Duration.days(35),
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html
 */
@propertyInjectable
export class RdsSnapshotCopy extends SnapshotCopy {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.RdsSnapshotCopy';

  constructor(scope: Construct, id: string, props: RdsSnapshotCopyProps) {
    super(scope, id, props, (copy) => {
      const { tags = {}, copyTags = true, optionGroups = {}, databases, retention } = props;
      assertOptionGroups(copy, optionGroups);
      return rdsSnapshots({ tags, copyTags, optionGroups, retention: retention?.toMilliseconds(), ...namesOf(copy, databases) });
    });
  }
}
