import { A, ask, B, policy, Q, R, Statement, U, World } from '../../support/access-world';
import { DECRYPT, DELEGATED, keyAllows, NAMES_R, ONLY_S3 } from '../golden/statements';

const DOCUMENT = { PolicyDocument: policy([DECRYPT]) };
const ELSEWHERE = `arn:aws:iam::${A}:role/team/Elsewhere`;
const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
const ADMINISTRATOR = 'arn:aws:iam::aws:policy/AdministratorAccess';
const PATH = { Named: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'Named', Path: '/team/', Policies: [{ PolicyName: 'P', ...DOCUMENT }] } } };

/** The key policy delegates everything, so that the IAM policies decide. */
test.each<[string, World, string, string]>([
  ['a policy of CloudFormation', { resources: { P: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['R'], ...DOCUMENT } } } }, R, 'allowed'],
  ['a policy that is attached to another role', { resources: { P: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['Q'], ...DOCUMENT } } } }, R, 'denied'],
  ['a policy that is attached in one branch', {
    resources: { P: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ 'Fn::If': ['Production', 'R', 'Q'] }], ...DOCUMENT } } },
  }, R, 'unknown'],
  ['AWS::IAM::RolePolicy', { resources: { P: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: 'R', ...DOCUMENT } } } }, R, 'allowed'],
  ['AWS::IAM::UserPolicy', { resources: { P: { Type: 'AWS::IAM::UserPolicy', Properties: { UserName: 'U', ...DOCUMENT } } } }, U, 'allowed'],
  ['a managed policy that names the role', { resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['R'], ...DOCUMENT } } } }, R, 'allowed'],
  ['a managed policy that the role names', {
    resources: { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'P', ...DOCUMENT } } }, managed: [`arn:aws:iam::${A}:policy/P`],
  }, R, 'allowed'],
  ['a group that the user is added to', {
    resources: {
      G: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'G', Policies: [{ PolicyName: 'P', ...DOCUMENT }] } },
      M: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: { Ref: 'G' }, Users: ['U'] } },
    },
  }, U, 'allowed'],
  ['a policy of a group', {
    resources: {
      G: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'G' } },
      V: { Type: 'AWS::IAM::User', Properties: { UserName: 'V', Groups: [{ Ref: 'G' }] } },
      P: { Type: 'AWS::IAM::GroupPolicy', Properties: { GroupName: { Ref: 'G' }, ...DOCUMENT } },
    },
  }, 'V', 'allowed'],
  ['a group that no template makes', { resources: { V: { Type: 'AWS::IAM::User', Properties: { UserName: 'V', Groups: ['Admins'] } } } }, 'V', 'unknown'],
  ['a role with a path, by its ARN', { resources: PATH }, `arn:aws:iam::${A}:role/team/Named`, 'allowed'],
  ['a role with a path, by its session, which has none', { resources: PATH }, `arn:aws:sts::${A}:assumed-role/Named/me`, 'allowed'],
  ['an imported role, to which the templates attach a policy', {
    resources: { P: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['Elsewhere'], ...DOCUMENT } } },
  }, ELSEWHERE, 'unknown'],
  ['a role that is declared with all its policies', { identities: [{ arn: ELSEWHERE, managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'] }] },
    ELSEWHERE, 'allowed'],
  ['a declared role within a boundary', {
    identities: [{ arn: ELSEWHERE, managedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'], permissionsBoundaryArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
  }, ELSEWHERE, 'denied'],
  ['a group that the user is in in one branch', {
    resources: {
      G: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'G', Policies: [{ PolicyName: 'P', ...DOCUMENT }] } },
      V: { Type: 'AWS::IAM::User', Properties: { UserName: 'V', Groups: [{ 'Fn::If': ['Production', 'G', { Ref: 'AWS::NoValue' }] }] } },
    },
  }, 'V', 'unknown'],
  ['a group that somebody is added to', {
    resources: {
      G: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'G', Policies: [{ PolicyName: 'P', ...DOCUMENT }] } },
      M: { Type: 'AWS::IAM::UserToGroupAddition', Properties: { GroupName: 'G', Users: [{ 'Fn::ImportValue': 'Somebody' }] } },
    },
  }, U, 'unknown'],
  ['a managed policy of which one of two is there', {
    resources: {
      One: { Type: 'AWS::IAM::ManagedPolicy', Condition: 'Production', Properties: { ManagedPolicyName: 'P', ...DOCUMENT } },
      Other: { Type: 'AWS::IAM::ManagedPolicy', Condition: 'Test', Properties: { ManagedPolicyName: 'P', PolicyDocument: policy([ONLY_S3]) } },
    },
    managed: [`arn:aws:iam::${A}:policy/P`],
  }, R, 'unknown'],
  ['no value where a boundary could be', { r: [DECRYPT], role: { PermissionsBoundary: { Ref: 'AWS::NoValue' }, Path: { Ref: 'AWS::NoValue' } } }, R, 'allowed'],
  ['a boundary of one branch', { r: [DECRYPT], role: { PermissionsBoundary: { 'Fn::If': ['Production', READ_ONLY, { Ref: 'AWS::NoValue' }] } } }, R, 'unknown'],
  ['a boundary of each branch, of which one allows it', { r: [DECRYPT], role: { PermissionsBoundary: { 'Fn::If': ['Production', READ_ONLY, ADMINISTRATOR] } } }, R, 'unknown'],
  ['policies that a macro adds to the role', { role: { 'Fn::Transform': { Name: 'AWS::Include' } } }, R, 'unknown'],
  ['a boundary of unknown text', { r: [DECRYPT], role: { PermissionsBoundary: `arn:aws:iam::${A}:policy/Elsewhere` } }, R, 'unknown'],
])('%s counts', (_, world, principal, verdict) => {
  expect(ask({ keyPolicy: [DELEGATED], ...world }, { principal })).toMatchObject({ verdict });
});

test('who may have a permissions boundary is perhaps not exempt from a Deny of everybody else', () => {
  const session = `arn:aws:sts::${A}:assumed-role/R/s`;
  const denied = { Effect: 'Deny', NotPrincipal: { AWS: [R, A, session] }, Action: 'kms:*', Resource: '*' };
  const bounded = (PermissionsBoundary: unknown) =>
    ask({ keyPolicy: [NAMES_R, denied], role: { PermissionsBoundary } }, { principal: session }).verdict;
  expect([bounded({ Ref: 'AWS::NoValue' }), bounded({ 'Fn::If': ['Production', ADMINISTRATOR, { Ref: 'AWS::NoValue' }] }), bounded(ADMINISTRATOR)])
    .toEqual(['allowed', 'unknown', 'denied']);
});

describe('of a role that no template makes, and that the key policy', () => {
  const outside = (account: string) => `arn:aws:iam::${account}:role/Elsewhere`;
  const notMade = (account: string) => `the policies of ${outside(account)}, which no template makes`;
  const bounded = (account: string) => `not known: whether ${outside(account)} has a permissions boundary`;

  test.each<[string, string, object, string[]]>([
    ['names, in its account: nobody knows whether its policies deny it', A, keyAllows({ AWS: outside(A) }, 'kms:*'),
      [bounded(A), `not known: whether it is denied by ${notMade(A)}`]],
    ['names, in another account: nobody knows whether its policies allow it', B, keyAllows({ AWS: outside(B) }, 'kms:*'),
      [`not known: whether it is allowed by ${notMade(B)}`, bounded(B), `not known: whether it is denied by ${notMade(B)}`]],
    ['leaves to IAM: nobody knows whether its policies allow it', A, DELEGATED,
      [`not known: whether it is allowed by ${notMade(A)}`, bounded(A), `not known: whether it is denied by ${notMade(A)}`]],
  ])('%s', (_, account, statement, because) => {
    expect(ask({ keyPolicy: [statement as Statement] }, { principal: outside(account) })).toEqual({ verdict: 'unknown', because, conditions: [] });
  });

  test('does not name: it takes a change of the key policy', () => {
    expect(ask({ keyPolicy: [NAMES_R] }, { principal: outside(A) })).toMatchObject({ verdict: 'denied' });
  });

  test('names: declared with all its policies, it is decided', () => {
    const identities = [{ arn: outside(B), managedPolicyArns: ['arn:aws:iam::aws:policy/PowerUserAccess'] }];
    expect(ask({ keyPolicy: [keyAllows({ AWS: outside(B) }, 'kms:*')], identities }, { principal: outside(B) })).toMatchObject({ verdict: 'allowed' });
  });
});

/** Row 57: none of those that AWS has denies anything, except such as are called so. */
test.each([
  ['SomethingNew', 'named', 'allowed'], ['SomethingNew', 'delegated', 'unknown'], ['SomethingPermissionsBoundary', 'named', 'unknown'],
  ['AWSCompromisedKeyQuarantineV9', 'named', 'unknown'],
])('the AWS managed policy %s, whose text is not known, where the key policy has R %s: %s', (name, as, verdict) => {
  expect(ask({ keyPolicy: [as === 'named' ? NAMES_R : DELEGATED], managed: [`arn:aws:iam::aws:policy/${name}`] })).toMatchObject({ verdict });
});

describe('a name that AWS makes up', () => {
  const worker = { Worker: { Type: 'AWS::IAM::Role', Properties: {} }, Other: { Type: 'AWS::IAM::Role', Properties: {} } };
  const named = (name: string) => ({ keyPolicy: [keyAllows({ AWS: `arn:aws:iam::${A}:role/${name}` }, 'kms:*')], resources: worker });
  const attached = (name: string) => ({
    keyPolicy: [DELEGATED], resources: { ...worker, P: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: name, ...DOCUMENT } } },
  });

  test.each<[string, World, string]>([
    ['may be one that a key policy names', named('Keys-Worker-1A2B3C4D5E6F'), 'unknown'],
    ['is none that begins otherwise', named('Keys-Other-1A2B3C4D5E6F'), 'denied'],
    ['is not that of another role without a name', { keyPolicy: [keyAllows({ AWS: { 'Fn::GetAtt': ['Other', 'Arn'] } }, 'kms:*')], resources: worker }, 'denied'],
    ['may be one that a policy is attached to', attached('Keys-Worker-1A2B3C4D5E6F'), 'unknown'],
    ['is none that people give', attached('Keys-Worker'), 'denied'],
  ])('%s', (_, world, verdict) => {
    expect(ask(world, { principal: 'Keys/Worker' })).toMatchObject({ verdict });
  });
});

test('a principal of the templates is found by the reference that the key policy makes', () => {
  expect(ask({ keyPolicy: [keyAllows({ AWS: { 'Fn::GetAtt': ['Worker', 'Arn'] } }, 'kms:Decrypt')], resources: { Worker: { Type: 'AWS::IAM::Role', Properties: {} } } },
    { principal: 'Keys/Worker' })).toMatchObject({ verdict: 'allowed' });
});

describe('a role without a name of its own', () => {
  const world: World = {
    keyPolicy: [keyAllows({ AWS: { 'Fn::GetAtt': ['Worker', 'Arn'] } }, 'kms:Decrypt')], resources: { Worker: { Type: 'AWS::IAM::Role', Properties: {} } },
  };

  test.each([
    ['is no other role of the templates', R, 'denied'],
    ['is found by the name that CloudFormation has given it', `arn:aws:iam::${A}:role/Keys-Worker-1A2B3C4D5E6F`, 'allowed'],
    ['is not one whose name CloudFormation would not give it', ELSEWHERE, 'denied'],
  ])('%s', (_, principal, verdict) => {
    expect(ask(world, { principal })).toMatchObject({ verdict });
  });
});

test.each([
  ['nothing delegates and nobody is named', { keyPolicy: [keyAllows({ AWS: Q }, 'kms:*')] }, [
    `no statement of the key policy allows kms:Decrypt to ${R} by name`, 'no statement of the key policy delegates kms:Decrypt to the IAM policies of the account',
  ]],
  ['IAM says nothing', { keyPolicy: [DELEGATED] }, [
    `no statement of the key policy allows kms:Decrypt to ${R} by name`, `no IAM policy allows kms:Decrypt on the key to ${R}`,
  ]],
  ['the boundary says nothing', { keyPolicy: [NAMES_R], boundary: [ONLY_S3] }, [
    'no statement of the key policy delegates kms:Decrypt to the IAM policies of the account', `the permissions boundary of ${R} does not allow kms:Decrypt on the key`,
  ]],
] as const)('says what is missing where %s', (_, world, because) => {
  expect([...ask(world).because].sort()).toEqual([...because].sort());
});
