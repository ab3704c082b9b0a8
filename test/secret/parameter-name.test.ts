import { Aws, Stack } from 'aws-cdk-lib';
import { assertParameterName, parameterArn } from '../../src/secret/parameter-name';
import { newApp, newStack } from '../support/key-stack';

const stack = newStack(newApp(), 'Data');

test.each([
  'token', 'Token_1.2-3', '/billing/token', '/a', `/${'x'.repeat(953)}`, '/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15', '/billing/aws',
])('takes %s', (name) => {
  expect(() => assertParameterName(stack, name)).not.toThrow();
});

test.each([
  ['a slash in the middle only', 'billing/token', '\'billing/token\''],
  ['a level without name', '/billing//token', '\'/billing//token\''],
  ['a slash at the end', '/billing/', '\'/billing/\''],
  ['no name', '', '\'\''],
  ['a slash alone', '/', '\'/\''],
  ['a space', '/billing/my token', '\'/billing/my token\''],
  ['a wildcard', '/billing/*', '\'/billing/*\''],
  ['a version', '/billing/token:3', '\'/billing/token:3\''],
  ['the prefix aws', 'AWS-token', '\'AWS-token\''],
  ['the prefix ssm', '/ssm/token', '\'/ssm/token\''],
  ['sixteen levels', '/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16', '\'/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16\''],
  ['too many characters', `/${'x'.repeat(954)}`, `'/${'x'.repeat(99)}…' (955 characters)`],
  ['a token', `/billing/${Aws.STACK_NAME}`, 'a token'],
])('fails for %s', (_what, name, given) => {
  expect(() => assertParameterName(stack, name)).toThrow(
    `ParameterNameInvalid: the name of a parameter is known before deployment, such as /billing/token, given: ${given}; write a name of letters, digits `
    + 'and _.-/, with a slash before each of at most 15 levels or with none, that starts with neither aws nor ssm [at Data]');
});

test.each([
  ['/billing/token', 'arn:aws:ssm:eu-west-2:111122223333:parameter/billing/token'],
  ['token', 'arn:aws:ssm:eu-west-2:111122223333:parameter/token'],
])('the ARN of %s is %s', (name, arn) => {
  expect(parameterArn(stack, name)).toBe(arn);
});

test('the ARN has the partition, Region and account of its stack', () => {
  const anywhere = new Stack();

  expect(anywhere.resolve(parameterArn(anywhere, 'token'))).toEqual({
    'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':ssm:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':parameter/token']],
  });
});
