import { THERE } from './copies-app';
import { type CopyEndpoints, type Fault, LOST, REPEATED } from './copy-endpoints';
import { type Claim, type DeployedCopy } from './deployed-copy';
import { snapshotArn, type VolumeSnapshots } from './volume-snapshots';
import { LIMIT, THROTTLED } from '../../support/snapshot-copies/snapshots-stub';
import { type Checks } from '../checks';

const TOO_MANY_CALLS: Fault = { code: 'RequestLimitExceeded', message: THROTTLED, status: 503 };
const TOO_MANY_COPIES: Fault = { code: 'ResourceLimitExceeded', message: LIMIT, status: 400 };
const IN_USE: Fault = { code: 'InvalidSnapshot.InUse', message: 'The snapshot is currently in use by ami-1234567890abcdef0', status: 400 };

/** What becomes of snapshots of a volume where a stub in the place of moto gives errors of Amazon EC2, recorded ones where there are; and where copies expire. */
export class VolumeFaults {
  constructor(
    private readonly checks: Checks,
    private readonly copy: DeployedCopy,
    private readonly snapshots: VolumeSnapshots,
    private readonly endpoints: CopyEndpoints,
  ) {}

  public async run(): Promise<void> {
    const { checks, copy } = this;
    checks.equal('EBS, stub: where calls are throttled it waits, and copies', await this.begun(TOO_MANY_CALLS, TOO_MANY_CALLS), ['COPYING', 'COPIED']);
    checks.equal('EBS, stub: where too many copies are in progress, the snapshot waits for the next look', await this.begun(TOO_MANY_COPIES), ['WANTED', 'COPYING', 'COPIED']);
    const copies = (await this.snapshots.copies()).length;
    checks.equal('EBS, stub: a copy whose answer was lost is found, and not made again', [await this.begun(LOST), (await this.snapshots.copies()).length - copies],
      [['COPYING', 'COPIED'], 1]);
    checks.equal('EBS: nothing of it is told of', await copy.failures(), []);
    await this.lost();
    await this.expire();
  }

  /** The states of a new snapshot, after its event, and after each look at everything, until it is copied. */
  private async begun(...faults: Fault[]): Promise<(string | undefined)[]> {
    const snapshot = await this.snapshots.create();
    this.endpoints.failNext('CopySnapshot', ...faults);
    await this.snapshots.tellCreated(snapshot);
    const states = [(await this.claimOf(snapshot))?.state];
    while (states.at(-1) !== 'COPIED' && states.length < 4) {
      await this.copy.start(THERE, { reconcile: true });
      states.push((await this.claimOf(snapshot))?.state);
    }
    return states;
  }

  /** Somebody deletes a copy that no event told the end of. */
  private async lost(): Promise<void> {
    const { checks, copy, snapshots, endpoints: { there } } = this;
    const snapshot = await snapshots.create();
    await snapshots.tellCreated(snapshot);
    await snapshots.delete((await this.claimOf(snapshot))!.copy!, there);
    await copy.start(THERE, { reconcile: true });
    checks.equal('EBS: a copy that is not found is waited for', (await this.claimOf(snapshot))?.state, 'COPYING');
    await copy.age(snapshotArn(snapshot), 1);
    await copy.start(THERE, { reconcile: true });
    checks.equal('EBS: where it is not found for long, the snapshot fails, and is told of',
      [(await this.claimOf(snapshot))?.state, (await copy.failures()).map((told) => [told.snapshot, told.reason])],
      ['FAILED', [[snapshotArn(snapshot), 'No copy was found after it was begun']]]);
  }

  private async expire(): Promise<void> {
    const { checks, copy, snapshots, endpoints } = this;
    const [[expired, { copy: itsCopy }], [kept]] = Object.entries(await copy.claims()).filter(([, { state }]) => state === 'COPIED');
    await copy.age(snapshotArn(expired), 8);
    await copy.start(THERE, { reconcile: true });
    const there = async (): Promise<boolean> => (await snapshots.copies()).some(({ SnapshotId }) => SnapshotId === itsCopy);
    checks.equal('EBS: a copy whose time has come is deleted, and forgotten', [await this.claimOf(expired), await there()], [undefined, false]);

    endpoints.failNext('DeleteSnapshot', ...Array<Fault>(REPEATED).fill(IN_USE));
    await copy.age(snapshotArn(kept), 8);
    await copy.start(THERE, { reconcile: true });
    checks.equal('EBS, stub: one that cannot be deleted is kept, and told of in the queue',
      [(await this.claimOf(kept))?.state, (await copy.failures()).map(({ snapshot, reason }) => [snapshot, reason.includes(IN_USE.message)])], ['KEPT', [[snapshotArn(kept), true]]]);
  }

  private async claimOf(snapshot: string): Promise<Claim | undefined> {
    return (await this.copy.claims())[snapshot];
  }
}
