import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNKNOWN_DEPLOYMENT } from '../../src/access/template/deployment-unknowns';
import { explainAccess, ExplainRequest } from '../../src/report/access-explanation';
import { explanationText } from '../../src/report/explanation-text';
import { A, K, R, RB, ROOT, ROOT_B, Statement, U, World, worldModel } from '../support/access-world';

const DECRYPT = { Effect: 'Allow', Action: 'kms:Decrypt' };
const EXECUTION = `arn:aws:iam::${A}:role/cdk-hnb659fds-cfn-exec-role-${A}-eu-west-1`;

function keyAllows(principal: string, more: object = {}): Statement {
  return { ...DECRYPT, Principal: { AWS: principal }, Resource: '*', ...more };
}

function keyDenies(sid: string, more: object = {}): Statement {
  return { Sid: sid, Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*', ...more };
}

function through(service: string, operator = 'StringEquals'): object {
  return { Condition: { [operator]: { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` } } };
}

const IAM = { ...DECRYPT, Resource: K };

/** What somebody may ask who is woken by AccessDenied: Decrypt by the role R with the key K, unless it says otherwise. */
export const EXPLAINED: readonly [about: string, world: World, question?: Partial<ExplainRequest>][] = [
  ['allowed by both halves', { keyPolicy: [keyAllows(ROOT, { Sid: 'UseByIam' })], r: [IAM] }],
  ['denied because nothing allows it', {}],
  ['denied because IAM allows it for another key', { keyPolicy: [keyAllows(ROOT)], r: [{ ...DECRYPT, Resource: { 'Fn::ImportValue': 'SecondKeyArn' } }] }],
  ['denied by a Deny', { keyPolicy: [keyAllows(R), keyDenies('NobodyDecrypts')] }],
  ['denied by a Deny of what the key policy allows', { keyPolicy: [keyAllows(R, through('ec2')), keyDenies('OnlyThroughS3', through('s3', 'StringNotEquals'))] }],
  ['denied because the halves ask for what no request has', { keyPolicy: [keyAllows(ROOT, through('ec2'))], r: [{ ...IAM, ...through('s3') }] }],
  ['denied by the permissions boundary', { keyPolicy: [keyAllows(ROOT)], r: [IAM], boundary: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] }],
  ['denied because the request comes through another service', { keyPolicy: [keyAllows(ROOT, through('s3'))], r: [IAM] }, { via: 'sqs' }],
  ['conditional', { keyPolicy: [keyAllows(ROOT, { Sid: 'ThroughS3', ...through('s3') }), keyAllows(ROOT, { Sid: 'ThroughSqs', ...through('sqs') })], r: [IAM] }],
  ['conditional on a Deny', { keyPolicy: [keyAllows(R)], r: [{ Effect: 'Deny', Action: '*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] }],
  ['unknown, because no template makes the role', { keyPolicy: [keyAllows(ROOT)] }, { principal: `arn:aws:iam::${A}:role/Elsewhere` }],
  ['denied to another account, which lacks its half', { keyPolicy: [keyAllows(ROOT_B)] }, { principal: RB }],
  ['allowed to another account', { keyPolicy: [keyAllows(ROOT_B)], rb: [{ ...DECRYPT, Resource: '*' }] }, { principal: RB }],
  ['allowed by a grant', { grants: [{ key: 'Keys/K', grantee: R, operations: ['Decrypt'] }] }],
  ['through a service in a Region that is not known', {
    keyPolicy: [keyAllows(R, { Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 's3.${AWS::Region}.amazonaws.com' } } } })],
    deployment: { region: UNKNOWN_DEPLOYMENT.region },
  }, { via: 's3' }],
  ['a session that the key policy names', { keyPolicy: [keyAllows(`arn:aws:sts::${A}:assumed-role/R/alice`)] }, { principal: `arn:aws:sts::${A}:assumed-role/R/alice` }],
  ['a federated user', { keyPolicy: [keyAllows(U)] }, { principal: `arn:aws:sts::${A}:federated-user/bob` }],
  ['the root user', { keyPolicy: [keyAllows(ROOT)] }, { principal: A }],
  ['a service', { keyPolicy: [{ ...DECRYPT, Principal: { Service: 'sns.amazonaws.com' }, Resource: '*' }] }, { principal: 'sns.amazonaws.com', complete: true }],
  ['a key by its alias', {
    keyPolicy: [keyAllows(ROOT)],
    r: [{ ...DECRYPT, Resource: '*', Condition: { StringEquals: { 'kms:RequestAlias': 'alias/data' } } }],
    resources: { Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/data', TargetKeyId: { Ref: 'K' } } } },
  }, { key: 'alias/data' }],
  ['an execution role whose policies are assumed', {
    keyPolicy: [keyAllows(ROOT, { Action: ['kms:Decrypt', 'kms:PutKeyPolicy'] })],
    identities: [{ arn: EXECUTION, managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'], assumed: 'AdministratorAccess is attached to it' }],
  }, { principal: EXECUTION }],
  ['what others could do, and what nobody sees', {
    keyPolicy: [keyAllows(ROOT, { Action: ['kms:Decrypt', 'kms:PutKeyPolicy'] }), keyAllows(ROOT_B)],
    q: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
    resources: { Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: 'https://example.com/nested.json' } } },
  }],
  ['what the key cannot do', { keyPolicy: [keyAllows(R, { Action: 'kms:Sign' })] }, { action: 'Sign' }],
  ['in AWS GovCloud (US)', { keyPolicy: [keyAllows(`arn:aws-us-gov:iam::${A}:root`)], r: [IAM], deployment: { partition: 'aws-us-gov', region: 'us-gov-west-1' } },
    { principal: 'People/R', via: 's3', context: { 'kms:EncryptionContext:tenant': ['a', 'b'] }, complete: true }],
];

/** The texts as they were read, each under what it is about. */
export const READ = join(__dirname, 'explanations.txt');

export function explainedText([about, world, question]: typeof EXPLAINED[number]): string {
  return `## ${about}\n\n${explanationText(explainAccess(worldModel(world), { principal: R, key: 'K', action: 'kms:Decrypt', ...question }))}\n`;
}

export function readTexts(): string[] {
  return readFileSync(READ, 'utf8').split(/\n(?=## )/);
}
