import { CONDITION_SEMANTICS } from './golden/condition-semantics';
import { GRANTS } from './golden/grants';
import { KMS_FACTS } from './golden/kms-facts';
import { MANAGED_POLICIES } from './golden/managed-policies';
import { MULTI_REGION } from './golden/multi-region';
import { GoldenRow, POLICY_MODEL } from './golden/policy-model';
import { PRINCIPALS } from './golden/principals';
import { NAMES_R } from './golden/statements';
import { ask } from '../support/access-world';

describe.each<[string, readonly GoldenRow[]]>([
  ['the rules that are most likely implemented wrong (policy-model §4)', POLICY_MODEL],
  ['what AWS says of keys and services (kms-facts)', KMS_FACTS],
  ['what condition keys mean (kms-facts §3.4)', CONDITION_SEMANTICS],
  ['whom statements name and what bounds it', PRINCIPALS],
  ['what grants allow', GRANTS],
  ['keys of several Regions and imported material', MULTI_REGION],
  ['AWS managed policies', MANAGED_POLICIES],
])('%s', (_subject, rows) => {
  test.each(rows)('%s: %s', (_row, _given, world, question, verdict) => {
    expect(ask(world, question)).toMatchObject({ verdict });
  });
});

test('a key that cannot do it says so beside the verdict', () => {
  expect(ask({ keyPolicy: [NAMES_R], key: { Enabled: false } })).toMatchObject({ verdict: 'allowed', keyCannot: 'the key is disabled' });
});
