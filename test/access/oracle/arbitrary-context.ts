import * as fc from 'fast-check';
import { A, B, R, REGION, ROOT, U } from '../../support/access-world';
import { via } from '../golden/statements';

export const S1 = `arn:aws:sts::${A}:assumed-role/R/s1`;

/** What requests say under each key: whatever makes a difference to what policies ask there, and something else. */
export const VALUES: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'kms:ViaService': [undefined, ...['s3', 'sqs', 'ec2'].flatMap((name) => [REGION, 'us-east-1', 'eu-central-1'].map((region) => via(name, region)))],
  'kms:EncryptionContext:a': [undefined, '1', '2', '12', '1*', 'U', '3', 'key', 'none'],
  'kms:EncryptionContext:b': [undefined, 'x', 'X', 'y', 'Y', 'z'],
  'kms:EncryptionContext:bc': [undefined, 'y'],
  'kms:EncryptionContext:c': [undefined, 'y'],
  'kms:GrantIsForAWSResource': [undefined, 'true', 'false'],
  'aws:PrincipalTag/team': [undefined, '1', '2', '12', '1*', 'U', '3', 'key', 'none'],
  'aws:SourceIp': [undefined, '203.0.113.1', '203.0.113.99', '198.51.100.7', '192.0.2.1', '2001:db8::1'],
  'aws:MultiFactorAuthAge': [undefined, '1', '30', '60', '61', '1000', 'never'],
  'aws:CurrentTime': [
    undefined, '2026-01-01T00:00:00Z', '2026-06-01T00:00:00Z', '2026-08-01T00:00:00Z', '2026-11-23T12:00:00Z', '2027-01-01T00:00:00Z', 'never',
  ],
  'aws:SourceAccount': [undefined, A, B, '777788889999'],
  'aws:PrincipalOrgID': [undefined, 'o-1', 'o-2', 'o-3'],
};
/** Operators for condition keys, with what policies ask of these. */
export type Kind = readonly [operators: readonly string[], keys: readonly string[], values: readonly unknown[]];

export const KINDS: readonly Kind[] = [
  [['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'StringNotEqualsIfExists', 'ForAnyValue:StringEquals', 'ForAllValues:StringEquals'],
    ['kms:ViaService'], [via('s3'), [via('s3'), via('sqs')]]],
  [['StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase', 'StringEquals'], ['kms:EncryptionContext:b'], ['x', 'X', ['y', 'X']]],
  [['StringLike', 'StringNotLike', 'StringLikeIfExists'], ['kms:ViaService', 'KMS:viaservice'],
    ['s3.*.amazonaws.com', `*.${REGION}.amazonaws.com`, '*', [via('sqs'), via('s3', 'us-east-?')]]],
  [['StringEquals', 'StringNotEquals', 'StringLike', 'StringEqualsIfExists'], ['kms:EncryptionContext:a', 'KMS:encryptionContext:a'],
    ['1', ['1', '2'], '1*', '${aws:PrincipalTag/team}']],
  [['StringEquals', 'StringNotEquals'], ['aws:PrincipalTag/team'], ['1', '${kms:EncryptionContext:a}', '${aws:username}', ['${aws:username}', '1']]],
  [['ForAnyValue:StringEquals', 'ForAllValues:StringEquals', 'ForAnyValue:StringNotEquals', 'ForAllValues:StringNotEquals'],
    ['kms:EncryptionContextKeys'], ['a', ['a', 'b']]],
  [['ForAnyValue:StringLike', 'ForAllValues:StringLike', 'ForAnyValue:StringNotLike'], ['kms:EncryptionContextKeys'], ['*', ['a', 'b*']]],
  [['Null'], ['kms:ViaService', 'kms:EncryptionContext:a', 'kms:EncryptionContextKeys', 'aws:SourceIp', 'kms:GrantIsForAWSResource'], ['true', 'false']],
  [['Bool', 'BoolIfExists'], ['kms:GrantIsForAWSResource', 'aws:ViaAWSService', 'aws:PrincipalIsAWSService'], ['true', 'false', 'TRUE']],
  [['IpAddress', 'NotIpAddress', 'IpAddressIfExists', 'NotIpAddressIfExists'], ['aws:SourceIp'],
    ['203.0.113.0/28', ['203.0.113.0/24', '198.51.100.7'], '0.0.0.0/0']],
  [['NumericLessThan', 'NumericLessThanEquals', 'NumericGreaterThan', 'NumericEquals', 'NumericNotEquals', 'NumericLessThanIfExists'],
    ['aws:MultiFactorAuthAge'], ['60', ['1', '61']]],
  [['DateLessThan', 'DateGreaterThan', 'DateEquals'], ['aws:CurrentTime'], ['2026-11-23T12:00:00Z', '2026-06-01']],
  [['ArnLike', 'ArnNotLike', 'ArnEquals', 'StringEquals', 'StringLike', 'ArnEqualsIfExists'], ['aws:PrincipalArn'],
    [R, `arn:aws:iam::${A}:role/*`, 'arn:aws:iam::*:role/R', [U, ROOT], S1, 'arn:*']],
  [['StringEquals', 'StringNotEquals', 'StringEqualsIfExists', 'StringNotEqualsIfExists'],
    ['kms:CallerAccount', 'aws:PrincipalAccount', 'aws:SourceAccount'], [A, B, [A, B]]],
  [['StringEquals', 'StringNotEqualsIfExists'], ['aws:PrincipalOrgID'], ['o-1', 'o-2']],
];

export const arbitraryContext = fc.record(Object.fromEntries(Object.entries(VALUES).map(([key, values]) =>
  [key, fc.oneof(fc.constant(undefined), fc.constantFrom(...values))])));

/** What an open question says; null is for keys that are not there. There always are further keys of an encryption context, for which `c` stands. */
export const arbitraryGiven = fc.array(
  fc.constantFrom(...Object.keys(VALUES).filter((key) => !key.endsWith(':c')))
    .chain((key) => fc.constantFrom(...VALUES[key]).map((value): [string, string | null] => [key, value ?? null])),
  { maxLength: 2 },
).map((pairs) => Object.fromEntries(pairs));
