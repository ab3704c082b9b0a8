import { AccessVerb, verbsOf } from './access-verb';
import { namedPrincipals, NamedPrincipal, othersInKeyAccount } from './named-principals';
import { AccessModel } from '../access/access-model';
import { Asker } from '../access/decision/asker';
import { decide, Decision, UNSEEN_POLICIES, Verdict } from '../access/decision/decision';
import { escalations } from '../access/escalation';
import { KeyResource } from '../access/key-resource';
import { ServiceGrant, serviceGrants } from '../access/service-grants';
import { readable } from '../access/text/text';
import { UnseenPart, unseenParts } from '../access/unseen-parts';

/** Actions that have the same answer, which is not denied. */
export interface CellAnswer {
  /** Without `kms:`. */
  readonly actions: readonly string[];
  readonly verdict: Verdict;
  readonly conditions: Decision['conditions'];
  /** What would have to be known, where the verdict is unknown. */
  readonly notKnown: readonly string[];
}

/** What somebody can do of a verb: nothing where it has no answers. */
export interface MatrixCell {
  readonly verb: string;
  /** Whether the only answer holds for all its actions. */
  readonly whole: boolean;
  readonly answers: readonly CellAnswer[];
}

/** How somebody could give itself the use of the key. */
export interface CouldGiveItself {
  readonly action: string;
  readonly how: string;
  readonly verdict: Verdict;
  readonly conditions: Decision['conditions'];
}

/** Somebody, and what they can do with a key. */
export interface MatrixRow {
  readonly kind: NamedPrincipal['kind'];
  /** The name by which `explain` knows them, except others. */
  readonly who: string;
  readonly arn?: string;
  /** Why they are taken to have their policies, where that is an assumption. */
  readonly assumed?: string;
  readonly cells: readonly MatrixCell[];
  readonly couldGiveItselfUse: readonly CouldGiveItself[];
}

/** Grants that a service makes on a key, and uses with no further permission. */
export interface MatrixGrant {
  readonly service: string;
  readonly viaService: string;
  /** Who can make the service do so. */
  readonly makers: readonly { readonly who: string; readonly verdict: Verdict }[];
  /** The resources of the templates for which it makes them. */
  readonly resources: readonly string[];
  /** What they allow, where AWS says it. */
  readonly operations?: readonly string[];
}

/** Who can do what with a key. */
export interface KeyMatrix {
  readonly key: {
    readonly name: string; readonly arn: string; readonly aliases: readonly string[]; readonly stack: string; readonly logicalId: string;
  };
  readonly verbs: readonly AccessVerb[];
  readonly rows: readonly MatrixRow[];
  /** Roles and users of the templates, and principals that the key policy names, who can do nothing with it. */
  readonly canDoNothing: readonly string[];
  readonly serviceGrants: readonly MatrixGrant[];
  /** Principals of the key policy that are known at deployment only. */
  readonly unresolved: readonly string[];
}

/** Who can do what with the keys of templates, and what that does not know. */
export interface AccessMatrix {
  readonly keys: readonly KeyMatrix[];
  /** Stacks whose templates do not tell all their resources. */
  readonly unseen: readonly UnseenPart[];
  /** Policies that no template has. */
  readonly notSeen: readonly string[];
}

const ORDER: readonly NamedPrincipal['kind'][] = ['root user', 'others', 'role', 'user', 'service'];

/** Who can do what with which key, sorted: the same for the same templates. */
export function accessMatrix(model: AccessModel): AccessMatrix {
  const people = model.identities.filter(({ kind }) => kind !== 'group')
    .map((identity): NamedPrincipal => ({ kind: identity.kind as 'role' | 'user', who: model.nameOf(identity), asker: model.askerOf(identity) }));
  const keys = model.keys.map((key) => keyMatrix(model, key, people))
    .sort((a, b) => compare(a.key.name, b.key.name) || compare(a.key.arn, b.key.arn));
  return { keys, unseen: unseenParts(model), notSeen: UNSEEN_POLICIES };
}

function keyMatrix(model: AccessModel, key: KeyResource, people: readonly NamedPrincipal[]): KeyMatrix {
  const verbs = verbsOf(model, key);
  const { named, unresolved } = namedPrincipals(model, key);
  const standing = othersInKeyAccount(key);
  const all = [standing, ...named, ...people]
    .sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || compare(a.who, b.who));
  const rows = all.map((principal) => row(model, key, verbs, principal));
  const isShown = ({ who, cells, couldGiveItselfUse }: MatrixRow) =>
    who === standing.who || couldGiveItselfUse.length > 0 || cells.some(({ answers }) => answers.length > 0);
  return {
    key: { name: model.nameOf(key), arn: readable(key.arn), aliases: key.aliases.map(readable), stack: key.stack, logicalId: key.logicalId },
    verbs,
    rows: rows.filter(isShown),
    canDoNothing: rows.filter((one) => !isShown(one)).map(({ who }) => who),
    serviceGrants: serviceGrants(model, key).map((grant) => matrixGrant(model, grant, standing.who)),
    unresolved,
  };
}

function row(model: AccessModel, key: KeyResource, verbs: readonly AccessVerb[], { kind, who, asker }: NamedPrincipal): MatrixRow {
  const { arn } = asker.caller;
  return {
    kind,
    who,
    ...kind === 'others' || kind === 'service' ? {} : { arn: readable(arn) },
    ...asker.identity?.assumed === undefined ? {} : { assumed: asker.identity.assumed },
    cells: verbs.map((verb) => cell(model, key, verb, asker)),
    couldGiveItselfUse: escalations(model, asker, key)
      .map(({ action, how, decision: { verdict, conditions } }) => ({ action, how, verdict, conditions })),
  };
}

function cell(model: AccessModel, key: KeyResource, { name, actions }: AccessVerb, asker: Asker): MatrixCell {
  const answers = new Map<string, { actions: string[] } & Omit<CellAnswer, 'actions'>>();
  for (const action of actions) {
    const { verdict, conditions, because } = decide(model.accessOf(asker, key, `kms:${action}`));
    if (verdict === 'denied') {
      continue;
    }
    const notKnown = verdict === 'unknown' ? because.filter((reason) => typeof reason === 'string') : [];
    const text = JSON.stringify([verdict, conditions, notKnown]);
    const same = answers.get(text);
    if (same) {
      same.actions.push(action);
    } else {
      answers.set(text, { actions: [action], verdict, conditions, notKnown });
    }
  }
  const all = [...answers.values()];
  return { verb: name, whole: all.length === 1 && all[0].actions.length === actions.length, answers: all };
}

function matrixGrant(model: AccessModel, grant: ServiceGrant, standing: string): MatrixGrant {
  const { service, viaService, makers, others, resources, operations } = grant;
  const people = makers.map(({ identity, verdict }) => ({ who: model.nameOf(identity), verdict })).sort((a, b) => compare(a.who, b.who));
  return {
    service,
    viaService: readable(viaService),
    makers: [...others === 'denied' ? [] : [{ who: standing, verdict: others }], ...people],
    resources: [...new Set(resources.map(({ stack, logicalId, constructPath }) => constructPath ?? `${stack}/${logicalId}`))].sort(),
    ...operations ? { operations } : {},
  };
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
