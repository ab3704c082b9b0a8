import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import { Construct } from 'constructs';
import { NewestCopyQuestion } from './handler/check-newest-copy';
import { HandlerFunction } from '../../private/custom-resource/handler-function';
import { NewestCopyAlarm } from '../newest-copy-alarm';

interface Copies {
  readonly cluster: redshift.CfnCluster;
  readonly destinationRegion: string;
}

/**
 * The alarm of copies that Amazon Redshift tells nobody of: a function looks for a young one, and fails where there is none.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-redshift.html
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function newestCopyAlarm(
  copy: Construct, { handler, role }: HandlerFunction, maxAge: Duration, { cluster, destinationRegion }: Copies,
): cloudwatch.Alarm {
  const { alarm } = NewestCopyAlarm.ofCheck(copy, 'NewestCopy', maxAge, handler.metricErrors({ period: Duration.hours(1), statistic: 'Sum' }));
  role.addToPolicy(new iam.PolicyStatement({
    // It knows no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonredshift.html
    actions: ['redshift:DescribeClusterSnapshots'],
    resources: ['*'],
    conditions: { StringEquals: { 'aws:RequestedRegion': destinationRegion } },
  }));
  const question: NewestCopyQuestion = {
    NewestCopyOf: cluster.ref, SourceRegion: Stack.of(copy).region, DestinationRegion: destinationRegion, MaxAgeHours: maxAge.toHours(),
  };
  new events.Rule(copy, 'Look', {
    schedule: events.Schedule.rate(Duration.minutes(30)),
    description: `Looks for a young copy of ${copy.node.path}`,
    targets: [new targets.LambdaFunction(handler, { event: events.RuleTargetInput.fromObject({ ...question }) })],
  });
  return alarm;
}
