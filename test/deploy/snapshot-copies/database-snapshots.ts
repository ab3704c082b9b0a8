import {
  CopyDBSnapshotCommand, CreateDBClusterCommand, CreateDBClusterSnapshotCommand, CreateDBInstanceCommand, CreateDBSnapshotCommand,
  DescribeDBClusterSnapshotsCommand, DescribeDBSnapshotsCommand, type Tag,
} from '@aws-sdk/client-rds';
import { HERE, THERE } from './copies-app';
import { type CopyEndpoints } from './copy-endpoints';
import { type DeployedCopy } from './deployed-copy';
import { ACCOUNT } from '../local-environment';

/** A copy of a snapshot of an instance or of a cluster, in the words of both. */
export interface DatabaseCopy {
  readonly id: string;
  readonly encrypted?: boolean;
  readonly key?: string;
  readonly tags: Record<string, string>;
}

const LOGIN = { MasterUsername: 'local', MasterUserPassword: 'not-a-secret' };

/** Snapshots of an instance, `ledger`, and of clusters, `catalogue` and `plain`, which is not encrypted; their copies, and the events of both. */
export class DatabaseSnapshots {
  public static async of(endpoints: CopyEndpoints, copy: DeployedCopy): Promise<DatabaseSnapshots> {
    const { rds } = endpoints.here;
    const encrypted = { StorageEncrypted: true, KmsKeyId: endpoints.keys.here };
    await rds.send(new CreateDBInstanceCommand({
      DBInstanceIdentifier: 'ledger', DBInstanceClass: 'db.t3.micro', Engine: 'postgres', AllocatedStorage: 20, ...LOGIN, ...encrypted,
    }));
    await rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: 'catalogue', Engine: 'aurora-postgresql', ...LOGIN, ...encrypted }));
    await rds.send(new CreateDBClusterCommand({ DBClusterIdentifier: 'plain', Engine: 'aurora-postgresql', ...LOGIN }));
    return new DatabaseSnapshots(endpoints, copy);
  }

  private constructor(private readonly endpoints: CopyEndpoints, private readonly copy: DeployedCopy) {}

  public async create(DBSnapshotIdentifier: string, Tags: Tag[] = []): Promise<void> {
    await this.endpoints.here.rds.send(new CreateDBSnapshotCommand({ DBInstanceIdentifier: 'ledger', DBSnapshotIdentifier, Tags }));
  }

  public async createOfCluster(DBClusterIdentifier: string, DBClusterSnapshotIdentifier: string): Promise<void> {
    await this.endpoints.here.rds.send(new CreateDBClusterSnapshotCommand({ DBClusterIdentifier, DBClusterSnapshotIdentifier }));
  }

  /** A copy that somebody makes by hand. */
  public async copyByHand(name: string, TargetDBSnapshotIdentifier: string): Promise<void> {
    const { there: { rds }, keys } = this.endpoints;
    await rds.send(new CopyDBSnapshotCommand({
      SourceDBSnapshotIdentifier: `arn:aws:rds:${HERE}:${ACCOUNT}:snapshot:${name}`, TargetDBSnapshotIdentifier, KmsKeyId: keys.there,
    }));
  }

  public async copies(): Promise<DatabaseCopy[]> {
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

  public async tellCreated(name: string, { ofCluster = false } = {}): Promise<void> {
    await this.tell(HERE, name, ofCluster, ofCluster ? 'RDS-EVENT-0075' : 'RDS-EVENT-0042');
  }

  /** moto finishes copies at once, and tells nobody. */
  public async tellEnded(name: string, { ofCluster = false } = {}): Promise<void> {
    const { [name]: claim } = await this.copy.claims();
    await this.tell(THERE, claim.copy!, ofCluster, 'RDS-EVENT-0060');
  }

  private async tell(region: string, name: string, ofCluster: boolean, EventID: string): Promise<void> {
    await this.copy.tell(region, 'aws.rds', `RDS DB ${ofCluster ? 'Cluster ' : ''}Snapshot Event`, {
      EventCategories: ['notification'],
      SourceType: ofCluster ? 'CLUSTER_SNAPSHOT' : 'SNAPSHOT',
      SourceArn: `arn:aws:rds:${region}:${ACCOUNT}:${ofCluster ? 'cluster-snapshot' : 'snapshot'}:${name}`,
      SourceIdentifier: name,
      EventID,
    });
  }
}

function named(tags: Tag[] = []): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key!, Value!]));
}
