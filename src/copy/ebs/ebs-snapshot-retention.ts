import { Duration, Token } from 'aws-cdk-lib';
import { CfnLifecyclePolicy } from 'aws-cdk-lib/aws-dlm';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** One hundred years. */
const MOST_DAYS = 36500;
const MOST_SNAPSHOTS = 1000;

/**
 * How long a snapshot policy keeps its snapshots in their own Region.
 *
 * By age, snapshots of a volume that was deleted go on to be deleted, up to the last one, which stays. By count, all of them stay.
 *
 * @example
 * const week = EbsSnapshotRetention.age(Duration.days(7));
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-ami-policy.html
 */
export class EbsSnapshotRetention {
  /** The newest of each volume, 1 to 1000. */
  public static count(count: number): EbsSnapshotRetention {
    if (!Token.isUnresolved(count) && (!Number.isInteger(count) || count < 1 || count > MOST_SNAPSHOTS)) {
      throw new KmsPatternsError('SnapshotCountInvalid',
        `1 to ${MOST_SNAPSHOTS} snapshots of a volume are kept, given: ${count}; write for example EbsSnapshotRetention.count(7)`);
    }
    return new EbsSnapshotRetention({ count });
  }

  /** Those that are not older, 1 day to 100 years. The newest is kept until the next one is made, whatever its age. */
  public static age(age: Duration): EbsSnapshotRetention {
    return new EbsSnapshotRetention(retainedFor(age));
  }

  private constructor(
    /** @internal */
    public readonly _retainRule: CfnLifecyclePolicy.RetainRuleProperty,
  ) {}
}

/** A retention by age, of snapshots and of their copies. */
export function retainedFor(age: Duration, scope?: IConstruct): CfnLifecyclePolicy.CrossRegionCopyRetainRuleProperty {
  const days = age.isUnresolved() ? 1 : age.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS) {
    throw new KmsPatternsError('SnapshotAgeInvalid',
      `snapshots are kept for 1 to ${MOST_DAYS} whole days, given: ${age.toHumanString()}; write for example Duration.days(7)`, scope);
  }
  return { interval: age.toDays(), intervalUnit: 'DAYS' };
}
