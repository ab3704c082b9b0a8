import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { accountOf, hasIdentityPolicy, isForeign, isGroup, isInReach, knownArn, realGrantee, wholeAccount } from '../../src/private/grantee';
import { ACCOUNT, newApp, newRole, newStack, OTHER_ACCOUNT, REGION, roleArn } from '../support/key-stack';

const MFA = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const ARN = `arn:aws:iam::${ACCOUNT}:role/reader`;
const envOf = (scope: Stack) => ({ scope, partition: 'aws', region: REGION, account: scope.account });

describe('the real grantee', () => {
  test.each<[string, (role: iam.Role) => iam.IGrantable]>([
    ['the role itself', (role) => role],
    ['a principal with conditions', (role) => new iam.PrincipalWithConditions(role, MFA)],
    ['a principal with conditions twice', (role) => new iam.PrincipalWithConditions(new iam.PrincipalWithConditions(role, MFA), {})],
    ['a principal with session tags', (role) => new iam.SessionTagsPrincipal(role)],
    ['a principal of its ARN', (role) => new iam.ArnPrincipal(role.roleArn)],
    ['what is granted through it', (role) => ({ grantPrincipal: role })],
  ])('of %s is the role', (_name, of) => {
    const role = newRole(newStack());
    expect(realGrantee(of(role)).principal).toBe(role);
  });

  test('keeps the conditions that are none of the fence', () => {
    const wrapped = new iam.PrincipalWithConditions(roleArn('reader'), {
      ...MFA, StringEquals: { 'kms:ViaService': 's3.eu-west-2.amazonaws.com', 'kms:CallerAccount': ACCOUNT, 'aws:RequestedRegion': REGION },
    });
    expect(realGrantee(wrapped).conditions).toEqual({ ...MFA, StringEquals: { 'aws:RequestedRegion': REGION } });
  });
});

test.each<[string, iam.IPrincipal, string | undefined]>([
  ['an account', new iam.AccountPrincipal(OTHER_ACCOUNT), OTHER_ACCOUNT],
  ['the ARN of a role', roleArn('reader', OTHER_ACCOUNT), OTHER_ACCOUNT],
  ['the ARN of a session', new iam.ArnPrincipal(`arn:aws:sts::${OTHER_ACCOUNT}:assumed-role/reader/ada`), OTHER_ACCOUNT],
  ['a bare account id', new iam.ArnPrincipal(OTHER_ACCOUNT), OTHER_ACCOUNT],
  ['a role of a stack', newRole(newStack()), ACCOUNT],
  ['a service', new iam.ServicePrincipal('s3.amazonaws.com'), undefined],
])('the account of %s', (_name, principal, account) => {
  expect(accountOf(principal)).toBe(account);
});

describe('another account', () => {
  test.each<[string, (env: object | undefined) => Stack, iam.IPrincipal, boolean]>([
    ['is told by a role', () => newStack(), roleArn('reader', OTHER_ACCOUNT), true],
    ['is not the own', () => newStack(), roleArn('reader'), false],
    ['is not told where the own is known at deployment only', () => newStack(newApp(), 'Keys', {}), roleArn('reader', OTHER_ACCOUNT), false],
    ['is told where it is granted as a whole', () => newStack(newApp(), 'Keys', {}), new iam.AccountPrincipal(OTHER_ACCOUNT), true],
    ['is not that of the stack', () => newStack(newApp(), 'Keys', {}), new iam.AccountRootPrincipal(), false],
    ['is none of a service', () => newStack(), new iam.ServicePrincipal('s3.amazonaws.com'), false],
  ])('%s', (_name, stackOf, principal, foreign) => {
    expect(isForeign(principal, envOf(stackOf(undefined)))).toBe(foreign);
  });
});

test.each<[string, iam.IPrincipal, string | undefined]>([
  ['an account', new iam.AccountPrincipal(OTHER_ACCOUNT), OTHER_ACCOUNT],
  ['the ARN of a root', new iam.ArnPrincipal(`arn:aws:iam::${OTHER_ACCOUNT}:root`), OTHER_ACCOUNT],
  ['a bare account id', new iam.ArnPrincipal(OTHER_ACCOUNT), OTHER_ACCOUNT],
  ['a role', roleArn('reader'), undefined],
  ['a role with such a name', roleArn('root'), undefined],
])('%s stands for a whole account: %s', (_name, principal, account) => {
  expect(wholeAccount(principal)).toBe(account);
});

describe('an IAM policy that statements reach', () => {
  const stack = newStack();

  test.each<[string, iam.IPrincipal, boolean]>([
    ['a role', newRole(stack), true],
    ['a user', new iam.User(stack, 'User'), true],
    ['a group', new iam.Group(stack, 'Group').grantPrincipal, true],
    ['an imported role', iam.Role.fromRoleArn(stack, 'Imported', ARN), true],
    ['an immutable role', newRole(stack, 'Immutable').withoutPolicyUpdates() as iam.Role, false],
    ['a role that is imported immutable', iam.Role.fromRoleArn(stack, 'ImportedImmutable', ARN, { mutable: false }), false],
    ['an ARN', roleArn('reader'), false],
    ['an account', new iam.AccountPrincipal(ACCOUNT), false],
    ['a service', new iam.ServicePrincipal('s3.amazonaws.com'), false],
    ['what nobody knows', new iam.UnknownPrincipal({ resource: stack }), false],
  ])('is that of %s: %s', (_name, principal, has) => {
    expect(hasIdentityPolicy(principal)).toBe(has);
  });
});

test.each<[string, (elsewhere: Stack, keys: Stack) => iam.IPrincipal, boolean]>([
  ['a role', (elsewhere) => newRole(elsewhere), true],
  ['a role that a stack of its account imports', (elsewhere) => iam.Role.fromRoleName(elsewhere, 'Role', 'reader'), true],
  ['a role that a stack of another account imports', (_, keys) => iam.Role.fromRoleArn(keys, 'Role', `arn:aws:iam::${OTHER_ACCOUNT}:role/reader`), false],
  ['an immutable role', (elsewhere) => newRole(elsewhere).withoutPolicyUpdates() as iam.Role, false],
  ['an ARN', () => roleArn('reader', OTHER_ACCOUNT), false],
])('the IAM policy of %s of another account is told to be in reach or not', (_name, of, reach) => {
  const app = newApp();
  expect(isInReach(of(newStack(app, 'Elsewhere', { account: OTHER_ACCOUNT, region: REGION }), newStack(app)))).toBe(reach);
});

test('only groups are groups', () => {
  const stack = newStack();
  expect([new iam.Group(stack, 'Group'), newRole(stack), new iam.User(stack, 'User')].map(({ grantPrincipal }) => isGroup(grantPrincipal))).toEqual([true, false, false]);
});

describe('an ARN that is known before deployment', () => {
  const stack = newStack();

  test.each<[string, iam.IPrincipal, string | undefined]>([
    ['a literal', roleArn('reader'), ARN],
    ['an imported role', iam.Role.fromRoleArn(stack, 'Imported', ARN), ARN],
    ['a role with a name', newRole(stack, 'Named', 'reader'), ARN],
    ['a user with a name', new iam.User(stack, 'User', { userName: 'ada', path: '/people/' }), `arn:aws:iam::${ACCOUNT}:user/people/ada`],
    ['a role without a name', newRole(stack), undefined],
    ['a role whose name has the Region in it', newRole(stack, 'Regional', `reader-${Aws.REGION}`), `${ARN}-${Aws.REGION}`],
    ['a role whose name has the stack in it, which is another one elsewhere', newRole(stack, 'OfStack', `reader-${Aws.STACK_NAME}`), undefined],
    ['a service', new iam.ServicePrincipal('s3.amazonaws.com'), undefined],
  ])('is that of %s', (_name, principal, arn) => {
    expect(knownArn(principal, envOf(stack))).toBe(arn);
  });
});
