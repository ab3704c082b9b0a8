import { Duration, Stack } from 'aws-cdk-lib';
import { nagFindingsInLondon } from '../../support/nag';
import { clusterIn, copied, copiedServerless, namespaceIn } from '../../support/warehouse-copies';

test.each<[string, (data: Stack) => void, (data: Stack) => void]>([
  ['a cluster', (data) => clusterIn(data), (data) => copied(clusterIn(data))],
  ['a cluster, whose alarm has an action', (data) => clusterIn(data), (data) => {
    copied(clusterIn(data), { maxAge: Duration.hours(26) }).newestCopyAlarm!.addAlarmAction({
      bind: () => ({ alarmActionArn: 'arn:aws:sns:eu-west-2:111122223333:operations' }),
    });
  }],
  ['a namespace, whose alarm has an action', (data) => namespaceIn(data), (data) => {
    copiedServerless(namespaceIn(data), { maxAge: Duration.hours(2) }).newestCopyAlarm!.addAlarmAction({
      bind: () => ({ alarmActionArn: 'arn:aws:sns:ap-southeast-2:111122223333:operations' }),
    });
  }],
  ['a namespace', (data) => namespaceIn(data), (data) => copiedServerless(namespaceIn(data))],
])('nothing is found in the stack of the copies of %s, and nothing more in that of the source', (_what, plain, copies) => {
  expect(nagFindingsInLondon(copies)).toEqual(nagFindingsInLondon(plain));
});
