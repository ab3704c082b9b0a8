import { EventPattern } from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { COPIED_BY, COPY_OF } from '../snapshot/copy-tags';
import { CopyingKind, CopyRoute, Failed, Onward } from '../snapshot/snapshot-kind';
import { jsonata, repeatable, States } from '../snapshot/states';

/** A snapshot has 50 tags at most, two of which are ours. */
const ROOM_FOR_TAGS = 48;

/**
 * Copies of EBS snapshots.
 *
 * AWS Step Functions gives no error codes of Amazon EC2, but its messages, and the status of the answer.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CopySnapshot.html
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-copy-snapshot.html
 */
export class EbsCopying implements CopyingKind {
  public readonly name = 'EBS snapshot';
  public readonly errors = {
    limit: '/ResourceLimitExceeded|too many snapshot copies/i',
    throttled: '/RequestLimitExceeded|request limit exceeded|throttl|rate exceeded/i',
    certain: '/status code: 4[0-9][0-9]/i',
  };
  public readonly endedSnapshot: string;
  public readonly endedCopy = '$split($ended.snapshot_id, \'/\')[-1]';

  constructor(private readonly route: CopyRoute, private readonly options: { readonly copyTags: boolean; readonly completionMinutes?: number }) {
    this.endedSnapshot = `'${this.arnPrefix}' & $split($ended.source, '/')[-1]`;
  }

  public get ended(): EventPattern {
    return this.event();
  }

  public get finished(): EventPattern {
    return this.event({ result: ['succeeded'] });
  }

  /**
   * One event comes at once, wherever that may be, another at the end, in the Region of the copy: both have a cause.
   *
   * @see https://docs.aws.amazon.com/ebs/latest/userguide/ebs-cloud-watch-events.html
   */
  public get late(): EventPattern | undefined {
    const { detailType = [], ...ended } = this.event({ missedCompletionDurationCause: [{ exists: true }] });
    return this.options.completionMinutes === undefined ? undefined : { ...ended, detailType: [...detailType, 'EBS Copy Snapshot Missed Completion Duration'] };
  }

  public copy(keyArn: string, onward: Onward, failed: Failed): States {
    const tags = this.options.copyTags ? `$append([${this.ownTags}], [$claim.notice.tags[[0..${ROOM_FOR_TAGS - 1}]]])` : `[${this.ownTags}]`;
    return {
      Copy: {
        Type: 'Task',
        Resource: this.resource('copySnapshot'),
        Arguments: {
          SourceRegion: this.route.sourceRegion,
          SourceSnapshotId: jsonata('$split($claim.snapshot, \'/\')[-1]'),
          Encrypted: true,
          KmsKeyId: keyArn,
          Description: jsonata('\'Copy of \' & $claim.snapshot'),
          TagSpecifications: [{ ResourceType: 'snapshot', Tags: jsonata(tags) }],
          ...this.options.completionMinutes === undefined ? {} : { CompletionDurationMinutes: this.options.completionMinutes },
        },
        Output: {},
        Assign: { ...onward.Assign, copy: jsonata('$states.result.SnapshotId') },
        Next: onward.Next,
        ...failed,
      },
    };
  }

  public find(name: string, claims: string, onward: Onward): States {
    const describe = repeatable(this.resource('describeSnapshots'), {
      Arguments: {
        OwnerIds: ['self'],
        Filters: [
          { Name: `tag:${COPIED_BY}`, Values: [this.route.address] },
          { Name: `tag:${COPY_OF}`, Values: jsonata(`[${claims}.snapshot]`) },
        ],
      },
      Output: {},
      Next: onward.Next,
      Assign: {
        ...onward.Assign,
        copies: jsonata(`[$states.result.Snapshots.{'of': Tags[Key = '${COPY_OF}'].Value, 'id': SnapshotId, 'started': StartTime, 'reason': StateMessage, `
          + '\'state\': State = \'completed\' ? \'COPIED\' : State = \'error\' ? \'FAILED\' : \'PENDING\'}]'),
      },
    }, ['States.DataLimitExceeded']);
    return {
      [name]: { ...describe, Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Output: {}, Assign: { chunk: 1 }, Next: `${name}OfFew` }] },
      [`${name}OfFew`]: describe,
    };
  }

  public remove(name: string, copy: string, _snapshot: string, onward: Onward, failed: Failed): States {
    return { [name]: { ...repeatable(this.resource('deleteSnapshot'), { Arguments: { SnapshotId: jsonata(copy) }, Output: {}, ...onward }), ...failed } };
  }

  public permissions(): iam.PolicyStatement[] {
    const { partition, sourceRegion, destinationRegion, address } = this.route;
    const copies = `arn:${partition}:ec2:${destinationRegion}::snapshot/*`;
    return [
      // It knows no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
      new iam.PolicyStatement({ actions: ['ec2:DescribeSnapshots'], resources: ['*'], conditions: { StringEquals: { 'aws:RequestedRegion': destinationRegion } } }),
      // Since 2025 it is asked for the snapshot as well as for the copy.
      new iam.PolicyStatement({ actions: ['ec2:CopySnapshot'], resources: [`arn:${partition}:ec2:${sourceRegion}::snapshot/*`] }),
      new iam.PolicyStatement({ actions: ['ec2:CopySnapshot'], resources: [copies], conditions: { StringEquals: { [`aws:RequestTag/${COPIED_BY}`]: address } } }),
      new iam.PolicyStatement({ actions: ['ec2:CreateTags'], resources: [copies], conditions: { StringEquals: { 'ec2:CreateAction': 'CopySnapshot' } } }),
      new iam.PolicyStatement({ actions: ['ec2:DeleteSnapshot'], resources: [copies], conditions: { StringEquals: { [`aws:ResourceTag/${COPIED_BY}`]: address } } }),
    ];
  }

  private get ownTags(): string {
    return `{'Key': '${COPY_OF}', 'Value': $claim.snapshot}, {'Key': '${COPIED_BY}', 'Value': '${this.route.address}'}`;
  }

  private get arnPrefix(): string {
    const { partition, sourceRegion } = this.route;
    return `arn:${partition}:ec2:${sourceRegion}::snapshot/`;
  }

  /** In the Region of the copy. The pages print ARNs whose Region is where the account belongs. */
  private event(detail: Record<string, unknown> = {}): EventPattern {
    return {
      source: ['aws.ec2'],
      detailType: ['EBS Snapshot Notification'],
      detail: { event: ['copySnapshot'], source: [{ wildcard: `*:${this.route.sourceRegion}:*snapshot/*` }], ...detail },
    };
  }

  private resource(call: string): string {
    return `arn:${this.route.partition}:states:::aws-sdk:ec2:${call}`;
  }
}
