import { CouldGiveThemselvesUse, couldGiveThemselvesUse } from './could-give-themselves-use';
import { others } from './named-principals';
import { Remedy, whatToWrite } from './what-to-write';
import { AccessModel, AccessRequest } from '../access/access-model';
import { Half, Route } from '../access/decision/access';
import { Asker } from '../access/decision/asker';
import { Clause } from '../access/decision/clause';
import { decide, Decision, UNSEEN_POLICIES } from '../access/decision/decision';
import { conditionText, nameOf } from '../access/decision/explanation';
import { clauseOutcome, factorOutcome, Outcome, routeOutcome } from '../access/decision/outcome';
import { lookupOf, RequestContext } from '../access/decision/request-context';
import { Escalation, escalations } from '../access/escalation';
import { KeyResource } from '../access/key-resource';
import { NearMiss, nearMisses } from '../access/near-misses';
import { othersInAccounts } from '../access/others-in-accounts';
import { KmsAction } from '../access/policy/kms-action';
import { StatementRef } from '../access/policy/policy-statement';
import { Lookup } from '../access/policy/policy-variables';
import { isKnown, readable } from '../access/text/text';
import { UnseenPart, unseenParts } from '../access/unseen-parts';
import { viaService } from '../access/via-service';

/** Whether a part of the answer holds for the request; `open` where that depends on condition keys that it does not give. */
export type Holds = 'yes' | 'no' | 'open' | 'unknown';

/** A statement that plays a part, and what it asks of the request. */
export interface ExplainedStatement {
  readonly name: string;
  readonly at?: StatementRef;
  /** The construct of the resource that it stands in. */
  readonly constructPath?: string;
  readonly holds: Holds;
  readonly conditions: readonly string[];
  /** Why nobody knows what it does. */
  readonly notKnown?: string;
}

/** One of the statements must apply. */
export interface ExplainedFactor {
  readonly half: Half;
  readonly holds: Holds;
  readonly statements: readonly ExplainedStatement[];
  /** What it takes, where none applies. */
  readonly missing: string;
}

/** A way to be allowed. */
export interface ExplainedRoute {
  readonly kind: Route['kind'];
  readonly holds: Holds;
  readonly factors: readonly ExplainedFactor[];
}

/** A verdict, and the path to it. */
export interface Explanation {
  readonly principal: {
    readonly name: string;
    readonly arn: string;
    readonly constructPath?: string;
    /** The ARN of the session that asks, where it is said. */
    readonly session?: string;
    /** Why it is taken to have its policies, where that is an assumption. */
    readonly assumed?: string;
  };
  /** The permissions boundary of the principal, `none` or `not known`; nothing for those that can have none. */
  readonly boundary?: string;
  readonly key: { readonly name: string; readonly arn: string; readonly constructPath?: string };
  readonly action: string;
  /** What the request says. */
  readonly context: readonly string[];
  readonly complete: boolean;
  readonly decision: Decision;
  readonly routes: readonly ExplainedRoute[];
  readonly denies: readonly ExplainedStatement[];
  /** Why there are no further ways. */
  readonly missing: readonly string[];
  readonly nearMisses: readonly { readonly half: Half; readonly name: string; readonly why: string }[];
  /** What would allow it where it is denied: all steps of one of them, and one of the texts of each step. */
  readonly whatToWrite: readonly Remedy[];
  readonly others: readonly { readonly who: string; readonly decision: Decision }[];
  readonly couldGiveItselfUse: readonly Escalation[];
  /** Everybody else who could. */
  readonly couldGiveThemselvesUse: readonly CouldGiveThemselvesUse[];
  /** Stacks whose templates do not tell all their resources. */
  readonly unseen: readonly UnseenPart[];
  /** Policies that no template has. */
  readonly notSeen: readonly string[];
}

/** A question, and the service that asks it in the principal's name: a prefix such as `s3`, or a whole value of `kms:ViaService`. */
export interface ExplainRequest extends AccessRequest {
  readonly via?: string;
}

/** Explains the answer to a question. Throws where it names what no template has. */
export function explainAccess(model: AccessModel, request: ExplainRequest): Explanation {
  const { principal, complete = false } = request;
  const key = model.key(request.key);
  const asker = model.asker(principal);
  const action = new KmsAction(request.action.includes(':') ? request.action : `kms:${request.action}`);
  const access = model.access(principal, request.key, request.action);
  const context = contextOf(model, key, request);
  const lookup = lookupOf(context, access.known, complete);
  const decision = decide(access, context, complete);
  const isDenied = decision.verdict === 'denied';
  const denies = access.denies.map((clause) => explained(model, clause, lookup)).filter(({ holds }) => holds !== 'no');
  const isContradiction = isDenied && denies.every(({ holds }) => holds !== 'yes');
  const routes = [...access.routes, ...access.closed].map((route) => explainedRoute(model, route, lookup, isContradiction));
  const denying = denies.filter(({ at }) => at !== undefined && decision.because.includes(at));
  return {
    principal: explainedPrincipal(model, asker),
    ...boundaryOf(asker),
    key: { name: model.nameOf(key), arn: readable(key.arn), ...key.constructPath === undefined ? {} : { constructPath: key.constructPath } },
    action: action.text,
    context: contextLines(context, request),
    complete,
    decision,
    routes,
    denies,
    missing: [...new Set(access.missing.map(nameOf))],
    nearMisses: isDenied ? nearMisses(asker, key, action, access).map(nearMiss) : [],
    whatToWrite: isDenied ? whatToWrite(routes, denying, readable(key.arn)) : [],
    others: othersInAccounts(model, key, action.text, context).map(({ account, decision: can }) => ({ who: others(account), decision: can })),
    couldGiveItselfUse: escalations(model, asker, key),
    couldGiveThemselvesUse: couldGiveThemselvesUse(model, key, asker),
    unseen: unseenParts(model),
    notSeen: UNSEEN_POLICIES,
  };
}

/** What the request says; the Region of a service may be known at deployment only, which no text of a person can say. */
function contextOf(model: AccessModel, key: KeyResource, { key: name, context = {}, via }: ExplainRequest): RequestContext {
  const given = model.context(name, context);
  return via === undefined ? given : { ...given, values: new Map([...given.values, ['kms:viaservice', [viaService(via, key)]]]) };
}

function contextLines({ values }: RequestContext, { context = {} }: ExplainRequest): string[] {
  const spellings = new Map(['kms:ViaService', 'kms:RequestAlias', ...Object.keys(context)].map((name) => [name.toLowerCase(), name]));
  return [...values].map(([name, given]) => given.length === 0 ? `no ${spellings.get(name) ?? name}` : `${spellings.get(name) ?? name} = ${given.map(readable).join(', ')}`);
}

function explainedPrincipal(model: AccessModel, { identity, caller }: Asker): Explanation['principal'] {
  return {
    name: identity?.logicalId === undefined ? readable(caller.arn) : model.nameOf(identity),
    arn: readable(caller.arn),
    ...identity?.constructPath === undefined ? {} : { constructPath: identity.constructPath },
    ...caller.session === undefined || caller.session === caller.arn || !isKnown(caller.session) ? {} : { session: caller.session },
    ...identity?.assumed === undefined ? {} : { assumed: identity.assumed },
  };
}

function boundaryOf({ identity, boundaryUnknown }: Asker): { boundary?: string } {
  const names = identity?.boundaries.map(({ text }) => readable(text)).join(' or ') || (boundaryUnknown === undefined ? 'none' : 'not known');
  return identity ? { boundary: names } : {};
}

/** In a contradiction conditions that are open cannot hold together, with each other or with those of a Deny. */
function explainedRoute(model: AccessModel, route: Route, lookup: Lookup, isContradiction: boolean): ExplainedRoute {
  const holds = holdsOf(routeOutcome(route, lookup));
  return {
    kind: route.kind,
    holds: isContradiction && holds === 'open' ? 'no' : holds,
    factors: route.factors.map((factor) => ({
      half: factor.half,
      holds: holdsOf(factorOutcome(factor, lookup)),
      statements: factor.alternatives.map((clause) => explained(model, clause, lookup)),
      missing: factor.missing,
    })),
  };
}

function explained(model: AccessModel, { reason, tests, doubt, ...clause }: Clause, lookup: Lookup): ExplainedStatement {
  const at = typeof reason === 'string' ? undefined : reason;
  const path = at && constructPathOf(model, at);
  return {
    name: nameOf(reason),
    ...at ? { at } : {},
    ...path === undefined ? {} : { constructPath: path },
    holds: holdsOf(clauseOutcome({ reason, tests, ...clause }, lookup)),
    conditions: tests.map(({ condition }) => conditionText(condition)),
    ...doubt === undefined ? {} : { notKnown: doubt },
  };
}

function constructPathOf({ app }: AccessModel, { stack, logicalId }: StatementRef): string | undefined {
  return app.templates.filter(({ stackName }) => stackName === stack)
    .map(({ resources }) => resources.get(logicalId)?.constructPath).find((path) => path !== undefined);
}

function nearMiss({ half, ref, why }: NearMiss): { half: Half; name: string; why: string } {
  return { half, name: nameOf(ref), why };
}

function holdsOf(outcome: Outcome): Holds {
  return outcome === true ? 'yes' : outcome === false ? 'no' : outcome;
}
