import { CHOSEN, HERE, THERE } from './copies-app';
import { type DeployedCopy } from './deployed-copy';
import { snapshotArn, type VolumeSnapshots } from './volume-snapshots';
import { type Checks } from '../checks';

/** What becomes of snapshots of a volume. One copy is in progress at once. */
export class VolumeCopies {
  /** @param key that of the destination */
  constructor(
    private readonly checks: Checks, private readonly copy: DeployedCopy, private readonly snapshots: VolumeSnapshots, private readonly key: string,
  ) {}

  public async run(): Promise<void> {
    const before = [await this.snapshots.create(), await this.snapshots.create()];
    const first = await this.copied();
    await this.notCopied(first);
    await this.oneAtOnce(first);
    await this.stopped();
    await this.several();
    await this.failing();
    await this.backfilled(before);
  }

  private async copied(): Promise<string> {
    const { checks, copy, snapshots, key } = this;
    const snapshot = await snapshots.create([{ Key: 'team', Value: 'billing' }]);
    await snapshots.tellCreated(snapshot);
    const [found, ...others] = await snapshots.copies();
    checks.equal('EBS: the event of a snapshot makes one copy, under the key of the destination', [found?.Encrypted, found?.KmsKeyId, others], [true, key, []]);
    checks.equal('EBS: the copy is tagged as its snapshot, and with whose copy it is, and who made it',
      Object.fromEntries(found?.Tags?.map(({ Key, Value }) => [Key, Value]) ?? []), {
        [CHOSEN.Key]: CHOSEN.Value,
        'team': 'billing',
        'cdk-kms-patterns:copy-of': snapshotArn(snapshot),
        'cdk-kms-patterns:copied-by': copy.address,
      });
    checks.equal('EBS: the snapshot is claimed, and its copy is recorded', await copy.claims(), { [snapshot]: { state: 'COPYING', copy: found?.SnapshotId } });
    return snapshot;
  }

  private async notCopied(first: string): Promise<void> {
    const { checks, snapshots } = this;
    await snapshots.tellCreated(await snapshots.create([], []));
    await snapshots.tellCreated(await snapshots.create([{ Key: 'cdk-kms-patterns:copy-of', Value: 'another one' }]));
    await snapshots.tellCreated(first);
    checks.equal('EBS: neither a snapshot that is not chosen, nor a copy, nor one a second time is copied',
      [await this.states(), (await snapshots.copies()).length], [{ [first]: 'COPYING' }, 1]);
  }

  private async oneAtOnce(first: string): Promise<void> {
    const { checks, copy, snapshots } = this;
    const [second, deleted] = [await snapshots.create(), await snapshots.create()];
    await snapshots.tellCreated(second);
    await snapshots.tellCreated(deleted);
    checks.equal('EBS: snapshots wait as long as there is no room', await this.states(), { [first]: 'COPYING', [second]: 'WANTED', [deleted]: 'WANTED' });
    await snapshots.delete(deleted);

    await snapshots.tellEnded(first);
    checks.equal('EBS: a copy that ends makes room for the next one', await this.states(), { [first]: 'COPIED', [second]: 'COPYING', [deleted]: 'WANTED' });
    checks.equal('EBS: no failure is told of so far', await copy.failures(), []);

    await snapshots.tellEnded(second);
    checks.equal('EBS: a snapshot that was deleted in between fails', await this.states(), { [first]: 'COPIED', [second]: 'COPIED', [deleted]: 'FAILED' });
    const [{ snapshot, reason } = { snapshot: '', reason: '' }, ...others] = await copy.failures();
    // moto has no message for it.
    checks.equal('EBS: it is told of in the queue, with the reason', [snapshot, /^Ec2\.Ec2Exception: .*Status Code: 400/.test(reason) || reason, others],
      [snapshotArn(deleted), true, []]);
  }

  /** What an execution leaves behind that is stopped after its call, and one that is stopped before. */
  private async stopped(): Promise<void> {
    const { checks, copy, snapshots } = this;
    const snapshot = await snapshots.create();
    await snapshots.tellCreated(snapshot);
    const { [snapshot]: { copy: made } } = await copy.claims();
    await copy.forgetCopy(snapshotArn(snapshot), 'COPYING');
    await copy.start(THERE, { reconcile: true });
    checks.equal('EBS: a copy that was not recorded is found by its tags', (await copy.claims())[snapshot], { state: 'COPIED', copy: made });

    const other = await snapshots.create();
    await snapshots.tellCreated(other);
    const { [other]: { copy: kept } } = await copy.claims();
    const found = (await snapshots.copies()).find(({ SnapshotId }) => SnapshotId === kept)!;
    await snapshots.copyAgain(found, other);
    const copies = (await snapshots.copies()).length;
    await copy.start(THERE, { reconcile: true });
    checks.equal('EBS: a copy that is too many is deleted, and the one that is recorded is kept',
      [(await copy.claims())[other], copies - (await snapshots.copies()).length], [{ state: 'COPIED', copy: kept }, 1]);
    checks.equal('EBS: nothing of it is told of', await copy.failures(), []);
  }

  private async several(): Promise<void> {
    const both = [await this.snapshots.create(), await this.snapshots.create()];
    await this.checkCopied('EBS: the event of several snapshots has all of them copied', both, () => this.snapshots.tellCreated(...both));
  }

  private async failing(): Promise<void> {
    const { checks, copy } = this;
    await copy.startInVain(THERE, { wanted: {} });
    checks.equal('EBS: an execution that fails is told of in the queue', (await copy.failures()).map(({ detail: { status, input } }) => [status, input]), [['FAILED', '{"wanted":{}}']]);
  }

  private async backfilled(before: string[]): Promise<void> {
    const { checks, copy, snapshots, key } = this;
    await this.checkCopied('EBS: a distributed map has copied what was there before, and is not copied yet', before, () => copy.start(HERE, { days: 0 }));
    const copies = await snapshots.copies();
    checks.equal('EBS: each snapshot has one copy, under the key of the destination', [copies.length, ...new Set(copies.map(({ KmsKeyId }) => KmsKeyId))], [8, key]);
    checks.equal('EBS: nothing else was told of', await copy.failures(), []);
  }

  /** The events of the end of copies are lost: looks at everything find it out, and begin what waits. */
  private async checkCopied(claim: string, ids: string[], begin: () => Promise<void>): Promise<void> {
    const known = await this.states();
    await begin();
    for (let look = 0; look < ids.length; look++) {
      await this.copy.start(THERE, { reconcile: true });
    }
    this.checks.equal(claim, await this.states(), { ...known, ...Object.fromEntries(ids.map((id) => [id, 'COPIED'])) });
  }

  private async states(): Promise<Record<string, string | undefined>> {
    return Object.fromEntries(Object.entries(await this.copy.claims()).map(([id, { state }]) => [id, state]));
  }
}
