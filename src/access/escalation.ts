import { AccessModel } from './access-model';
import { Asker } from './decision/asker';
import { addsTo, isBetter } from './decision/combined-decision';
import { Decision } from './decision/decision';
import { identityLadders } from './escalation/identity-ladders';
import { keyLadders } from './escalation/key-ladders';
import { Escalation, Ladder } from './escalation/ladder';
import { reachedLadders, takenLadders } from './escalation/role-ladders';
import { tagLadders } from './escalation/tag-ladders';
import { mayHaveIamPower } from './iam-power';
import { KeyResource } from './key-resource';
import { useOfKey } from './use-of-key';

export type { Escalation } from './escalation/ladder';

/**
 * The ways in which a principal could give itself the use of a key, as far as they are not denied.
 *
 * One for each action, the one that is nearest to being allowed. What somebody can do with the key itself is told of everybody. Who may use the key in any case needs no detour over tags, roles and IAM, and
 * of roles that no template makes and of root users nobody can tell what they do there.
 */
export function escalations(model: AccessModel, asker: Asker, key: KeyResource): Escalation[] {
  const use = useOfKey(model, asker, key);
  const detours = use.verdict === 'allowed' || !asker.identity || asker.identity.outside ? [] : detoursOf(model, asker, key, use);
  const possible = [...keyLadders(model, asker, key), ...detours].filter(({ decision }) => decision.verdict !== 'denied');
  return bestOfEach(possible).map((ladder) => ({ ...ladder, already: use.verdict }));
}

function bestOfEach(ladders: readonly Ladder[]): Ladder[] {
  const found = new Map<string, Ladder>();
  for (const ladder of ladders) {
    const before = found.get(ladder.action);
    if (!before || isBetter(ladder.decision, before.decision)) {
      found.set(ladder.action, ladder);
    }
  }
  return [...found.values()];
}

function detoursOf(model: AccessModel, asker: Asker, key: KeyResource, use: Decision): Ladder[] {
  const isAdministrator = mayHaveIamPower(asker);
  // Another's use is worth something where it is not the own; tags are compared with those that the templates give.
  const isWorthIt = ({ action, decision }: Ladder) => decision.verdict === 'unknown' || action.includes('Tag') || addsTo(use, decision);
  return [
    ...tagLadders(model, asker, key),
    ...reachedLadders(model, asker, key).filter(isWorthIt),
    ...isAdministrator ? told(asker, [...identityLadders(model, asker, asker, key), ...takenLadders(model, asker, key).filter(isWorthIt)]) : [],
  ];
}

/** A policy that nobody knows here may allow everything: that is said once, and not of each action. */
function told(asker: Asker, ladders: readonly Ladder[]): Ladder[] {
  const unknown = asker.policies?.unknown.map(({ text }) => text) ?? [];
  const sure = ladders.filter(({ decision }) => decision.verdict !== 'unknown' || unknown.length === 0);
  return sure.length === ladders.length ? sure : [...sure, {
    action: 'iam:*',
    how: `does to roles and policies what is allowed by ${unknown.join(' and by ')}`,
    through: [],
    decision: { verdict: 'unknown', because: unknown.map((text) => `not known: ${text}`), conditions: [] },
  }];
}
