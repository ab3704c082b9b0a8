import { EC2_INFRASTRUCTURE } from './caller';
import { AttachedArn, Identity, outsideIdentity, PolicyAttachments, PolicySet } from './policy-attachments';
import { PolicySource } from './policy-source';
import { SERVICE_LINKED_ROLES } from '../policy/managed-policies';
import { StatementRef } from '../policy/policy-statement';
import { AppValues } from '../template/app-values';
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
/** A name that CloudFormation makes: stack and logical id, and 12 or 13 letters and digits; and as it is known before. */
const GENERATED_NAME = /^(.+-)[A-Za-z0-9]{12,13}$/;
const MADE_UP_NAME = /^([^\uE000-\uE005]+-)\uE002[^\uE001]*\uE001$/;
const NAMES = { role: 'RoleName', user: 'UserName', group: 'GroupName' } as const;

/** Roles, users and groups of templates, with their policies. */
export class Identities {
  public readonly all: Identity[] = [];
  private readonly byArn = new Map<Text, Identity>();
  private readonly byName = new Map<string, Identity>();
  /** By what is known before of the names that CloudFormation makes up: stack and logical id. Nothing where several begin so. */
  private readonly byStart = new Map<string, Identity | undefined>();
  private readonly memberships = new Map<string, Text[]>();
  private readonly attachments = new PolicyAttachments();
  private readonly policySets = new Map<Identity, PolicySet>();
  private readonly boundaries = new Map<Identity, PolicySet>();

  constructor(app: AppValues, declared: readonly DeclaredIdentity[] = []) {
    for (const template of app.templates) {
      const values = app.of(template);
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
    const start = GENERATED_NAME.exec(name)?.[1];
    return this.byArn.get(arn) ?? this.byName.get(`${account}\n${kind}\n${name}`) ?? (start === undefined ? undefined : this.byStart.get(`${account}\n${kind}\n${start}`))
      ?? roleOfAws(arn, name, account) ?? outsideIdentity(kind, arn, name, account);
  }

  public policies(identity: Identity): PolicySet {
    const groups = (this.memberships.get(`${identity.account}\n${identity.name}`) ?? [])
      .map((name) => this.byName.get(`${identity.account}\ngroup\n${name}`) ?? { ...outsideIdentity('user', name, name, identity.account), kind: 'group' as const });
    let policies = this.policySets.get(identity);
    if (!policies) {
      policies = this.attachments.of(identity, identity.kind === 'user' ? groups : []);
      const outside = groups.filter((group) => group.outside).map(({ name }) => ({ text: `the policies of the group ${readable(name)}`, mayDeny: true }));
      policies = { ...policies, unknown: [...policies.unknown, ...identity.kind === 'user' ? outside : []] };
      this.policySets.set(identity, policies);
    }
    return policies;
  }

  /** What the permissions boundary says; nothing where there is none. */
  public boundary(identity: Identity): PolicySet | undefined {
    if (identity.boundary && !this.boundaries.has(identity)) {
      this.boundaries.set(identity, this.attachments.boundary(identity.boundary));
    }
    return this.boundaries.get(identity);
  }

  private read(template: Template, logicalId: string, resource: TemplateResource, values: TemplateValues, there: Truth): void {
    const kind = KINDS.get(resource.type);
    const place = { stack: template.stackName, logicalId };
    const properties = objectOf(resource.properties);
    const { account } = template.deployment;
    const list = (value: unknown) => values.items(value).map((item) => ({ text: values.itemText(item), sure: item.sure && there === true, place }));
    const source = new PolicySource(properties.PolicyDocument, values, place, there === true);
    const attachTo = (one: Identity['kind'], names: unknown) => list(names).forEach(({ text, sure }) => {
      this.attachments.attach(one, account, text, source.attached(sure));
    });
    if (kind) {
      this.add(this.identity(kind, template, logicalId, resource, values, list));
      list(properties.Groups).forEach(({ text }) => this.join(account, values.text({ Ref: logicalId }), text));
      return;
    }
    if (resource.type === 'AWS::IAM::ManagedPolicy') {
      this.attachments.define(values.text({ Ref: logicalId }), source);
    }
    switch (resource.type) {
      case 'AWS::IAM::ManagedPolicy':
      case 'AWS::IAM::Policy':
        attachTo('role', properties.Roles);
        attachTo('user', properties.Users);
        attachTo('group', properties.Groups);
        break;
      case 'AWS::IAM::RolePolicy': attachTo('role', properties.RoleName); break;
      case 'AWS::IAM::UserPolicy': attachTo('user', properties.UserName); break;
      case 'AWS::IAM::GroupPolicy': attachTo('group', properties.GroupName); break;
      case 'AWS::IAM::UserToGroupAddition':
        list(properties.Users).forEach(({ text }) => this.join(account, text, values.text(properties.GroupName)));
        break;
    }
  }

  private identity(kind: Identity['kind'], template: Template, logicalId: string, resource: TemplateResource, values: TemplateValues,
    list: (value: unknown) => AttachedArn[]): Identity {
    const properties = objectOf(resource.properties);
    const place: Omit<StatementRef, 'index' | 'sid'> = { stack: template.stackName, logicalId };
    return {
      kind,
      arn: values.text({ 'Fn::GetAtt': [logicalId, 'Arn'] }),
      name: properties[NAMES[kind]] === undefined ? values.text({ Ref: logicalId }) : values.text(properties[NAMES[kind]]),
      account: template.deployment.account,
      ...place,
      ...resource.constructPath === undefined ? {} : { constructPath: resource.constructPath },
      sources: values.items(properties.Policies).map(({ value, sure }) => {
        const { PolicyName, PolicyDocument } = objectOf(value);
        return new PolicySource(PolicyDocument, values, { ...place, policy: readable(values.text(PolicyName)) }, sure);
      }),
      managed: list(properties.ManagedPolicyArns),
      boundary: list(properties.PermissionsBoundary)[0],
      tags: new Map(values.items(properties.Tags).map(({ value }) => objectOf(value)).filter(({ Key }) => typeof Key === 'string')
        .map(({ Key, Value }) => [(Key as string).toLowerCase(), values.text(Value)])),
      outside: false,
    };
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
      ...permissionsBoundaryArn === undefined ? {} : { boundary: attached(permissionsBoundaryArn) },
      ...assumed === undefined ? {} : { assumed },
      outside: false,
    });
  }

  private add(identity: Identity): void {
    this.all.push(identity);
    this.byArn.set(identity.arn, identity);
    this.byName.set(`${identity.account}\n${identity.kind}\n${identity.name}`, identity);
    const start = MADE_UP_NAME.exec(identity.name)?.[1];
    if (start !== undefined) {
      const key = `${identity.account}\n${identity.kind}\n${start}`;
      this.byStart.set(key, this.byStart.has(key) ? undefined : identity);
    }
  }

  private join(account: Text, user: Text, group: Text): void {
    const groups = this.memberships.get(`${account}\n${user}`) ?? [];
    this.memberships.set(`${account}\n${user}`, [...groups, group]);
  }
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
