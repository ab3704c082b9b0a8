import { Tag, Tagged, TagFilter } from './tagged';
import { StateError } from '../state-machine/state-error';
import { VirtualClock } from '../state-machine/virtual-clock';

/** As AWS Step Functions gives it. */
export interface Snapshot {
  readonly SnapshotId: string;
  readonly StartTime: string;
  readonly Tags: readonly Tag[];
  readonly Encrypted: boolean;
  readonly KmsKeyId?: string;
  State: 'pending' | 'completed' | 'error';
  StateMessage?: string;
}

/** What a copy comes to: how long it takes, and why it fails, if it does. */
export interface CopyOutcome {
  readonly minutes: number;
  readonly failure?: string;
}

interface CopyEnd {
  of(id: string, call: number): CopyOutcome;
}

export const LIMIT = 'Too many snapshot copies in progress. The limit is 20 for this destination region.';
export const THROTTLED = 'Request limit exceeded.';
export const NO_KEY = 'Given key ID is not accessible';

/** An error of Amazon EC2, with the message that AWS Step Functions makes of it. */
export function ec2Error(message: string, status = 400): StateError {
  return new StateError('Ec2.Ec2Exception', `${message} (Service: Ec2, Status Code: ${status}, Request ID: 6dc8ee77-b49e-4b1f-a4c5-1c3cbd0d3bd6) (SDK Attempt Count: 1)`);
}

/**
 * A stub of the snapshots of Amazon EC2 in two Regions, with shapes and messages as they were recorded.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html
 * @see https://github.com/aws-samples/copy-encrypted-ami/issues/3
 */
export class SnapshotsStub {
  public readonly source = new Map<string, Snapshot>();
  public readonly copies = new Tagged<Snapshot>();
  /** Copies that others make. */
  public others = 0;
  /** Calls of CopySnapshot. */
  public calls = 0;
  private made = 0;
  private pending = 0;
  private end: CopyEnd = { of: () => ({ minutes: 10 }) };

  constructor(private readonly clock: VirtualClock, private readonly ended: (detail: object) => void, public readonly limit = 20) {}

  public copiesEnd(of: CopyEnd['of']): void {
    this.end = { of };
  }

  public create(tags: readonly Tag[] = [], days = 0, state: Snapshot['State'] = 'completed'): Snapshot {
    const SnapshotId = `snap-${String(++this.made).padStart(17, '0')}`;
    const StartTime = new Date(this.clock.now - days * 86_400_000).toISOString();
    const snapshot: Snapshot = { SnapshotId, StartTime, Tags: tags, Encrypted: true, State: state };
    this.source.set(SnapshotId, snapshot);
    return snapshot;
  }

  public get inProgress(): number {
    return this.pending;
  }

  public copySnapshot({ SourceSnapshotId, SourceRegion, Encrypted, KmsKeyId, TagSpecifications }: any): { SnapshotId: string } {
    this.calls++;
    if (Encrypted !== true || !KmsKeyId || SourceRegion !== 'eu-west-2' || TagSpecifications[0].ResourceType !== 'snapshot' || TagSpecifications[0].Tags.length > 50) {
      throw new Error(`CopySnapshot has no such parameters: ${JSON.stringify({ SourceRegion, Encrypted, KmsKeyId, TagSpecifications })}`);
    }
    if (this.source.get(SourceSnapshotId)?.State !== 'completed') {
      throw ec2Error(this.source.has(SourceSnapshotId) ? 'Snapshot is in invalid state - pending' : `The snapshot '${SourceSnapshotId}' does not exist.`);
    }
    if (this.pending + this.others >= this.limit) {
      throw ec2Error(LIMIT);
    }
    const SnapshotId = `snap-c${String(this.calls).padStart(16, '0')}`;
    const copy: Snapshot = {
      SnapshotId, StartTime: new Date(this.clock.now).toISOString(), Tags: TagSpecifications[0].Tags, Encrypted, KmsKeyId, State: 'pending',
    };
    this.copies.set(SnapshotId, copy);
    this.pending++;
    const { minutes, failure } = this.end.of(SourceSnapshotId, this.calls);
    this.clock.at(this.clock.now + minutes * 60_000, () => this.finish(copy, SourceSnapshotId, failure));
    return { SnapshotId };
  }

  public describeSource({ Filters = [], MaxResults = 1000, NextToken = '0' }: { Filters?: readonly TagFilter[]; MaxResults?: number; NextToken?: string }): object {
    const ids = Filters.find(({ Name }) => Name === 'snapshot-id')?.Values;
    const found = ids ? ids.flatMap((id) => this.source.get(id) ?? []) : [...this.source.values()];
    const page = found.slice(Number(NextToken), Number(NextToken) + MaxResults);
    const next = Number(NextToken) + MaxResults;
    return { Snapshots: page, ...next < found.length ? { NextToken: String(next) } : {} };
  }

  public describeCopies({ Filters }: { Filters: readonly TagFilter[] }): object {
    return { Snapshots: this.copies.found(Filters) };
  }

  public deleteSnapshot({ SnapshotId }: { SnapshotId: string }): object {
    const copy = this.copies.get(SnapshotId);
    if (!copy) {
      throw ec2Error(`The snapshot '${SnapshotId}' does not exist.`);
    }
    this.pending -= Number(copy.State === 'pending');
    this.copies.delete(SnapshotId);
    return {};
  }

  private finish(copy: Snapshot, sourceId: string, failure?: string): void {
    if (this.copies.get(copy.SnapshotId) !== copy) {
      return;
    }
    this.pending--;
    Object.assign(copy, failure === undefined ? { State: 'completed' } : { State: 'error', StateMessage: failure });
    this.ended({
      'event': 'copySnapshot',
      'result': failure === undefined ? 'succeeded' : 'failed',
      'cause': failure ?? '',
      'request-id': '',
      'snapshot_id': `arn:aws:ec2::ap-southeast-2:snapshot/${copy.SnapshotId}`,
      'source': `arn:aws:ec2::eu-west-2:snapshot/${sourceId}`,
      'startTime': copy.StartTime,
      'endTime': new Date(this.clock.now).toISOString(),
      'incremental': 'true',
    });
  }
}
