import { OPERATORS } from './golden/condition-operators';
import { aws, keyAllows, keyDenies } from './golden/statements';
import { A, ask, Statement } from '../support/access-world';

const BILLING = `arn:aws:iam::${A}:role/app/Billing`;
const TAGS = { 'aws:PrincipalTag/team': 'blue', 'aws:PrincipalTag/star': '*', 'aws:PrincipalTag/path': 'app', 'aws:PrincipalTag/number': '7' };

function verdict(statement: Statement, key: string, given: unknown): string {
  const context = { ...TAGS, ...given === undefined ? {} : { [key]: given } };
  return ask({
    keyPolicy: [statement, ...statement.Effect === 'Deny' ? [keyAllows(aws('*'), 'kms:Decrypt')] : []],
    resources: { Billing: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'Billing', Path: '/app/' } } },
  }, { principal: BILLING, context, complete: true }).verdict;
}

test.each(OPERATORS)('%s of %s with %j against %j matches: %s', (operator, key, asked, given, matches) => {
  const condition = { [operator]: { [key]: asked } };
  expect({
    allow: verdict(keyAllows(aws('*'), 'kms:Decrypt', condition), key, given),
    deny: verdict(keyDenies('*', 'kms:*', condition), key, given),
  }).toEqual({ allow: matches ? 'allowed' : 'denied', deny: matches ? 'denied' : 'allowed' });
});

test('no policy of the old version has policy variables', () => {
  const statement = keyAllows(aws('*'), 'kms:Decrypt', { StringEquals: { 'aws:PrincipalTag/x': '${aws:PrincipalTag/team}' } });
  const asked = (x: string) => ask({ keyPolicy: [statement], version: '2008-10-17' }, { context: { ...TAGS, 'aws:PrincipalTag/x': x }, complete: true }).verdict;
  expect([asked('blue'), asked('${aws:PrincipalTag/team}')]).toEqual(['denied', 'allowed']);
});
