import { decide, Verdict } from '../../src/access/decision/decision';
import { IamAccess } from '../../src/access/iam-access';
import { assumableRoles, assumersOf } from '../../src/access/role-assumption';
import { A, B, policy, Q, R, RB, ROOT, ROOT_B, Statement, U, World, worldModel } from '../support/access-world';
import { allows, aws, denies, ONLY_S3, service } from './golden/statements';

const T = `arn:aws:iam::${A}:role/T`;
const SESSION = `arn:aws:sts::${A}:assumed-role/R/s1`;
const ASSUME_T = allows('sts:AssumeRole', T);
const trusts = (principal: unknown, condition?: object, action: unknown = 'sts:AssumeRole'): Statement =>
  ({ Effect: 'Allow', Principal: principal, Action: action, ...condition ? { Condition: condition } : {} });
const role = (name: string, ...trust: Statement[]) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: name, AssumeRolePolicyDocument: policy(trust) } });
/** A role T that trusts so, and further properties of the world. */
const trusting = (trust: Statement | Statement[], more: World = {}): World => ({ ...more, resources: { T: role('T', ...[trust].flat()), ...more.resources } });

function assume(world: World, principal = R, action?: string) {
  const model = worldModel(world);
  return decide(IamAccess.of(model).role(model.asker(principal), model.identities.find(({ arn }) => arn === T)!, action));
}

describe('who may become a role', () => {
  test.each<[string, World, Verdict, string?]>([
    ['a role that the trust policy names, without IAM', trusting(trusts(aws(R))), 'allowed'],
    ['a user that the trust policy names, without IAM', trusting(trusts(aws(U))), 'allowed', U],
    ['a session that the trust policy names', trusting(trusts(aws(SESSION))), 'allowed', SESSION],
    ['another session', trusting(trusts(aws(SESSION))), 'denied', `${SESSION}0`],
    ['a role that is not named', trusting(trusts(aws(Q)), { r: [ASSUME_T] }), 'denied'],
    ['a role of an account that the trust policy names, without IAM', trusting(trusts(aws(ROOT))), 'denied'],
    ['the same with IAM', trusting(trusts(aws(ROOT)), { r: [ASSUME_T] }), 'allowed'],
    ['the same with IAM on another role', trusting(trusts(aws(ROOT)), { r: [allows('sts:AssumeRole', Q)] }), 'denied'],
    ['the same with IAM for another action', trusting(trusts(aws(ROOT)), { r: [allows(['iam:*', 'kms:*'])] }), 'denied'],
    ['the same with a permissions boundary', trusting(trusts(aws(ROOT)), { r: [ASSUME_T], boundary: [ONLY_S3] }), 'denied'],
    ['a named role within a boundary that says nothing of it', trusting(trusts(aws(R)), { boundary: [ONLY_S3] }), 'denied'],
    ['a named user within a boundary that says nothing of it', trusting(trusts(aws(U)), { boundary: [ONLY_S3] }), 'allowed', U],
    ['a named role that IAM denies it', trusting(trusts(aws(R)), { r: [denies('sts:*')] }), 'denied'],
    ['a named role that the trust policy denies it', trusting([trusts(aws(R)), { ...trusts(aws('*')), Effect: 'Deny' }]), 'denied'],
    ['a role of another account that the trust policy names, without IAM', trusting(trusts(aws(RB))), 'denied', RB],
    ['the same with IAM', trusting(trusts(aws(RB)), { rb: [ASSUME_T] }), 'allowed', RB],
    ['a role of another account as a whole, with IAM', trusting(trusts(aws(ROOT_B)), { rb: [ASSUME_T] }), 'allowed', RB],
    ['everybody, in its account, without IAM', trusting(trusts('*')), 'allowed'],
    ['everybody of another account, without IAM', trusting(trusts('*')), 'denied', RB],
    ['a service that the trust policy names', trusting(trusts(service('lambda.amazonaws.com'))), 'allowed', 'lambda.amazonaws.com'],
    ['a service for resources of this account', trusting(trusts(service('lambda.amazonaws.com'), { StringEquals: { 'aws:SourceAccount': A } })), 'conditional', 'lambda.amazonaws.com'],
    ['another service', trusting(trusts(service('lambda.amazonaws.com'))), 'denied', 'ec2.amazonaws.com'],
    ['a role where the trust policy names a service', trusting(trusts(service('lambda.amazonaws.com')), { r: [ASSUME_T] }), 'denied'],
    ['a role where an identity provider is trusted', trusting(trusts({ Federated: 'cognito-identity.amazonaws.com' }, undefined, 'sts:*'), { r: [ASSUME_T] }), 'denied'],
    ['the root user', trusting(trusts(aws(ROOT))), 'denied', ROOT],
    ['with an external id', trusting(trusts(aws(RB), { StringEquals: { 'sts:ExternalId': 'x' } }), { rb: [ASSUME_T] }), 'conditional', RB],
    ['where the tag of the role is asked for', trusting(trusts(aws(ROOT)), { r: [allows('sts:AssumeRole', '*', { StringEquals: { 'aws:ResourceTag/team': 'a' } })] }), 'conditional'],
    ['where a condition key of AWS KMS is asked for, which no other service sends', trusting(trusts(aws(R), { StringEquals: { 'kms:ViaService': 'x' } })), 'denied'],
    ['where a service must call', trusting(trusts(aws(R), { Bool: { 'aws:ViaAWSService': 'true' } })), 'conditional'],
    ['where the trust policy names an unknown', trusting(trusts(aws({ 'Fn::ImportValue': 'Somebody' }))), 'unknown'],
    ['with AdministratorAccess', trusting(trusts(aws(ROOT)), { managed: ['arn:aws:iam::aws:policy/AdministratorAccess'] }), 'allowed'],
    ['with PowerUserAccess', trusting(trusts(aws(ROOT)), { managed: ['arn:aws:iam::aws:policy/PowerUserAccess'] }), 'allowed'],
    ['with IAMFullAccess, which says nothing of it', trusting(trusts(aws(ROOT)), { managed: ['arn:aws:iam::aws:policy/IAMFullAccess'] }), 'denied'],
    ['with a managed policy of unknown text', trusting(trusts(aws(ROOT)), { managed: ['arn:aws:iam::aws:policy/SomethingNew'] }), 'unknown'],
  ])('%s: %s', (...[, world, verdict, principal]) => {
    expect(assume(world, principal)).toMatchObject({ verdict });
  });

  test('a session with tags takes that the trust policy allows it', () => {
    const tagging = [trusts(aws(R), undefined, ['sts:AssumeRole', 'sts:TagSession'])];
    expect([assume(trusting(tagging), R, 'sts:TagSession').verdict, assume(trusting(trusts(aws(R))), R, 'sts:TagSession').verdict]).toEqual(['allowed', 'denied']);
  });

  test('says which statements it rests on, or what is missing', () => {
    expect(assume(trusting(trusts(aws(ROOT)), { r: [ASSUME_T] })).because).toEqual([
      { stack: 'Keys', logicalId: 'T', policy: 'AssumeRolePolicyDocument', index: 0 }, { stack: 'People', logicalId: 'R', policy: 'Inline', index: 0 },
    ]);
    expect(assume(trusting(trusts(aws(ROOT)))).because).toEqual([
      `no statement of the trust policy allows sts:AssumeRole to ${R} by name`, `no IAM policy allows sts:AssumeRole on ${T} to ${R}`,
    ]);
  });
});

test('the roles that somebody may become are those that trust them', () => {
  const roles = { Mine: role('Mine', trusts(aws(R))), Ours: role('Ours', trusts(aws(ROOT))), Theirs: role('Theirs', trusts(aws(Q))), Its: role('Its', trusts(service('ec2.amazonaws.com'))) };
  const model = worldModel({ r: [allows('sts:AssumeRole')], resources: roles });
  expect(assumableRoles(model, model.asker(R)).map(({ role: { name }, decision }) => [name, decision.verdict])).toEqual([['Mine', 'allowed'], ['Ours', 'allowed']]);
});

test('whom a role trusts is told with whom the templates make', () => {
  const oidc = `arn:aws:iam::${A}:oidc-provider/token.actions.githubusercontent.com`;
  const subject = { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:org/*' } };
  const model = worldModel(trusting([
    trusts({ AWS: [ROOT, ROOT_B, `arn:aws:iam::${A}:role/Elsewhere`], Service: 'ec2.amazonaws.com' }),
    trusts({ Federated: oidc }, subject, 'sts:AssumeRoleWithWebIdentity'),
    trusts(service('lambda.amazonaws.com'), undefined, 'sts:TagSession'),
  ], { r: [ASSUME_T] }));
  const assumers = assumersOf(model, model.identities.find(({ arn }) => arn === T)!);
  expect(assumers.map(({ kind, who, decision, conditions }) => [kind, who, decision?.verdict, conditions.length])).toEqual([
    ['role', R, 'allowed', 0], ['account', A, undefined, 0], ['account', B, undefined, 0], ['role', `arn:aws:iam::${A}:role/Elsewhere`, 'unknown', 0],
    ['service', 'ec2.amazonaws.com', 'allowed', 0], ['identity provider', oidc, undefined, 1],
  ]);
});
