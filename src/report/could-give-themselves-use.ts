import { othersInKeyAccount } from './named-principals';
import { AccessModel } from '../access/access-model';
import { Asker } from '../access/decision/asker';
import { escalations } from '../access/escalation';
import { KeyResource } from '../access/key-resource';

/** Somebody who could give itself the use of a key, and with which actions; a question mark says that nobody knows whether. */
export interface CouldGiveThemselvesUse {
  readonly who: string;
  readonly actions: readonly string[];
}

/** Who could, except one: others in the key's account first, then the roles and users of the templates by name. */
export function couldGiveThemselvesUse(model: AccessModel, key: KeyResource, except: Asker): CouldGiveThemselvesUse[] {
  const people = model.identities.filter((identity) => identity.kind !== 'group' && identity !== except.identity)
    .map((identity) => ({ who: model.nameOf(identity), asker: model.askerOf(identity) }))
    .sort((a, b) => a.who < b.who ? -1 : 1);
  return [othersInKeyAccount(key), ...people].flatMap(({ who, asker }) => {
    const actions = new Set(escalations(model, asker, key).map(({ action, decision: { verdict } }) => verdict === 'unknown' ? `${action}?` : action));
    return actions.size === 0 ? [] : [{ who, actions: [...actions] }];
  });
}
