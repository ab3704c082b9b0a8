import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** How an alarm looks at whatever is counted, when nothing was for so many of its periods. */
export function nothingCounted(metric: cloudwatch.IMetric, evaluationPeriods: number): cloudwatch.AlarmProps {
  return {
    metric,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    threshold: 1,
    evaluationPeriods,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
  };
}
