import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { NAG_CONTEXT, nagFindings, nagPacks } from '../../support/nag';
import { clusterIn, copied, copiedServerless, namespaceIn } from '../../support/warehouse-copies';

function findings(build: (data: Stack) => void): string[] {
  const app = new App({ context: NAG_CONTEXT });
  Validations.of(app).addPlugins(...nagPacks());
  build(new Stack(app, 'Data', { env: { account: '111122223333', region: 'eu-west-2' } }));
  // The packs report a finding once for each stack of the app.
  return [...new Set(nagFindings(app).map(({ rule, path }) => `${path} ${rule}`))].sort();
}

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
  expect(findings(copies)).toEqual(findings(plain));
});
