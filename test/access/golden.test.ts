import { POLICY_MODEL } from './golden/policy-model';
import { ask } from '../support/access-world';

describe('the rules that are most likely implemented wrong (policy-model §4)', () => {
  test.each(POLICY_MODEL)('row %s: %s', (_row, _given, world, question, verdict) => {
    expect(ask(world, question)).toMatchObject({ verdict });
  });
});
