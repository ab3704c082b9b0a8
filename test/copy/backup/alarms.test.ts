import { Duration, Stack } from 'aws-cdk-lib';
import { backedUp, diskIn } from '../../support/backups';
import { Copies, SYDNEY } from '../../support/copies';
import { ACCOUNT, REGION } from '../../support/key-stack';

const LONDON = { account: ACCOUNT, region: REGION };
const vaultArn = (region: string, name: string) => `arn:aws:backup:${region}:${ACCOUNT}:backup-vault:${name}`;

test('an alarm rings in the Region of the source when the newest copy is too old, and another when a copy failed', () => {
  const copies = new Copies('weak', LONDON);
  const { copies: [made], failuresAlarm, failures } = backedUp(copies.data, [diskIn(copies.data)], { maxAge: Duration.hours(26) });
  const { Resources } = copies.template('Data');
  const patterns = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Events::Rule').map(({ Properties }) => Properties.EventPattern);
  const jobs = { 'source': ['aws.backup'], 'detail-type': ['Copy Job State Change'] };
  const sourceBackupVaultArn = [vaultArn(REGION, 'Data-Backups')];

  expect(Stack.of(made.newestCopyAlarm!)).toBe(copies.data);
  expect([failuresAlarm, failures].map((one) => Stack.of(one))).toEqual([copies.data, copies.data]);
  expect(patterns).toEqual(expect.arrayContaining([
    { ...jobs, detail: { state: ['FAILED', 'PARTIAL'], sourceBackupVaultArn } },
    { ...jobs, detail: { state: ['COMPLETED'], sourceBackupVaultArn, destinationBackupVaultArn: [vaultArn(SYDNEY, `Data-Backups-from-${REGION}`)] } },
  ]));
  expect(Object.values(Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties)).toEqual(expect.arrayContaining([
    expect.objectContaining({ MetricName: 'MatchedEvents', Threshold: 1, Period: 300, EvaluationPeriods: 1, TreatMissingData: 'notBreaching' }),
    expect.objectContaining({ MetricName: 'MatchedEvents', Threshold: 1, Period: 3600, EvaluationPeriods: 26, TreatMissingData: 'breaching' }),
  ]));
});

test('no alarm tells of the age of copies where no age is given', () => {
  const { data } = new Copies('weak', LONDON);

  expect(backedUp(data, [diskIn(data)]).copies[0].newestCopyAlarm).toBeUndefined();
});
