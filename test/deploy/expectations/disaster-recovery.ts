import { CopySnapshotCommand, CreateSnapshotCommand, DescribeSnapshotsCommand, DescribeVolumesCommand } from '@aws-sdk/client-ec2';
import { CopyDBSnapshotCommand, CreateDBSnapshotCommand } from '@aws-sdk/client-rds';
import { type Checks } from '../checks';
import { type DeployedApp } from '../deployed-app';
import { type ExampleExpectations, NO_KEY, SSE_S3 } from '../example-expectations';
import { expectations as dataPlatform } from './data-platform';

const HERE = 'eu-west-2';
const THERE = 'ap-southeast-2';
const DATA = 'DataPlatformKeys/Data';
const OPERATIONS = 'DataPlatformKeys/Operations';
const DATA_THERE = 'RecoveryCopies/Data';
const OPERATIONS_THERE = 'RecoveryCopies/Operations';
const LAKE_THERE = 'RecoveryCopies/DataPlatformData-Copies-Lake/Bucket';
const VAULT_THERE = 'RecoveryCopies/DataPlatformData-Copies-Daily/Vault';
const KINDS = ['Snapshots', 'DatabaseSnapshots'];
const COPIERS = KINDS.map((kind) => `RecoveryCopies/DataPlatformData-Copies-${kind}/Copier`);
const SELECTORS = KINDS.map((kind) => `DataPlatformData/Copies/${kind}/Selector`);

/** The copy that the volume is restored from. */
let catalogue = '';

/** What the services do between the two Regions, whose schedules, events and functions no local endpoint has. */
async function copy(app: DeployedApp, checks: Checks): Promise<Record<string, string>> {
  const KmsKeyId = app.find(DATA_THERE).physicalId!;
  const [here, there] = [app.aws(HERE), app.aws(THERE)];
  const keyArn = `arn:aws:kms:${THERE}:123456789012:key/${KmsKeyId}`;

  const { SnapshotId } = await here.ec2.send(new CreateSnapshotCommand({ VolumeId: app.find('DataPlatformData/Catalogue').physicalId }));
  const copied = await there.ec2.send(new CopySnapshotCommand({
    SourceRegion: HERE, SourceSnapshotId: SnapshotId, Encrypted: true, KmsKeyId: keyArn,
  }));
  const { Snapshots } = await there.ec2.send(new DescribeSnapshotsCommand({ SnapshotIds: [copied.SnapshotId!] }));
  checks.equal('the copied snapshot of the catalogue is under the key there',
    Snapshots?.map((snapshot) => [snapshot.Encrypted, snapshot.KmsKeyId]), [[true, keyArn]]);
  catalogue = copied.SnapshotId!;

  const ledger = await here.rds.send(new CreateDBSnapshotCommand({
    DBInstanceIdentifier: app.find('DataPlatformData/Ledger').physicalId, DBSnapshotIdentifier: 'ledger',
  }));
  const { DBSnapshot } = await there.rds.send(new CopyDBSnapshotCommand({
    SourceDBSnapshotIdentifier: ledger.DBSnapshot!.DBSnapshotArn, TargetDBSnapshotIdentifier: 'ledger-copy', KmsKeyId: keyArn,
  }));
  checks.equal('the copied snapshot of the ledger is under the key there', [DBSnapshot?.Encrypted, DBSnapshot?.KmsKeyId], [true, keyArn]);

  // moto makes an empty cluster, whatever the snapshot.
  return { restoreFrom: JSON.stringify({ catalogue, ledger: 'ledger-copy', warehouse: 'copy:rs:warehouse-2026-11-01-04-00-00' }) };
}

async function readBack(app: DeployedApp, checks: Checks): Promise<void> {
  const { aws, physicalId } = app.find('RecoveryData/Catalogue');
  const { Volumes } = await aws.ec2.send(new DescribeVolumesCommand({ VolumeIds: [physicalId!] }));

  checks.equal('the catalogue is restored from its copy', Volumes?.map(({ SnapshotId }) => SnapshotId), [catalogue]);
}

/** The same stores of several constructs. */
function under(key: string, constructs: string[], stores: string[]): Record<string, string> {
  return Object.fromEntries(constructs.flatMap((construct) => stores.map((store) => [`${construct}/${store}`, key])));
}

export const expectations: ExampleExpectations = {
  change: { rotationDays: '180' },
  keys: {
    ...dataPlatform.keys,
    [DATA_THERE]: { aliases: ['alias/data-platform/data'], rotationDays: [365, 180] },
    [OPERATIONS_THERE]: { aliases: ['alias/data-platform/operations'], rotationDays: [365, 180] },
  },
  encryptedUnder: {
    ...dataPlatform.encryptedUnder,
    'DataPlatformData/Copies/Daily/Vault': DATA,
    'DataPlatformData/Copies/SigningKey/Inap-southeast-2': DATA_THERE,
    'DataPlatformData/Copies/Warehouse/Logs': NO_KEY,
    ...under(OPERATIONS, SELECTORS, ['Failed', 'Machine', 'Machine/Log']),
    [LAKE_THERE]: DATA_THERE,
    [`${LAKE_THERE}/AccessLogs`]: SSE_S3,
    [VAULT_THERE]: DATA_THERE,
    ...under(DATA_THERE, COPIERS, ['Bus', 'Claims', 'Failed', 'Machine', 'Machine/Log']),
    ...under(DATA_THERE, ['RecoveryCopies/DataPlatformData-Copies-Ledger'], ['Search', 'Search/Log']),
    'RecoveryCopies/Alerts': OPERATIONS_THERE,
  },
  restore: {
    copy,
    readBack,
    encryptedUnder: {
      'RecoveryData/Catalogue': DATA_THERE,
      'RecoveryData/Ledger': DATA_THERE,
      'RecoveryData/Ledger/LogGroup-postgresql': OPERATIONS_THERE,
      'RecoveryData/Ledger/LogGroup-upgrade': OPERATIONS_THERE,
      'RecoveryData/Warehouse': DATA_THERE,
      'RecoveryData/Warehouse/AccessLogs': SSE_S3,
      'RecoveryData/Warehouse/AuditLogs': SSE_S3,
      'RecoveryNetwork/FlowLogs': OPERATIONS_THERE,
    },
  },
  retained: [
    ...dataPlatform.retained,
    ...[DATA_THERE, OPERATIONS_THERE].flatMap((key) => [key, `${key}/Alias`]),
    LAKE_THERE, `${LAKE_THERE}/AccessLogs`, ...COPIERS.map((copier) => `${copier}/Claims`),
    'RecoveryData/Catalogue', 'RecoveryData/Ledger/LogGroup-postgresql', 'RecoveryData/Ledger/LogGroup-upgrade',
    'RecoveryData/Warehouse/AccessLogs', 'RecoveryData/Warehouse/AuditLogs', 'RecoveryNetwork/FlowLogs',
  ],
  skippedByMoto: [
    ...dataPlatform.skippedByMoto,
    'AWS::Backup::BackupPlan',
    'AWS::Backup::BackupSelection',
    'AWS::Backup::BackupVault',
    'AWS::DLM::LifecyclePolicy',
    'Custom::RedshiftSnapshotCopy',
    'Custom::SecureStringCopy',
  ],
};
