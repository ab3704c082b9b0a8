import { ask, K, Statement, U } from '../../support/access-world';
import { allows, DECRYPT, DELEGATED, denies } from '../golden/statements';

const UNKNOWN = { 'Fn::ImportValue': 'Nobody' };
const OF_TAG = 'arn:aws:kms:*:*:key/${aws:PrincipalTag/key}';
const perhaps = (value: unknown) => ({ 'Fn::If': ['Production', value, { Ref: 'AWS::NoValue' }] });
const withoutTag = { context: { 'aws:PrincipalTag/key': null } };

/** The key policy delegates everything, and the user may decrypt with every key, unless a row says otherwise. */
test.each<[string, Statement, object, string]>([
  ['an Allow on an unknown key, or one of a tag', allows('kms:*', [UNKNOWN, OF_TAG]), withoutTag, 'unknown'],
  ['an Allow on the key, or one of a tag', allows('kms:*', [K, OF_TAG]), withoutTag, 'allowed'],
  ['an Allow on the key of a tag, in one branch', allows('kms:*', [perhaps('arn:aws:kms:*:*:key/*${aws:PrincipalTag/key}')]),
    { context: { 'aws:PrincipalTag/key': '' } }, 'unknown'],
  ['an Allow on all but unknown keys, and that of a tag', { Effect: 'Allow', Action: 'kms:*', NotResource: [UNKNOWN, OF_TAG] }, withoutTag, 'unknown'],
])('%s: %s', (_, statement, question, verdict) => {
  expect(ask({ keyPolicy: [DELEGATED], u: [statement] }, { principal: U, complete: true, ...question })).toMatchObject({ verdict });
});

test('a Deny on an unknown key, or one of a tag, may deny', () => {
  expect(ask({ keyPolicy: [DELEGATED], u: [DECRYPT, denies('kms:*', [UNKNOWN, OF_TAG])] }, { principal: U, complete: true })).toMatchObject({ verdict: 'unknown' });
});
