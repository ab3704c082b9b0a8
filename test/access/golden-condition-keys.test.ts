import { ALIAS_CONDITION_KEYS, CONDITION_KEYS, CONDITIONS } from './golden/condition-keys';
import { allows, DELEGATED } from './golden/statements';
import { KMS_ACTIONS } from '../../src/access/policy/kms-actions';
import { A, ask, K, REGION, Statement } from '../support/access-world';

const ALIAS = `arn:aws:kms:${REGION}:${A}:alias/app-0`;
const full = (key: string) => key.includes(':') && key.startsWith('aws:') ? key : `kms:${key}`;
const condition = (key: string) => ({ StringEquals: { [full(key)]: CONDITIONS.get(key)! } });
const WITHOUT_KEY = /CustomKeyStore|^CreateKey$|^GenerateRandom$|^List(Aliases|Keys|RetirableGrants)$/;

/** Under which conditions an action is allowed, each of which the request meets. */
function matching(action: string, statements: (key: string) => Statement[]): string[] {
  return [...CONDITIONS.keys()].filter((key) => ask({
    keyPolicy: [DELEGATED],
    key: { KeyPolicy: { Version: '2012-10-17', Statement: [DELEGATED] }, MultiRegion: true, Tags: [{ Key: 'team', Value: 'value' }] },
    resources: { Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/app-0', TargetKeyId: { Ref: 'K' } } } },
    r: statements(key),
  }, { action: `kms:${action}`, context: { [full(key)]: CONDITIONS.get(key)! }, complete: true }).verdict === 'allowed');
}

test.each(Object.entries(CONDITION_KEYS))('a condition on %s matches under the keys that it carries only', (action, keys) => {
  const onTheKey = (key: string) => [allows(`kms:${action}`, WITHOUT_KEY.test(action) ? '*' : K, condition(key)), allows(`kms:${action}`, ALIAS)];
  expect(matching(action, onTheKey)).toEqual([...keys].sort());
});

test.each(['CreateAlias', 'DeleteAlias', 'UpdateAlias'])('a condition of %s on the alias matches under what an alias has only', (action) => {
  expect(matching(action, (key) => [allows(`kms:${action}`, K), allows(`kms:${action}`, ALIAS, condition(key))])).toEqual(ALIAS_CONDITION_KEYS);
});

test('every action of AWS KMS is in the table, but the one of its own service-linked role and the one that a grant decides', () => {
  expect([...Object.keys(CONDITION_KEYS), 'RetireGrant', 'SynchronizeMultiRegionKey'].sort()).toEqual([...KMS_ACTIONS].sort());
});
