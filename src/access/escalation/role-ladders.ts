import { identityLadders } from './identity-ladders';
import { keyLadders } from './key-ladders';
import { Ladder } from './ladder';
import { AccessModel } from '../access-model';
import { Asker } from '../decision/asker';
import { addsTo, best, both, isBetter } from '../decision/combined-decision';
import { IamResource } from '../decision/compile-iam-action';
import { decide, Decision } from '../decision/decision';
import { identityConditionKeys } from '../decision/identity-condition-keys';
import { NO_CONTEXT } from '../decision/request-context';
import { IamAccess } from '../iam-access';
import { mayHaveIamPower } from '../iam-power';
import { KeyResource } from '../key-resource';
import { OfEach } from '../of-each';
import { Identity } from '../principal/policy-attachments';
import { reachableRoles, ReachableRole } from '../reachable-roles';
import { readable, Text } from '../text/text';
import { useAsTemplated, useOfKey } from '../use-of-key';

/** A role or user that may use a key. */
interface User {
  readonly identity: Identity;
  readonly resource: IamResource;
  readonly use: Decision;
}

/** A way to act as another, in words, and the condition keys that it settles. */
interface Way {
  readonly how: string;
  readonly conditionKeys?: ReadonlyMap<string, readonly Text[]>;
}

/** The ways to act as somebody that an action opens. */
interface Taking {
  readonly action: string;
  readonly ways: (identity: Identity) => readonly Way[];
}

const isUser = ({ kind }: Identity) => kind === 'user';
const suchAs = ({ kind, arn }: Identity) => `a ${kind} that may use the key, such as ${readable(arn)}`;
const ofUsers = (how: string) => (one: Identity) => isUser(one) ? [{ how: `${how} ${suchAs(one)}` }] : [];
const TAKING: readonly Taking[] = [
  { action: 'iam:CreateAccessKey', ways: ofUsers('makes an access key of') },
  { action: 'iam:CreateLoginProfile', ways: ofUsers('gives a password to') },
  { action: 'iam:UpdateLoginProfile', ways: ofUsers('changes the password of') },
  { action: 'iam:UpdateAssumeRolePolicy', ways: (one) => isUser(one) ? [] : [{ how: `writes itself into the trust policy of ${suchAs(one)}` }] },
  { action: 'iam:PassRole', ways: (role) => servicesOf(role).map((service) => ({ how: `has ${readable(service)} act as ${suchAs(role)}`, conditionKeys: passedTo(service) })) },
];
const USERS = new OfEach<KeyResource, readonly User[]>(usersOf);
const BY_TAGS = (name: string) => name.startsWith('aws:principaltag/');

/** The roles that somebody may become, of whom one may use the key, or could give itself the use of it. */
export function reachedLadders(model: AccessModel, asker: Asker, key: KeyResource): Ladder[] {
  const roles = reachableRoles(model, asker);
  const ownWithKey = roles.length > 0 ? keyLadders(model, asker, key) : [];
  return roles.flatMap((reached) => {
    const target = model.askerOf(reached.role);
    const use = useOfKey(model, target, key);
    const direct = ladder(reached, `${becomes(reached)}, who may use the key`, use);
    const tagged = withTags(model, asker, reached, key);
    if (use.verdict === 'allowed') {
      return [direct];
    }
    const own = mayHaveIamPower(target) ? identityLadders(model, target, target, key) : [];
    // What it can do with the key without becoming anybody is told already.
    const withKey = keyLadders(model, target, key).filter((one, place) => addsTo(ownWithKey[place].decision, one.decision));
    const further = [...withKey, ...own].filter(({ decision }) => addsTo(use, decision));
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

/** The roles and users that may use a key and whose trust, whose credentials or whose work somebody can take over: the first of those that it can best. */
export function takenLadders(model: AccessModel, asker: Asker, key: KeyResource): Ladder[] {
  const users = USERS.of(model, key).filter(({ identity }) => identity !== asker.identity);
  return TAKING.flatMap(({ action, ways }) => {
    let found: Ladder | undefined;
    const most = IamAccess.of(model).most(asker, action);
    for (const { identity, resource, use } of most.verdict === 'denied' ? [] : users) {
      // Nobody gets more than IAM may allow, and than the user may do; those who may do most come first.
      if (found && !(isBetter(use, found.decision) && isBetter(most, found.decision))) {
        break;
      }
      for (const { how, conditionKeys = [] } of ways(identity)) {
        const asked = { ...resource, conditionKeys: new Map([...resource.conditionKeys ?? [], ...conditionKeys]) };
        const decision = both(decide(IamAccess.of(model).resource(asker, asked, action)), use);
        if (!found || isBetter(decision, found.decision)) {
          found = { action, how, through: [identity.arn], decision };
        }
      }
    }
    return found ? [found] : [];
  });
}

/** Of whom the policies ask for tags: a session can have others than the role. */
function withTags(model: AccessModel, asker: Asker, reached: ReachableRole, key: KeyResource): Ladder[] {
  const target = model.askerOf(reached.role);
  const use = useOfKey(model, target, key, { ...NO_CONTEXT, open: BY_TAGS });
  if (reached.path.length > 1 || !addsTo(useAsTemplated(model, target, key, BY_TAGS), use)) {
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
function servicesOf({ trust }: Identity): Text[] {
  const allows = trust?.statements.filter(({ effect }) => effect === 'Allow') ?? [];
  const services = allows.flatMap(({ principals }) => principals?.entries.filter(({ type }) => type === 'Service').map(({ text }) => text) ?? []);
  return [...new Map(services.map((service) => [readable(service), service])).values()];
}

/** Only that service can act as the role; of a Regional name nobody knows which of its names is compared. */
function passedTo(service: Text): ReadonlyMap<string, readonly Text[]> | undefined {
  return /^[a-z0-9-]+\.amazonaws\.com$/.test(readable(service)) ? new Map([['iam:passedtoservice', [service]]]) : undefined;
}

/** Those who may use a key, those who may in any case first, and those of whom nobody knows last. */
function usersOf(model: AccessModel, key: KeyResource): readonly User[] {
  const users = model.identities.filter(({ kind, outside }) => kind !== 'group' && !outside)
    .map((identity) => ({ identity, resource: resourceOf(identity), use: useOfKey(model, model.askerOf(identity), key) }))
    .filter(({ use }) => use.verdict !== 'denied');
  return users.sort((a, b) => isBetter(a.use, b.use) ? -1 : isBetter(b.use, a.use) ? 1 : 0);
}

function resourceOf(identity: Identity): IamResource {
  return { arn: identity.arn, account: identity.account, conditionKeys: identityConditionKeys(identity) };
}
