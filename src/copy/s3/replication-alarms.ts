import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ReplicaBucket } from './bucket-destination';
import { inDestination } from '../in-destination';
import { NewestCopyAlarm } from '../newest-copy-alarm';
import { ruleId } from './replication-rule';
import { EncryptedBucket } from '../../resource/encrypted-bucket';

const period = Duration.minutes(5);

/**
 * An alarm when objects could not be replicated, which Amazon S3 tells in the Region of the source.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html
 */
export function failuresAlarm(copy: Construct, source: EncryptedBucket, { name }: ReplicaBucket): cloudwatch.Alarm {
  return new cloudwatch.Alarm(copy, 'Failures', {
    alarmDescription: `Objects of ${source.node.path} could not be replicated`,
    metric: new cloudwatch.Metric({
      namespace: 'AWS/S3',
      metricName: 'OperationsFailedReplication',
      dimensionsMap: { SourceBucket: source.bucket.bucketName, DestinationBucket: name, RuleId: ruleId(copy) },
      statistic: 'Sum',
      period,
    }),
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    threshold: 1,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  });
}

/**
 * An alarm when replicas are further behind than they may be, which Amazon S3 tells in the Region of the destination. A query finds the metric without
 * the name of the source bucket, which the stack there must not refer to.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-metrics-insights-alarms.html
 */
export function delayAlarm(copy: Construct, { bucket, stack }: ReplicaBucket, maxAge: Duration): cloudwatch.Alarm {
  const expression = 'SELECT MAX(ReplicationLatency) FROM SCHEMA("AWS/S3", DestinationBucket, RuleId, SourceBucket) '
    + `WHERE DestinationBucket = '${bucket.bucketName}' AND RuleId = '${ruleId(copy)}'`;
  return NewestCopyAlarm.ofDelay(inDestination(copy, stack!), 'NewestCopy', maxAge, new cloudwatch.MathExpression({ expression, usingMetrics: {}, period })).alarm;
}
