import { Ladder } from './ladder';
import { AccessModel } from '../access-model';
import { Asker } from '../decision/asker';
import { best, both, isBetter } from '../decision/combined-decision';
import { decide, Decision } from '../decision/decision';
import { NO_CONTEXT } from '../decision/request-context';
import { KeyResource } from '../key-resource';
import { PolicyStatement } from '../policy/policy-statement';
import { useAsTemplated, useOfKey } from '../use-of-key';

/** Something about a key that policies may ask for, and the actions that change it. */
interface Property {
  readonly asks: (conditionKey: string) => boolean;
  readonly actions: readonly (readonly [action: string, does: string])[];
}

const REQUEST_ALIAS = 'kms:requestalias';
const TAGS: Property = {
  asks: (name) => name.startsWith('aws:resourcetag/'),
  actions: [['kms:TagResource', 'gives the key a tag'], ['kms:UntagResource', 'takes a tag from the key']],
};
const ALIASES: Property = {
  asks: (name) => name === 'kms:resourcealiases' || name === REQUEST_ALIAS,
  actions: [
    ['kms:CreateAlias', 'gives the key an alias'], ['kms:UpdateAlias', 'points an alias at the key'], ['kms:DeleteAlias', 'takes an alias from the key'],
  ],
};
const ASKING = new WeakMap<AccessModel, Map<Property, readonly Asker[]>>();

/**
 * Tags and aliases of a key, where a policy lets somebody use keys by them: the one who changes them, or others.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/abac.html
 */
export function tagLadders(model: AccessModel, asker: Asker, key: KeyResource): Ladder[] {
  return [TAGS, ALIASES].flatMap((property) => {
    const may = property.actions.map(([action, does]) => ({ action, does, decision: decide(model.accessOf(asker, key, action)) }))
      .filter(({ decision }) => decision.verdict !== 'denied');
    const winners = may.length === 0 ? [] : winnersOf(model, asker, key, property);
    return may.flatMap(({ action, does, decision }) => winners.map(([winner, use]): Ladder => ({
      action,
      how: winner === asker ? `${does} that a policy lets it in by` : `${does} that a policy lets others in by`,
      through: winner === asker ? [] : [winner.caller.arn],
      decision: both(decision, use),
    })));
  });
}

/** Who could use the key if it were other than it is, and cannot now: the one who asks, or else others. */
function winnersOf(model: AccessModel, asker: Asker, key: KeyResource, property: Property): [Asker, Decision][] {
  const won = (one: Asker): [Asker, Decision][] => {
    const use = useOfKey(model, one, key, { ...NO_CONTEXT, open: property.asks });
    return isBetter(use, useNow(model, one, key, property)) ? [[one, use]] : [];
  };
  const own = won(asker);
  const others = key.statements.some((statement) => asksFor(statement, property)) ? peopleOf(model) : askingFor(model, property);
  return own.length > 0 ? own : others.flatMap(won);
}

/** With the tags and aliases that the templates give the key, one of which the request may name it by. */
function useNow(model: AccessModel, asker: Asker, key: KeyResource, { asks }: Property): Decision {
  const isOfTheKey = (name: string) => asks(name) && name !== REQUEST_ALIAS;
  const named = asks(REQUEST_ALIAS) ? [[], ...key.aliases.map((alias) => [alias])] : [undefined];
  return best(named.map((alias) => useAsTemplated(model, asker, key, isOfTheKey, alias && new Map([[REQUEST_ALIAS, alias]]))))!;
}

/** The roles and users of whose policies one asks for it. */
function askingFor(model: AccessModel, property: Property): readonly Asker[] {
  const known = ASKING.get(model) ?? new Map<Property, readonly Asker[]>();
  let askers = known.get(property);
  if (!askers) {
    askers = peopleOf(model).filter(({ policies }) => policies?.statements.some((statement) => asksFor(statement, property)));
    ASKING.set(model, known.set(property, askers));
  }
  return askers;
}

function asksFor({ tests }: PolicyStatement, property: Property): boolean {
  return tests.some(({ keys }) => keys.some(property.asks));
}

function peopleOf(model: AccessModel): Asker[] {
  return model.identities.filter(({ kind }) => kind !== 'group').map((one) => model.askerOf(one));
}
