import { Duration, Token } from 'aws-cdk-lib';
import { CfnLifecyclePolicy } from 'aws-cdk-lib/aws-dlm';
import * as events from 'aws-cdk-lib/aws-events';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** Amazon Data Lifecycle Manager takes no others. */
const HOURS = [1, 2, 3, 4, 6, 8, 12, 24];

/**
 * When a snapshot policy makes its snapshots, in UTC. A run starts within an hour of its time.
 *
 * @example
 * const everySixHours = EbsSnapshotSchedule.every(Duration.hours(6), '03:00');
 * const fridays = EbsSnapshotSchedule.cron({ minute: '0', hour: '17', weekDay: 'FRI' });
 *
 * @see https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateRule.html
 */
export class EbsSnapshotSchedule {
  /** Every 24 hours. */
  public static daily(startingAt: string): EbsSnapshotSchedule {
    return EbsSnapshotSchedule.every(Duration.hours(24), startingAt);
  }

  /**
   * Every 1, 2, 3, 4, 6, 8, 12 or 24 hours.
   *
   * @param startingAt hours and minutes such as `03:00`; Amazon Data Lifecycle Manager chooses by default
   */
  public static every(interval: Duration, startingAt?: string): EbsSnapshotSchedule {
    const hours = interval.isUnresolved() ? HOURS[0] : interval.toHours({ integral: false });
    if (!HOURS.includes(hours)) {
      throw new KmsPatternsError('SnapshotIntervalInvalid',
        `snapshots are made every ${HOURS.slice(0, -1).join(', ')} or ${HOURS.at(-1)} hours, given: ${interval.toHumanString()}; `
        + 'write one of them, or EbsSnapshotSchedule.cron');
    }
    if (startingAt !== undefined && !Token.isUnresolved(startingAt) && !/^([01]\d|2[0-3]):[0-5]\d$/.test(startingAt)) {
      throw new KmsPatternsError('SnapshotTimeInvalid', `runs start at hours and minutes in UTC, given: '${startingAt}'; write for example '03:00'`);
    }
    return new EbsSnapshotSchedule({ interval: interval.toHours(), intervalUnit: 'HOURS', times: startingAt === undefined ? undefined : [startingAt] });
  }

  /** By the fields of a cron expression, once an hour at most and once a year at least. */
  public static cron(options: events.CronOptions): EbsSnapshotSchedule {
    const { minute } = options;
    if (minute === undefined || (!Token.isUnresolved(minute) && !/^[0-5]?\d$/.test(minute))) {
      throw new KmsPatternsError('SnapshotCronInvalid',
        `snapshots are made once an hour at most, given: ${minute === undefined ? 'no minute, which is every minute' : `the minute '${minute}'`}; `
        + 'write one minute, such as minute: \'0\'');
    }
    return new EbsSnapshotSchedule({ cronExpression: events.Schedule.cron(options).expressionString });
  }

  private constructor(
    /** @internal */
    public readonly _createRule: CfnLifecyclePolicy.CreateRuleProperty,
  ) {}
}
