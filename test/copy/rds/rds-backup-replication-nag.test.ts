import { Duration } from 'aws-cdk-lib';
import { ledgerIn, replicated } from '../../support/copies';
import { nagFindingsInLondon } from '../../support/nag';

function findings(copies: boolean, maxAge?: Duration): string[] {
  return nagFindingsInLondon((data) => {
    const ledger = ledgerIn(data);
    if (copies) {
      replicated(ledger, undefined, { maxAge }).newestCopyAlarm?.addAlarmAction({
        bind: () => ({ alarmActionArn: 'arn:aws:sns:ap-southeast-2:111122223333:operations' }),
      });
    }
  });
}

test('nothing is found in the stack of the copies, and nothing more in that of the source', () => {
  const before = findings(false);

  expect(before.length).toBeGreaterThan(0);
  expect(findings(true)).toEqual(before);
  expect(findings(true, Duration.hours(2))).toEqual(before);
});
