import { Duration } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { SnapshotDestination } from './snapshot-destination';
import { SourceKeys } from './source-keys';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';

/**
 * Properties of copies of snapshots to another Region, which are made as soon as the snapshots are there.
 */
export interface SnapshotCopyProps {
  /**
   * The Region of the copies, in the same account, and their key there.
   *
   * Another one copies from then on: copies that exist stay where they are.
   */
  readonly destination: SnapshotDestination;

  /**
   * The keys that the snapshots are encrypted under. The role that copies decrypts with no other.
   */
  readonly sourceKeys: SourceKeys;

  /**
   * Only snapshots that have all of these tags are copied.
   *
   * @default - all snapshots of the account in the Region
   */
  readonly tags?: { [key: string]: string };

  /**
   * Whether copies get the tags of their snapshots. A copy has room for 48 of them.
   *
   * @default true
   */
  readonly copyTags?: boolean;

  /**
   * How long copies are kept, counted from when the snapshot was made. Snapshots that are older are not copied. What cannot be deleted then, such as what an
   * AMI is made of, is left, and told of in the queue of failures.
   *
   * @default - for good
   */
  readonly retention?: Duration;

  /**
   * How many copies are in progress at once, about. Amazon EBS and Amazon RDS take 20 each to a destination Region, those of others included, unless AWS raised your quota.
   *
   * @default 20
   */
  readonly copiesAtOnce?: number;

  /**
   * How often a copy is begun before its snapshot is told of in the queue of failures. A pause follows each: 5 minutes, half an hour, then
   * three hours.
   *
   * Where there are too many copies or too many calls, it waits however long it takes.
   *
   * @default 3
   */
  readonly attempts?: number;

  /**
   * An alarm rings where no copy was finished for this long, in whole hours, up to seven days. Choose a little more than the time between two snapshots.
   * EBS snapshots that others copy from the same Region to the same one are counted, too.
   *
   * @default - no alarm of this kind
   */
  readonly maxAge?: Duration;

  /**
   * Whether all snapshots of the last three days are looked at once a day, because Amazon EventBridge may lose events.
   *
   * It costs about 1 USD for 13,000 snapshots that are looked at and were copied before.
   *
   * @default true
   */
  readonly sweep?: boolean;

  /**
   * The key in the source Region that the queue, the state machine and the log there are encrypted under.
   *
   * @default - a new key, retained when the stack is deleted: 1 USD a month
   */
  readonly sourceKey?: ICustomerManagedKey;

  /**
   * The permissions boundary of the role that copies, such as one that your organization demands.
   *
   * @default - a new managed policy, which allows what the role needs and nothing else
   */
  readonly permissionsBoundary?: iam.IManagedPolicy;
}
