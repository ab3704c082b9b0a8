import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct, IConstruct } from 'constructs';
import { SnapshotCopies, SnapshotKind } from './snapshot-copies';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { SnapshotCopyProps } from '../snapshot-copy-props';

/**
 * What people see of copies of snapshots, whatever they are of.
 *
 * @internal
 */
export abstract class SnapshotCopy extends Construct {
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

  constructor(scope: Construct, id: string, props: SnapshotCopyProps, kindFor: (copy: IConstruct) => SnapshotKind) {
    super(scope, id);
    const { copier, selector, ...copies } = new SnapshotCopies(this, 'Default', kindFor(this), props);
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
}
