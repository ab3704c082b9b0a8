import { Duration } from 'aws-cdk-lib';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct, IConstruct } from 'constructs';
import { EbsSnapshotCopyProps } from './ebs-snapshot-copy-props';
import { ebsSnapshots } from './ebs-snapshots';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { SnapshotCopy } from '../snapshot/snapshot-copy';

/**
 * Copies every EBS snapshot of the account, or those with given tags, to another Region as soon as it is there, whoever made it, encrypted there under a key of
 * that Region.
 *
 * An event of Amazon EventBridge starts a state machine in the source Region, which reads the tags and tells a bus in the destination Region. A state machine there
 * claims the snapshot in a table, copies it, and waits for nothing: the end of the copy is another event, and every five minutes it looks at what is in progress.
 * Each snapshot ends as a copy, or in the queue of failures with the reason; none is copied twice, unless an execution is stopped between the call and its record:
 * the copy that is too many is deleted at the next look. Where 20 copies are in progress, or Amazon EC2 throttles, snapshots wait however long it takes. Copies are
 * never copied.
 *
 * Snapshots that exist already are copied by an execution of `selectingStateMachine`: `grantBackfill` lets somebody start one.
 *
 * The role that copies decrypts with `sourceKeys` and encrypts with the key of the destination, through Amazon EC2 of both Regions only, and has a permissions boundary.
 * It deletes what it made, and nothing else: it knows that by a tag, so whoever may tag snapshots there decides about it.
 *
 * Costs about 1 USD for 1,000 snapshots, beside the transfer between Regions and the storage of copies, about 1 USD a month for the looks, and 1 USD for each key.
 *
 * Where the construct leaves the app, copies and the table of claims stay. Under another id or path it takes itself for another one: it copies anew, and leaves the
 * former copies alone.
 *
 * @example
 * declare const key: CustomerManagedKey;
 * new EbsSnapshotCopy(this, 'SnapshotsInSydney', {
 *   destination: SnapshotDestination.inRegion('ap-southeast-2'),
 *   sourceKeys: SourceKeys.ofKeys(key),
 *   tags: { backup: 'daily' },
 *   retention: Duration.days(35),
 *   maxAge: Duration.hours(26),
 * });
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
 */
@propertyInjectable
export class EbsSnapshotCopy extends SnapshotCopy {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EbsSnapshotCopy';

  constructor(scope: Construct, id: string, props: EbsSnapshotCopyProps) {
    super(scope, id, props, (copy) => ebsSnapshots({
      tags: props.tags ?? {},
      copyTags: props.copyTags ?? true,
      retention: props.retention?.toMilliseconds(),
      completionMinutes: completionMinutes(copy, props.completionDuration),
    }));
  }
}

function completionMinutes(copy: IConstruct, duration?: Duration): number | undefined {
  if (duration === undefined || duration.isUnresolved()) {
    return duration?.toMinutes();
  }
  const minutes = duration.toMinutes({ integral: false });
  if (minutes % 15 !== 0 || minutes < 15 || minutes > 2880) {
    throw new KmsPatternsError('CompletionDurationInvalid',
      `time-based copies take a multiple of 15 minutes, up to 48 hours, given: ${duration.toHumanString()}; write for example Duration.hours(4)`, copy);
  }
  return minutes;
}
