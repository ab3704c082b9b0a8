import { CreateSnapshotCommand, DescribeSnapshotAttributeCommand, DescribeSnapshotsCommand, ModifySnapshotAttributeCommand } from '@aws-sdk/client-ec2';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { type Checks } from '../checks';
import { type DeployedApp } from '../deployed-app';
import { type ExampleExpectations } from '../example-expectations';

const KEY = 'LedgerOwner/Key';
const VOLUME = 'LedgerOwner/Ledger';
const OTHER_ACCOUNT = '444455556666';

/** What the owner's account does to share a snapshot; its copy, which is another account's, is not made here. */
async function share(app: DeployedApp, checks: Checks): Promise<Record<string, string>> {
  const { aws: { ec2 }, physicalId: VolumeId } = app.find(VOLUME);
  const { aws: { kms }, physicalId: KeyId } = app.find(KEY);
  const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
  const { Snapshots: [snapshot] = [] } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [SnapshotId!] }));
  const { KeyMetadata } = await kms.send(new DescribeKeyCommand({ KeyId }));
  checks.equal('the snapshot is under the key of the volume, which lets the other account in', snapshot.KmsKeyId, KeyMetadata?.Arn);

  const Attribute = 'createVolumePermission';
  await ec2.send(new ModifySnapshotAttributeCommand({ SnapshotId, Attribute, OperationType: 'add', UserIds: [OTHER_ACCOUNT] }));
  const { CreateVolumePermissions } = await ec2.send(new DescribeSnapshotAttributeCommand({ SnapshotId, Attribute }));
  checks.equal('the snapshot is shared with the other account alone', CreateVolumePermissions, [{ UserId: OTHER_ACCOUNT }]);
  return { snapshotId: SnapshotId! };
}

export const expectations: ExampleExpectations = {
  change: {},
  keys: { [KEY]: { aliases: ['alias/shared-ledger'], rotationDays: [365, 365] } },
  encryptedUnder: { [VOLUME]: KEY },
  retained: [KEY, `${KEY}/Alias`, VOLUME],
  skippedByMoto: [],
  restore: { copy: share, encryptedUnder: {} },
  elsewhere: ['LedgerRestore'],
};
