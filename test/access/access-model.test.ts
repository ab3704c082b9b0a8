import { DECRYPT, DELEGATED, keyAllows, NAMES_R, VIA_S3 } from './golden/statements';
import { AccessModel, AccessRequest } from '../../src/access/access-model';
import { UNKNOWN_DEPLOYMENT } from '../../src/access/template/deployment-unknowns';
import { readTemplate } from '../../src/access/template/template';
import { A, ask, policy, R, U, World, worldModel } from '../support/access-world';

const BOB = `arn:aws:sts::${A}:federated-user/bob`;
const OF_S3 = { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' };
const KEYS = {
  Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/app', TargetKeyId: { Ref: 'K' } } },
};
/** A role whose name CloudFormation makes. */
const APP = {
  App: {
    Type: 'AWS::IAM::Role',
    Metadata: { 'aws:cdk:path': 'Keys/App/Resource' },
    Properties: { Policies: [{ PolicyName: 'Inline', PolicyDocument: policy([DECRYPT]) }] },
  },
};
const WORLD: World = { keyPolicy: [DELEGATED], r: [DECRYPT], u: [DECRYPT], resources: { ...KEYS, ...APP } };

test.each<[what: string, principal: string]>([
  ['the ARN of a role', R],
  ['the ARN of a user', U],
  ['a session', `arn:aws:sts::${A}:assumed-role/R/me@example.com`],
  ['the ARN of the account root', `arn:aws:iam::${A}:root`],
  ['the id of an account', A],
  ['a logical id', 'App'],
  ['StackName/LogicalId', 'Keys/App'],
  ['a construct path', 'Keys/App/Resource'],
  ['the ARN of a role that CloudFormation named', `arn:aws:iam::${A}:role/Keys-App-1XMM9YZWK0Q3R`],
  ['a session of it', `arn:aws:sts::${A}:assumed-role/Keys-App-oLPdAx0Rl1ag/i-0123456789`],
  ['an ARN as a report prints it', `arn:aws:iam::${A}:role/Keys-App-<Keys/App>`],
])('finds a principal by %s', (_, principal) => {
  expect(ask(WORLD, { principal })).toMatchObject({ verdict: 'allowed' });
});

test.each<[what: string, key: string]>([
  ['logical id', 'K'],
  ['StackName/LogicalId', 'Keys/K'],
  ['alias', 'alias/app'],
  ['alias ARN', `arn:aws:kms:eu-west-1:${A}:alias/app`],
  ['ARN as a report prints it', `arn:aws:kms:eu-west-1:${A}:key/<Keys/K>`],
])('finds a key by its %s', (_, key) => {
  expect(ask(WORLD, { key })).toMatchObject({ verdict: 'allowed' });
});

test('takes no role for another whose name begins alike', () => {
  expect(ask(WORLD, { principal: `arn:aws:iam::${A}:role/Keys-App-Reader` })).toMatchObject({ verdict: 'unknown' });
});

test.each<[what: string, statement: object, context: AccessRequest['context'], verdict: string]>([
  ['is allowed by its ARN unless its user is denied', keyAllows({ AWS: BOB }, 'kms:Decrypt'), {}, 'unknown'],
  ['is perhaps allowed by what IAM allows the user who made it', VIA_S3, OF_S3, 'unknown'],
  ['is perhaps of a user who is named', keyAllows({ AWS: U }, 'kms:Decrypt'), {}, 'unknown'],
  ['is not a role that is named', NAMES_R, {}, 'denied'],
  ['is no user for aws:username', keyAllows({ AWS: BOB }, 'kms:Decrypt', { Null: { 'aws:username': 'false' } }), {}, 'denied'],
  ['has its name in aws:userid', keyAllows({ AWS: BOB }, 'kms:Decrypt', { StringEquals: { 'aws:userid': `${A}:bob` } }), {}, 'unknown'],
  ['has no other in aws:userid', keyAllows({ AWS: BOB }, 'kms:Decrypt', { StringEquals: { 'aws:userid': `${A}:alice` } }), {}, 'denied'],
])('the session of a federated user %s', (_, statement, context, verdict) => {
  expect(ask({ keyPolicy: [statement as Record<string, unknown>] }, { principal: BOB, context })).toMatchObject({ verdict });
});

test('the account that a bare id names is of the partition of the templates', () => {
  const named = keyAllows({ AWS: A }, 'kms:Decrypt', { ArnEquals: { 'aws:PrincipalArn': `arn:aws-cn:iam::${A}:root` } });
  const deployment = { account: A, region: 'cn-north-1', partition: 'aws-cn' };
  const model = new AccessModel([readTemplate('Keys', deployment, { Resources: { K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: [named] } } } } })]);
  expect(model.decide({ principal: A, key: 'K', action: 'kms:Decrypt' })).toMatchObject({ verdict: 'allowed' });
});

test('an ambiguous name has a name that is not beside it, also where stacks of one name are in two Regions', () => {
  const keys = { Resources: { K: { Type: 'AWS::KMS::Key' } } };
  const inRegion = (region: string) => readTemplate('Keys', { ...UNKNOWN_DEPLOYMENT, account: A, region }, keys);
  expect(() => new AccessModel([inRegion('eu-west-1'), inRegion('eu-west-2')]).key('Keys/K')).toThrow(
    /^AmbiguousKey: the templates make 2 of this name, given: 'Keys\/K'; write 'arn:<AWS::Partition>:kms:eu-west-1:\d+:key\/<.*>' or 'arn:.*:kms:eu-west-2:.*'$/);
});

test('fails for a group, which never calls', () => {
  const group = { G: { Type: 'AWS::IAM::Group' } };
  expect(() => worldModel({ resources: group }).asker('G')).toThrow("UnknownPrincipal: AWS KMS is never called by a group, given: 'G'; write one of its users");
});

test.each(['1234abcd-12ab-34cd-56ef-1234567890ab', `arn:aws:kms:eu-west-1:${A}:key/mrk-1234abcd12ab34cd56ef1234567890ab`])('fails for %s, which AWS made up', (key) => {
  expect(() => worldModel({}).key(key)).toThrow(`UnknownKey: AWS made up this id at deployment, and no template has it, given: '${key}'; `
    + "write its alias, or its logical id or construct path, such as 'Keys/K' or 'Keys/K2'");
});
