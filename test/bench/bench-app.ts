import { Deployment, readTemplate, Template } from '../../src/access/template/template';

/** How large an app is. */
export interface AppSize {
  readonly keys: number;
  readonly roles: number;
  readonly stacks: number;
}

type Body = Record<string, unknown>;

const HOME: Deployment = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };
const FRANKFURT: Deployment = { ...HOME, region: 'eu-central-1' };
const PARTNER: Deployment = { ...HOME, account: '444455556666' };
const ROOT = { 'Fn::Sub': 'arn:${AWS::Partition}:iam::${AWS::AccountId}:root' };
const KEYS_IN_A_STACK = 4;
const KEY_SERVICES = ['s3', 'sqs', 'secretsmanager', 'ec2'];

/** An app as large platforms have them: stacks of keys, and stacks of roles that import the keys; some of them of another Region or account. */
export function benchApp({ keys, roles, stacks }: AppSize): Template[] {
  const keyStacks = Math.ceil(keys / KEYS_IN_A_STACK);
  const roleStacks = stacks - keyStacks;
  const [keyIds, roleIds] = [range(keys), range(roles)];
  return [
    ...range(keyStacks).map((s) => readTemplate(`Keys${s}`, s % 5 === 4 ? FRANKFURT : HOME, keyStack(keyIds.filter((k) => stackOfKey(k) === s), keys))),
    ...range(roleStacks).map((s) => readTemplate(`Team${s}`, s % 10 === 9 ? PARTNER : HOME, roleStack(s, roleIds.filter((r) => r % roleStacks === s), keys))),
  ];
}

/** The stack of a role, as `benchApp` spreads them. */
export function stackOfRole(role: number, { keys, stacks }: AppSize): string {
  return `Team${role % (stacks - Math.ceil(keys / KEYS_IN_A_STACK))}`;
}

export function stackOfKey(key: number): number {
  return Math.floor(key / KEYS_IN_A_STACK);
}

export function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}

function keyStack(keyIds: readonly number[], keys: number): Body {
  const resources: Body = {};
  const outputs: Body = {};
  for (const k of keyIds) {
    resources[`Key${k}`] = resource('AWS::KMS::Key', { EnableKeyRotation: true, Tags: [{ Key: 'team', Value: `t${k % 7}` }], KeyPolicy: document(keyPolicy(k, keys)) });
    resources[`Key${k}Alias`] = resource('AWS::KMS::Alias', { AliasName: `alias/data/${k}`, TargetKeyId: { Ref: `Key${k}` } });
    outputs[`Key${k}Arn`] = { Value: { 'Fn::GetAtt': [`Key${k}`, 'Arn'] }, Export: { Name: { 'Fn::Sub': `\${AWS::StackName}-Key${k}` } } };
  }
  return { Resources: resources, Outputs: outputs };
}

/** What this library writes for S3, SQS and EBS, beside keys that delegate everything, name roles, or are shared with another account. */
function keyPolicy(k: number, keys: number): Body[] {
  const own = { 'kms:CallerAccount': { Ref: 'AWS::AccountId' } };
  const through = (service: string) => ({ StringEquals: { ...own, 'kms:ViaService': { 'Fn::Sub': `${service}.\${AWS::Region}.amazonaws.com` } } });
  const allow = (Sid: string, Principal: unknown, Action: unknown, Condition?: object): Body =>
    ({ Sid, Effect: 'Allow', Principal, Action, Resource: '*', ...Condition ? { Condition } : {} });
  const account = { AWS: ROOT };
  return [
    allow('ReadMetadata', account, ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListGrants', 'kms:ListResourceTags']),
    allow('Administer', account, ['kms:CreateAlias', 'kms:DisableKey', 'kms:EnableKey', 'kms:ScheduleKeyDeletion', 'kms:TagResource', 'kms:UpdateKeyDescription']),
    allow('ChangePolicy', account, 'kms:PutKeyPolicy'),
    ...k % 4 === 3 ? [allow('Delegate', account, 'kms:*')]
      : KEY_SERVICES.slice(0, 1 + k % 4).map((service) => allow(`UseThrough${service}`, account, ['kms:Decrypt', 'kms:GenerateDataKey'], through(service))),
    { ...allow('DenyDirectGrants', '*', 'kms:CreateGrant', { BoolIfExists: { 'kms:GrantIsForAWSResource': 'false', 'aws:PrincipalIsAWSService': 'false' } }), Effect: 'Deny' },
    allow('GrantsThroughEc2', account, ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], { ...through('ec2'), Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
    allow('DeliverFromSns', { Service: 'sns.amazonaws.com' }, ['kms:Decrypt', 'kms:GenerateDataKey'],
      { StringEqualsIfExists: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }),
    allow('UseByAutoScaling', { AWS: '*' }, ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      { StringEquals: own, ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling' } }),
    ...k % 5 === 0 ? [allow('Named', { AWS: range(5).map((i) => `arn:aws:iam::111122223333:role/named-${(k + i * keys) % 50}`) }, 'kms:Decrypt')] : [],
    ...k % 6 === 0 ? [allow('Shared', { AWS: 'arn:aws:iam::444455556666:root' }, ['kms:Decrypt', 'kms:DescribeKey'], { StringEquals: { 'kms:CallerAccount': '444455556666' } })] : [],
  ];
}

function roleStack(stack: number, roleIds: readonly number[], keys: number): Body {
  const key = importOf(stack % keys);
  const resources: Body = {
    // For a role that others give to the stack: its name is known at deployment only.
    ...stack % 10 === 5 ? { GivenPolicy: resource('AWS::IAM::Policy', { PolicyName: 'given', Roles: [{ Ref: 'RoleName' }], PolicyDocument: document([use(key)]) }) } : {},
    Shared: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document([use(key), log()]) }),
    Boundary: resource('AWS::IAM::ManagedPolicy', { PolicyDocument: document([{ Effect: 'Allow', Action: ['s3:*', 'kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*' }]) }),
    People: resource('AWS::IAM::Group', { Policies: [{ PolicyName: 'people', PolicyDocument: document([use(key)]) }] }),
    Person: resource('AWS::IAM::User', { Groups: [{ Ref: 'People' }] }),
  };
  roleIds.forEach((r) => Object.assign(resources, roleOf(r, keys)));
  return { Parameters: { RoleName: { Type: 'String' } }, Resources: resources };
}

/** A role and its policies, of eight kinds. */
function roleOf(r: number, keys: number): Body {
  const key = importOf(r % keys);
  const inline = (...statements: Body[]) => ({ Policies: [{ PolicyName: 'inline', PolicyDocument: document(statements) }] });
  const role = (properties: Body): Body => ({
    [`Role${r}`]: resource('AWS::IAM::Role', {
      ...r % 50 < 10 ? { RoleName: `named-${r}` } : {},
      AssumeRolePolicyDocument: document([{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }]),
      Tags: [{ Key: 'team', Value: `t${r % 7}` }],
      ...properties,
    }, `Team/Role${r}/Resource`),
  });
  switch (r % 8) {
    case 0: return role(inline(use(key, { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }), log()));
    case 1: return {
      ...role({}),
      [`Policy${r}`]: resource('AWS::IAM::Policy', {
        PolicyName: `p${r}`,
        Roles: [{ Ref: `Role${r}` }],
        PolicyDocument: document([log(), use(key, {
          StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': [`arn:aws:s3:::data-${r % 5}`, `arn:aws:s3:::data-${r % 5}/*`] },
        })]),
      }),
    };
    case 2: return role({ ManagedPolicyArns: [{ Ref: 'Shared' }] });
    case 3: return role({ ManagedPolicyArns: [managed(r % 3 === 0 ? 'AdministratorAccess' : 'ReadOnlyAccess'), managed('service-role/AWSLambdaBasicExecutionRole')] });
    case 4: return role(inline({ Effect: 'Allow', Action: 'kms:*', Resource: { 'Fn::Sub': 'arn:${AWS::Partition}:kms:*:${AWS::AccountId}:key/*' } }));
    case 5: return role({ ...inline(use('*')), PermissionsBoundary: { Ref: 'Boundary' } });
    case 6: return role(inline(use('*'), { Effect: 'Deny', Action: 'kms:*', Resource: '*', Condition: { StringNotEqualsIfExists: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } } }));
    default: return role(inline(use({ 'Fn::GetStackOutput': { StackName: `Keys${stackOfKey(r % keys)}`, Region: 'eu-central-1', OutputName: `Key${r % keys}Arn` } },
      { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } }), log()));
  }
}

function use(key: unknown, condition?: object): Body {
  return { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: key, ...condition ? { Condition: condition } : {} };
}

function log(): Body {
  return { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '*' };
}

function importOf(key: number): object {
  return { 'Fn::ImportValue': `Keys${stackOfKey(key)}-Key${key}` };
}

function managed(name: string): object {
  return { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:iam::aws:policy/${name}`]] };
}

function document(statements: readonly Body[]): Body {
  return { Version: '2012-10-17', Statement: statements };
}

function resource(type: string, properties: Body, path?: string): Body {
  return { Type: type, Properties: properties, ...path === undefined ? {} : { Metadata: { 'aws:cdk:path': path } } };
}
