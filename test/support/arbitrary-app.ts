import * as fc from 'fast-check';
import { A, B, policy, REGION, ROOT, Statement } from './access-world';
import { Deployment } from '../../src/access/template/template';

/** A template as JSON, with where it is deployed. */
export interface RawTemplate {
  readonly stackName: string;
  readonly deployment: Deployment;
  readonly body: { readonly Resources: Readonly<Record<string, object>>; readonly Outputs: Readonly<Record<string, object>> };
}

/** Whom questions are about. */
export const PEOPLE = ['Keys/Worker', 'People/Reader', 'People/Named', 'People/Person', 'Partner/Other'];
export const KEYS = ['Keys/First', 'Keys/Second'];

const KEY_ARN = { 'Fn::ImportValue': 'FirstArn' };
const conditions = fc.constantFrom<object | undefined>(
  undefined,
  undefined,
  { StringEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com` } },
  { StringNotEquals: { 'kms:ViaService': `s3.${REGION}.amazonaws.com` } },
  { StringLike: { 'kms:EncryptionContext:a': '1*' } },
  { StringEquals: { 'aws:PrincipalTag/team': '${kms:EncryptionContext:a}' } },
  { ArnEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': ['Worker', 'Arn'] } } },
);
const actions = fc.constantFrom<unknown>('kms:Decrypt', 'kms:*', ['kms:Decrypt', 'kms:Encrypt'], 'kms:Encrypt');
const effect = fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny');
const statement = (parts: object, Condition?: object): Statement => ({ ...parts, ...Condition ? { Condition } : {} });
const keyStatement = fc.tuple(effect, fc.constantFrom<unknown>(
  { AWS: ROOT }, { AWS: { 'Fn::GetAtt': ['Worker', 'Arn'] } }, { AWS: { 'Fn::Sub': '${Worker.Arn}' } }, '*', { AWS: [{ 'Fn::ImportValue': 'ReaderArn' }, `arn:aws:iam::${B}:root`] },
), actions, conditions).map(([Effect, Principal, Action, Condition]) => statement({ Effect, Principal, Action, Resource: '*' }, Condition));
const iamConditions = conditions.filter((condition) => condition === undefined || !JSON.stringify(condition).includes('GetAtt'));
const iamStatement = fc.tuple(effect, actions, fc.constantFrom<unknown>('*', KEY_ARN, `arn:aws:kms:*:${A}:key/*`, ['arn:aws:s3:::b', KEY_ARN]), iamConditions)
  .map(([Effect, Action, Resource, Condition]) => statement({ Effect, Action, Resource }, Condition));
const keyPolicy = fc.array(keyStatement, { maxLength: 4 }).map((statements) => policy(statements));
const iamPolicy = fc.array(iamStatement, { maxLength: 2 }).map((statements) => policy(statements));
const resource = (type: string, properties: object) => ({ Type: `AWS::${type}`, Properties: properties });
const exported = (name: string, id: string) => ({ Value: { 'Fn::GetAtt': [id, 'Arn'] }, Export: { Name: name } });

/** An app of two stacks and one of another account, whose resources refer to each other by their logical ids. */
export const app: fc.Arbitrary<RawTemplate[]> = fc.record({
  first: keyPolicy,
  second: keyPolicy,
  worker: iamPolicy,
  shared: iamPolicy,
  reader: iamPolicy,
  named: iamPolicy,
  person: iamPolicy,
  group: iamPolicy,
  other: iamPolicy,
  boundary: fc.option(iamPolicy, { nil: undefined, freq: 2 }),
  tag: fc.constantFrom('1', '2'),
}).map(({ first, second, worker, shared, reader, named, person, group, other, boundary, tag }): RawTemplate[] => [
  {
    stackName: 'Keys',
    deployment: { account: A, region: REGION, partition: 'aws' },
    body: {
      Resources: {
        First: resource('KMS::Key', { KeyPolicy: first }),
        Second: resource('KMS::Key', { KeyPolicy: second }),
        Alias: resource('KMS::Alias', { AliasName: 'alias/first', TargetKeyId: { Ref: 'First' } }),
        Worker: resource('IAM::Role', { ManagedPolicyArns: [{ Ref: 'Shared' }], Policies: [{ PolicyName: 'A', PolicyDocument: worker }], Tags: [{ Key: 'team', Value: tag }] }),
        Shared: resource('IAM::ManagedPolicy', { PolicyDocument: shared }),
      },
      Outputs: { First: exported('FirstArn', 'First') },
    },
  },
  {
    stackName: 'People',
    deployment: { account: A, region: REGION, partition: 'aws' },
    body: {
      Resources: {
        Reader: resource('IAM::Role', { Policies: [{ PolicyName: 'A', PolicyDocument: reader }, { PolicyName: 'B', PolicyDocument: shared }], ...boundary ? { PermissionsBoundary: { Ref: 'Limit' } } : {} }),
        Named: resource('IAM::Role', { RoleName: 'named' }),
        OfNamed: resource('IAM::Policy', { PolicyName: 'N', Roles: [{ Ref: 'Named' }], PolicyDocument: named }),
        Person: resource('IAM::User', { Groups: [{ Ref: 'Team' }] }),
        OfPerson: resource('IAM::UserPolicy', { PolicyName: 'P', UserName: { Ref: 'Person' }, PolicyDocument: person }),
        Team: resource('IAM::Group', { Policies: [{ PolicyName: 'G', PolicyDocument: group }] }),
        ...boundary ? { Limit: resource('IAM::ManagedPolicy', { PolicyDocument: boundary }) } : {},
      },
      Outputs: { Reader: exported('ReaderArn', 'Reader') },
    },
  },
  {
    stackName: 'Partner',
    deployment: { account: B, region: REGION, partition: 'aws' },
    body: { Resources: { Other: resource('IAM::Role', { Policies: [{ PolicyName: 'A', PolicyDocument: other }] }) }, Outputs: {} },
  },
]);
