import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { EbsSnapshotCopyProps } from './ebs-snapshot-copy-props';
import { ebsSnapshots } from './ebs-snapshots';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { SnapshotCopies } from '../snapshot/snapshot-copies';

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
export class EbsSnapshotCopy extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EbsSnapshotCopy';

  /** The Region of the copies. */
  public readonly destinationRegion: string;
  /** The stack there: what is restored from the copies belongs into it, or beside it. */
  public readonly destinationStack: Stack;
  /** The key that copies are encrypted under. */
  public readonly destinationKey: ICustomerManagedKey;
  /** The key in the source Region that the queue, the state machine and the log there are encrypted under. */
  public readonly sourceKey: ICustomerManagedKey;
  /** In the destination Region: snapshots that could not be copied, with the reason, and executions that did not end well. */
  public readonly failureQueue: sqs.Queue;
  /** In the source Region: events that could not be delivered, and executions that did not end well. */
  public readonly undeliveredQueue: sqs.Queue;
  /** In the destination Region. */
  public readonly copyingStateMachine: sfn.StateMachine;
  /** The role that copies. */
  public readonly copyingRole: iam.Role;
  /** In the source Region. Started with `{}`, it has everything copied that is not copied yet; with `{"retryFailed": true}`, what failed before too. */
  public readonly selectingStateMachine: sfn.StateMachine;
  /** The alarms of both Regions, which have no actions yet. Those of the destination notify topics there. */
  public readonly alarms: cloudwatch.Alarm[];

  constructor(scope: Construct, id: string, props: EbsSnapshotCopyProps) {
    super(scope, id);
    const completionMinutes = this.completionMinutes(props.completionDuration);
    const kind = ebsSnapshots({
      tags: props.tags ?? {}, copyTags: props.copyTags ?? true, retention: props.retention?.toMilliseconds(), completionMinutes,
    });
    const { copier, selector, ...copies } = new SnapshotCopies(this, 'Default', kind, props);
    this.destinationStack = copies.destinationStack;
    this.destinationRegion = copies.destinationStack.region;
    this.destinationKey = copies.destinationKey;
    this.sourceKey = copies.sourceKey;
    this.failureQueue = copier.failures.queue;
    this.undeliveredQueue = selector.failures.queue;
    this.copyingStateMachine = copier.machine.machine;
    this.copyingRole = copier.machine.role;
    this.selectingStateMachine = selector.machine.machine;
    this.alarms = copies.alarms;
  }

  /**
   * Lets the grantee have existing snapshots copied: `aws stepfunctions start-execution --state-machine-arn ARN --input '{}'`, with the ARN of `selectingStateMachine`.
   */
  public grantBackfill(grantee: iam.IGrantable): iam.Grant {
    return this.selectingStateMachine.grantStartExecution(grantee);
  }

  private completionMinutes(duration?: Duration): number | undefined {
    if (duration === undefined || duration.isUnresolved()) {
      return duration?.toMinutes();
    }
    const minutes = duration.toMinutes({ integral: false });
    if (minutes % 15 !== 0 || minutes < 15 || minutes > 2880) {
      throw new KmsPatternsError('CompletionDurationInvalid',
        `time-based copies take a multiple of 15 minutes, up to 48 hours, given: ${duration.toHumanString()}; write for example Duration.hours(4)`, this);
    }
    return minutes;
  }
}
