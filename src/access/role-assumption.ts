import { AccessModel } from './access-model';
import { Asker } from './decision/asker';
import { decide, Decision } from './decision/decision';
import { IamAccess } from './iam-access';
import { OfModel } from './of-model';
import { AwsAction } from './policy/aws-action';
import { Condition } from './policy/condition-test';
import { PolicyStatement, PrincipalEntry } from './policy/policy-statement';
import { Identity } from './principal/policy-attachments';
import { isKnown, Text } from './text/text';
import { UNKNOWN } from './text/text-parts';

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

const TRUST = new OfModel((model) => readTrust(model.identities.filter(({ kind }) => kind === 'role')));
/** An account, by its id or its root. */
const ACCOUNT = /^(\d{12}|arn:[^:]+:iam::[^:]+:root)$/;
const ASSUME = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'].map((action) => new AwsAction(action));

/**
 * The roles of the templates that somebody may become: the trust policy lets them, and where it names their account or they are of another one, their IAM too.
 *
 * Without IAM, those are left out that take it.
 */
export function assumableRoles(model: AccessModel, asker: Asker, withIam = true): RoleAssumption[] {
  const { byArn, byAnything, byAccount } = TRUST.of(model);
  const roles = new Set([...byArn.get(asker.caller.arn) ?? [], ...byAnything, ...withIam ? byAccount : []]);
  return [...roles].filter((role) => role.arn !== asker.caller.arn)
    .map((role) => ({ role, decision: decide(IamAccess.of(model).role(asker, role)) }))
    .filter(({ decision }) => decision.verdict !== 'denied');
}

/** Who may become a role: roles and users of the templates, and whom its trust policy names beside. */
export function assumersOf(model: AccessModel, role: Identity): Assumer[] {
  const people = TRUST.of(model).all.has(role)
    ? model.identities.filter(({ kind, arn }) => kind !== 'group' && arn !== role.arn) : [];
  const inside = people.map((identity): Assumer => {
    const decision = decide(IamAccess.of(model).role(model.askerOf(identity), role));
    return { kind: identity.kind === 'user' ? 'user' : 'role', identity, who: identity.arn, decision, conditions: [] };
  });
  const named = trustOf(role).flatMap((statement) =>
    (statement.principals?.entries ?? []).flatMap((entry) => outsider(model, role, statement, entry)));
  const others = [...new Map(named.map((one) => [`${one.kind} ${one.who} ${JSON.stringify(one.conditions)}`, one])).values()];
  return [...inside, ...others].filter(({ decision }) => decision?.verdict !== 'denied');
}

/** The roles that others than services may become: whom their trust policies name exactly, as an account, and otherwise. */
interface Trust {
  readonly all: ReadonlySet<Identity>;
  readonly byArn: ReadonlyMap<Text, readonly Identity[]>;
  readonly byAccount: ReadonlySet<Identity>;
  readonly byAnything: ReadonlySet<Identity>;
}

function readTrust(roles: readonly Identity[]): Trust {
  const [all, byArn, byAccount, byAnything] = [new Set<Identity>(), new Map<Text, Identity[]>(), new Set<Identity>(), new Set<Identity>()];
  for (const role of roles) {
    for (const { principals } of trustOf(role)) {
      const entries = principals?.entries.filter(({ type }) => type === 'AWS') ?? [];
      if (!principals || principals.not) {
        byAnything.add(role);
      }
      entries.forEach(({ text }) => {
        if (ACCOUNT.test(text)) {
          byAccount.add(role);
        } else if (/^arn:[^:]+:iam:/.test(text) && !text.includes(UNKNOWN)) {
          byArn.set(text, [...byArn.get(text) ?? [], role]);
        } else {
          byAnything.add(role);
        }
      });
      if (!principals || principals.not || entries.length > 0) {
        all.add(role);
      }
    }
  }
  return { all, byArn, byAccount, byAnything };
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
