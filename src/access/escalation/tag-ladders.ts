import { KeyProperty, Winner } from './key-property';
import { Ladder } from './ladder';
import { AccessModel } from '../access-model';
import { Asker } from '../decision/asker';
import { both } from '../decision/combined-decision';
import { decide, Decision } from '../decision/decision';
import { KeyResource } from '../key-resource';
import { readable } from '../text/text';

/**
 * Tags and aliases of a key, where a policy lets somebody use keys by them: the one who changes them, or others.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/abac.html
 */
export function tagLadders(model: AccessModel, asker: Asker, key: KeyResource): Ladder[] {
  return [KeyProperty.TAGS, KeyProperty.ALIASES].filter((property) => property.isAsked(model, asker, key)).flatMap((property) => {
    const may = property.actions.map(([action, does]) => ({ action, does, decision: decide(model.accessOf(asker, key, action)) }))
      .filter(({ decision }) => decision.verdict !== 'denied');
    const winner = may.length === 0 ? undefined : property.winner(model, asker, key);
    return winner ? may.map(({ action, does, decision }) => ladder(asker, winner, action, does, decision)) : [];
  });
}

function ladder(asker: Asker, { asker: winner, use }: Winner, action: string, does: string, decision: Decision): Ladder {
  const { arn } = winner.caller;
  const whom = winner === asker ? 'it' : `others, such as ${readable(arn)},`;
  return { action, how: `${does} that a policy lets ${whom} in by`, through: winner === asker ? [] : [arn], decision: both(decision, use) };
}
