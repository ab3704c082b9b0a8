import * as fc from 'fast-check';
import { A, K, K2, Q, R, RB, REGION, ROOT, ROOT_B, U, World } from './access-world';
import { allows, aws, denies, keyAllows, keyDenies, via } from '../access/golden/statements';

const someCondition = fc.constantFrom<[string, string, unknown]>(
  ['StringEquals', 'kms:ViaService', via('s3')],
  ['StringEquals', 'kms:ViaService', [via('s3'), via('sqs')]],
  ['StringLike', 'kms:ViaService', 's3.*.amazonaws.com'],
  ['StringLike', 'kms:ViaService', `*.${REGION}.amazonaws.com`],
  ['StringNotEquals', 'kms:ViaService', via('s3')],
  ['StringNotLike', 'kms:ViaService', 's3.*'],
  ['StringEqualsIfExists', 'kms:ViaService', via('sqs')],
  ['Null', 'kms:ViaService', 'true'],
  ['Bool', 'aws:ViaAWSService', 'true'],
  ['StringEquals', 'kms:EncryptionContext:a', ['1', '2']],
  ['StringEquals', 'kms:encryptioncontext:A', '2'],
  ['StringLike', 'kms:EncryptionContext:a', '1*'],
  ['ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', ['a']],
  ['ForAllValues:StringEquals', 'kms:EncryptionContextKeys', ['a', 'b']],
  ['Null', 'kms:EncryptionContextKeys', 'false'],
  ['Bool', 'aws:MultiFactorAuthPresent', 'true'],
  ['BoolIfExists', 'aws:MultiFactorAuthPresent', 'false'],
  ['IpAddress', 'aws:SourceIp', '203.0.113.0/24'],
  ['NotIpAddress', 'aws:SourceIp', ['203.0.113.0/28', '198.51.100.0/24']],
  ['ArnLike', 'aws:PrincipalArn', `arn:aws:iam::${A}:role/*`],
  ['StringEquals', 'kms:CallerAccount', A],
  ['StringEquals', 'aws:PrincipalTag/team', '${kms:EncryptionContext:a}'],
  ['StringEquals', 'kms:EncryptionContext:a', '${aws:PrincipalTag/team}'],
);
const conditions = fc.array(someCondition, { maxLength: 2 }).map((all) => {
  const block: Record<string, Record<string, unknown>> = {};
  all.forEach(([operator, key, value]) => {
    block[operator] = { ...block[operator], [key]: value };
  });
  return all.length > 0 ? block : undefined;
});
const actions = fc.constantFrom<unknown>('kms:Decrypt', 'kms:*', ['kms:Decrypt', 'kms:Encrypt'], 'kms:Encrypt', ['kms:D*', 'kms:GenerateDataKey*']);
const principals = fc.constantFrom<unknown>(aws(ROOT), aws(R), aws('*'), aws(R, ROOT_B), aws(Q), aws(ROOT, RB), aws(U), aws(`arn:aws:sts::${A}:assumed-role/R/s1`));
export const keyAllow = fc.tuple(principals, actions, conditions).map((parts) => keyAllows(...parts));
export const keyDeny = fc.tuple(principals, actions, conditions).map((parts) => keyDenies(...parts));
const resources = fc.constantFrom<unknown>('*', K, K2, `arn:aws:kms:*:${A}:key/*`);
export const iamAllow = fc.tuple(actions, resources, conditions).map((parts) => allows(...parts));
export const iamDeny = fc.tuple(actions, resources, conditions).map((parts) => denies(...parts));
const keyStatements = fc.array(fc.oneof({ weight: 4, arbitrary: keyAllow }, keyDeny), { maxLength: 4 });
const iamStatements = fc.array(fc.oneof({ weight: 4, arbitrary: iamAllow }, iamDeny), { maxLength: 3 });
export const world: fc.Arbitrary<World> = fc.record({
  keyPolicy: keyStatements, r: iamStatements, rb: iamStatements, u: iamStatements, boundary: fc.option(iamStatements, { nil: undefined, freq: 2 }),
});
export const context = fc.record({
  'kms:ViaService': fc.constantFrom(undefined, via('s3'), via('s3', 'us-east-1'), via('sqs'), via('ec2')),
  'kms:EncryptionContext:a': fc.constantFrom(undefined, '1', '2', '12', '3'),
  'kms:EncryptionContext:c': fc.constantFrom(undefined, undefined, 'x'),
  'aws:MultiFactorAuthPresent': fc.constantFrom(undefined, 'true', 'false'),
  'aws:SourceIp': fc.constantFrom(undefined, '203.0.113.1', '203.0.113.99', '198.51.100.7', '192.0.2.9'),
  'aws:PrincipalTag/team': fc.constantFrom(undefined, '1', '3'),
});
export const principal = fc.constantFrom(R, R, R, RB, U, `arn:aws:sts::${A}:assumed-role/R/s1`, ROOT, 'sns.amazonaws.com');
export const question = fc.record({ principal, context, complete: fc.constant(true) });
export const openQuestion = fc.record({ principal });
export const anyQuestion = fc.oneof(question, openQuestion);
