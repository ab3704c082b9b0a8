import { EventPattern } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CopyIdentifier } from './copy-identifier';
import { describeStatement, isCopyOf, isOfCluster, OF_CLUSTER, OF_INSTANCE, RDS_SNAPSHOT_TYPES, RdsSnapshotType } from './rds-snapshot-type';
import { COPIED_BY, COPY_OF } from '../snapshot/copy-tags';
import { CopyingKind, CopyRoute, Failed, Onward } from '../snapshot/snapshot-kind';
import { jsonata, repeatable, State, States } from '../snapshot/states';

export interface RdsCopyOptions {
  readonly copyTags: boolean;
  /** Option groups of the destination, by the name of that of the snapshot. */
  readonly optionGroups: Readonly<Record<string, string>>;
}

/** A snapshot has 50 tags at most, two of which are ours. */
const ROOM_FOR_TAGS = 48;
const FINISHED = ['RDS-EVENT-0060', 'RDS-EVENT-0197'];
const CANCELLED = ['RDS-EVENT-0061', 'RDS-EVENT-0190'];
/** What a manual snapshot, as every copy is one, may be told of with. */
const CREATED = ['RDS-EVENT-0042', 'RDS-EVENT-0075'];

/** JSONata: why there is no copy, where another snapshot has its name. @param name JSONata */
const nameTaken = (name: string) => `'A snapshot called ' & ${name} & ', which is no copy of this one, has the name of the copy, so that Amazon RDS refuses it '
  & '(DBSnapshotAlreadyExists): delete that one, then select with retryFailed'`.replace(/\n\s*/g, ' ');

/**
 * Copies of Amazon RDS snapshots, of instances and of clusters.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html
 */
export class RdsCopying implements CopyingKind {
  public readonly name = 'RDS snapshot';
  // One code stands for two quotas: copies in progress, and manual snapshots. Only the former passes by itself.
  public readonly errors = {
    limit: '/SnapshotQuotaExceeded.*(across regions|in progress)/i',
    throttled: '/throttl|rate exceeded|RequestLimitExceeded/i',
    certain: '/status code: 4[0-9][0-9]/i',
  };
  public readonly endedSnapshot: string;
  public readonly endedCopy = '$ended.SourceIdentifier';
  private readonly identifier: CopyIdentifier;

  constructor(private readonly route: CopyRoute, private readonly options: RdsCopyOptions) {
    this.identifier = new CopyIdentifier(route.address);
    const { partition, sourceRegion, account } = route;
    this.endedSnapshot = `'arn:${partition}:rds:${sourceRegion}:${account}:' & ($contains($ended.SourceType, /cluster/i) ? 'cluster-' : '') & 'snapshot:' `
      + `& ${this.identifier.nameOf('$ended.SourceIdentifier')}`;
  }

  public get ended(): EventPattern {
    return this.event([...FINISHED, ...CANCELLED]);
  }

  public get finished(): EventPattern {
    return this.event([...FINISHED, ...CREATED]);
  }

  public copy(keyArn: string, onward: Onward, failed: Failed): States {
    return {
      Copy: this.byType('$claim.snapshot', 'Copy', { identifier: jsonata(this.identifier.of('$claim.snapshot', '$claim.made')) }),
      ...this.copyOf(OF_INSTANCE, keyArn, onward, failed),
      ...this.copyOf(OF_CLUSTER, keyArn, onward, failed),
    };
  }

  public find(name: string, claims: string, onward: Onward): States {
    const each = (type: RdsSnapshotType): States => ({
      [`${name}${type.suffix}`]: {
        ...repeatable(this.resource(type.describe), {
          Arguments: { [type.identifier]: jsonata('$foundBy') },
          Output: jsonata(`($all := $states.result.${type.list}; $copies := [$all[${isCopyOf('$of', this.route.address)}]]; $count($copies) = 0 `
            + `? [$all.{'insteadOf': $of, 'reason': ${nameTaken(type.identifier)}}] `
            + `: [$copies.{'of': $of, 'id': ${type.identifier}, `
            + '\'started\': $exists(SnapshotCreateTime) and SnapshotCreateTime != null ? SnapshotCreateTime : \'\', '
            + '\'reason\': \'Amazon RDS says of the copy: \' & Status, '
            + '\'state\': Status = \'available\' ? \'COPIED\' : Status in [\'copying\', \'creating\', \'pending\'] ? \'PENDING\' : \'FAILED\'}])'),
          End: true,
        }, [type.notFound]),
        Catch: [{ ErrorEquals: [type.notFound], Output: [], Next: `${name}None` }],
      },
    });
    return {
      [name]: {
        Type: 'Map',
        Items: jsonata(`[${claims}]`),
        // Amazon RDS does not say whether one that is missing hides the others from an answer.
        ItemProcessor: {
          ProcessorConfig: { Mode: 'INLINE' },
          StartAt: `${name}Each`,
          States: {
            [`${name}Each`]: this.byType('$states.input.snapshot', name, {
              of: jsonata('$states.input.snapshot'), foundBy: jsonata(this.identifier.of('$states.input.snapshot', '$states.input.made')),
            }),
            ...each(OF_INSTANCE),
            ...each(OF_CLUSTER),
            [`${name}None`]: { Type: 'Succeed', Output: [] },
          },
        },
        MaxConcurrency: 2,
        Output: {},
        Next: onward.Next,
        Assign: { ...onward.Assign, copies: jsonata('[$reduce($states.result, $append, [])]') },
      },
    };
  }

  public remove(name: string, copy: string, snapshot: string, onward: Onward, failed: Failed): States {
    const each = (type: RdsSnapshotType): States => ({
      [`${name}${type.suffix}`]: { ...repeatable(this.resource(type.remove), { Arguments: { [type.identifier]: jsonata(copy) }, Output: {}, ...onward }), ...failed },
    });
    return { [name]: this.byType(snapshot, name), ...each(OF_INSTANCE), ...each(OF_CLUSTER) };
  }

  public permissions(): iam.PolicyStatement[] {
    const { partition, account, sourceRegion, destinationRegion, address } = this.route;
    const snapshots = (region: string, name: string) => RDS_SNAPSHOT_TYPES.map(({ resource }) => `arn:${partition}:rds:${region}:${account}:${resource}:${name}`);
    const copies = this.identifier.ends.flatMap((end) => snapshots(destinationRegion, `*${end}`));
    const actions = (verb: string) => RDS_SNAPSHOT_TYPES.map((type) => `rds:${verb}${type.iam}`);
    const requested = { StringEquals: { [`aws:RequestTag/${COPIED_BY}`]: address } };
    return [
      describeStatement(this.route, destinationRegion),
      new iam.PolicyStatement({ actions: actions('Copy'), resources: snapshots(sourceRegion, '*') }),
      new iam.PolicyStatement({ actions: actions('Copy'), resources: copies, conditions: requested }),
      new iam.PolicyStatement({ actions: ['rds:AddTagsToResource'], resources: copies, conditions: requested }),
      new iam.PolicyStatement({ actions: actions('Delete'), resources: copies, conditions: { StringEquals: { [`aws:ResourceTag/${COPIED_BY}`]: address } } }),
      // The default one where no other is named.
      new iam.PolicyStatement({
        actions: ['rds:CopyDBSnapshot'],
        resources: ['default:*', ...new Set(Object.values(this.options.optionGroups))].map((name) => `arn:${partition}:rds:${destinationRegion}:${account}:og:${name}`),
      }),
    ];
  }

  /** Goes on with `<name>OfInstance` or `<name>OfCluster`. */
  private byType(snapshot: string, name: string, Assign: Record<string, unknown> = {}): State {
    return {
      Type: 'Choice',
      Choices: [{ Condition: jsonata(isOfCluster(snapshot)), Next: `${name}${OF_CLUSTER.suffix}`, Assign }],
      Default: `${name}${OF_INSTANCE.suffix}`,
      Assign,
    };
  }

  private copyOf(type: RdsSnapshotType, keyArn: string, onward: Onward, failed: Failed): States {
    const { copyTags, optionGroups } = this.options;
    const own = `{'Key': '${COPY_OF}', 'Value': $claim.snapshot}, {'Key': '${COPIED_BY}', 'Value': '${this.route.address}'}`;
    const call = {
      SourceRegion: this.route.sourceRegion,
      [type.sourceParameter]: jsonata('$claim.snapshot'),
      [type.targetParameter]: jsonata('$identifier'),
      KmsKeyId: keyArn,
      // Not CopyTags: Amazon RDS refuses those that AWS CloudFormation gives.
      Tags: jsonata(copyTags ? `$append([${own}], [$claim.notice.tags[[0..${ROOM_FOR_TAGS - 1}]]])` : `[${own}]`),
    };
    const begun = { ...onward, Assign: { ...onward.Assign, copy: jsonata('$identifier') } };
    const state = (Arguments: unknown): State => ({
      Type: 'Task',
      Resource: this.resource(type.copy),
      Arguments,
      Output: {},
      ...begun,
      // Begun before, by an execution that stopped: what it is tagged with is looked at when it is looked for.
      Catch: [{ ErrorEquals: [type.exists], Output: {}, ...begun }, ...failed.Catch as object[]],
    });
    const name = `Copy${type.suffix}`;
    if (type !== OF_INSTANCE || Object.keys(optionGroups).length === 0) {
      return { [name]: state(call) };
    }
    const group = `$lookup(${JSON.stringify(optionGroups)}, $claim.notice.optionGroup)`;
    return {
      [name]: { Type: 'Choice', Choices: [{ Condition: jsonata(`$exists(${group})`), Next: `${name}WithOptions` }], Default: `${name}WithoutOptions` },
      [`${name}WithOptions`]: state({ ...call, OptionGroupName: jsonata(group) }),
      [`${name}WithoutOptions`]: state(call),
    };
  }

  /** Of our copies, in the Region of the copy. */
  private event(ids: string[]): EventPattern {
    return {
      source: ['aws.rds'],
      detailType: ['RDS DB Snapshot Event', 'RDS DB Cluster Snapshot Event'],
      detail: { EventID: ids, SourceIdentifier: this.identifier.ends.map((suffix) => ({ suffix })) },
    };
  }

  private resource(call: string): string {
    return `arn:${this.route.partition}:states:::aws-sdk:rds:${call}`;
  }
}
