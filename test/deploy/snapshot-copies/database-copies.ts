import {
  CreateDBClusterCommand, CreateDBClusterSnapshotCommand, CreateDBInstanceCommand, CreateDBSnapshotCommand,
  DescribeDBClusterSnapshotsCommand, DescribeDBSnapshotsCommand, type Tag,
} from '@aws-sdk/client-rds';
import { HERE, THERE } from './copies-app';
import { type CopyEndpoints } from './copy-endpoints';
import { type DeployedCopy } from './deployed-copy';
import { type Checks } from '../checks';
import { ACCOUNT } from '../local-environment';

/** A copy of a snapshot of an instance or of a cluster, in the words of both. */
interface DatabaseCopy {
  readonly id: string;
  readonly encrypted?: boolean;
  readonly key?: string;
  readonly tags: Record<string, string>;
}

const LOGIN = { MasterUsername: 'admin1', MasterUserPassword: 'not-a-secret' };
/** More than Amazon EventBridge takes at once. */
const BEFORE = 11;

/** Snapshots of an instance and of clusters, and what becomes of them in the other Region. */
export class DatabaseCopies {
  constructor(private readonly checks: Checks, private readonly copy: DeployedCopy, private readonly endpoints: CopyEndpoints) {}

  public async run(): Promise<void> {
    const { rds } = this.endpoints.here;
    const encrypted = { StorageEncrypted: true, KmsKeyId: this.endpoints.keys.here };
    await rds.send(new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'ledger', DBInstanceClass: 'db.t3.micro', Engine: 'postgres', AllocatedStorage: 20, ...LOGIN, ...encrypted,
    }));
    await rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: 'catalogue', Engine: 'aurora-postgresql', ...LOGIN, ...encrypted }));
    await rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: 'plain', Engine: 'aurora-postgresql', ...LOGIN }));
    await this.copied();
    await this.existing();
    await this.refused();
    await this.backfilled();
  }

  private async copied(): Promise<void> {
    const { checks, copy, endpoints: { keys } } = this;
    await this.snapshot('ledger-noon', [{ Key: 'team', Value: 'billing' }]);
    await this.clusterSnapshot('catalogue', 'catalogue-noon');
    await this.tellCreated('ledger-noon');
    await this.tellCreated('catalogue-noon', true);
    const found = await this.copies();
    checks.equal('RDS: the events of snapshots of an instance and of a cluster make one copy each, under the key of the destination',
      found.map(({ id, encrypted, key }) => [id.replace(/[0-9a-f]{8}$/, ''), encrypted, key]), [['ledger-noon-m', true, keys.there], ['catalogue-noon-m', true, keys.there]]);
    checks.equal('RDS: the copies are tagged as their snapshots, and with whose copy they are, and who made them', found.map(({ tags }) => tags), [
      { team: 'billing', ...this.ownTags('snapshot:ledger-noon') }, this.ownTags('cluster-snapshot:catalogue-noon'),
    ]);
    await this.tellCreated('ledger-noon');
    await this.tellEnded('ledger-noon');
    await this.tellEnded('catalogue-noon', true);
    checks.equal('RDS: a second event makes no other copy, and the events of their end finish both', [await copy.claims(), (await this.copies()).length], [{
      'ledger-noon': { state: 'COPIED', copy: found[0]?.id }, 'catalogue-noon': { state: 'COPIED', copy: found[1]?.id },
    }, 2]);
  }

  /** Amazon RDS itself refuses a copy that it has already. */
  private async existing(): Promise<void> {
    const { checks, copy } = this;
    const known = await copy.claims();
    await copy.forgetCopy(`arn:aws:rds:${HERE}:${ACCOUNT}:snapshot:ledger-noon`, 'WANTED');
    await copy.forgetCopy(`arn:aws:rds:${HERE}:${ACCOUNT}:cluster-snapshot:catalogue-noon`, 'WANTED');
    await copy.start(THERE, { reconcile: true });
    await copy.start(THERE, { reconcile: true });
    checks.equal('RDS: copies that were begun before are found when they are begun again', [await copy.claims(), (await this.copies()).length], [known, 2]);
  }

  private async refused(): Promise<void> {
    const { checks, copy } = this;
    await this.clusterSnapshot('plain', 'plain-noon');
    await this.tellCreated('plain-noon', true);
    await this.tellCreated('deleted-noon');
    const { 'plain-noon': plain, 'deleted-noon': deleted } = await copy.claims();
    checks.equal('RDS: snapshots of a cluster without encryption, and one that was deleted, fail', [plain, deleted], [{ state: 'FAILED', copy: undefined }, { state: 'FAILED', copy: undefined }]);
    const told = (await copy.failures()).map(({ snapshot, reason }) => `${snapshot.split(':').pop()}: ${reason.split(/[,:]/)[0]}`);
    checks.equal('RDS: they are told of in the queue, with the reason', told,
      ['plain-noon: The snapshot is not encrypted', 'deleted-noon: The snapshot was deleted before it could be copied']);
  }

  private async backfilled(): Promise<void> {
    const { checks, copy, endpoints: { keys } } = this;
    const before = Array.from({ length: BEFORE }, (_, i) => `before-${i}`);
    await Promise.all(before.map((name) => this.snapshot(name)));
    const known = await this.states();
    await copy.start(HERE, { days: 0 });
    await copy.start(THERE, { reconcile: true });
    const { 'ledger-automated': ledger, 'catalogue-automated': catalogue, 'plain-automated': plain, ...states } = await this.states();
    const copies = await this.copies();
    checks.equal('RDS: a distributed map has snapshots copied that were there before, in batches', states, {
      ...known, ...Object.fromEntries(before.map((name) => [name, 'COPIED'])),
    });
    checks.equal('RDS: so are automated ones, where Amazon RDS can', [ledger, catalogue, plain], ['COPIED', 'COPIED', 'FAILED']);
    checks.equal('RDS: each snapshot has one copy, under the key of the destination', [copies.length, [...new Set(copies.map(({ key }) => key))]], [
      Object.values(await this.states()).filter((state) => state === 'COPIED').length, [keys.there],
    ]);
    checks.equal('RDS: nothing else was told of', (await copy.failures()).map(({ snapshot }) => withoutDate(snapshot.split(':').pop())), ['plain-automated']);
    await copy.start(HERE, { retryFailed: true });
    checks.equal('RDS: what failed is tried again where somebody asks for it',
      (await copy.failures()).map(({ snapshot }) => withoutDate(snapshot.split(':').pop())).sort(), ['plain-automated', 'plain-noon']);
  }

  private async snapshot(DBSnapshotIdentifier: string, Tags: Tag[] = []): Promise<void> {
    await this.endpoints.here.rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier: 'ledger', DBSnapshotIdentifier, Tags }));
  }

  private async clusterSnapshot(DBClusterIdentifier: string, DBClusterSnapshotIdentifier: string): Promise<void> {
    await this.endpoints.here.rds.send(new CreateDBClusterSnapshotCommand({ DBClusterIdentifier, DBClusterSnapshotIdentifier }));
  }

  private async copies(): Promise<DatabaseCopy[]> {
    const { rds } = this.endpoints.there;
    const { DBSnapshots = [] } = await rds.send(new DescribeDBSnapshotsCommand({}));
    const { DBClusterSnapshots = [] } = await rds.send(new DescribeDBClusterSnapshotsCommand({}));
    return [
      ...DBSnapshots.map(({ DBSnapshotIdentifier, Encrypted, KmsKeyId, TagList }) => ({
        id: DBSnapshotIdentifier!, encrypted: Encrypted, key: KmsKeyId, tags: named(TagList),
      })),
      ...DBClusterSnapshots.map(({ DBClusterSnapshotIdentifier, StorageEncrypted, KmsKeyId, TagList }) => ({
        id: DBClusterSnapshotIdentifier!, encrypted: StorageEncrypted, key: KmsKeyId, tags: named(TagList),
      })),
    ];
  }

  private async states(): Promise<Record<string, string | undefined>> {
    return Object.fromEntries(Object.entries(await this.copy.claims()).map(([name, { state }]) => [withoutDate(name), state]));
  }

  private async tellCreated(name: string, cluster = false): Promise<void> {
    await this.tell(HERE, name, cluster, cluster ? 'RDS-EVENT-0075' : 'RDS-EVENT-0042');
  }

  /** moto finishes copies at once, and tells nobody. */
  private async tellEnded(name: string, cluster = false): Promise<void> {
    const { [name]: claim } = await this.copy.claims();
    await this.tell(THERE, claim.copy!, cluster, 'RDS-EVENT-0060');
  }

  private async tell(region: string, name: string, cluster: boolean, EventID: string): Promise<void> {
    const type = cluster ? 'cluster-snapshot' : 'snapshot';
    await this.copy.tell(region, 'aws.rds', `RDS DB ${cluster ? 'Cluster ' : ''}Snapshot Event`, {
      EventCategories: ['notification'],
      SourceType: cluster ? 'CLUSTER_SNAPSHOT' : 'SNAPSHOT',
      SourceArn: `arn:aws:rds:${region}:${ACCOUNT}:${type}:${name}`,
      SourceIdentifier: name,
      EventID,
    });
  }

  private ownTags(resource: string): Record<string, string> {
    return { 'cdk-kms-patterns:copy-of': `arn:aws:rds:${HERE}:${ACCOUNT}:${resource}`, 'cdk-kms-patterns:copied-by': this.copy.address };
  }
}

function named(tags: Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value!]));
}

/** Amazon RDS calls automated snapshots by the minute. */
function withoutDate(name: string): string {
  return name.replace(/-\d{4}(-\d\d){4}$/, '-automated');
}
