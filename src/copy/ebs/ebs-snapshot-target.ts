import { Token } from 'aws-cdk-lib';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/**
 * What a snapshot policy makes snapshots of: the volumes, or the instances, of the account and Region that have a tag.
 *
 * Tags are case sensitive. What is tagged later joins in at the next run. Of what loses the tag, Amazon Data Lifecycle Manager deletes no snapshot any longer.
 *
 * @example
 * declare const key: CustomerManagedKey;
 * new EbsSnapshotPolicy(this, 'Nightly', {
 *   target: EbsSnapshotTarget.volumes('backup', 'nightly'),
 *   volumeKeys: [key],
 *   schedule: EbsSnapshotSchedule.daily('03:00'),
 *   retention: EbsSnapshotRetention.count(7),
 *   copies: [{ destination: SnapshotDestination.inRegion('ap-southeast-2') }],
 * });
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html
 */
export class EbsSnapshotTarget {
  /** Volumes with a tag: a snapshot of each. */
  public static volumes(tagKey: string, tagValue: string): EbsSnapshotTarget {
    return new EbsSnapshotTarget('VOLUME', tagKey, tagValue);
  }

  /** Instances with a tag: snapshots of all their volumes at one point in time. */
  public static instances(tagKey: string, tagValue: string): EbsSnapshotTarget {
    return new EbsSnapshotTarget('INSTANCE', tagKey, tagValue);
  }

  private constructor(
    /** @internal */
    public readonly _resourceType: 'VOLUME' | 'INSTANCE',
    /** @internal */
    public readonly _tagKey: string,
    /** @internal */
    public readonly _tagValue: string,
  ) {
    const known = !Token.isUnresolved(_tagKey);
    if (known && (!/^.{1,128}$/.test(_tagKey) || _tagKey.startsWith('aws:'))) {
      throw new KmsPatternsError('TargetTagInvalid',
        `the key of a tag has 1 to 128 characters and does not start with aws:, given: '${_tagKey}'; write one that you tag with, such as 'backup'`);
    }
  }
}
