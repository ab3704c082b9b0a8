import { StateError } from '../state-machine/state-error';
import { VirtualClock } from '../state-machine/virtual-clock';

interface Tag {
  readonly Key: string;
  readonly Value: string;
}

type Type = 'snapshot' | 'cluster-snapshot';

/** Of an instance or of a cluster, under the names of both. */
export interface RdsSnapshot {
  readonly type: Type;
  readonly name: string;
  readonly database: string;
  readonly SnapshotCreateTime: string;
  readonly TagList: readonly Tag[];
  readonly encrypted: boolean;
  readonly Engine: string;
  readonly OptionGroupName?: string;
  readonly KmsKeyId?: string;
  Status: string;
}

/** What a copy comes to: how long it takes, and how it ends. One that is cancelled is gone. */
export interface RdsCopyOutcome {
  readonly minutes: number;
  readonly end?: 'available' | 'failed' | 'cancelled';
}

export const IN_PROGRESS = 'Cannot copy more than 20 snapshots across regions';
export const MANUAL_QUOTA = 'Cannot create more than 100 manual snapshots';

/** An error of Amazon RDS, as AWS Step Functions names it. */
export function rdsError(name: string, message: string): StateError {
  return new StateError(`Rds.${name}Exception`, `${message} (Service: Rds, Status Code: 400, Request ID: 6dc8ee77-b49e-4b1f-a4c5-1c3cbd0d3bd6) (SDK Attempt Count: 1)`);
}

/**
 * A stub of the snapshots of Amazon RDS in two Regions: the shapes are those of the service model, the messages those that people reported.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CopyDBSnapshot.html
 * @see https://github.com/pbudzon/aws-maintenance/issues/19 and https://github.com/pbudzon/aws-maintenance/issues/12
 */
export class RdsStub {
  public readonly source = new Map<string, RdsSnapshot>();
  public readonly copies = new Map<string, RdsSnapshot>();
  /** Calls that copy, by what they were given. */
  public readonly calls: any[] = [];
  /** Manual snapshots in the destination Region that others have. */
  public others = 0;
  public outcome: (arn: string, call: number) => RdsCopyOutcome;
  private pending = 0;

  constructor(
    private readonly clock: VirtualClock, private readonly ended: (detail: object) => void, public readonly limit = 20, public readonly quota = 100,
  ) {
    this.outcome = () => ({ minutes: 20 });
  }

  public create(name: string, given: Partial<RdsSnapshot> = {}): string {
    const type = given.type ?? 'snapshot';
    const SnapshotCreateTime = new Date(this.clock.now).toISOString();
    const arn = arnOf('eu-west-2', type, name);
    this.source.set(arn, {
      type,
      name,
      database: 'ledger',
      SnapshotCreateTime,
      TagList: [],
      encrypted: true,
      Engine: type === 'snapshot' ? 'postgres' : 'aurora-postgresql',
      Status: 'available',
      ...given,
    });
    return arn;
  }

  public answer(call: string, args: any, inSource: boolean): unknown {
    switch (call) {
      case 'describeDBSnapshots': return this.describe(inSource ? this.source : this.copies, 'snapshot', args, args.DbSnapshotIdentifier);
      case 'describeDBClusterSnapshots': return this.describe(inSource ? this.source : this.copies, 'cluster-snapshot', args, args.DbClusterSnapshotIdentifier);
      case 'copyDBSnapshot': return this.copy('snapshot', args, args.SourceDBSnapshotIdentifier, args.TargetDBSnapshotIdentifier);
      case 'copyDBClusterSnapshot': return this.copy('cluster-snapshot', args, args.SourceDBClusterSnapshotIdentifier, args.TargetDBClusterSnapshotIdentifier);
      case 'deleteDBSnapshot': return this.remove('snapshot', args.DbSnapshotIdentifier);
      case 'deleteDBClusterSnapshot': return this.remove('cluster-snapshot', args.DbClusterSnapshotIdentifier);
      default: throw new Error(`There is no call ${call} of Amazon RDS`);
    }
  }

  private describe(all: Map<string, RdsSnapshot>, type: Type, { MaxRecords = 100, Marker = '0', SnapshotType }: any, name?: string): object {
    const found = [...all.values()].filter((snapshot) => snapshot.type === type && (name === undefined || snapshot.name === name));
    if (name !== undefined && (found.length === 0 || (name.startsWith('rds:') && SnapshotType !== 'automated'))) {
      throw notFound(type, name);
    }
    const next = Number(Marker) + MaxRecords;
    const page = found.slice(Number(Marker), next).map(shapeOf);
    return { [type === 'snapshot' ? 'DbSnapshots' : 'DbClusterSnapshots']: page, ...next < found.length ? { Marker: String(next) } : {} };
  }

  private copy(type: Type, args: any, arn: string, name: string): object {
    this.calls.push(args);
    const snapshot = this.source.get(arn);
    const cluster = type === 'cluster-snapshot';
    if (!/^[a-z](-?[a-z0-9])*$/i.test(name) || name.length > (cluster ? 63 : 255) || args.SourceRegion !== 'eu-west-2' || !args.KmsKeyId) {
      throw rdsError('Rds', `Invalid parameters: ${JSON.stringify(args)}`);
    }
    if (snapshot?.type !== type) {
      throw notFound(type, arn);
    }
    if (args.Tags.some(({ Key }: Tag) => /^(aws|rds):/.test(Key))) {
      throw rdsError('Rds', 'Tag keys cannot start with the reserved prefixes');
    }
    const target = arnOf('ap-southeast-2', type, name);
    if (this.copies.has(target)) {
      throw rdsError(cluster ? 'DbClusterSnapshotAlreadyExists' : 'DbSnapshotAlreadyExists', `Cannot create the snapshot because one with the identifier ${name} already exists.`);
    }
    if (cluster && !snapshot.encrypted) {
      throw rdsError('Rds', 'A KMS key cannot be given for an unencrypted cluster snapshot');
    }
    if (this.copies.size + this.others >= this.quota) {
      throw rdsError('SnapshotQuotaExceeded', MANUAL_QUOTA);
    }
    if (this.pending >= this.limit) {
      throw rdsError('SnapshotQuotaExceeded', IN_PROGRESS);
    }
    const copy: RdsSnapshot = { ...snapshot, name, TagList: args.Tags, KmsKeyId: args.KmsKeyId, encrypted: true, Status: 'copying' };
    this.copies.set(target, copy);
    this.pending++;
    const { minutes, end = 'available' } = this.outcome(arn, this.calls.length);
    this.clock.at(this.clock.now + minutes * 60_000, () => this.end(copy, target, end));
    return {};
  }

  private remove(type: Type, name: string): object {
    const arn = arnOf('ap-southeast-2', type, name);
    const copy = this.copies.get(arn);
    if (!copy) {
      throw notFound(type, name);
    }
    this.pending -= Number(copy.Status === 'copying');
    this.copies.delete(arn);
    return {};
  }

  private end(copy: RdsSnapshot, arn: string, end: 'available' | 'failed' | 'cancelled'): void {
    if (this.copies.get(arn) !== copy) {
      return;
    }
    this.pending--;
    copy.Status = end;
    if (end === 'cancelled') {
      this.copies.delete(arn);
    }
    this.ended({
      EventCategories: ['notification'],
      SourceType: copy.type === 'snapshot' ? 'SNAPSHOT' : 'CLUSTER_SNAPSHOT',
      SourceArn: arn,
      SourceIdentifier: copy.name,
      EventID: end === 'available' ? 'RDS-EVENT-0060' : 'RDS-EVENT-0061',
    });
  }
}

function arnOf(region: string, type: Type, name: string): string {
  return `arn:aws:rds:${region}:111122223333:${type}:${name}`;
}

function notFound(type: Type, name: string): StateError {
  return rdsError(type === 'snapshot' ? 'DbSnapshotNotFound' : 'DbClusterSnapshotNotFound', `${name} not found.`);
}

function shapeOf({ type, name, database, encrypted, ...others }: RdsSnapshot): object {
  const region = others.KmsKeyId ? 'ap-southeast-2' : 'eu-west-2';
  return type === 'snapshot'
    ? { ...others, DbSnapshotIdentifier: name, DbSnapshotArn: arnOf(region, type, name), DbInstanceIdentifier: database, Encrypted: encrypted }
    : {
      ...others,
      DbClusterSnapshotIdentifier: name,
      DbClusterSnapshotArn: arnOf(region, type, name),
      DbClusterIdentifier: database,
      StorageEncrypted: encrypted,
    };
}
