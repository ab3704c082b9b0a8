import { AccessModel } from './access-model';
import { OfModel } from './of-model';
import { Identity } from './principal/policy-attachments';
import { eachPropertyValue } from './property-values';
import { objectOf } from './template/template';
import { Text } from './text/text';

/** A resource that acts as a role: a function with its execution role, an instance with its profile. */
export interface RoleUse {
  readonly stack: string;
  readonly logicalId: string;
  readonly constructPath?: string;
  readonly type: string;
  /** The path of the property that names the role or its instance profile. */
  readonly property: string;
  /** Whether it does in every case. */
  readonly sure: boolean;
}

/** What a property that names a role or an instance profile is called: `Role`, `TaskRoleArn`, `IamInstanceProfile`. */
const OF_ROLES = /role|instanceprofile/i;
/** Where roles are named that something is said about. */
const OTHERWISE = /Policy(Document|Text)?$|^(Policies|Statement|Principals?|(Environment)?Variables|Environment|Tags|Parameters|Metadata)$/;
const USES = new OfModel(readUses);

/** The resources of the templates that act as a role: whoever decides what they do, does it with the permissions of the role. */
export function roleUses(model: AccessModel, role: Identity): readonly RoleUse[] {
  return USES.of(model).get(role) ?? [];
}

function readUses(model: AccessModel): ReadonlyMap<Identity, readonly RoleUse[]> {
  const { app } = model;
  const named = namesOf(model);
  const uses = new Map<Identity, RoleUse[]>();
  eachPropertyValue(app, (type) => !type.startsWith('AWS::IAM::'), ({ template, logicalId, resource: { type, constructPath }, path, value, sure }) => {
    const property = path.join('.');
    if (!OF_ROLES.test(property) || path.some((name) => OTHERWISE.test(name))) {
      return;
    }
    const text = app.of(template).text(value);
    const role = named.get(text.startsWith('arn:') ? text : `${template.deployment.account} ${text}`);
    if (role) {
      const where = constructPath === undefined ? {} : { constructPath };
      uses.set(role, [...uses.get(role) ?? [], { stack: template.stackName, logicalId, ...where, type, property, sure }]);
    }
  });
  return uses;
}

/** Roles by their ARNs and names, and by those of the instance profiles with them. */
function namesOf({ app, identities }: AccessModel): ReadonlyMap<Text, Identity> {
  const named = new Map(identities.filter(({ kind }) => kind === 'role')
    .flatMap((role): [Text, Identity][] => [[role.arn, role], [`${role.account} ${role.name}`, role]]));
  const profiles = new Map<Text, Identity>();
  for (const template of app.templates) {
    const { account } = template.deployment;
    for (const [logicalId, { type, properties }] of template.resources) {
      const values = app.of(template);
      const [role] = type === 'AWS::IAM::InstanceProfile' ? values.items(values.property(objectOf(properties), 'Roles')) : [];
      const identity = role && named.get(`${account} ${values.itemText(role)}`);
      if (identity) {
        profiles.set(values.text({ 'Fn::GetAtt': [logicalId, 'Arn'] }), identity).set(`${account} ${values.text({ Ref: logicalId })}`, identity);
      }
    }
  }
  return new Map([...named, ...profiles]);
}
