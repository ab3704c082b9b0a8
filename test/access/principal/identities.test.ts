import { A, ask, policy, Q, R, U, World } from '../../support/access-world';
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
