import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dlm from 'aws-cdk-lib/aws-dlm';
import * as events from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { Destination } from '../destination';
import { inDestination } from '../in-destination';
import { matchedEvents } from '../matched-events-alarm';
import { NewestCopyAlarm } from '../newest-copy-alarm';

/** An alarm when the newest copy of a snapshot of the Region of the policy is too old, where the copies are. */
export function newestCopyAlarm(policy: Construct, { stack }: Destination, maxAge: Duration): cloudwatch.Alarm {
  const { partition, region } = Stack.of(policy);
  return NewestCopyAlarm.ofEvents(inDestination(policy, stack), 'NewestCopy', maxAge, {
    source: ['aws.ec2'],
    detailType: ['EBS Snapshot Notification'],
    detail: { event: ['copySnapshot'], result: ['succeeded'], source: events.Match.prefix(`arn:${partition}:ec2::${region}:snapshot/`) },
  }).alarm;
}

/**
 * An alarm when Amazon Data Lifecycle Manager reports a snapshot or a copy that failed, or stops the policy because of an error.
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/monitor-dlm-cw-metrics.html
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/monitor-cloudwatch-events.html
 */
export function failureAlarm(scope: Construct, policy: dlm.CfnLifecyclePolicy): cloudwatch.Alarm {
  const stopped = new events.Rule(scope, 'Stopped', {
    description: `Counts how often ${scope.node.path} is stopped by an error`,
    eventPattern: { source: ['aws.dlm'], detailType: ['DLM Policy State Change'], resources: [policy.attrArn], detail: { state: ['ERROR'] } },
  });
  const counted = { statistic: 'Sum', period: Duration.hours(1) };
  const ofPolicy = (metricName: string) => new cloudwatch.Metric({ ...counted, namespace: 'AWS/EBS', metricName, dimensionsMap: { DLMPolicyId: policy.ref } });
  const usingMetrics = {
    notMade: ofPolicy('SnapshotsCreateFailed'),
    notCopied: ofPolicy('SnapshotsCopiedRegionFailed'),
    stopped: matchedEvents(stopped, counted.period),
  };
  return new cloudwatch.Alarm(scope, 'Failures', {
    alarmDescription: `Snapshots of ${scope.node.path} were not made or not copied, or an error stopped it`,
    metric: new cloudwatch.MathExpression({
      expression: Object.keys(usingMetrics).map((name) => `FILL(${name}, 0)`).join(' + '), usingMetrics, label: 'Failures', period: counted.period,
    }),
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}
