import { EventPattern } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { describeStatement, isOfCluster, OF_CLUSTER, OF_INSTANCE, RdsSnapshotType } from './rds-snapshot-type';
import { COPY_OF } from '../snapshot/copy-tags';
import { CopyRoute, Onward, SelectingKind } from '../snapshot/snapshot-kind';
import { jsonata, repeatable, State, States } from '../snapshot/states';

/** Which snapshots are copied. */
export interface RdsSelection {
  readonly tags: Readonly<Record<string, string>>;
  /** Of databases; where there are none of either, those of all. */
  readonly instances: readonly string[];
  readonly clusters: readonly string[];
  /** In milliseconds. */
  readonly retention?: number;
}

/** An answer may have 256 KiB, and a snapshot with all the tags that it can have some 20. Amazon RDS takes no fewer. */
const PAGE = 100;
const SMALL_PAGE = 20;

/** What those of AWS Backup begin with, which copies its own. */
const OF_BACKUP = 'awsbackup:';

const NOT_ENCRYPTED = 'The snapshot is not encrypted, and Amazon RDS encrypts no copy of the snapshot of a cluster: restore it under a key, which encrypts the cluster, '
  + 'and have the snapshots of that one copied';
const DELETED = 'The snapshot was deleted before it could be copied';

/**
 * Amazon RDS snapshots as they are made: manual and automated ones, of instances and of clusters.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Events.Messages.html
 */
export class RdsSelecting implements SelectingKind {
  public readonly created: EventPattern = {
    source: ['aws.rds'],
    detailType: ['RDS DB Snapshot Event', 'RDS DB Cluster Snapshot Event'],
    detail: {
      EventID: ['RDS-EVENT-0042', 'RDS-EVENT-0091', 'RDS-EVENT-0075', 'RDS-EVENT-0169'],
      SourceIdentifier: [{ 'anything-but': { prefix: OF_BACKUP } }],
    },
  };
  // Some events have the ARN of the database.
  public readonly createdIds: string;

  constructor(private readonly route: CopyRoute, private readonly selection: RdsSelection) {
    const { partition, sourceRegion, account } = route;
    this.createdIds = `'arn:${partition}:rds:${sourceRegion}:${account}:' & ($states.input.\`detail-type\` = 'RDS DB Cluster Snapshot Event' ? 'cluster-' : '') `
      + '& \'snapshot:\' & $states.input.detail.SourceIdentifier';
  }

  /** Of one that is gone nobody knows whether it was meant, where not all are. */
  public get tellsOfMissing(): string {
    const { tags, instances, clusters } = this.selection;
    return String(Object.keys(tags).length === 0 && instances.length + clusters.length === 0);
  }

  public describe(name: string, onward: Onward): States {
    const gone = `$tells and $look = 2 ? [{'snapshot': $ids[0], 'made': $fromMillis($millis()), 'problem': '${DELETED}'}] : []`;
    const each = (type: RdsSnapshotType): States => ({
      [`${name}${type.suffix}`]: {
        ...repeatable(this.resource(type.describe), {
          Arguments: jsonata(`$merge([{'${type.identifier}': $substringAfter($ids[0], 'snapshot:')}, `
            + '$contains($ids[0], \'snapshot:rds:\') ? {\'SnapshotType\': \'automated\'} : {}])'),
          Output: {},
          Next: onward.Next,
          Assign: {
            ...onward.Assign, notices: jsonata(this.notices(type)), missing: jsonata(`$count($states.result.${type.list}[Status != 'creating']) = 0`),
          },
        }, [type.notFound]),
        Catch: [{ ErrorEquals: [type.notFound], Output: {}, Next: onward.Next, Assign: { ...onward.Assign, notices: jsonata(gone), missing: true } }],
      },
    });
    return {
      [name]: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata(isOfCluster('$ids[0]')), Next: `${name}${OF_CLUSTER.suffix}` }],
        Default: `${name}${OF_INSTANCE.suffix}`,
      },
      ...each(OF_INSTANCE),
      ...each(OF_CLUSTER),
    };
  }

  /** The snapshots of instances come first: the token of a page of those of clusters begins with `c`. */
  public page(name: string, onward: Onward): States {
    const each = (type: RdsSnapshotType, prefix: string, after: string): States => {
      const marker = '$states.result.Marker';
      const describe = (size: number): State => repeatable(this.resource(type.describe), {
        Arguments: jsonata(`$merge([{'MaxRecords': ${size}}, $length($token) > 1 ? {'Marker': $substring($token, 1)} : {}])`),
        Output: {},
        Next: onward.Next,
        Assign: {
          ...onward.Assign,
          notices: jsonata(this.notices(type)),
          token: jsonata(`$exists(${marker}) and ${marker} != null and ${marker} != '' ? '${prefix}' & ${marker} : '${after}'`),
        },
      }, ['States.DataLimitExceeded']);
      const state = `${name}${type.suffix}`;
      return {
        [state]: { ...describe(PAGE), Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Output: {}, Next: `${state}Few` }] },
        [`${state}Few`]: describe(SMALL_PAGE),
      };
    };
    return {
      [name]: {
        Type: 'Choice',
        Choices: [{ Condition: jsonata('$contains($token, /^c/)'), Next: `${name}${OF_CLUSTER.suffix}` }],
        Default: `${name}${OF_INSTANCE.suffix}`,
      },
      ...each(OF_INSTANCE, 'i', 'c'),
      ...each(OF_CLUSTER, 'c', ''),
    };
  }

  public permissions(): iam.PolicyStatement[] {
    return [describeStatement(this.route, this.route.sourceRegion)];
  }

  /** Copies are never copied: they would start copies without end. */
  private notices(type: RdsSnapshotType): string {
    const { tags, retention } = this.selection;
    const conditions = [
      'Status = \'available\'',
      `$count(TagList[Key = '${COPY_OF}']) = 0`,
      `$not($contains(${type.identifier}, /^${OF_BACKUP}/))`,
      ...this.ofDatabase(type),
      ...Object.entries(tags).map(([key, value]) => `$count(TagList[Key = ${JSON.stringify(key)} and Value = ${JSON.stringify(value)}]) > 0`),
      ...retention === undefined ? [] : [`$toMillis(SnapshotCreateTime) > $millis() - ${retention}`],
      '($asked.days = 0 or $toMillis(SnapshotCreateTime) > $millis() - $asked.days * 86400000)',
    ];
    const further = type === OF_CLUSTER
      ? `${type.encrypted} = true ? {} : {'problem': '${NOT_ENCRYPTED}'}`
      : '$exists(OptionGroupName) and OptionGroupName != null ? {\'optionGroup\': OptionGroupName} : {}';
    return `[$states.result.${type.list}[${conditions.join(' and ')}].$merge([{'snapshot': ${type.arn}, 'made': SnapshotCreateTime, `
      + `'tags': [TagList[$not($contains(Key, /^(aws|rds|cdk-kms-patterns):/i))]], 'retryFailed': $asked.retryFailed}, ${further}])]`;
  }

  private ofDatabase(type: RdsSnapshotType): string[] {
    const { instances, clusters } = this.selection;
    const names = type === OF_CLUSTER ? clusters : instances;
    // Amazon DocumentDB and Neptune keep theirs in Amazon RDS.
    const own = type === OF_CLUSTER ? ['$not(Engine in [\'docdb\', \'neptune\'])'] : [];
    return instances.length + clusters.length === 0 ? own : [...own, `${type.database} in [${names.map((name) => `$lowercase('${name}')`).join(', ')}]`];
  }

  private resource(call: string): string {
    return `arn:${this.route.partition}:states:::aws-sdk:rds:${call}`;
  }
}
