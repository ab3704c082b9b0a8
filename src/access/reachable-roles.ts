import { AccessModel } from './access-model';
import { Asker } from './decision/asker';
import { both, isBetter } from './decision/combined-decision';
import { Decision } from './decision/decision';
import { mayHaveIamPower } from './iam-power';
import { OfEach } from './of-each';
import { Identity } from './principal/policy-attachments';
import { assumableRoles } from './role-assumption';
import { Text } from './text/text';

/** A role that somebody may become, one role after another. */
export interface ReachableRole {
  readonly role: Identity;
  /** The ARNs of the roles on the way, this one at the end. */
  readonly path: readonly Text[];
  readonly decision: Decision;
}

const REACHABLE = new OfEach<Asker, readonly ReachableRole[]>(search);

/** All roles of the templates that somebody may become, the nearest first. */
export function reachableRoles(model: AccessModel, asker: Asker): readonly ReachableRole[] {
  return REACHABLE.of(model, asker);
}

function search(model: AccessModel, asker: Asker): ReachableRole[] {
  const found = new Map<Identity, ReachableRole>();
  const waiting: { readonly asker: Asker; readonly path: readonly Text[]; readonly decision?: Decision }[] = [{ asker, path: [] }];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { path, decision: before } = next;
    for (const { role, decision } of assumableRoles(model, next.asker, mayHaveIamPower(next.asker))) {
      const reached = { role, path: [...path, role.arn], decision: before ? both(before, decision) : decision };
      const known = found.get(role);
      if (role !== asker.identity && reached.decision.verdict !== 'denied' && (!known || isBetter(reached.decision, known.decision))) {
        found.set(role, reached);
        waiting.push({ asker: model.askerOf(role), path: reached.path, decision: reached.decision });
      }
    }
  }
  return [...found.values()];
}
