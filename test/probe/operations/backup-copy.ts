import {
  CreateBackupVaultCommand, DeleteBackupVaultCommand, DeleteRecoveryPointCommand, DescribeBackupJobCommand, DescribeCopyJobCommand,
  ListBackupVaultsCommand, ListRecoveryPointsByBackupVaultCommand, StartBackupJobCommand, StartCopyJobCommand,
} from '@aws-sdk/client-backup';
import { CreateFileSystemCommand, DeleteFileSystemCommand, DescribeFileSystemsCommand } from '@aws-sdk/client-efs';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { bothOf, Operation, TAG, tagsOf } from '../operation';
import { cleanProbeRoles, makeProbeRole } from '../probe-role';

/** A file system, which AWS Backup manages fully: its recovery point, copied to a vault of the other Region. */
export const BACKUP_COPY: Operation = {
  name: 'backup-copy',
  services: [KmsService.BACKUP, KmsService.EFS],
  makes: 'an empty Amazon EFS file system, a vault of AWS Backup in each Region, a role, a recovery point and its copy',
  dollars: 0.1,
  minutes: 150,

  async make(sandbox) {
    const { name, source, destination, until } = sandbox;
    const IamRoleArn = await makeProbeRole(sandbox, { service: 'backup.amazonaws.com', managedPolicy: 'service-role/AWSBackupServiceRolePolicyForBackup' });
    const fileSystem = await source.aws.efs.send(new CreateFileSystemCommand({
      CreationToken: name, Encrypted: true, KmsKeyId: source.key, Tags: tagsOf(name),
    }));
    const [vault, other] = await Promise.all([source, destination].map(({ aws, key }) => aws.backup.send(new CreateBackupVaultCommand({
      BackupVaultName: name, EncryptionKeyArn: key, BackupVaultTags: { [TAG]: name },
    }))));
    await until('the file system is available', 10, async () => {
      const { FileSystems } = await source.aws.efs.send(new DescribeFileSystemsCommand({ CreationToken: name }));
      return FileSystems?.[0].LifeCycleState === 'available';
    });
    const { BackupJobId } = await source.aws.backup.send(new StartBackupJobCommand({
      BackupVaultName: vault.BackupVaultName, ResourceArn: fileSystem.FileSystemArn, IamRoleArn, Lifecycle: { DeleteAfterDays: 1 },
    }));
    let RecoveryPointArn: string | undefined;
    await until('the backup is completed', 60, async () => {
      const { State, StatusMessage, RecoveryPointArn: arn } = await source.aws.backup.send(new DescribeBackupJobCommand({ BackupJobId }));
      RecoveryPointArn = arn;
      return isCompleted('backup', State, StatusMessage);
    });
    const { CopyJobId } = await source.aws.backup.send(new StartCopyJobCommand({
      RecoveryPointArn, SourceBackupVaultName: name, DestinationBackupVaultArn: other.BackupVaultArn, IamRoleArn, Lifecycle: { DeleteAfterDays: 1 },
    }));
    await until('the copy is completed', 60, async () => {
      const { CopyJob } = await source.aws.backup.send(new DescribeCopyJobCommand({ CopyJobId }));
      return isCompleted('copy', CopyJob?.State, CopyJob?.StatusMessage);
    });
  },

  async clean(place, sweep) {
    for (const { backup, region } of bothOf(place)) {
      const vaults = async () => (await backup.send(new ListBackupVaultsCommand({ MaxResults: 1000 }))).BackupVaultList
        ?.filter(({ BackupVaultName }) => BackupVaultName!.startsWith(place.prefix));
      await sweep.each(`vault in ${region}`, vaults, ({ BackupVaultName }) => BackupVaultName, async ({ BackupVaultName }) => {
        const { RecoveryPoints = [] } = await backup.send(new ListRecoveryPointsByBackupVaultCommand({ BackupVaultName }));
        await Promise.all(RecoveryPoints.map(({ RecoveryPointArn }) => (
          backup.send(new DeleteRecoveryPointCommand({ BackupVaultName, RecoveryPointArn }))
        )));
        await backup.send(new DeleteBackupVaultCommand({ BackupVaultName }));
      });
    }
    const { efs, region } = place.source;
    await sweep.each(`file system in ${region}`,
      () => everyPage(async (Marker) => {
        const { FileSystems, NextMarker } = await efs.send(new DescribeFileSystemsCommand({ Marker }));
        return [FileSystems?.filter(({ CreationToken }) => CreationToken?.startsWith(place.prefix)), NextMarker];
      }),
      ({ FileSystemId }) => FileSystemId, ({ FileSystemId }) => efs.send(new DeleteFileSystemCommand({ FileSystemId })));
    await cleanProbeRoles(place, sweep);
  },
};

function isCompleted(what: string, state: string | undefined, message: string | undefined): boolean {
  if (state === 'FAILED' || state === 'ABORTED' || state === 'EXPIRED') {
    throw new Error(`The ${what} job ended as ${state}: ${message}`);
  }
  return state === 'COMPLETED';
}
