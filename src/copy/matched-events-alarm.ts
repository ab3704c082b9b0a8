import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

/** How many events a rule matched, whatever becomes of them. @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html */
export function matchedEvents({ ruleName }: events.Rule, period: Duration): cloudwatch.Metric {
  return new cloudwatch.Metric({ namespace: 'AWS/Events', metricName: 'MatchedEvents', dimensionsMap: { RuleName: ruleName }, statistic: 'Sum', period });
}

/** An alarm when a rule matched an event, whatever becomes of it. */
export function matchedEventsAlarm(scope: Construct, id: string, alarmDescription: string, rule: events.Rule): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, id, {
    alarmDescription,
    metric: matchedEvents(rule, Duration.minutes(5)),
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}
