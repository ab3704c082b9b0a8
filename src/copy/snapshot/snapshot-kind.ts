import { EventPattern } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { State, States } from './states';

/** Where a state goes on, and what it remembers. */
export interface Onward {
  readonly Next: string;
  readonly Assign?: Readonly<Record<string, unknown>>;
}

/** Where the snapshots are, and where their copies go. */
export interface CopyRoute {
  readonly partition: string;
  readonly account: string;
  readonly sourceRegion: string;
  readonly destinationRegion: string;
  /** Of the construct: its copies carry it in a tag. */
  readonly address: string;
}

/** How AWS Step Functions says what went wrong: regular expressions of JSONata over `ERROR: CAUSE`. */
export interface CopyErrors {
  /** As many copies are in progress as there may be: nothing was copied. */
  readonly limit: string;
  /** Too many calls: nothing was copied. */
  readonly throttled: string;
  /** Nothing was copied, for a reason that may pass. */
  readonly certain: string;
}

/** What becomes of a call that fails. */
export interface Failed {
  readonly Catch: State['Catch'];
  readonly Retry?: State['Retry'];
}

/**
 * What is to be known of one kind of snapshot in the Region of its copies.
 *
 * Parts of the state machine read `$claim`, which is `{ snapshot, attempts, made, notice }`, or a list of claims, as `{ snapshot, attempts, made, copy, since, reason }`.
 */
export interface CopyingKind {
  /** Such as `EBS snapshot`. */
  readonly name: string;
  readonly errors: CopyErrors;
  /** Of events of Amazon EventBridge that tell of the end of a copy. */
  readonly ended: EventPattern;
  /** JSONata: the ARN of the snapshot whose copy an event (`$ended`) tells of, and the copy; '' where that is not said. */
  readonly endedSnapshot: string;
  readonly endedCopy: string;
  /** Events that tell of a copy that was finished, for an alarm when there was none. */
  readonly finished: EventPattern;
  /** Events that tell of a copy that takes longer than was promised, where something was. */
  readonly late?: EventPattern;
  /**
   * States from `Copy`, which copy `$claim` once, goes to `Next` with `$copy` assigned, and to `CopyFailed` with `$cause`, `ERROR: CAUSE`. It is never called again
   * by itself: that is decided where it is known what became of it.
   */
  copy(keyArn: string, onward: Onward, failed: Failed): States;
  /**
   * States from `name`, which find the copies of claims by what they are tagged or named with, and assign `$copies`:
   * `[{ of: snapshot, id, state: 'COPIED' | 'PENDING' | 'FAILED', reason, started }]`, and `{ insteadOf: snapshot, reason }` where something else is in its place.
   *
   * Where the answer is too large, `$chunk`, which `claims` may go by, becomes 1, and they are looked for again.
   *
   * @param claims JSONata: ten claims at most
   */
  find(name: string, claims: string, onward: Onward): States;
  /** States from `name`, which delete a copy. @param copy JSONata: its id. @param snapshot JSONata: the ARN of its source */
  remove(name: string, copy: string, snapshot: string, onward: Onward, failed: Failed): States;
  /** What the state machine may do with snapshots. */
  permissions(): iam.PolicyStatement[];
}

/**
 * What is to be known of one kind of snapshot in its own Region.
 *
 * Notices are `{ snapshot, made, problem, retryFailed }` and whatever else the copy needs: the ARN, when it was made, and why it cannot be copied, if that is known.
 * Parts of the state machine read `$asked`, which is `{ days, retryFailed }`: with days other than 0, only snapshots of the last ones are meant.
 */
export interface SelectingKind {
  /** Of events of Amazon EventBridge that tell of new snapshots. */
  readonly created: EventPattern;
  /** JSONata: the ids in such an event, which is `$states.input`. */
  readonly createdIds: string;
  /** JSONata: whether the snapshots of such an event are told of with a `problem` where they are not there. */
  readonly tellsOfMissing: string;
  /**
   * States from `name`, which assign `$notices` of the snapshots of ten ids at most, of `$ids[[0..9]]`, and whether some of them are `$missing`. At the second `$look`
   * these are told of where `$tells`.
   */
  describe(name: string, onward: Onward): States;
  /** States from `name`, which assign `$notices` of a page of snapshots, and `$token`, from which the next one begins: '' after the last one, and before the first. */
  page(name: string, onward: Onward): States;
  permissions(): iam.PolicyStatement[];
}
