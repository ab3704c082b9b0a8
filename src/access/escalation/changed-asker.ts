import { Asker } from '../decision/asker';
import { othersOf } from '../others-in-account';
import { PolicySet } from '../principal/policy-attachments';

/** Somebody as they are after a change. */
interface Changed {
  readonly everything: Asker;
  readonly unbounded: Asker;
  readonly everythingUnbounded: Asker;
}

const CHANGED = new WeakMap<Asker, Changed>();

/** Somebody whom IAM allows everything, who has no permissions boundary, and both. */
export function changed(asker: Asker): Changed {
  let after = CHANGED.get(asker);
  if (!after) {
    const { account, partition } = asker.caller;
    const { policies } = othersOf({ account: account!, partition: partition! });
    const { boundary: _, boundaryUnknown: __, ...unbounded } = asker;
    after = { everything: { ...asker, policies }, unbounded, everythingUnbounded: { ...unbounded, policies } };
    CHANGED.set(asker, after);
  }
  return after;
}

/** Somebody who has further policies. */
export function withPolicies(asker: Asker, { statements, unknown }: PolicySet): Asker {
  const own = asker.policies ?? { statements: [], unknown: [] };
  return { ...asker, policies: { statements: [...own.statements, ...statements], unknown: [...own.unknown, ...unknown] } };
}
