import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { EbsSnapshotTarget } from '../../../src';
import { NAG_CONTEXT, nagFindings, nagPacks } from '../../support/nag';
import { nightly, volumeIn } from '../../support/snapshots';

const PLACE = { account: '111122223333', region: 'eu-west-2' };
const VOLUMES = EbsSnapshotTarget.volumes('a', 'b');

function findings(env: object, target: EbsSnapshotTarget, maxAge?: Duration): string[] {
  const app = new App({ context: NAG_CONTEXT });
  Validations.of(app).addPlugins(...nagPacks());
  const data = new Stack(app, 'Data', { env });
  nightly(data, { volumeKeys: [volumeIn(data).encryptionKey], target, maxAge });
  const ofPolicy = nagFindings(app).filter(({ path }) => !path.startsWith('Data/Ledger'));
  return [...new Set(ofPolicy.map(({ rule, path }) => `${path} ${rule}`))].sort();
}

test.each([
  ['volumes', 'a known account', PLACE, VOLUMES],
  ['instances', 'an account that is known at deployment only', { region: PLACE.region }, EbsSnapshotTarget.instances('a', 'b')],
])('nothing is found for a policy of %s, in %s', (_of, _where, env, target) => {
  expect(findings(env, target)).toEqual([]);
});

test('alarms have no actions before they are given some', () => {
  const found = findings(PLACE, VOLUMES, Duration.hours(30));

  expect(found.length).toBeGreaterThan(0);
  expect(found.filter((finding) => !finding.endsWith('CloudWatchAlarmAction'))).toEqual([]);
});
