import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { matchedEvents } from './matched-events-alarm';
import { nothingCounted } from './nothing-counted';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** How an alarm looks at copies. */
type Look = Omit<cloudwatch.AlarmProps, 'alarmDescription'>;

/**
 * An alarm when the newest copy is older than it may be: where nothing tells of a copy in all that time, too.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export class NewestCopyAlarm extends Construct {
  /** Of copies whose end Amazon EventBridge tells of in the Region of the scope. */
  public static ofEvents(scope: Construct, id: string, maxAge: Duration, finished: events.EventPattern): NewestCopyAlarm {
    return new NewestCopyAlarm(scope, id, maxAge, (alarm, hours) => {
      // Without a target: it is enough that it matches.
      const rule = new events.Rule(alarm, 'Finished', { eventPattern: finished, description: `Counts what is finished for ${scope.node.path}` });
      return nothingCounted(matchedEvents(rule, Duration.hours(1)), hours);
    });
  }

  /** Of copies whose delay is a metric, in seconds, which tells nothing while nothing is to be copied. */
  public static ofDelay(scope: Construct, id: string, maxAge: Duration, delay: cloudwatch.IMetric): NewestCopyAlarm {
    return new NewestCopyAlarm(scope, id, maxAge, () => ({
      metric: delay,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold: maxAge.toSeconds(),
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    }));
  }

  /** Of copies that are looked for at least once an hour, whenever none is young enough: by the metric of the failures of that. */
  public static ofCheck(scope: Construct, id: string, maxAge: Duration, failures: cloudwatch.IMetric): NewestCopyAlarm {
    return new NewestCopyAlarm(scope, id, maxAge, () => ({
      metric: failures,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 1,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    }));
  }

  /** Of copies that are looked for at least once an hour, unless one that is young enough was found: by the metric of such looks. */
  public static ofFindings(scope: Construct, id: string, maxAge: Duration, findings: cloudwatch.IMetric): NewestCopyAlarm {
    return new NewestCopyAlarm(scope, id, maxAge, () => nothingCounted(findings, 1));
  }

  /** The alarm, which has no action yet. */
  public readonly alarm: cloudwatch.Alarm;

  private constructor(scope: Construct, id: string, maxAge: Duration, look: (alarm: Construct, hours: number) => Look) {
    super(scope, id);
    const alarmDescription = `The newest copy of ${scope.node.path} is older than ${wholeHours(this, maxAge)} hours`;
    this.alarm = new cloudwatch.Alarm(this, 'Default', { alarmDescription, ...look(this, wholeHours(this, maxAge)) });
  }
}

/** An alarm looks back seven days at most. */
export function wholeHours(scope: Construct, maxAge: Duration): number {
  const hours = maxAge.isUnresolved() ? 0 : maxAge.toHours({ integral: false });
  if (!Number.isInteger(hours) || hours < 1 || hours > 7 * 24) {
    throw new KmsPatternsError('MaxAgeInvalid',
      `the newest copy may be 1 hour to 7 days old, in whole hours, given: ${maxAge.isUnresolved() ? 'what is known at deployment only' : maxAge.toHumanString()}; `
      + 'write for example Duration.hours(26)', scope);
  }
  return hours;
}
