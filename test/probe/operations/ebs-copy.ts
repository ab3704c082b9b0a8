import {
  CopySnapshotCommand, CreateSnapshotCommand, CreateVolumeCommand, DeleteSnapshotCommand, DeleteVolumeCommand, DescribeAvailabilityZonesCommand,
  DescribeSnapshotsCommand, DescribeVolumesCommand, ResourceType,
} from '@aws-sdk/client-ec2';
import { KmsService } from '../../../src';
import { bothOf, Operation, Sandbox, SandboxRegion, TAG, tagsOf } from '../operation';

/** A volume, its snapshot, the copy under the key of the other Region, and a volume of it. */
export const EBS_COPY: Operation = {
  name: 'ebs-copy',
  services: [KmsService.EBS, KmsService.EBS_COPIES],
  makes: 'Amazon EBS volumes of 1 GiB in both Regions, a snapshot and its copy',
  dollars: 0.1,
  minutes: 40,

  async make(sandbox) {
    const { source, destination } = sandbox;
    const volume = await newVolume(sandbox, source);
    await sandbox.until('the volume is available', 10, async () => {
      const { Volumes } = await source.aws.ec2.send(new DescribeVolumesCommand({ VolumeIds: [volume] }));
      return Volumes?.[0].State === 'available';
    });
    const { SnapshotId } = await source.aws.ec2.send(new CreateSnapshotCommand({ VolumeId: volume, TagSpecifications: tagged(sandbox, 'snapshot') }));
    await completed(sandbox, source, SnapshotId!);
    const copy = await destination.aws.ec2.send(new CopySnapshotCommand({
      SourceRegion: source.region, SourceSnapshotId: SnapshotId, Encrypted: true, KmsKeyId: destination.key, TagSpecifications: tagged(sandbox, 'snapshot'),
    }));
    await completed(sandbox, destination, copy.SnapshotId!);
    await newVolume(sandbox, destination, copy.SnapshotId);
  },

  async clean(place, sweep) {
    const Filters = [{ Name: `tag:${TAG}`, Values: [`${place.prefix}*`] }];
    for (const { ec2, region } of bothOf(place)) {
      await sweep.each(`volume in ${region}`, async () => (await ec2.send(new DescribeVolumesCommand({ Filters }))).Volumes,
        ({ VolumeId }) => VolumeId, ({ VolumeId }) => ec2.send(new DeleteVolumeCommand({ VolumeId })));
      await sweep.each(`snapshot in ${region}`, async () => (await ec2.send(new DescribeSnapshotsCommand({ Filters, OwnerIds: ['self'] }))).Snapshots,
        ({ SnapshotId }) => SnapshotId, ({ SnapshotId }) => ec2.send(new DeleteSnapshotCommand({ SnapshotId })));
    }
  },
};

async function newVolume(sandbox: Sandbox, { aws, key }: SandboxRegion, SnapshotId?: string): Promise<string> {
  const { AvailabilityZones } = await aws.ec2.send(new DescribeAvailabilityZonesCommand({ Filters: [{ Name: 'zone-type', Values: ['availability-zone'] }] }));
  const { VolumeId } = await aws.ec2.send(new CreateVolumeCommand({
    AvailabilityZone: AvailabilityZones![0].ZoneName, Size: 1, VolumeType: 'gp3', Encrypted: true, KmsKeyId: key, SnapshotId, TagSpecifications: tagged(sandbox, 'volume'),
  }));
  return VolumeId!;
}

/** A copy that AWS refuses the key has an id nonetheless, and fails later. */
async function completed(sandbox: Sandbox, { aws, region }: SandboxRegion, id: string): Promise<void> {
  await sandbox.until(`${id} in ${region} is completed`, 25, async () => {
    const { Snapshots } = await aws.ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [id] }));
    const { State, StateMessage } = Snapshots![0];
    if (State === 'error') {
      throw new Error(`${id} in ${region}: ${StateMessage}`);
    }
    return State === 'completed';
  });
}

function tagged({ name }: Sandbox, type: ResourceType) {
  return [{ ResourceType: type, Tags: tagsOf(name) }];
}
