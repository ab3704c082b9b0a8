import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { ledgerIn, replicated } from '../../support/copies';
import { NAG_CONTEXT, nagFindings, nagPacks } from '../../support/nag';

function findings(copies: boolean, maxAge?: Duration): string[] {
  const app = new App({ context: NAG_CONTEXT });
  Validations.of(app).addPlugins(...nagPacks());
  const ledger = ledgerIn(new Stack(app, 'Data', { env: { account: '111122223333', region: 'eu-west-2' } }));
  if (copies) {
    replicated(ledger, undefined, { maxAge }).newestCopyAlarm?.addAlarmAction({
      bind: () => ({ alarmActionArn: 'arn:aws:sns:ap-southeast-2:111122223333:operations' }),
    });
  }
  // The packs report a finding once for each stack of the app.
  return [...new Set(nagFindings(app).map(({ rule, path }) => `${path} ${rule}`))].sort();
}

test('nothing is found in the stack of the copies, and nothing more in that of the source', () => {
  const before = findings(false);

  expect(before.length).toBeGreaterThan(0);
  expect(findings(true)).toEqual(before);
  expect(findings(true, Duration.hours(2))).toEqual(before);
});
