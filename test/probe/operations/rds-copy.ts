import {
  CopyDBSnapshotCommand, CreateDBInstanceCommand, CreateDBSnapshotCommand, DeleteDBInstanceAutomatedBackupCommand, DeleteDBInstanceCommand,
  DeleteDBSnapshotCommand, DescribeDBInstanceAutomatedBackupsCommand, DescribeDBInstancesCommand, DescribeDBSnapshotsCommand,
  StartDBInstanceAutomatedBackupsReplicationCommand,
} from '@aws-sdk/client-rds';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { bothOf, Operation, Sandbox, SandboxRegion, tagsOf } from '../operation';

/** An instance with a managed password, its snapshot copied, its automated backups replicated. */
export const RDS_COPY: Operation = {
  name: 'rds-copy',
  services: [KmsService.RDS, KmsService.RDS_COPIES, KmsService.RDS_MASTER_SECRET],
  makes: 'an Amazon RDS instance (db.t4g.micro, PostgreSQL, 20 GiB) in the default VPC, a snapshot, its copy, and a replica of its automated backups',
  dollars: 0.5,
  minutes: 100,

  async make(sandbox) {
    const { name, source, destination } = sandbox;
    const { DBInstance } = await source.aws.rds.send(new CreateDBInstanceCommand({
      DBInstanceIdentifier: name,
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      AllocatedStorage: 20,
      BackupRetentionPeriod: 1,
      PubliclyAccessible: false,
      StorageEncrypted: true,
      KmsKeyId: source.key,
      MasterUsername: 'probe',
      ManageMasterUserPassword: true,
      MasterUserSecretKmsKeyId: source.key,
      Tags: tagsOf(name),
    }));
    await sandbox.until('the instance is available', 30, async () => {
      const { DBInstances } = await source.aws.rds.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: name }));
      return DBInstances?.[0].DBInstanceStatus === 'available';
    });
    await destination.aws.rds.send(new StartDBInstanceAutomatedBackupsReplicationCommand({
      SourceDBInstanceArn: DBInstance!.DBInstanceArn, KmsKeyId: destination.key, BackupRetentionPeriod: 1,
    }));
    const { DBSnapshot } = await source.aws.rds.send(new CreateDBSnapshotCommand({
      DBInstanceIdentifier: name, DBSnapshotIdentifier: name, Tags: tagsOf(name),
    }));
    await available(sandbox, source);
    await destination.aws.rds.send(new CopyDBSnapshotCommand({
      SourceDBSnapshotIdentifier: DBSnapshot!.DBSnapshotArn, TargetDBSnapshotIdentifier: name, KmsKeyId: destination.key, Tags: tagsOf(name),
    }));
    await available(sandbox, destination);
    await sandbox.until('the automated backups are replicated', 40, async () => {
      const backups = await automatedBackups(destination.aws.rds, name);
      return backups.some(({ Status }) => Status === 'replicating');
    });
  },

  async clean(place, sweep) {
    const { prefix } = place;
    for (const { rds, region } of bothOf(place)) {
      await sweep.each(`DB instance in ${region}`, () => everyPage(async (Marker) => {
        const { DBInstances, Marker: next } = await rds.send(new DescribeDBInstancesCommand({ Marker }));
        return [DBInstances?.filter(begins(prefix)), next];
      }),
      ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
      ({ DBInstanceIdentifier }) => rds.send(new DeleteDBInstanceCommand({
        DBInstanceIdentifier, SkipFinalSnapshot: true, DeleteAutomatedBackups: true,
      })));
      await sweep.each(`DB snapshot in ${region}`, () => everyPage(async (Marker) => {
        const { DBSnapshots, Marker: next } = await rds.send(new DescribeDBSnapshotsCommand({ SnapshotType: 'manual', Marker }));
        return [DBSnapshots?.filter(begins(prefix)), next];
      }),
      ({ DBSnapshotIdentifier }) => DBSnapshotIdentifier,
      ({ DBSnapshotIdentifier }) => rds.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier })));
    }
    // Those of the destination outlive the instance.
    const { rds, region } = place.destination;
    await sweep.each(`automated backups in ${region}`, () => automatedBackups(rds, prefix), ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
      ({ DBInstanceAutomatedBackupsArn }) => rds.send(new DeleteDBInstanceAutomatedBackupCommand({ DBInstanceAutomatedBackupsArn })));
  },
};

const begins = (prefix: string) => ({ DBInstanceIdentifier }: { DBInstanceIdentifier?: string }) => DBInstanceIdentifier?.startsWith(prefix) === true;

function automatedBackups(rds: SandboxRegion['aws']['rds'], prefix: string) {
  return everyPage(async (Marker) => {
    const { DBInstanceAutomatedBackups, Marker: next } = await rds.send(new DescribeDBInstanceAutomatedBackupsCommand({ Marker }));
    return [DBInstanceAutomatedBackups?.filter(begins(prefix)), next];
  });
}

async function available({ name, until }: Sandbox, { aws, region }: SandboxRegion): Promise<void> {
  await until(`the snapshot in ${region} is available`, 30, async () => {
    const { DBSnapshots } = await aws.rds.send(new DescribeDBSnapshotsCommand({ DBSnapshotIdentifier: name }));
    const { Status } = DBSnapshots![0];
    if (Status === 'failed') {
      throw new Error(`The snapshot ${name} in ${region} failed`);
    }
    return Status === 'available';
  });
}
