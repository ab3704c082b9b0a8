import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { NAG_CONTEXT, nagFindings, nagPacks } from '../../support/nag';
import { rdsCopies } from '../../support/snapshot-copies/rds-copies';

test('alarms have no actions yet; nothing else is found', () => {
  const app = new App({ context: NAG_CONTEXT });
  Validations.of(app).addPlugins(...nagPacks());
  rdsCopies(new Stack(app, 'Data', { env: { account: '111122223333', region: 'eu-west-2' } }), {
    retention: Duration.days(35), maxAge: Duration.hours(26), optionGroups: { tde: 'tde' },
  });
  const found = nagFindings(app);

  expect([...new Set(found.map(({ rule }) => rule.replace(/^.*-/, '')))]).toEqual(['CloudWatchAlarmAction']);
  expect(new Set(found.map(({ path }) => path)).size).toBe(5);
});
