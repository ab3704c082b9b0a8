import type { GoldenRow } from './policy-model';
import { from, pair } from './requests';
import { aws, denies, keyDenies, ONLY_S3 } from './statements';
import { KeyGrant } from '../../../src/access/decision/key-grant';
import { A, AUTO_SCALING, B, Q, R, RB, U, World } from '../../support/access-world';

const SESSION = `arn:aws:sts::${A}:assumed-role/R/s1`;
const TO_R: KeyGrant = { key: 'K', grantee: R, operations: ['Decrypt', 'GenerateDataKey', 'DescribeKey', 'RetireGrant'] };
const given = (grant: Partial<KeyGrant>, more: World = {}): World => ({ grants: [{ ...TO_R, ...grant }], ...more });
const asks = (action: string, context: object = {}) => ({ action: `kms:${action}`, context: context as Record<string, unknown>, complete: true });
const SUBSET = given({ encryptionContextSubset: { AppName: 'Foo', Stage: 'Test' } });
const EQUAL = given({ encryptionContextEquals: { AppName: 'Foo' } });
const FOO = pair('AppName', 'Foo');
const BUCKET = 'arn:aws:s3:::inventory';
const TO_A_SERVICE = given({ grantee: 's3.amazonaws.com', operations: ['GenerateDataKey', 'DescribeKey', 'RetireGrant'], sourceArn: BUCKET });

/** What grants allow, and what they do not. [K-grant, API:CreateGrant, API:GrantConstraints] */
export const GRANTS: readonly GoldenRow[] = [
  ['operations', 'one that is granted, without key policy and IAM', given({}), asks('Decrypt'), 'allowed', 'K-grant'],
  ['operations', 'one that is not granted', given({}), asks('Encrypt'), 'denied', 'K-grant'],
  ['operations', 'GenerateDataKey is not GenerateDataKeyWithoutPlaintext', given({}), asks('GenerateDataKeyWithoutPlaintext'), 'denied', 'API:CreateGrant'],
  ['operations', 'what no grant can give', given({ operations: ['PutKeyPolicy'] }), asks('ScheduleKeyDeletion'), 'denied', 'API:CreateGrant'],
  ['key', 'another key', given({ key: 'K2' }), asks('Decrypt'), 'denied', 'K-grant'],
  ['key', 'the other key itself', given({ key: 'K2' }), { ...asks('Decrypt'), key: 'K2' }, 'allowed', 'K-grant'],
  ['grantee', 'another role', given({}), { principal: Q, ...asks('Decrypt') }, 'denied', 'K-grant'],
  ['grantee', 'a session of the role', given({}), { principal: SESSION, ...asks('Decrypt') }, 'allowed', 'K-grant'],
  ['grantee', 'one session only', given({ grantee: SESSION }), { principal: SESSION, ...asks('Decrypt') }, 'allowed', 'K-grant'],
  ['grantee', 'another session', given({ grantee: SESSION }), { principal: SESSION.replace('s1', 's2'), ...asks('Decrypt') }, 'denied', 'K-grant'],
  ['grantee', 'a user', given({ grantee: U }), { principal: U, ...asks('Decrypt') }, 'allowed', 'K-grant'],
  ['grantee', 'a role of another account without IAM', given({ grantee: RB }), { principal: RB, ...asks('Decrypt') }, 'allowed', 'ASG'],
  ['grantee', 'a service-linked role', given({ grantee: AUTO_SCALING }), { principal: AUTO_SCALING, ...asks('Decrypt') }, 'allowed', 'ASG'],
  ['grantee', 'the same of another account', given({ grantee: AUTO_SCALING }), { principal: AUTO_SCALING.replace(A, B), ...asks('Decrypt') }, 'denied', 'ASG'],
  ['Deny', 'of the key policy', given({}, { keyPolicy: [keyDenies(aws(R), 'kms:Decrypt')] }), asks('Decrypt'), 'denied', 'K-eval'],
  ['Deny', 'of IAM', given({}, { r: [denies('kms:Decrypt')] }), asks('Decrypt'), 'denied', 'K-eval'],
  ['Deny', 'of a permissions boundary', given({}, { boundary: [denies('kms:*')] }), asks('Decrypt'), 'denied', 'K-eval'],
  ['Deny', 'of another action', given({}, { keyPolicy: [keyDenies(aws(R), 'kms:Encrypt')] }), asks('Decrypt'), 'allowed', 'K-eval'],
  ['Deny', 'of grants denies no use of one', given({}, { keyPolicy: [keyDenies('*', 'kms:CreateGrant')] }), asks('Decrypt'), 'allowed', 'K-eval'],
  ['Deny', 'a permissions boundary that is silent does not limit it', given({}, { boundary: [ONLY_S3] }), asks('Decrypt'), 'allowed', 'K-grant'],
  ['subset', 'both pairs', SUBSET, asks('Decrypt', { ...FOO, ...pair('Stage', 'Test') }), 'allowed', 'API:GrantConstraints'],
  ['subset', 'both pairs and another', SUBSET, asks('Decrypt', { ...FOO, ...pair('Stage', 'Test'), ...pair('x', 'y') }), 'allowed', 'API:GrantConstraints'],
  ['subset', 'one pair', SUBSET, asks('Decrypt', FOO), 'denied', 'API:GrantConstraints'],
  ['subset', 'another value', SUBSET, asks('Decrypt', { ...FOO, ...pair('Stage', 'test') }), 'denied', 'API:GrantConstraints'],
  ['subset', 'no context', SUBSET, asks('Decrypt'), 'denied', 'API:GrantConstraints'],
  ['subset', 'DescribeKey has no context', SUBSET, asks('DescribeKey'), 'allowed', 'API:GrantConstraints'],
  ['subset', 'RetireGrant is not constrained', SUBSET, asks('RetireGrant'), 'allowed', 'API:GrantConstraints'],
  ['subset', 'open', SUBSET, { action: 'kms:Decrypt' }, 'conditional', 'API:GrantConstraints'],
  ['equal', 'the pair', EQUAL, asks('GenerateDataKey', FOO), 'allowed', 'API:GrantConstraints'],
  ['equal', 'its key in another case', EQUAL, asks('GenerateDataKey', pair('appname', 'Foo')), 'allowed', 'API:GrantConstraints'],
  ['equal', 'its value in another case', EQUAL, asks('GenerateDataKey', pair('AppName', 'foo')), 'denied', 'API:GrantConstraints'],
  ['equal', 'the pair and another', EQUAL, asks('GenerateDataKey', { ...FOO, ...pair('x', 'y') }), 'denied', 'API:GrantConstraints'],
  ['equal', 'no context', EQUAL, asks('GenerateDataKey'), 'denied', 'API:GrantConstraints'],
  ['source', 'a service for the resource', TO_A_SERVICE, { principal: 's3.amazonaws.com', ...asks('GenerateDataKey', from(BUCKET)) }, 'allowed', 'API:GrantConstraints'],
  ['source', 'a service for another resource', TO_A_SERVICE, { principal: 's3.amazonaws.com', ...asks('GenerateDataKey', from('arn:aws:s3:::other')) }, 'denied', 'API:GrantConstraints'],
  ['source', 'a service for no resource', TO_A_SERVICE, { principal: 's3.amazonaws.com', ...asks('DescribeKey') }, 'denied', 'API:GrantConstraints'],
  ['source', 'RetireGrant is not constrained', TO_A_SERVICE, { principal: 's3.amazonaws.com', ...asks('RetireGrant') }, 'allowed', 'API:GrantConstraints'],
  ['source', 'another service', TO_A_SERVICE, { principal: 'sns.amazonaws.com', ...asks('GenerateDataKey', from(BUCKET)) }, 'denied', 'API:GrantConstraints'],
  ['source', 'a caller says no source', given({ sourceArn: BUCKET }), asks('Decrypt', { 'aws:SourceArn': BUCKET }), 'denied', 'K-lp'],
];
