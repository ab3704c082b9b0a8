import { CopySnapshotCommand, CreateSnapshotCommand, DescribeSnapshotsCommand, DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { type Checks } from '../checks';
import { type DeployedApp } from '../deployed-app';
import { type ExampleExpectations } from '../example-expectations';

const SOURCE_KEY = 'VolumeInLondon/Key';
const COPY_STACK = 'VolumeInLondon-copies-ap-southeast-2';
const KEY_THERE = `${COPY_STACK}/Key`;
const RESTORED = 'VolumeInSydney/Ledger';
const LONDON = 'eu-west-2';
const SYDNEY = 'ap-southeast-2';

const arnOf = async (app: DeployedApp, key: string) => {
  const { aws: { kms }, physicalId } = app.find(key);
  return (await kms.send(new DescribeKeyCommand({ KeyId: physicalId }))).KeyMetadata?.Arn;
};

/** The snapshot that the policy would make, and the copy that the deployed policy asks for. */
async function copy(app: DeployedApp, checks: Checks): Promise<Record<string, string>> {
  const { ec2 } = app.aws(LONDON);
  const { SnapshotId: source } = await ec2.send(new CreateSnapshotCommand({ VolumeId: app.find('VolumeInLondon/Ledger').physicalId }));
  const { Snapshots: [snapshot] = [] } = await ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [source!] }));
  checks.equal('the snapshot is under the key of the volume', snapshot.KmsKeyId, await arnOf(app, SOURCE_KEY));

  const [{ Target, Encrypted, CmkArn }] = app.find('VolumeInLondon/Nightly').property('PolicyDetails').Schedules[0].CrossRegionCopyRules;
  const there = app.aws(Target).ec2;
  const asked = { SourceRegion: LONDON, SourceSnapshotId: source, Encrypted, KmsKeyId: CmkArn };
  const { SnapshotId: snapshotId } = await there.send(new CopySnapshotCommand(asked));
  const { Snapshots: [copied] = [] } = await there.send(new DescribeSnapshotsCommand({ SnapshotIds: [snapshotId!] }));
  checks.equal('the policy copies to the other Region', Target, SYDNEY);
  checks.equal('the copy is encrypted under the key there', [copied.Encrypted, copied.KmsKeyId], [true, await arnOf(app, KEY_THERE)]);
  return { snapshotId: snapshotId! };
}

export const expectations: ExampleExpectations = {
  change: {},
  keys: {
    [SOURCE_KEY]: { aliases: ['alias/volume-in-another-region'], rotationDays: [365, 365] },
    [KEY_THERE]: { aliases: [`alias/${COPY_STACK}`], rotationDays: [365, 365] },
  },
  encryptedUnder: { 'VolumeInLondon/Ledger': SOURCE_KEY },
  retained: [SOURCE_KEY, `${SOURCE_KEY}/Alias`, KEY_THERE, `${KEY_THERE}/Alias`, 'VolumeInLondon/Ledger', RESTORED],
  skippedByMoto: ['AWS::DLM::LifecyclePolicy'],
  restore: {
    copy,
    encryptedUnder: { [RESTORED]: KEY_THERE },
    readBack: async (app, checks) => {
      const { aws, physicalId, property } = app.find(RESTORED);
      const { Volumes: [volume] = [] } = await aws.ec2.send(new DescribeVolumesCommand({ VolumeIds: [physicalId!] }));
      const { Snapshots: [of] = [] } = await aws.ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [volume.SnapshotId!] }));
      checks.equal('the restored volume is in the other Region, and of the copy', [aws.region, volume.SnapshotId], [SYDNEY, property('SnapshotId')]);
      checks.equal('copy and volume are under one key', volume.KmsKeyId, of.KmsKeyId);
    },
  },
};
