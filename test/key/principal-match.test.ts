import { CfnParameter, Lazy } from 'aws-cdk-lib';
import { CustomerManagedKey, KmsService, PrincipalMatch } from '../../src';
import { statement } from '../support/key-policy';
import { newRole, newStack } from '../support/key-stack';

const BILLING = 'arn:aws:iam::111122223333:role/billing-*';
const TOKEN = Lazy.string({ produce: () => 'later' });

test.each<[string, PrincipalMatch, object]>([
  ['an ARN pattern', PrincipalMatch.arnsLike(BILLING), { ArnLike: { 'aws:PrincipalArn': BILLING } }],
  ['sorted ARN patterns', PrincipalMatch.arnsLike(BILLING, 'arn:aws:iam::111122223333:role/a', BILLING),
    { ArnLike: { 'aws:PrincipalArn': ['arn:aws:iam::111122223333:role/a', BILLING] } }],
  ['an organization', PrincipalMatch.organization('o-a1b2c3d4e5'), { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }],
  ['a tag', PrincipalMatch.tag('data-domain', 'billing'), { StringEquals: { 'aws:PrincipalTag/data-domain': 'billing' } }],
  ['one of several tag values', PrincipalMatch.tag('team', 'b', 'a'), { StringEquals: { 'aws:PrincipalTag/team': ['a', 'b'] } }],
])('%s becomes a condition', (_name, useOnlyBy, condition) => {
  const key = new CustomerManagedKey(newStack(), 'Key');
  key.via(KmsService.S3, { useOnlyBy });
  expect(statement(key, 'UseThroughS3').Condition).toMatchObject(condition);
});

test('an organization may be a parameter', () => {
  const key = new CustomerManagedKey(newStack(), 'Key');
  key.via(KmsService.S3, { useOnlyBy: PrincipalMatch.organization(new CfnParameter(key.stack, 'Organization').valueAsString) });
  expect(statement(key, 'UseThroughS3').Condition).toMatchObject({ StringEquals: { 'aws:PrincipalOrgID': { Ref: 'Organization' } } });
});

test.each<[string, () => PrincipalMatch, string]>([
  ['no ARN', () => PrincipalMatch.arnsLike(), 'PrincipalMatchArnInvalid: PrincipalMatch.arnsLike takes literal ARN patterns, given: none; '
    + 'write for example arn:aws:iam::111122223333:role/billing-* (a reference to a role would tie the key to its users)'],
  ['a role\'s ARN', () => PrincipalMatch.arnsLike(newRole(newStack()).roleArn), 'PrincipalMatchArnInvalid: PrincipalMatch.arnsLike takes literal ARN patterns, '
    + "given: 'a token'; write for example arn:aws:iam::111122223333:role/billing-* (a reference to a role would tie the key to its users)"],
  ['a name', () => PrincipalMatch.arnsLike(BILLING, 'billing'), 'PrincipalMatchArnInvalid: PrincipalMatch.arnsLike takes literal ARN patterns, '
    + `given: '${BILLING}', 'billing'; write for example arn:aws:iam::111122223333:role/billing-* (a reference to a role would tie the key to its users)`],
  ['an account id', () => PrincipalMatch.organization('111122223333'),
    "PrincipalMatchOrganizationInvalid: '111122223333' is no organization id; write for example o-a1b2c3d4e5"],
  ['a tag without a value', () => PrincipalMatch.tag('data-domain'), 'PrincipalMatchTagInvalid: PrincipalMatch.tag takes a tag key and at least one value, '
    + "given: 'data-domain'; write for example tag('data-domain', 'billing')"],
  ['a tag without a key', () => PrincipalMatch.tag('', TOKEN), 'PrincipalMatchTagInvalid: PrincipalMatch.tag takes a tag key and at least one value, '
    + "given: '', 'a token'; write for example tag('data-domain', 'billing')"],
])('fails on %s', (_name, make, message) => {
  expect(make).toThrow(new Error(message));
});
