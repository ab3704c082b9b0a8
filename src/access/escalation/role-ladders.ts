import { identityLadders } from './identity-ladders';
import { keyLadders } from './key-ladders';
import { Ladder } from './ladder';
import { AccessModel } from '../access-model';
import { Asker } from '../decision/asker';
import { best, both, isBetter } from '../decision/combined-decision';
import { decide, Decision } from '../decision/decision';
import { identityConditionKeys } from '../decision/identity-condition-keys';
import { NO_CONTEXT } from '../decision/request-context';
import { IamAccess } from '../iam-access';
import { mayHaveIamPower } from '../iam-power';
import { KeyResource } from '../key-resource';
import { Identity } from '../principal/policy-attachments';
import { reachableRoles, ReachableRole } from '../reachable-roles';
import { readable } from '../text/text';
import { useAsTemplated, useOfKey } from '../use-of-key';

/** A role or user that may use a key. */
interface User {
  readonly identity: Identity;
  readonly use: Decision;
}

/** What hands somebody the credentials of a user. */
const SIGNING_IN: readonly (readonly [action: string, does: string])[] = [
  ['iam:CreateAccessKey', 'makes an access key of'], ['iam:CreateLoginProfile', 'gives a password to'], ['iam:UpdateLoginProfile', 'changes the password of'],
];
const USERS = new WeakMap<AccessModel, Map<KeyResource, readonly User[]>>();
const BY_TAGS = (name: string) => name.startsWith('aws:principaltag/');

/** The roles that somebody may become, of whom one may use the key, or could give itself the use of it. */
export function reachedLadders(model: AccessModel, asker: Asker, key: KeyResource): Ladder[] {
  return reachableRoles(model, asker).flatMap((reached) => {
    const target = model.askerOf(reached.role);
    const use = useOfKey(model, target, key);
    const direct = ladder(reached, `${becomes(reached)}, who may use the key`, use);
    const tagged = withTags(model, asker, reached, key);
    if (use.verdict === 'allowed') {
      return [direct];
    }
    const own = mayHaveIamPower(target) ? identityLadders(model, target, target, key) : [];
    const further = [...keyLadders(model, target, key), ...own].filter(({ decision }) => isBetter(decision, use));
    const next = further.find(({ decision }) => decision === best(further.map((one) => one.decision)));
    return [
      ...use.verdict === 'denied' ? [] : [direct],
      ...next ? [{ ...ladder(reached, `${becomes(reached)}, who ${next.how}`, next.decision), through: [...reached.path, ...next.through] }] : [],
      ...tagged,
      ...mayHaveIamPower(asker) ? identityLadders(model, asker, target, key).map((change) => ({
        ...change,
        how: `${change.how}, and ${becomes(reached)}`,
        through: [...change.through, ...reached.path],
        decision: both(change.decision, reached.decision),
      })) : [],
    ];
  });
}

/** The roles and users that may use a key and whose trust, whose credentials or whose work somebody can take over. */
export function takenLadders(model: AccessModel, asker: Asker, key: KeyResource): Ladder[] {
  return usersOf(model, key).filter(({ identity }) => identity !== asker.identity).flatMap(({ identity, use }): Ladder[] => {
    const { arn, account } = identity;
    const resource = { arn, account, conditionKeys: identityConditionKeys(identity) };
    const may = (action: string) => both(decide(IamAccess.of(model).resource(asker, resource, action)), use);
    const who = `${readable(arn)}, who may use the key`;
    const through = [arn];
    if (identity.kind === 'user') {
      return SIGNING_IN.map(([action, does]) => ({ action, how: `${does} ${who}`, through, decision: may(action) }));
    }
    const services = servicesOf(identity);
    return [
      { action: 'iam:UpdateAssumeRolePolicy', how: `writes itself into the trust policy of ${who}`, through, decision: may('iam:UpdateAssumeRolePolicy') },
      ...services.length === 0 ? [] : [{ action: 'iam:PassRole', how: `has ${services.join(' or ')} act as ${who}`, through, decision: may('iam:PassRole') }],
    ];
  });
}

/** Of whom the policies ask for tags: a session can have others than the role. */
function withTags(model: AccessModel, asker: Asker, reached: ReachableRole, key: KeyResource): Ladder[] {
  const target = model.askerOf(reached.role);
  const use = useOfKey(model, target, key, { ...NO_CONTEXT, open: BY_TAGS });
  if (reached.path.length > 1 || !isBetter(use, useAsTemplated(model, target, key, BY_TAGS))) {
    return [];
  }
  const tagging = decide(IamAccess.of(model).role(asker, reached.role, 'sts:TagSession'));
  return [{ ...ladder(reached, `${becomes(reached)} with a tag that a policy asks for`, both(tagging, use)), action: 'sts:TagSession' }];
}

function ladder({ path, decision }: ReachableRole, how: string, use: Decision): Ladder {
  return { action: 'sts:AssumeRole', how, through: path, decision: both(decision, use) };
}

function becomes({ path }: ReachableRole): string {
  return `becomes ${path.map(readable).join(', then ')}`;
}

/** The services that a role lets act as it. */
function servicesOf({ trust }: Identity): string[] {
  const allows = trust?.statements.filter(({ effect }) => effect === 'Allow') ?? [];
  return [...new Set(allows.flatMap(({ principals }) => principals?.entries.filter(({ type }) => type === 'Service').map(({ text }) => readable(text)) ?? []))];
}

function usersOf(model: AccessModel, key: KeyResource): readonly User[] {
  const known = USERS.get(model) ?? new Map<KeyResource, readonly User[]>();
  let users = known.get(key);
  if (!users) {
    users = model.identities.filter(({ kind, outside }) => kind !== 'group' && !outside)
      .map((identity) => ({ identity, use: useOfKey(model, model.askerOf(identity), key) })).filter(({ use }) => use.verdict !== 'denied');
    USERS.set(model, known.set(key, users));
  }
  return users;
}
