import {
  CopyDBClusterSnapshotCommand, CreateDBClusterCommand, CreateDBClusterSnapshotCommand, DeleteDBClusterCommand, DeleteDBClusterSnapshotCommand,
  DescribeDBClustersCommand, DescribeDBClusterSnapshotsCommand,
} from '@aws-sdk/client-rds';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { bothOf, Operation, Sandbox, SandboxRegion, tagsOf } from '../operation';

/** A cluster without instances, and its snapshot copied. */
export const AURORA_COPY: Operation = {
  name: 'aurora-copy',
  services: [KmsService.RDS, KmsService.RDS_COPIES, KmsService.RDS_MASTER_SECRET],
  makes: 'an Amazon Aurora cluster (PostgreSQL, no instance) in the default VPC, a snapshot and its copy',
  dollars: 0.1,
  minutes: 60,

  async make(sandbox) {
    const { name, source, destination } = sandbox;
    await source.aws.rds.send(new CreateDBClusterCommand({
      DBClusterIdentifier: name,
      Engine: 'aurora-postgresql',
      BackupRetentionPeriod: 1,
      StorageEncrypted: true,
      KmsKeyId: source.key,
      MasterUsername: 'probe',
      ManageMasterUserPassword: true,
      MasterUserSecretKmsKeyId: source.key,
      Tags: tagsOf(name),
    }));
    await sandbox.until('the cluster is available', 20, async () => {
      const { DBClusters } = await source.aws.rds.send(new DescribeDBClustersCommand({ DBClusterIdentifier: name }));
      return DBClusters?.[0].Status === 'available';
    });
    const { DBClusterSnapshot } = await source.aws.rds.send(new CreateDBClusterSnapshotCommand({
      DBClusterIdentifier: name, DBClusterSnapshotIdentifier: name, Tags: tagsOf(name),
    }));
    await available(sandbox, source);
    await destination.aws.rds.send(new CopyDBClusterSnapshotCommand({
      SourceDBClusterSnapshotIdentifier: DBClusterSnapshot!.DBClusterSnapshotArn,
      TargetDBClusterSnapshotIdentifier: name,
      KmsKeyId: destination.key,
      Tags: tagsOf(name),
    }));
    await available(sandbox, destination);
  },

  async clean(place, sweep) {
    const isOurs = ({ DBClusterIdentifier }: { DBClusterIdentifier?: string }) => DBClusterIdentifier?.startsWith(place.prefix) === true;
    for (const { rds, region } of bothOf(place)) {
      await sweep.each(`DB cluster in ${region}`, () => everyPage(async (Marker) => {
        const { DBClusters, Marker: next } = await rds.send(new DescribeDBClustersCommand({ Marker }));
        return [DBClusters?.filter(isOurs), next];
      }),
      ({ DBClusterIdentifier }) => DBClusterIdentifier,
      ({ DBClusterIdentifier }) => rds.send(new DeleteDBClusterCommand({
        DBClusterIdentifier, SkipFinalSnapshot: true, DeleteAutomatedBackups: true,
      })));
      await sweep.each(`DB cluster snapshot in ${region}`, () => everyPage(async (Marker) => {
        const { DBClusterSnapshots, Marker: next } = await rds.send(new DescribeDBClusterSnapshotsCommand({ SnapshotType: 'manual', Marker }));
        return [DBClusterSnapshots?.filter(isOurs), next];
      }),
      ({ DBClusterSnapshotIdentifier }) => DBClusterSnapshotIdentifier,
      ({ DBClusterSnapshotIdentifier }) => rds.send(new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier })));
    }
  },
};

async function available({ name, until }: Sandbox, { aws, region }: SandboxRegion): Promise<void> {
  await until(`the cluster snapshot in ${region} is available`, 20, async () => {
    const { DBClusterSnapshots } = await aws.rds.send(new DescribeDBClusterSnapshotsCommand({ DBClusterSnapshotIdentifier: name }));
    const { Status } = DBClusterSnapshots![0];
    if (Status === 'failed') {
      throw new Error(`The cluster snapshot ${name} in ${region} failed`);
    }
    return Status === 'available';
  });
}
