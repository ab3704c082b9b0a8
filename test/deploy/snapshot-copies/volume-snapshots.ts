import {
  CopySnapshotCommand, CreateSnapshotCommand, CreateVolumeCommand, DeleteSnapshotCommand, DescribeSnapshotsCommand, type Snapshot, type Tag,
} from '@aws-sdk/client-ec2';
import { CHOSEN, HERE, THERE } from './copies-app';
import { type CopyEndpoints } from './copy-endpoints';
import { type DeployedCopy } from './deployed-copy';

const ONE = 'EBS Snapshot Notification';
const SEVERAL = 'EBS Multi-Volume Snapshots Completion Status';

/** Snapshots of an encrypted volume, their copies, and the events of both. */
export class VolumeSnapshots {
  public static async of(endpoints: CopyEndpoints, copy: DeployedCopy): Promise<VolumeSnapshots> {
    const { VolumeId } = await endpoints.here.ec2.send(new CreateVolumeCommand({
      AvailabilityZone: `${HERE}a`, Size: 1, Encrypted: true, KmsKeyId: endpoints.keys.here,
    }));
    return new VolumeSnapshots(VolumeId!, endpoints, copy);
  }

  private constructor(private readonly volume: string, private readonly endpoints: CopyEndpoints, private readonly copy: DeployedCopy) {}

  public async create(further: Tag[] = [], tags: Tag[] = [CHOSEN]): Promise<string> {
    const Tags = [...tags, ...further];
    const { SnapshotId } = await this.endpoints.here.ec2.send(new CreateSnapshotCommand({
      VolumeId: this.volume, TagSpecifications: Tags.length > 0 ? [{ ResourceType: 'snapshot', Tags }] : undefined,
    }));
    return SnapshotId!;
  }

  public async delete(SnapshotId: string, aws = this.endpoints.here): Promise<void> {
    await aws.ec2.send(new DeleteSnapshotCommand({ SnapshotId }));
  }

  /** All that are there: moto has snapshots of its own, without such tags. */
  public async copies(): Promise<Snapshot[]> {
    const { Snapshots = [] } = await this.endpoints.there.ec2.send(new DescribeSnapshotsCommand({ Filters: [{ Name: 'tag-key', Values: ['cdk-kms-patterns:copy-of'] }] }));
    return Snapshots;
  }

  /** The same copy once more, as an execution that was stopped leaves it behind. */
  public async copyAgain({ Tags, KmsKeyId }: Snapshot, SourceSnapshotId: string): Promise<void> {
    await this.endpoints.there.ec2.send(new CopySnapshotCommand({
      SourceRegion: HERE, SourceSnapshotId, Encrypted: true, KmsKeyId, TagSpecifications: [{ ResourceType: 'snapshot', Tags }],
    }));
  }

  public async tellCreated(...ids: string[]): Promise<void> {
    const [arn, ...others] = ids.map(eventArn);
    const detail = others.length === 0
      ? { event: 'createSnapshot', snapshot_id: arn, source: `arn:aws:ec2::${HERE}:volume/${this.volume}` }
      : { event: 'createSnapshots', snapshots: [arn, ...others].map((each) => ({ snapshot_id: each, source: `arn:aws:ec2::${HERE}:volume/${this.volume}`, status: 'completed' })) };
    await this.copy.tell(HERE, 'aws.ec2', others.length === 0 ? ONE : SEVERAL, { result: 'succeeded', cause: '', ...detail });
  }

  /** moto finishes copies at once, and tells nobody. */
  public async tellEnded(id: string): Promise<void> {
    const { [id]: claim } = await this.copy.claims();
    await this.copy.tell(THERE, 'aws.ec2', ONE, {
      event: 'copySnapshot', result: 'succeeded', cause: '', snapshot_id: `arn:aws:ec2::${THERE}:snapshot/${claim.copy}`, source: eventArn(id),
    });
  }
}

/** As claims and tags have it. */
export function snapshotArn(id: string): string {
  return `arn:aws:ec2:${HERE}::snapshot/${id}`;
}

/** In events, the Region is where the account belongs. */
function eventArn(id: string): string {
  return `arn:aws:ec2::${HERE}:snapshot/${id}`;
}
