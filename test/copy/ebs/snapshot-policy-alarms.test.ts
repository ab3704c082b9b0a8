import { Duration, Stack } from 'aws-cdk-lib';
import { SnapshotDestination } from '../../../src';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, REGION } from '../../support/key-stack';
import { nightly } from '../../support/snapshots';

const inRegions = (...regions: string[]) => ({ copies: regions.map((region) => ({ destination: SnapshotDestination.inRegion(region) })) });

const alarmed = (regions = [SYDNEY]) => {
  const copies = new Copies('weak', { account: ACCOUNT, region: REGION });
  const { alarms } = nightly(copies.data, { ...inRegions(...regions), maxAge: Duration.hours(30) });
  return { copies, alarms };
};

test('there are none where no age is given', () => {
  expect(nightly(new Copies().data).alarms).toEqual([]);
});

test('one rings in each destination when nothing from the Region was copied in all that time', () => {
  const { copies, alarms } = alarmed([SYDNEY, 'eu-west-1']);

  expect(alarms.map((alarm) => Stack.of(alarm).region)).toEqual([REGION, SYDNEY, 'eu-west-1']);
  [`Data-copies-${SYDNEY}`, 'Data-copies-eu-west-1'].forEach((name) => {
    expect(theOnly(copies.template(name) as never, 'AWS::Events::Rule').Properties.EventPattern).toEqual({
      'source': ['aws.ec2'],
      'detail-type': ['EBS Snapshot Notification'],
      'detail': { event: ['copySnapshot'], result: ['succeeded'], source: [{ prefix: `arn:aws:ec2::${REGION}:snapshot/` }] },
    });
    expect(theOnly(copies.template(name) as never, 'AWS::CloudWatch::Alarm').Properties).toMatchObject({ EvaluationPeriods: 30, TreatMissingData: 'breaching' });
  });
});

test('one rings beside the policy for what was not made or not copied, and when an error stops it', () => {
  const template = alarmed().copies.template('Data');
  const { Metrics, ...alarm } = theOnly(template as never, 'AWS::CloudWatch::Alarm').Properties;

  expect(alarm).toMatchObject({ Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching' });
  expect(Metrics[0]).toMatchObject({ Expression: 'FILL(notMade, 0) + FILL(notCopied, 0) + FILL(stopped, 0)', ReturnData: true });
  expect(Metrics.slice(1).map(({ MetricStat: { Metric } }: any) => [Metric.Namespace, Metric.MetricName, Metric.Dimensions])).toEqual([
    ['AWS/EBS', 'SnapshotsCreateFailed', [{ Name: 'DLMPolicyId', Value: { Ref: 'Nightly' } }]],
    ['AWS/EBS', 'SnapshotsCopiedRegionFailed', [{ Name: 'DLMPolicyId', Value: { Ref: 'Nightly' } }]],
    ['AWS/Events', 'MatchedEvents', [{ Name: 'RuleName', Value: { Ref: expect.stringMatching(/^NightlyStopped/) } }]],
  ]);
  expect(theOnly(template as never, 'AWS::Events::Rule').Properties.EventPattern).toEqual({
    'source': ['aws.dlm'],
    'detail-type': ['DLM Policy State Change'],
    'resources': [{ 'Fn::GetAtt': ['Nightly', 'Arn'] }],
    'detail': { state: ['ERROR'] },
  });
});
