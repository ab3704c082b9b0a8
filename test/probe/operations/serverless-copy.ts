import {
  CreateNamespaceCommand, CreateSnapshotCommand, CreateSnapshotCopyConfigurationCommand, CreateWorkgroupCommand, DeleteNamespaceCommand,
  DeleteSnapshotCommand, DeleteSnapshotCopyConfigurationCommand, DeleteWorkgroupCommand, GetNamespaceCommand, GetSnapshotCommand, GetWorkgroupCommand,
  ListNamespacesCommand, ListRecoveryPointsCommand, ListSnapshotCopyConfigurationsCommand, ListSnapshotsCommand, ListWorkgroupsCommand,
} from '@aws-sdk/client-redshift-serverless';
import { KmsService } from '../../../src';
import { queryOnce } from '../data-api';
import { everyPage } from '../every-page';
import { bothOf, Operation, Place, Sandbox, TAG } from '../operation';
import { RegionClients } from '../region-clients';
import { Sweep } from '../sweep';

/** A namespace with a managed password, asked by the Data API, whose snapshots Amazon Redshift Serverless copies. */
export const SERVERLESS_COPY: Operation = {
  name: 'serverless-copy',
  services: [KmsService.REDSHIFT_SERVERLESS, KmsService.REDSHIFT_ADMIN_SECRET],
  makes: 'an Amazon Redshift Serverless namespace and workgroup (8 RPU, paid for while it works) in the default VPC, a snapshot and its copy',
  dollars: 2,
  minutes: 150,

  async make(sandbox) {
    const { name, source, destination, until, note } = sandbox;
    const { redshiftServerless } = source.aws;
    const [namespaceName, workgroupName, snapshotName, tags] = [name, name, name, [{ key: TAG, value: name }]];
    await redshiftServerless.send(new CreateNamespaceCommand({
      namespaceName,
      dbName: 'dev',
      kmsKeyId: source.key,
      adminUsername: 'probe',
      manageAdminPassword: true,
      adminPasswordSecretKmsKeyId: source.key,
      tags,
    }));
    let secret: string | undefined;
    await until('the namespace is available', 15, async () => {
      const { namespace } = await redshiftServerless.send(new GetNamespaceCommand({ namespaceName }));
      secret = namespace?.adminPasswordSecretArn;
      return namespace?.status === 'AVAILABLE';
    });
    note(`the secret of the namespace is ${secret}`);
    await redshiftServerless.send(new CreateWorkgroupCommand({
      workgroupName, namespaceName, baseCapacity: 8, maxCapacity: 8, publiclyAccessible: false, tags,
    }));
    await until('the workgroup is available', 30, async () => {
      const { workgroup } = await redshiftServerless.send(new GetWorkgroupCommand({ workgroupName }));
      return workgroup?.status === 'AVAILABLE';
    });
    await queryOnce(sandbox, { WorkgroupName: workgroupName }, secret);
    await redshiftServerless.send(new CreateSnapshotCopyConfigurationCommand({
      namespaceName, destinationRegion: destination.region, destinationKmsKeyId: destination.key, snapshotRetentionPeriod: 1,
    }));
    await redshiftServerless.send(new CreateSnapshotCommand({ namespaceName, snapshotName, retentionPeriod: 1, tags }));
    await until('the snapshot is available', 30, async () => {
      const { snapshot } = await redshiftServerless.send(new GetSnapshotCommand({ snapshotName }));
      return isAvailable(snapshot?.status);
    });
    await copied(sandbox);
  },

  async clean(place, sweep) {
    const { prefix, source: { redshiftServerless, region } } = place;
    await sweep.each(`workgroup in ${region}`, () => everyPage(async (nextToken) => {
      const page = await redshiftServerless.send(new ListWorkgroupsCommand({ nextToken }));
      return [page.workgroups?.filter(({ workgroupName }) => workgroupName?.startsWith(prefix)), page.nextToken];
    }),
    ({ workgroupName }) => workgroupName, ({ workgroupName }) => redshiftServerless.send(new DeleteWorkgroupCommand({ workgroupName })));
    await sweep.each(`snapshot copy configuration in ${region}`, () => everyPage(async (nextToken) => {
      const page = await redshiftServerless.send(new ListSnapshotCopyConfigurationsCommand({ nextToken }));
      return [page.snapshotCopyConfigurations?.filter(({ namespaceName }) => namespaceName?.startsWith(prefix)), page.nextToken];
    }),
    ({ namespaceName }) => namespaceName,
    ({ snapshotCopyConfigurationId }) => redshiftServerless.send(new DeleteSnapshotCopyConfigurationCommand({ snapshotCopyConfigurationId })));
    await cleanSnapshots(place, sweep);
    await sweep.each(`namespace in ${region}`, () => everyPage(async (nextToken) => {
      const page = await redshiftServerless.send(new ListNamespacesCommand({ nextToken }));
      return [page.namespaces?.filter(({ namespaceName }) => namespaceName?.startsWith(prefix)), page.nextToken];
    }),
    ({ namespaceName }) => namespaceName, ({ namespaceName }) => redshiftServerless.send(new DeleteNamespaceCommand({ namespaceName })));
  },
};

/** Those of both Regions. Recovery points cannot be deleted: they are gone after a day. */
async function cleanSnapshots(place: Place, sweep: Sweep): Promise<void> {
  for (const aws of bothOf(place)) {
    await sweep.each(`serverless snapshot in ${aws.region}`, () => snapshotsOf(aws, place.prefix),
      ({ snapshotName }) => snapshotName, ({ snapshotName }) => aws.redshiftServerless.send(new DeleteSnapshotCommand({ snapshotName })));
  }
}

/** No page says how a copy is named, nor whether it is listed: what is listed is noted, however long it took. */
async function copied({ name, destination: { aws, region }, until, note }: Sandbox): Promise<void> {
  try {
    await until(`ListSnapshots in ${region} has the copy`, 60, async () => {
      const copies = await snapshotsOf(aws, name);
      return copies.some(({ status }) => isAvailable(status));
    });
  } finally {
    const copies = await snapshotsOf(aws, name);
    const points = await everyPage(async (nextToken) => {
      const page = await aws.redshiftServerless.send(new ListRecoveryPointsCommand({ nextToken }));
      return [page.recoveryPoints?.filter(({ namespaceName }) => namespaceName === name), page.nextToken];
    });
    const told = (names: readonly (string | undefined)[]) => names.join(', ') || 'nothing';
    note(`ListSnapshots in ${region} has ${told(copies.map(({ snapshotName, namespaceArn }) => `${snapshotName} of ${namespaceArn}`))}`);
    note(`ListRecoveryPoints in ${region} has ${told(points.map(({ recoveryPointId, namespaceArn }) => `${recoveryPointId} of ${namespaceArn}`))}`);
  }
}

function snapshotsOf({ redshiftServerless }: RegionClients, prefix: string) {
  return everyPage(async (nextToken) => {
    const page = await redshiftServerless.send(new ListSnapshotsCommand({ nextToken }));
    const ours = page.snapshots?.filter(({ snapshotName, namespaceName }) => namespaceName?.startsWith(prefix) || snapshotName?.includes(prefix));
    return [ours, page.nextToken];
  });
}

function isAvailable(status: string | undefined): boolean {
  if (status === 'FAILED' || status === 'CANCELLED') {
    throw new Error(`The snapshot ended as ${status}`);
  }
  return status === 'AVAILABLE';
}
