import {
  CreateClusterCommand, CreateClusterSnapshotCommand, CreateSnapshotCopyGrantCommand, DeleteClusterCommand, DeleteClusterSnapshotCommand,
  DeleteSnapshotCopyGrantCommand, DescribeClustersCommand, DescribeClusterSnapshotsCommand, DescribeSnapshotCopyGrantsCommand,
  EnableSnapshotCopyCommand,
} from '@aws-sdk/client-redshift';
import { KmsService } from '../../../src';
import { queryOnce } from '../data-api';
import { everyPage } from '../every-page';
import { bothOf, Operation, tagsOf } from '../operation';

/** A cluster with a managed password, asked by the Data API, whose snapshots Amazon Redshift copies with a snapshot copy grant. */
export const REDSHIFT_COPY: Operation = {
  name: 'redshift-copy',
  services: [KmsService.REDSHIFT, KmsService.REDSHIFT_ADMIN_SECRET],
  makes: 'an Amazon Redshift cluster (one ra3.large) in the default VPC, a statement of its Data API, a snapshot, its copy and a snapshot copy grant',
  dollars: 2,
  minutes: 120,

  async make(sandbox) {
    const { name, source, destination, until } = sandbox;
    await source.aws.redshift.send(new CreateClusterCommand({
      ClusterIdentifier: name,
      ClusterType: 'single-node',
      NodeType: 'ra3.large',
      PubliclyAccessible: false,
      AutomatedSnapshotRetentionPeriod: 1,
      Encrypted: true,
      KmsKeyId: source.key,
      MasterUsername: 'probe',
      ManageMasterPassword: true,
      MasterPasswordSecretKmsKeyId: source.key,
      Tags: tagsOf(name),
    }));
    await destination.aws.redshift.send(new CreateSnapshotCopyGrantCommand({
      SnapshotCopyGrantName: name, KmsKeyId: destination.key, Tags: tagsOf(name),
    }));
    let secret: string | undefined;
    await until('the cluster is available', 30, async () => {
      const { Clusters } = await source.aws.redshift.send(new DescribeClustersCommand({ ClusterIdentifier: name }));
      secret = Clusters?.[0].MasterPasswordSecretArn;
      return Clusters?.[0].ClusterStatus === 'available';
    });
    await source.aws.redshift.send(new EnableSnapshotCopyCommand({
      ClusterIdentifier: name,
      DestinationRegion: destination.region,
      SnapshotCopyGrantName: name,
      RetentionPeriod: 1,
      ManualSnapshotRetentionPeriod: 1,
    }));
    await source.aws.redshift.send(new CreateClusterSnapshotCommand({
      ClusterIdentifier: name, SnapshotIdentifier: name, ManualSnapshotRetentionPeriod: 1, Tags: tagsOf(name),
    }));
    await until('the snapshot is copied', 60, async () => {
      const { Snapshots = [] } = await destination.aws.redshift.send(new DescribeClusterSnapshotsCommand({ ClusterIdentifier: name }));
      return Snapshots.some(({ Status }) => Status === 'available');
    });
    await queryOnce(sandbox, { ClusterIdentifier: name }, secret);
  },

  async clean(place, sweep) {
    const isOurs = (name?: string) => name?.startsWith(place.prefix) === true;
    for (const { redshift, region } of bothOf(place)) {
      await sweep.each(`Redshift cluster in ${region}`, () => everyPage(async (Marker) => {
        const { Clusters, Marker: next } = await redshift.send(new DescribeClustersCommand({ Marker }));
        return [Clusters?.filter(({ ClusterIdentifier }) => isOurs(ClusterIdentifier)), next];
      }),
      ({ ClusterIdentifier }) => ClusterIdentifier,
      ({ ClusterIdentifier }) => redshift.send(new DeleteClusterCommand({ ClusterIdentifier, SkipFinalClusterSnapshot: true })));
      await sweep.each(`Redshift snapshot in ${region}`, () => everyPage(async (Marker) => {
        const { Snapshots, Marker: next } = await redshift.send(new DescribeClusterSnapshotsCommand({ Marker }));
        return [Snapshots?.filter(({ ClusterIdentifier }) => isOurs(ClusterIdentifier)), next];
      }),
      ({ SnapshotIdentifier }) => SnapshotIdentifier,
      ({ SnapshotIdentifier, ClusterIdentifier }) => redshift.send(new DeleteClusterSnapshotCommand({
        SnapshotIdentifier, SnapshotClusterIdentifier: ClusterIdentifier,
      })));
      await sweep.each(`snapshot copy grant in ${region}`,
        async () => {
          const { SnapshotCopyGrants } = await redshift.send(new DescribeSnapshotCopyGrantsCommand({}));
          return SnapshotCopyGrants?.filter(({ SnapshotCopyGrantName }) => isOurs(SnapshotCopyGrantName));
        },
        ({ SnapshotCopyGrantName }) => SnapshotCopyGrantName,
        ({ SnapshotCopyGrantName }) => redshift.send(new DeleteSnapshotCopyGrantCommand({ SnapshotCopyGrantName })));
    }
  },
};
