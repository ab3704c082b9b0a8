import { Duration, Lazy } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { NewestCopyAlarm } from '../../src/copy/newest-copy-alarm';
import { newStack } from '../support/key-stack';

const FINISHED = { source: ['aws.ec2'], detail: { event: ['copySnapshot'], result: ['succeeded'] } };
const delay = new cloudwatch.Metric({ namespace: 'AWS/S3', metricName: 'ReplicationLatency', statistic: 'Maximum' });

test('the alarm of events rings when none was seen in all the hours', () => {
  const stack = newStack();
  NewestCopyAlarm.ofEvents(stack, 'Age', Duration.hours(26), FINISHED);
  const template = Template.fromStack(stack);
  template.hasResourceProperties('AWS::Events::Rule', { EventPattern: FINISHED, State: 'ENABLED' });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    AlarmDescription: `The newest copy of ${stack.node.path} is older than 26 hours`,
    Namespace: 'AWS/Events',
    MetricName: 'MatchedEvents',
    Dimensions: [{ Name: 'RuleName', Value: { Ref: Object.keys(template.findResources('AWS::Events::Rule'))[0] } }],
    Statistic: 'Sum',
    Period: 3600,
    EvaluationPeriods: 26,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
  });
});

test('the alarm of a delay rings when it is longer, and is silent while nothing is copied', () => {
  const stack = newStack();
  NewestCopyAlarm.ofDelay(stack, 'Age', Duration.hours(2), delay);
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'ReplicationLatency', Threshold: 7200, ComparisonOperator: 'GreaterThanThreshold', TreatMissingData: 'notBreaching', EvaluationPeriods: 1,
  });
});

test('the alarm of a check rings when the check failed, and when there was none', () => {
  const stack = newStack();
  const failures = new cloudwatch.Metric({ namespace: 'AWS/Lambda', metricName: 'Errors', statistic: 'Sum', period: Duration.hours(1) });
  NewestCopyAlarm.ofCheck(stack, 'Age', Duration.hours(26), failures);
  Template.fromStack(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
    MetricName: 'Errors', Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'breaching', EvaluationPeriods: 1, Period: 3600,
  });
});

test.each([
  ['30 minutes', Duration.minutes(30)],
  ['1 hour 30 minutes', Duration.minutes(90)],
  ['8 days', Duration.days(8)],
  ['what is known at deployment only', Duration.hours(Lazy.number({ produce: () => 2 }))],
])('fails for an age of %s', (given, maxAge) => {
  expect(() => NewestCopyAlarm.ofEvents(newStack(), 'Age', maxAge, FINISHED)).toThrow(
    'MaxAgeInvalid: the newest copy may be 1 hour to 7 days old, in whole hours, given: ' + given + '; write for example Duration.hours(26) [at ');
});
