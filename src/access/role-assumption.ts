import { AccessModel } from './access-model';
import { Asker } from './decision/asker';
import { decide, Decision } from './decision/decision';
import { IamAccess } from './iam-access';
import { AwsAction } from './policy/aws-action';
import { Condition } from './policy/condition-test';
import { PolicyStatement, PrincipalEntry } from './policy/policy-statement';
import { Identity } from './principal/policy-attachments';
import { isKnown, Text } from './text/text';

/** A role that somebody may become. */
export interface RoleAssumption {
  readonly role: Identity;
  readonly decision: Decision;
}

/** Somebody who may become a role. */
export interface Assumer {
  readonly kind: 'role' | 'user' | 'service' | 'account' | 'everybody' | 'identity provider';
  /** The role or user, where the templates make it. */
  readonly identity?: Identity;
  readonly who: Text;
  /** Nothing for accounts and identity providers: their administrators decide, within the conditions. */
  readonly decision?: Decision;
  /** What the trust policy asks of them. */
  readonly conditions: readonly Condition[];
}

const ROLES = new WeakMap<AccessModel, readonly Identity[]>();
const ASSUME = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'].map((action) => new AwsAction(action));

/** The roles of the templates that somebody may become: the trust policy lets them, and where it names their account or they are of another one, their IAM too. */
export function assumableRoles(model: AccessModel, asker: Asker): RoleAssumption[] {
  return trustingPrincipals(model).filter((role) => role.arn !== asker.caller.arn)
    .map((role) => ({ role, decision: decide(IamAccess.of(model).role(asker, role)) }))
    .filter(({ decision }) => decision.verdict !== 'denied');
}

/** Who may become a role: roles and users of the templates, and whom its trust policy names beside. */
export function assumersOf(model: AccessModel, role: Identity): Assumer[] {
  const people = trustingPrincipals(model).includes(role)
    ? model.identities.filter(({ kind, arn }) => kind !== 'group' && arn !== role.arn) : [];
  const inside = people.map((identity): Assumer => {
    const decision = decide(IamAccess.of(model).role(model.askerOf(identity), role));
    return { kind: identity.kind === 'user' ? 'user' : 'role', identity, who: identity.arn, decision, conditions: [] };
  });
  const named = trustOf(role).flatMap((statement) => (statement.principals?.entries ?? []).flatMap((entry) => outsider(model, role, statement, entry)));
  const others = [...new Map(named.map((one) => [`${one.kind} ${one.who} ${JSON.stringify(one.conditions)}`, one])).values()];
  return [...inside, ...others].filter(({ decision }) => decision?.verdict !== 'denied');
}

/** The roles that others than services may become, as far as their trust policies tell. */
function trustingPrincipals(model: AccessModel): readonly Identity[] {
  let roles = ROLES.get(model);
  if (!roles) {
    roles = model.identities.filter((role) => role.kind === 'role' && trustOf(role)
      .some(({ principals }) => principals === undefined || principals.not || principals.entries.some(({ type }) => type === 'AWS')));
    ROLES.set(model, roles);
  }
  return roles;
}

/** The statements with which a role lets somebody become it. */
function trustOf({ trust }: Identity): PolicyStatement[] {
  return trust?.statements.filter(({ effect, actions }) => effect !== 'Deny' && (!actions || ASSUME.some((action) => action.isChosenBy(actions) !== false))) ?? [];
}

function outsider(model: AccessModel, role: Identity, { tests }: PolicyStatement, { type, text, federated }: PrincipalEntry): Assumer[] {
  const conditions = tests.map(({ condition }) => condition);
  if (type === 'other') {
    return federated ? [{ kind: 'identity provider', who: text, conditions }] : [];
  }
  if (text === '*') {
    return [{ kind: 'everybody', who: text, conditions }];
  }
  const asker = type === 'AWS' || isKnown(text) ? model.askerNamed(text) : undefined;
  const { kind } = asker?.caller ?? {};
  if (!asker || kind === 'root') {
    return [{ kind: 'account', who: asker?.caller.account ?? text, conditions }];
  }
  if (asker.identity && model.identities.includes(asker.identity)) {
    return [];
  }
  const decision = decide(IamAccess.of(model).role(asker, role));
  return [{ kind: kind === 'service' ? 'service' : kind === 'user' ? 'user' : 'role', who: text, decision, conditions }];
}
