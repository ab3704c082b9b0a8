import { CONDITION_SEMANTICS } from './golden/condition-semantics';
import { GRANTS } from './golden/grants';
import { KMS_FACTS } from './golden/kms-facts';
import { MANAGED_POLICIES } from './golden/managed-policies';
import { MULTI_REGION } from './golden/multi-region';
import { POLICY_MODEL } from './golden/policy-model';
import { PRINCIPALS } from './golden/principals';
import { NAMES_R } from './golden/statements';
import { ask } from '../support/access-world';

describe('the rules that are most likely implemented wrong (policy-model §4)', () => {
  test.each(POLICY_MODEL)('row %s: %s', (_row, _given, world, question, verdict) => {
    expect(ask(world, question)).toMatchObject({ verdict });
  });
});

describe('what AWS says of keys and services (kms-facts)', () => {
  test.each(KMS_FACTS)('%s: %s', (_section, _given, world, question, verdict) => {
    expect(ask(world, question)).toMatchObject({ verdict });
  });
});

describe('what condition keys mean (kms-facts §3.4)', () => {
  test.each(CONDITION_SEMANTICS)('%s: %s', (_key, _given, world, question, verdict) => {
    expect(ask(world, question)).toMatchObject({ verdict });
  });
});

describe('what grants allow', () => {
  test.each(GRANTS)('%s: %s', (_what, _given, world, question, verdict) => {
    expect(ask(world, question)).toMatchObject({ verdict });
  });
});

describe('keys of several Regions and imported material', () => {
  test.each(MULTI_REGION)('%s: %s', (_what, _given, world, question, verdict) => {
    expect(ask(world, question)).toMatchObject({ verdict });
  });
});

describe('AWS managed policies', () => {
  test.each(MANAGED_POLICIES)('%s: %s', (_name, _given, world, question, verdict) => {
    expect(ask(world, question)).toMatchObject({ verdict });
  });
});

describe('whom statements name and what bounds it', () => {
  test.each(PRINCIPALS)('%s: %s', (_what, _given, world, question, verdict) => {
    expect(ask(world, question)).toMatchObject({ verdict });
  });
});

test('a key that cannot do it says so beside the verdict', () => {
  expect(ask({ keyPolicy: [NAMES_R], key: { Enabled: false } })).toMatchObject({ verdict: 'allowed', keyCannot: 'the key is disabled' });
});
