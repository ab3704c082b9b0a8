import { changed, withPolicies } from './changed-asker';
import { Ladder } from './ladder';
import { AccessModel } from '../access-model';
import { Asker } from '../decision/asker';
import { addsTo, best, both } from '../decision/combined-decision';
import { decide, Decision } from '../decision/decision';
import { identityConditionKeys } from '../decision/identity-condition-keys';
import { NO_CONTEXT } from '../decision/request-context';
import { IamAccess } from '../iam-access';
import { KeyResource } from '../key-resource';
import { Identity } from '../principal/policy-attachments';
import { readable, Text } from '../text/text';
import { useAsTemplated, useOfKey } from '../use-of-key';

/** What no template tells. */
const OTHER_VERSIONS: Decision = { verdict: 'unknown', because: ['not known: what the other versions of the policy allow'], conditions: [] };
const BY_TAGS = (name: string) => name.startsWith('aws:principaltag/');

/** What somebody can change of a role or user that it is, or becomes, so that it may use a key. */
export function identityLadders(model: AccessModel, actor: Asker, target: Asker, key: KeyResource): Ladder[] {
  return target.identity ? new IdentityLadders(model, actor, target, target.identity, key).all() : [];
}

class IdentityLadders {
  private readonly now: Decision;
  private readonly kind: 'Role' | 'User';
  private readonly itself: string;

  constructor(
    private readonly model: AccessModel,
    private readonly actor: Asker,
    private readonly target: Asker,
    private readonly identity: Identity,
    private readonly key: KeyResource,
  ) {
    this.now = this.use(target);
    this.kind = identity.kind === 'user' ? 'User' : 'Role';
    this.itself = actor.identity === identity ? 'itself' : readable(identity.arn);
  }

  public all(): Ladder[] {
    return [...this.ofPolicies(), ...this.ofBoundary(), ...this.ofGroups(), ...this.ofTags()].filter(({ decision }) => decision.verdict !== 'denied');
  }

  /** With any policy, but within the permissions boundary, unless that can be taken away as well. */
  private ofPolicies(): Ladder[] {
    const { everything, everythingUnbounded } = changed(this.target);
    const unbound = best(this.boundaryActions.map((action) => this.may(action, this.identity)));
    const use = best([this.use(everything), ...unbound ? [both(unbound, this.use(everythingUnbounded))] : []])!;
    if (!addsTo(this.now, use)) {
      return [];
    }
    const groups = this.model.directory.groupsOf(this.identity).map(({ group }) => group).filter(({ outside }) => !outside);
    const managed = [...new Set([this.identity, ...groups].flatMap((one) => this.model.directory.managedOf(one)))];
    return [
      this.ladder(`iam:Put${this.kind}Policy`, `writes a policy for ${this.itself}`, this.identity, use),
      this.ladder(`iam:Attach${this.kind}Policy`, `attaches a policy to ${this.itself}`, this.identity, use),
      ...groups.flatMap((group) => [
        this.ladder('iam:PutGroupPolicy', `writes a policy for the group ${readable(group.name)} of ${this.itself}`, group, use, [group.arn]),
        this.ladder('iam:AttachGroupPolicy', `attaches a policy to the group ${readable(group.name)} of ${this.itself}`, group, use, [group.arn]),
      ]),
      ...managed.flatMap((arn) => [
        this.ladder('iam:CreatePolicyVersion', `rewrites a policy of ${this.itself}`, { ...this.identity, arn, tags: new Map() }, use, [arn]),
        this.ladder('iam:SetDefaultPolicyVersion', `makes another version of a policy of ${this.itself} the default`, { ...this.identity, arn, tags: new Map() },
          both(use, OTHER_VERSIONS), [arn]),
      ]),
    ];
  }

  /** Without the permissions boundary, or with another. */
  private ofBoundary(): Ladder[] {
    const use = this.use(changed(this.target).unbounded);
    const [remove, replace] = this.boundaryActions;
    return !remove || !addsTo(this.now, use) ? [] : [
      this.ladder(remove, `takes the permissions boundary of ${this.itself} away`, this.identity, use),
      this.ladder(replace, `gives ${this.itself} another permissions boundary`, this.identity, use),
    ];
  }

  private ofGroups(): Ladder[] {
    if (this.kind !== 'User' || this.actor.identity !== this.identity) {
      return [];
    }
    return this.model.identities.filter(({ kind }) => kind === 'group').flatMap((group) => {
      const use = this.use(withPolicies(this.target, this.model.directory.policies(group)));
      return addsTo(this.now, use) ? [this.ladder('iam:AddUserToGroup', `joins the group ${readable(group.name)}`, group, use, [group.arn])] : [];
    });
  }

  /** With other tags, where a policy asks for them. */
  private ofTags(): Ladder[] {
    const use = useOfKey(this.model, this.target, this.key, { ...NO_CONTEXT, open: BY_TAGS });
    return !addsTo(useAsTemplated(this.model, this.target, this.key, BY_TAGS), use) ? [] : [
      this.ladder(`iam:Tag${this.kind}`, `gives ${this.itself} a tag that a policy asks for`, this.identity, use),
      this.ladder(`iam:Untag${this.kind}`, `takes a tag from ${this.itself} that a policy asks for`, this.identity, use),
    ];
  }

  private get boundaryActions(): string[] {
    return this.target.boundary ? [`iam:Delete${this.kind}PermissionsBoundary`, `iam:Put${this.kind}PermissionsBoundary`] : [];
  }

  private ladder(action: string, how: string, on: Identity, use: Decision, through: readonly Text[] = []): Ladder {
    return { action, how, through, decision: both(this.may(action, on), use) };
  }

  private may(action: string, on: Identity): Decision {
    const { arn, account } = on;
    return decide(IamAccess.of(this.model).resource(this.actor, { arn, account, conditionKeys: identityConditionKeys(on) }, action));
  }

  private use(asker: Asker): Decision {
    return useOfKey(this.model, asker, this.key);
  }
}
