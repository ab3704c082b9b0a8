import { EC2_INFRASTRUCTURE } from './caller';
import { startOfGeneratedName, startOfMadeUpName } from './generated-name';
import { Memberships } from './memberships';
import { AttachedArn, Identity, outsideIdentity, PolicyAttachments, PolicySet } from './policy-attachments';
import { PolicySource } from './policy-source';
import { SERVICE_LINKED_ROLES } from '../policy/managed-policies';
import { AppValues } from '../template/app-values';
import { readTags } from '../template/tags';
import { objectOf, Template, TemplateResource } from '../template/template';
import { TemplateValues } from '../template/template-values';
import { parseArn } from '../text/arn';
import { readable, splitText, Text } from '../text/text';
import { Truth } from '../text/truth';

/** A role or user that no template makes, with all its policies. */
export interface DeclaredIdentity {
  readonly arn: string;
  readonly managedPolicyArns: readonly string[];
  readonly permissionsBoundaryArn?: string;
  /** Why it is taken to have these policies, where that is an assumption. */
  readonly assumed?: string;
}

const KINDS: ReadonlyMap<string, Identity['kind']> = new Map(Object.entries({ 'AWS::IAM::Role': 'role', 'AWS::IAM::User': 'user', 'AWS::IAM::Group': 'group' }));
const TRUST = 'AssumeRolePolicyDocument';
const NAMES = { role: 'RoleName', user: 'UserName', group: 'GroupName' } as const;

/** Roles, users and groups of templates, with their policies. */
export class Identities {
  public readonly all: Identity[] = [];
  private readonly byArn = new Map<Text, Identity>();
  private readonly byName = new Map<string, Identity>();
  /** By what is known before of the names that CloudFormation makes up: stack and logical id. Nothing where several begin so. */
  private readonly byStart = new Map<string, Identity | undefined>();
  private readonly memberships = new Memberships();
  private readonly attachments = new PolicyAttachments();
  private readonly policySets = new Map<Identity, PolicySet>();
  private readonly boundaries = new Map<Identity, PolicySet>();

  constructor(app: AppValues, declared: readonly DeclaredIdentity[] = []) {
    for (const template of app.templates) {
      const values = app.of(template);
      template.unseen?.filter(({ mayAttach }) => mayAttach)
        .forEach(({ by }) => this.attachments.unseenOf(template.deployment.account, `the policies that ${by} adds to ${template.stackName}`));
      for (const [logicalId, resource] of template.resources) {
        const there = resource.type.startsWith('AWS::IAM::') && (resource.condition === undefined || values.condition(resource.condition));
        if (there !== false) {
          this.read(template, logicalId, resource, values, there);
        }
      }
    }
    declared.forEach((identity) => this.declare(identity));
  }

  /** The identity of an ARN, or one whose policies are not known. */
  public find(kind: 'role' | 'user', arn: Text): Identity {
    const { account, resource } = parseArn(arn) ?? { account: '', resource: arn };
    const name = splitText(resource, '/')?.at(-1) ?? resource;
    const start = startOfGeneratedName(name);
    return this.byArn.get(arn) ?? this.byName.get(`${account}\n${kind}\n${name}`) ?? (start === undefined ? undefined : this.byStart.get(`${account}\n${kind}\n${start}`))
      ?? roleOfAws(arn, name, account) ?? outsideIdentity(kind, arn, name, account);
  }

  public policies(identity: Identity): PolicySet {
    let policies = this.policySets.get(identity);
    if (!policies) {
      const groups = this.groupsOf(identity);
      const { statements, unknown } = this.attachments.of(identity, groups.filter(({ group }) => !group.outside));
      const outside = groups.filter(({ group }) => group.outside).map(({ group }) => ({ text: `the policies of the group ${readable(group.name)}`, mayDeny: true }));
      policies = { statements, unknown: [...unknown, ...outside] };
      this.policySets.set(identity, policies);
    }
    return policies;
  }

  /** The managed policies of the account that somebody has. */
  public managedOf(identity: Identity): Text[] {
    return this.attachments.managedOf(identity);
  }

  /** The groups that a user is in, or may be in. */
  public groupsOf({ kind, account, name }: Identity): { readonly group: Identity; readonly sure: boolean }[] {
    return kind !== 'user' ? [] : this.memberships.of(account, name).map((membership) => ({
      group: this.byName.get(`${account}\ngroup\n${membership.group}`) ?? outsideIdentity('group', membership.group, membership.group, account),
      sure: membership.sure,
    }));
  }

  /** What the permissions boundary says; nothing where there is none. */
  public boundary(identity: Identity): PolicySet | undefined {
    if (identity.boundaries.length > 0 && !this.boundaries.has(identity)) {
      this.boundaries.set(identity, this.attachments.boundary(identity.boundaries));
    }
    return this.boundaries.get(identity);
  }

  private read(template: Template, logicalId: string, resource: TemplateResource, values: TemplateValues, there: Truth): void {
    const kind = KINDS.get(resource.type);
    const properties = objectOf(resource.properties);
    const given = (name: string) => values.property(properties, name);
    const place = { stack: template.stackName, logicalId };
    const { account } = template.deployment;
    const list = (name: string) => values.items(given(name))
      .map((item) => ({ text: values.itemText(item), sure: item.sure && there === true, place }));
    const source = new PolicySource(given('PolicyDocument'), values, place, there === true);
    const arn = resource.type === 'AWS::IAM::ManagedPolicy' ? values.text({ Ref: logicalId }) : undefined;
    const attachTo = (one: Identity['kind'], names: string) => list(names).forEach(({ text, sure }) => {
      this.attachments.attach(one, account, text, source.attached(sure));
      if (arn !== undefined) {
        this.attachments.attachManaged(one, account, text, arn);
      }
    });
    if (kind) {
      const { constructPath } = resource;
      this.add(identityOf({ ...place, kind, account, ...constructPath === undefined ? {} : { constructPath } }, values, given, list));
      list('Groups').forEach(({ text, sure }) => this.memberships.add(account, { user: values.text({ Ref: logicalId }), group: text, sure }));
      return;
    }
    if (arn !== undefined) {
      this.attachments.define(arn, source);
    }
    switch (resource.type) {
      case 'AWS::IAM::ManagedPolicy':
      case 'AWS::IAM::Policy':
        attachTo('role', 'Roles');
        attachTo('user', 'Users');
        attachTo('group', 'Groups');
        break;
      case 'AWS::IAM::RolePolicy': attachTo('role', 'RoleName'); break;
      case 'AWS::IAM::UserPolicy': attachTo('user', 'UserName'); break;
      case 'AWS::IAM::GroupPolicy': attachTo('group', 'GroupName'); break;
      case 'AWS::IAM::UserToGroupAddition':
        list('Users').forEach(({ text, sure }) => this.memberships.add(account, { user: text, group: values.text(given('GroupName')), sure }));
        break;
    }
  }

  private declare({ arn, managedPolicyArns, permissionsBoundaryArn, assumed }: DeclaredIdentity): void {
    if (this.byArn.has(arn)) {
      return;
    }
    const { account, resource } = parseArn(arn) ?? { account: '', resource: arn };
    const attached = (text: string): AttachedArn => ({ text, sure: true, place: { stack: '', logicalId: arn } });
    this.add({
      ...outsideIdentity(resource.startsWith('user/') ? 'user' : 'role', arn, splitText(resource, '/')?.at(-1) ?? resource, account),
      managed: managedPolicyArns.map(attached),
      boundaries: permissionsBoundaryArn === undefined ? [] : [attached(permissionsBoundaryArn)],
      ...assumed === undefined ? {} : { assumed },
      outside: false,
    });
  }

  private add(identity: Identity): void {
    this.all.push(identity);
    this.byArn.set(identity.arn, identity);
    this.byName.set(`${identity.account}\n${identity.kind}\n${identity.name}`, identity);
    const start = startOfMadeUpName(identity.name);
    if (start !== undefined) {
      const key = `${identity.account}\n${identity.kind}\n${start}`;
      this.byStart.set(key, this.byStart.has(key) ? undefined : identity);
    }
  }
}

/** A role, user or group of a template. */
function identityOf(
  place: Pick<Identity, 'kind' | 'account' | 'stack' | 'logicalId' | 'constructPath'>, values: TemplateValues, given: (name: string) => unknown, list: (name: string) => AttachedArn[],
): Identity {
  const { kind, stack, logicalId } = place as { kind: Identity['kind']; stack: string; logicalId: string };
  const name = given(NAMES[kind]);
  return {
    ...place,
    arn: values.text({ 'Fn::GetAtt': [logicalId, 'Arn'] }),
    name: values.text(name === undefined ? { Ref: logicalId } : name),
    sources: values.items(given('Policies')).map(({ value, sure }) => {
      const { PolicyName, PolicyDocument } = objectOf(value);
      return new PolicySource(PolicyDocument, values, { stack, logicalId, policy: readable(values.text(PolicyName)) }, sure);
    }),
    ...given(TRUST) === undefined ? {} : { trust: new PolicySource(given(TRUST), values, { stack, logicalId, policy: TRUST }, true) },
    managed: list('ManagedPolicyArns'),
    boundaries: list('PermissionsBoundary'),
    tags: readTags(given('Tags'), values, logicalId),
    outside: false,
  };
}

/** AWS writes the policies of service-linked roles, and nobody can change them or bound them. The role that attaches volumes has none. */
function roleOfAws(arn: Text, name: Text, account: Text): Identity | undefined {
  if (name === EC2_INFRASTRUCTURE) {
    return { ...outsideIdentity('role', arn, name, account), outside: false };
  }
  const role = SERVICE_LINKED_ROLES.get(name.split('_')[0]);
  return role === undefined ? undefined : {
    ...outsideIdentity('role', `arn:${parseArn(arn)?.partition}:iam::${account}:role/aws-service-role/${role.service}/${name}`, name, account),
    managed: [{ text: `arn:aws:iam::aws:policy/aws-service-role/${role.policy}`, sure: true, place: { stack: '', logicalId: name } }],
    outside: false,
  };
}
