import {
  CreateSnapshotCommand, CreateVolumeCommand, DeleteSnapshotCommand, DescribeSnapshotsCommand, type Snapshot, type Tag,
} from '@aws-sdk/client-ec2';
import { CHOSEN, HERE, THERE } from './copies-app';
import { type CopyEndpoints } from './copy-endpoints';
import { type DeployedCopy } from './deployed-copy';
import { type Checks } from '../checks';

const NOTIFICATION = 'EBS Snapshot Notification';

/** Snapshots of a volume, and what becomes of them in the other Region. One copy is in progress at once. */
export class VolumeCopies {
  private volume = '';

  constructor(private readonly checks: Checks, private readonly copy: DeployedCopy, private readonly endpoints: CopyEndpoints) {}

  public async run(): Promise<void> {
    const { here, keys } = this.endpoints;
    const { VolumeId } = await here.ec2.send(new CreateVolumeCommand({ AvailabilityZone: `${HERE}a`, Size: 1, Encrypted: true, KmsKeyId: keys.here }));
    this.volume = VolumeId!;
    const before = await this.snapshots(2);
    const first = await this.copied();
    await this.notCopied(first);
    await this.oneAtOnce(first);
    await this.backfilled(before);
  }

  private async copied(): Promise<string> {
    const { checks, copy, endpoints: { keys } } = this;
    const [snapshot] = await this.snapshots(1, [{ Key: 'team', Value: 'billing' }]);
    await this.tellCreated(snapshot);
    const [found, ...others] = await this.copies();
    checks.equal('EBS: the event of a snapshot makes one copy, under the key of the destination', [found?.Encrypted, found?.KmsKeyId, others], [true, keys.there, []]);
    checks.equal('EBS: the copy is tagged as its snapshot, and with whose copy it is, and who made it', tagsOf(found), {
      [CHOSEN.Key]: CHOSEN.Value,
      'team': 'billing',
      'cdk-kms-patterns:copy-of': `arn:aws:ec2:${HERE}::snapshot/${snapshot}`,
      'cdk-kms-patterns:copied-by': copy.address,
    });
    checks.equal('EBS: the snapshot is claimed, and its copy is recorded', await copy.claims(), { [snapshot]: { state: 'COPYING', copy: found?.SnapshotId } });
    return snapshot;
  }

  private async notCopied(first: string): Promise<void> {
    const [unchosen] = await this.snapshots(1, [], []);
    await this.tellCreated(unchosen);
    await this.tellCreated(first);
    this.checks.equal('EBS: neither a snapshot that is not chosen is copied, nor one a second time', [await this.states(), (await this.copies()).length], [{ [first]: 'COPYING' }, 1]);
  }

  private async oneAtOnce(first: string): Promise<void> {
    const { checks, copy, endpoints: { here } } = this;
    const [second, deleted] = await this.snapshots(2);
    await this.tellCreated(second);
    await this.tellCreated(deleted);
    checks.equal('EBS: snapshots wait as long as there is no room', await this.states(), { [first]: 'COPYING', [second]: 'WANTED', [deleted]: 'WANTED' });
    await here.ec2.send(new DeleteSnapshotCommand({ SnapshotId: deleted }));

    await this.tellEnded(first);
    checks.equal('EBS: a copy that ends makes room for the next one', await this.states(), { [first]: 'COPIED', [second]: 'COPYING', [deleted]: 'WANTED' });
    checks.equal('EBS: no failure is told of so far', await copy.failures(), []);
    await this.tellEnded(second);
    checks.equal('EBS: a snapshot that was deleted in between fails', await this.states(), { [first]: 'COPIED', [second]: 'COPIED', [deleted]: 'FAILED' });
    const [{ snapshot, reason } = { snapshot: '', reason: '' }, ...others] = await copy.failures();
    checks.equal('EBS: it is told of in the queue, with the reason', [snapshot, /^Ec2\.Ec2Exception: .*Status Code: 400/.test(reason) || reason, others],
      [`arn:aws:ec2:${HERE}::snapshot/${deleted}`, true, []]);
  }

  private async backfilled(before: string[]): Promise<void> {
    const { checks, copy, endpoints: { keys } } = this;
    const known = await this.states();
    await copy.start(HERE, { days: 0 });
    // Executions that come at the same moment see the same room.
    const { [before[0]]: one, [before[1]]: other, ...others } = await this.states();
    checks.equal('EBS: a distributed map has snapshots copied that were there before, and those that are known left alone',
      [others, [one, other].includes('COPYING'), [one, other].every((state) => state === 'COPYING' || state === 'WANTED')], [known, true, true]);
    // The events of both copies are lost.
    await copy.start(THERE, { reconcile: true });
    await copy.start(THERE, { reconcile: true });
    checks.equal('EBS: looks at everything finish what no event told the end of', await this.states(), { ...known, [before[0]]: 'COPIED', [before[1]]: 'COPIED' });
    const copies = await this.copies();
    checks.equal('EBS: each snapshot has one copy, under the key of the destination', [copies.length, [...new Set(copies.map(({ KmsKeyId }) => KmsKeyId))]], [4, [keys.there]]);
    checks.equal('EBS: nothing else was told of', await copy.failures(), []);
  }

  private async snapshots(count: number, further: Tag[] = [], tags: Tag[] = [CHOSEN]): Promise<string[]> {
    const { ec2 } = this.endpoints.here;
    const all = [...tags, ...further];
    const made = Array.from({ length: count }, () => ec2.send(new CreateSnapshotCommand({
      VolumeId: this.volume, TagSpecifications: all.length > 0 ? [{ ResourceType: 'snapshot', Tags: all }] : undefined,
    })));
    return (await Promise.all(made)).map(({ SnapshotId }) => SnapshotId!);
  }

  /** moto has some of its own. */
  private async copies(): Promise<Snapshot[]> {
    const { Snapshots = [] } = await this.endpoints.there.ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], Filters: [{ Name: 'tag-key', Values: ['cdk-kms-patterns:copy-of'] }] }));
    return Snapshots;
  }

  private async states(): Promise<Record<string, string | undefined>> {
    return Object.fromEntries(Object.entries(await this.copy.claims()).map(([id, { state }]) => [id, state]));
  }

  private async tellCreated(id: string): Promise<void> {
    await this.copy.tell(HERE, 'aws.ec2', NOTIFICATION, {
      event: 'createSnapshot', result: 'succeeded', cause: '', snapshot_id: `arn:aws:ec2::${HERE}:snapshot/${id}`, source: `arn:aws:ec2::${HERE}:volume/${this.volume}`,
    });
  }

  /** moto finishes copies at once, and tells nobody. */
  private async tellEnded(id: string): Promise<void> {
    const { [id]: claim } = await this.copy.claims();
    await this.copy.tell(THERE, 'aws.ec2', NOTIFICATION, {
      event: 'copySnapshot', result: 'succeeded', cause: '', snapshot_id: `arn:aws:ec2::${THERE}:snapshot/${claim.copy}`, source: `arn:aws:ec2::${HERE}:snapshot/${id}`,
    });
  }
}

function tagsOf(snapshot?: Snapshot): Record<string, string> {
  return Object.fromEntries((snapshot?.Tags ?? []).map(({ Key, Value }) => [Key!, Value!]));
}
