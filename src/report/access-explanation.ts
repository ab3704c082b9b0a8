import { whatToWrite } from './what-to-write';
import { AccessModel, AccessRequest } from '../access/access-model';
import { Factor, Half, Route } from '../access/decision/access';
import { Clause } from '../access/decision/clause';
import { Decision, UNSEEN_POLICIES } from '../access/decision/decision';
import { conditionText, nameOf } from '../access/decision/explanation';
import { clauseOutcome, factorOutcome, Outcome, routeOutcome } from '../access/decision/outcome';
import { lookupOf } from '../access/decision/request-context';
import { Escalation, escalations } from '../access/escalation';
import { NearMiss, nearMisses } from '../access/near-misses';
import { othersInAccount } from '../access/others-in-account';
import { KmsAction } from '../access/policy/kms-action';
import { StatementRef } from '../access/policy/policy-statement';
import { Lookup } from '../access/policy/policy-variables';
import { readable } from '../access/text/text';

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
  readonly principal: { readonly name: string; readonly arn: string; readonly constructPath?: string; readonly assumed?: string };
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
  /** What would allow it, one of them, where it is denied. */
  readonly whatToWrite: readonly string[];
  readonly others: Decision;
  readonly couldGiveItselfUse: readonly Escalation[];
  readonly notSeen: readonly string[];
}

/** Explains the answer to a question. Throws where it names what no template has. */
export function explainAccess(model: AccessModel, request: AccessRequest): Explanation {
  const { principal, action, context = {}, complete = false } = request;
  const key = model.key(request.key);
  const asker = model.asker(principal);
  const access = model.access(principal, request.key, action);
  const asked = new KmsAction(action.includes(':') ? action : `kms:${action}`);
  const given = model.context(request.key, context);
  const lookup = lookupOf(given, access.known, complete);
  const decision = model.decide(request);
  const explain = (clause: Clause) => explained(model, clause, lookup);
  const route = (one: Route): ExplainedRoute => ({
    kind: one.kind,
    holds: holdsOf(routeOutcome(one, lookup)),
    factors: one.factors.map((factor: Factor) => ({
      half: factor.half, holds: holdsOf(factorOutcome(factor, lookup)), statements: factor.alternatives.map(explain), missing: factor.missing,
    })),
  });
  const { identity, caller } = asker;
  const routes = [...access.routes, ...access.closed].map(route);
  const denies = access.denies.map(explain).filter(({ holds }) => holds !== 'no');
  return {
    principal: {
      name: identity?.logicalId === undefined ? readable(caller.arn) : model.nameOf(identity),
      arn: readable(caller.arn),
      ...identity?.constructPath === undefined ? {} : { constructPath: identity.constructPath },
      ...identity?.assumed === undefined ? {} : { assumed: identity.assumed },
    },
    key: { name: model.nameOf(key), arn: readable(key.arn), ...key.constructPath === undefined ? {} : { constructPath: key.constructPath } },
    action: asked.text,
    context: [...given.values].map(([name, values]) => values.length === 0 ? `no ${name}` : `${name} = ${values.map(readable).join(', ')}`),
    complete,
    decision,
    routes,
    denies,
    missing: [...new Set(access.missing.map(nameOf))],
    nearMisses: decision.verdict === 'denied' ? nearMisses(asker, key, asked, access).map(nearMiss) : [],
    whatToWrite: decision.verdict === 'denied' ? whatToWrite(routes, denies, model, key) : [],
    others: othersInAccount(model, key, asked.text, given),
    couldGiveItselfUse: escalations(model, asker, key),
    notSeen: UNSEEN_POLICIES,
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
  return app.templates.filter(({ stackName }) => stackName === stack).map(({ resources }) => resources.get(logicalId)?.constructPath).find((path) => path !== undefined);
}

function nearMiss({ half, ref, why }: NearMiss): { half: Half; name: string; why: string } {
  return { half, name: nameOf(ref), why };
}

function holdsOf(outcome: Outcome): Holds {
  return outcome === true ? 'yes' : outcome === false ? 'no' : outcome;
}
