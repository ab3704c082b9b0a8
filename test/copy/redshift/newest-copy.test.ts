import { Duration } from 'aws-cdk-lib';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, REGION } from '../../support/key-stack';
import { clusterIn, copied } from '../../support/warehouse-copies';

const LONDON = { account: ACCOUNT, region: REGION };

test('an alarm of the newest copy rings where the function finds none that is young enough', () => {
  const copies = new Copies('weak', LONDON);
  const { newestCopyAlarm } = copied(clusterIn(copies.data), { maxAge: Duration.hours(26) });
  const template = copies.template('Data');
  const [[functionId]] = Object.entries(template.Resources).filter(([id]) => id.startsWith('WarehouseCopiesFunction'));
  const { ScheduleExpression, Targets } = theOnly(template, 'AWS::Events::Rule').Properties;
  const question = Targets[0].Input['Fn::Join'][1].map((part: unknown) => typeof part === 'string' ? part : 'sales').join('');
  const permissions = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);

  expect(newestCopyAlarm).toBeDefined();
  expect(theOnly(template, 'AWS::CloudWatch::Alarm').Properties).toMatchObject({
    AlarmDescription: 'The newest copy of Data/WarehouseCopies is older than 26 hours',
    Namespace: 'AWS/Lambda',
    MetricName: 'Errors',
    Dimensions: [{ Name: 'FunctionName', Value: { Ref: functionId } }],
    Period: 3600,
    TreatMissingData: 'breaching',
  });
  expect(ScheduleExpression).toBe('rate(30 minutes)');
  expect(JSON.parse(question)).toEqual({ NewestCopyOf: 'sales', SourceRegion: REGION, DestinationRegion: SYDNEY, MaxAgeHours: 26 });
  expect(permissions).toContainEqual({
    Action: 'redshift:DescribeClusterSnapshots', Effect: 'Allow', Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': SYDNEY } },
  });
});

test('nothing looks for copies where nothing is said of their age', () => {
  const copies = new Copies('weak', LONDON);

  expect(copied(clusterIn(copies.data)).newestCopyAlarm).toBeUndefined();
  expect(JSON.stringify(copies.template('Data'))).not.toMatch(/AWS::Events::Rule|AWS::CloudWatch::Alarm|DescribeClusterSnapshots/);
});

test('fails for an age that no alarm takes', () => {
  expect(() => copied(clusterIn(new Copies().data), { maxAge: Duration.days(8) })).toThrow(
    'MaxAgeInvalid: the newest copy may be 1 hour to 7 days old, in whole hours, given: 8 days; write for example Duration.hours(26) [at Data/WarehouseCopies/NewestCopy]');
});
