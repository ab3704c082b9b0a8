import { EventPattern } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { COPY_OF } from '../snapshot/copy-tags';
import { CopyRoute, Onward, SelectingKind } from '../snapshot/snapshot-kind';
import { jsonata, repeatable, States } from '../snapshot/states';

/** Which snapshots are copied. */
export interface EbsSelection {
  readonly tags: Readonly<Record<string, string>>;
  /** In milliseconds. */
  readonly retention?: number;
}

/** An answer may have 256 KiB, and a snapshot with all the tags that it can have some 20. */
const PAGE = 100;
const SMALL_PAGE = 10;

/**
 * EBS snapshots as they are made: one by one, several at once, or as copies of others.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-cloud-watch-events.html
 */
export class EbsSelecting implements SelectingKind {
  public readonly created: EventPattern = {
    source: ['aws.ec2'],
    detailType: ['EBS Snapshot Notification', 'EBS Multi-Volume Snapshots Completion Status'],
    detail: { event: ['createSnapshot', 'createSnapshots', 'copySnapshot'], result: ['succeeded'] },
  };
  public readonly createdIds = '$map([$states.input.detail.snapshot_id, $states.input.detail.snapshots.snapshot_id], function($arn) { $split($arn, \'/\')[-1] })';

  constructor(private readonly route: CopyRoute, private readonly selection: EbsSelection) {}

  /** Of one that is gone nobody knows whether it was meant, where not all are: and of a copy, whether it was one of ours. */
  public get tellsOfMissing(): string {
    return Object.keys(this.selection.tags).length === 0 ? '$states.input.detail.event != \'copySnapshot\'' : 'false';
  }

  public describe(name: string, onward: Onward): States {
    const gone = '$ids[[0..9]][$not($ in $known)]';
    const notices = `($known := $states.result.Snapshots.SnapshotId; $append(${this.notices('State != \'error\'')}, [$tells and $look = 2 ? ${gone}.{`
      + `'snapshot': '${this.arnPrefix}' & $, 'made': $fromMillis($millis()), 'tags': [], 'problem': 'The snapshot was deleted before it could be copied'} : []]))`;
    return {
      [name]: repeatable(this.resource, {
        Arguments: { OwnerIds: ['self'], Filters: [{ Name: 'snapshot-id', Values: jsonata('[$ids[[0..9]]]') }] },
        Output: {},
        Next: onward.Next,
        Assign: {
          ...onward.Assign,
          notices: jsonata(notices),
          missing: jsonata('$count($states.result.Snapshots) < $count([$ids[[0..9]]])'),
        },
      }),
    };
  }

  public page(name: string, onward: Onward): States {
    const describe = (size: number) => repeatable(this.resource, {
      Arguments: jsonata(`$merge([{'OwnerIds': ['self'], 'MaxResults': ${size}}, $token = '' ? {} : {'NextToken': $token}])`),
      Output: {},
      Next: onward.Next,
      Assign: {
        ...onward.Assign,
        notices: jsonata(this.notices('State = \'completed\'')),
        token: jsonata('$exists($states.result.NextToken) and $states.result.NextToken != null ? $states.result.NextToken : \'\''),
      },
    }, ['States.DataLimitExceeded']);
    return {
      [name]: { ...describe(PAGE), Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Output: {}, Next: `${name}OfFew` }] },
      [`${name}OfFew`]: describe(SMALL_PAGE),
    };
  }

  public permissions(): iam.PolicyStatement[] {
    return [
      // It knows no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
      new iam.PolicyStatement({
        actions: ['ec2:DescribeSnapshots'], resources: ['*'], conditions: { StringEquals: { 'aws:RequestedRegion': this.route.sourceRegion } },
      }),
    ];
  }

  /** Copies are never copied: they would start copies without end. */
  private notices(state: string): string {
    const { tags, retention } = this.selection;
    const conditions = [
      state,
      `$count(Tags[Key = '${COPY_OF}']) = 0`,
      ...Object.entries(tags).map(([key, value]) => `$count(Tags[Key = ${JSON.stringify(key)} and Value = ${JSON.stringify(value)}]) > 0`),
      ...retention === undefined ? [] : [`$toMillis(StartTime) > $millis() - ${retention}`],
      '($asked.days = 0 or $toMillis(StartTime) > $millis() - $asked.days * 86400000)',
    ];
    return `[$states.result.Snapshots[${conditions.join(' and ')}].{'snapshot': '${this.arnPrefix}' & SnapshotId, 'made': StartTime, `
      + '\'tags\': [Tags[$not($contains(Key, /^(aws|cdk-kms-patterns):/))]], \'retryFailed\': $asked.retryFailed}]';
  }

  private get arnPrefix(): string {
    const { partition, sourceRegion } = this.route;
    return `arn:${partition}:ec2:${sourceRegion}::snapshot/`;
  }

  private get resource(): string {
    return `arn:${this.route.partition}:states:::aws-sdk:ec2:describeSnapshots`;
  }
}
