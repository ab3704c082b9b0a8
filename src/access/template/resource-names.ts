import { objectOf, TemplateResource } from './template';
import { TemplateValues } from './template-values';
import { parseArn } from '../text/arn';
import { isKnown, literalText, madeUpText, splitText, Text } from '../text/text';

/** How CloudFormation names the resources of a type. */
interface Naming {
  /** The property that names it. */
  readonly property: string;
  /** The longest name of the type: where stack and logical id leave no room, CloudFormation cuts them. */
  readonly longest: number;
  /** What comes after the name of the stack and the logical id. */
  readonly lowerCase?: boolean;
  /** The ARN, in which `{name}`, `{path}`, `{partition}`, `{region}` and `{account}` stand for its own. */
  readonly arn: string;
  /** What `Ref` gives, where it is not the name. */
  readonly ref?: 'arn' | 'id';
  /** Attributes that are the name, or the ARN where they say so. */
  readonly attributes?: Readonly<Record<string, 'name' | 'arn' | 'id'>>;
}

const NAMINGS: ReadonlyMap<string, Naming> = new Map(Object.entries<Naming>({
  'AWS::IAM::Role': { property: 'RoleName', longest: 64, arn: 'arn:{partition}:iam::{account}:role{path}{name}', attributes: { RoleId: 'id' } },
  'AWS::IAM::User': { property: 'UserName', longest: 64, arn: 'arn:{partition}:iam::{account}:user{path}{name}' },
  'AWS::IAM::Group': { property: 'GroupName', longest: 128, arn: 'arn:{partition}:iam::{account}:group{path}{name}' },
  'AWS::IAM::InstanceProfile': {
    property: 'InstanceProfileName', longest: 128, arn: 'arn:{partition}:iam::{account}:instance-profile{path}{name}',
  },
  'AWS::IAM::ManagedPolicy': {
    property: 'ManagedPolicyName', longest: 128, arn: 'arn:{partition}:iam::{account}:policy{path}{name}', ref: 'arn', attributes: { PolicyArn: 'arn' },
  },
  'AWS::S3::Bucket': { property: 'BucketName', longest: 63, lowerCase: true, arn: 'arn:{partition}:s3:::{name}' },
  'AWS::SNS::Topic': {
    property: 'TopicName', longest: 256, arn: 'arn:{partition}:sns:{region}:{account}:{name}', ref: 'arn', attributes: { TopicArn: 'arn', TopicName: 'name' },
  },
  'AWS::SQS::Queue': {
    property: 'QueueName', longest: 80, arn: 'arn:{partition}:sqs:{region}:{account}:{name}', ref: 'id', attributes: { QueueName: 'name' },
  },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', longest: 512, arn: 'arn:{partition}:logs:{region}:{account}:log-group:{name}:*' },
  'AWS::DynamoDB::Table': { property: 'TableName', longest: 255, arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{name}' },
  'AWS::Lambda::Function': { property: 'FunctionName', longest: 64, arn: 'arn:{partition}:lambda:{region}:{account}:function:{name}' },
  'AWS::Events::Rule': { property: 'Name', longest: 64, arn: 'arn:{partition}:events:{region}:{account}:rule/{name}' },
  'AWS::CloudTrail::Trail': { property: 'TrailName', longest: 128, arn: 'arn:{partition}:cloudtrail:{region}:{account}:trail/{name}' },
  'AWS::CloudWatch::Alarm': { property: 'AlarmName', longest: 255, arn: 'arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}' },
}));
/** Random letters and digits, and the hyphen before them. */
const SUFFIX = 13;

/** The `Ref` (no attribute) or an attribute of a resource, as far as it is known before AWS makes it; nothing where it is not. */
export function resourceAttribute(
  logicalId: string, resource: TemplateResource, attribute: string | undefined, values: TemplateValues, depth: number,
): Text | undefined {
  const { type } = resource;
  const id = madeUpText(`${values.name}/${logicalId}`);
  const properties = objectOf(resource.properties);
  const given = (property: string) => values.property(properties, property);
  if (type === 'AWS::KMS::Key' || type === 'AWS::KMS::ReplicaKey') {
    return keyAttribute(type, attribute, id, values, depth, given);
  }
  if (type === 'AWS::KMS::Alias' && attribute === undefined) {
    return values.text(given('AliasName'), depth);
  }
  if (type === 'AWS::SecretsManager::Secret' && (attribute === undefined || attribute === 'Id')) {
    const { partition, region, account } = values.template.deployment;
    const name = given('Name') === undefined ? id : values.text(given('Name'), depth) + '-' + id;
    return `arn:${partition}:secretsmanager:${region}:${account}:secret:${name}`;
  }
  const naming = NAMINGS.get(type);
  if (!naming) {
    // Of other types, and of custom resources, the `Ref` may be a name that somebody gives, or an ARN.
    return attribute === undefined && /^AWS::(EC2|EFS)::/.test(type) ? id : undefined;
  }
  const what = attribute === undefined ? naming.ref ?? 'name' : attribute === 'Arn' ? 'arn' : naming.attributes?.[attribute];
  if (what === undefined || what === 'id') {
    return what && id;
  }
  const name = given(naming.property) === undefined ? generatedName(values.stackName, logicalId, naming, id)
    : values.text(given(naming.property), depth);
  const path = given('Path') === undefined ? '/' : values.text(given('Path'), depth);
  return what === 'name' ? name : filled(naming.arn, { ...values.template.deployment, name, path });
}

/** A replica has the id of its primary. */
function keyAttribute(
  type: string, attribute: string | undefined, id: Text, values: TemplateValues, depth: number, given: (property: string) => unknown,
): Text | undefined {
  const { partition, region, account } = values.template.deployment;
  const primary = type === 'AWS::KMS::ReplicaKey' ? values.text(given('PrimaryKeyArn'), depth) : undefined;
  const keyId = primary === undefined ? (values.text(given('MultiRegion') ?? false, depth) === 'true' ? 'mrk-' : '') + id
    : splitText(parseArn(primary)?.resource ?? '', '/')?.[1] ?? 'mrk-' + id;
  return attribute === undefined || attribute === 'KeyId' ? keyId : attribute === 'Arn' ? `arn:${partition}:kms:${region}:${account}:key/${keyId}` : undefined;
}

function generatedName(stackName: Text, logicalId: string, { longest, lowerCase }: Naming, id: Text): Text {
  const known = `${stackName}-${literalText(logicalId)}-`;
  return !isKnown(stackName) || known.length + SUFFIX > longest ? id : (lowerCase ? known.toLowerCase() : known) + id;
}

function filled(pattern: string, values: Readonly<Record<string, Text>> | object): Text {
  return pattern.replace(/\{(\w+)\}/g, (_, name: string) => (values as Record<string, Text>)[name]);
}
