import { Escalation, escalations } from '../../src/access/escalation';
import { A, K, policy, Q, R, Statement, U, World, worldModel } from '../support/access-world';
import { allows, aws, DECRYPT, DELEGATED, denies, DENY_DIRECT_GRANTS, keyAllows, NAMES_R, ONLY_S3, service, through, VIA_S3 } from './golden/statements';

const T = `arn:aws:iam::${A}:role/T`;
const trusts = (principal: unknown, action: unknown = 'sts:AssumeRole'): Statement => ({ Effect: 'Allow', Principal: principal, Action: action });
const role = (name: string, trust: Statement, more: object = {}) => ({
  Type: 'AWS::IAM::Role', Properties: { RoleName: name, AssumeRolePolicyDocument: policy([trust]), ...more },
});
const inline = (...statements: Statement[]) => ({ Policies: [{ PolicyName: 'P', PolicyDocument: policy(statements) }] });
const user = (name: string, more: object = {}) => ({ Type: 'AWS::IAM::User', Properties: { UserName: name, ...more } });
const MANAGED = `arn:aws:iam::${A}:policy/Mine`;

function escalate(world: World, principal: string): Escalation[] {
  const model = worldModel(world.key ? { ...world, key: { KeyPolicy: policy(world.keyPolicy ?? []), ...world.key } } : world);
  return escalations(model, model.asker(principal), model.key('K'));
}

function rows(world: World, principal: string): string[] {
  return escalate(world, principal).map(({ action, through: whom, decision }) => [action, ...whom.length > 0 ? [whom.join(' ')] : [], decision.verdict].join(' '));
}

const byQ = (...statements: Statement[]): World => ({ keyPolicy: [NAMES_R], q: statements });
const NAMES_Q = (action: unknown, condition?: object) => keyAllows(aws(Q), action, condition);

/** Q asks, and the key policy names R unless it says otherwise. */
describe('who may not use a key can give itself the use of it', () => {
  test.each<[string, World, string[], string?]>([
    ['by the key policy', { keyPolicy: [NAMES_Q('kms:PutKeyPolicy')] }, ['kms:PutKeyPolicy allowed']],
    ['by a grant', { keyPolicy: [NAMES_Q('kms:Create*')] }, ['kms:CreateGrant allowed']],
    ['but by no grant where direct ones are denied', { keyPolicy: [NAMES_Q('kms:Create*'), DENY_DIRECT_GRANTS] }, []],
    ['by a replica', { keyPolicy: [NAMES_Q('kms:ReplicateKey')], q: [allows('kms:CreateKey')], key: { MultiRegion: true } }, ['kms:ReplicateKey allowed']],
    ['but by no replica without the permission to create a key', { keyPolicy: [NAMES_Q('kms:ReplicateKey')], key: { MultiRegion: true } }, []],
    ['but by no replica of a key of one Region', { keyPolicy: [NAMES_Q('kms:ReplicateKey')], q: [allows('kms:CreateKey')] }, []],
    ['by key material', { keyPolicy: [NAMES_Q('kms:Import*')], key: { Origin: 'EXTERNAL' } }, ['kms:ImportKeyMaterial allowed']],
    ['but not by what destroys a key', { keyPolicy: [NAMES_Q(['kms:ScheduleKeyDeletion', 'kms:DisableKey', 'kms:RevokeGrant', 'kms:DeleteImportedKeyMaterial'])] }, []],
    ['but not by what keeps it available', { keyPolicy: [NAMES_Q(['kms:UpdatePrimaryRegion', 'kms:EnableKey', 'kms:RotateKeyOnDemand'])] }, []],
  ])('%s', (...[, world, expected]) => {
    expect(rows(world, Q)).toEqual(expected);
  });
});

describe('tags and aliases of a key', () => {
  const TAGGED = allows('kms:Decrypt', '*', { StringEquals: { 'aws:ResourceTag/team': 'a' } });
  const ALIASED = allows('kms:Decrypt', '*', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/a' } });
  const [TAG, ALIAS] = [NAMES_Q(['kms:TagResource', 'kms:UntagResource']), keyAllows(aws(Q), ['kms:UpdateAlias'])];
  const DECRYPT_DELEGATED = keyAllows(aws(A), 'kms:Decrypt');

  test.each<[string, World, string[]]>([
    ['let in whom a policy lets in by them', { keyPolicy: [DECRYPT_DELEGATED, TAG], q: [TAGGED] }, ['kms:TagResource conditional', 'kms:UntagResource conditional']],
    ['let in others whom a policy lets in by them', { keyPolicy: [DECRYPT_DELEGATED, TAG], r: [TAGGED] }, [`kms:TagResource ${R} conditional`, `kms:UntagResource ${R} conditional`]],
    ['let nobody in where no policy asks for them', { keyPolicy: [DECRYPT_DELEGATED, TAG], r: [DECRYPT] }, []],
    ['let nobody in who is in already', { keyPolicy: [DECRYPT_DELEGATED, TAG], q: [TAGGED], key: { Tags: [{ Key: 'team', Value: 'a' }] } }, []],
    ['let nobody in where the key policy does not', { keyPolicy: [NAMES_R, TAG], q: [TAGGED] }, []],
    ['keep out nobody who may change them, where a Deny asks for them', {
      keyPolicy: [NAMES_Q(['kms:Decrypt', 'kms:UntagResource']), { ...keyAllows('*', 'kms:Decrypt', { StringEquals: { 'aws:ResourceTag/closed': 'yes' } }), Effect: 'Deny' }],
      key: { Tags: [{ Key: 'closed', Value: 'yes' }] },
    }, ['kms:UntagResource conditional']],
    ['of which the alias is asked for in IAM', { keyPolicy: [DECRYPT_DELEGATED, ALIAS], q: [ALIASED, allows('kms:UpdateAlias')] }, ['kms:UpdateAlias conditional']],
    ['of which the alias of the request is asked for', {
      keyPolicy: [NAMES_Q('kms:Decrypt', { StringEquals: { 'kms:RequestAlias': 'alias/a' } }), ALIAS], q: [allows('kms:UpdateAlias')],
    }, ['kms:UpdateAlias conditional']],
    ['of which the key has the alias', {
      keyPolicy: [NAMES_Q('kms:Decrypt', { StringEquals: { 'kms:RequestAlias': 'alias/a' } }), ALIAS],
      q: [allows('kms:UpdateAlias')],
      resources: { Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/a', TargetKeyId: { Ref: 'K' } } } },
    }, []],
  ])('%s', (_, world, expected) => {
    expect(rows(world, Q)).toEqual(expected);
  });
});

describe('roles that somebody may become', () => {
  const T_USES = keyAllows(aws(T), 'kms:Decrypt');
  const S = `arn:aws:iam::${A}:role/S`;

  test.each<[string, World, string[]]>([
    ['and that may use the key', { keyPolicy: [T_USES], resources: { T: role('T', trusts(aws(Q))) } }, [`sts:AssumeRole ${T} allowed`]],
    ['and that may use it through a service only', { keyPolicy: [VIA_S3], resources: { T: role('T', trusts(aws(Q)), inline(DECRYPT)) } }, [`sts:AssumeRole ${T} conditional`]],
    ['and that may not use the key', { keyPolicy: [NAMES_R], resources: { T: role('T', trusts(aws(Q))) } }, []],
    ['one after the other', { keyPolicy: [T_USES], resources: { S: role('S', trusts(aws(Q))), T: role('T', trusts(aws(S))) } }, [`sts:AssumeRole ${S} ${T} allowed`]],
    ['in a circle', { keyPolicy: [T_USES], resources: { S: role('S', trusts(aws(Q, T))), T: role('T', trusts(aws(S))) } }, [`sts:AssumeRole ${S} ${T} allowed`]],
    ['by IAM, of an account that the trust policy names', { keyPolicy: [T_USES], q: [allows('sts:AssumeRole', T)], resources: { T: role('T', trusts(aws(A))) } }, [`sts:AssumeRole ${T} allowed`]],
    ['by nothing, of an account that the trust policy names', { keyPolicy: [T_USES], q: [ONLY_S3], resources: { T: role('T', trusts(aws(A))) } }, []],
    ['and that can write the key policy', { keyPolicy: [keyAllows(aws(T), 'kms:PutKeyPolicy')], resources: { T: role('T', trusts(aws(Q))) } }, [`sts:AssumeRole ${T} allowed`]],
    ['and that can write a policy for itself', {
      keyPolicy: [DELEGATED], resources: { T: role('T', trusts(aws(Q)), inline(allows('iam:PutRolePolicy', T))) },
    }, [`sts:AssumeRole ${T} allowed`]],
    ['and for which it can write a policy', { keyPolicy: [keyAllows(aws(A), 'kms:Decrypt')], q: [allows('iam:PutRolePolicy', T)], resources: { T: role('T', trusts(aws(Q))) } },
      [`iam:PutRolePolicy ${T} allowed`]],
    ['with a tag that the key policy asks for', {
      keyPolicy: [keyAllows(aws(T), 'kms:Decrypt', { StringEquals: { 'aws:PrincipalTag/team': 'a' } })],
      resources: { T: role('T', trusts(aws(Q), ['sts:AssumeRole', 'sts:TagSession']), { Tags: [{ Key: 'team', Value: 'b' }] }) },
    }, [`sts:TagSession ${T} conditional`]],
    ['without the tag that the key policy asks for', {
      keyPolicy: [keyAllows(aws(T), 'kms:Decrypt', { StringEquals: { 'aws:PrincipalTag/team': 'a' } })],
      resources: { T: role('T', trusts(aws(Q)), { Tags: [{ Key: 'team', Value: 'b' }] }) },
    }, []],
  ])('%s', (_, world, expected) => {
    expect(rows(world, Q)).toEqual(expected);
  });
});

describe('what IAM lets somebody change of itself', () => {
  const DECRYPT_BY_IAM = { keyPolicy: [keyAllows(aws(A), 'kms:Decrypt')] };

  test.each<[string, World, string, string[]]>([
    ['a policy in it', { ...DECRYPT_BY_IAM, q: [allows('iam:PutRolePolicy', Q)] }, Q, ['iam:PutRolePolicy allowed']],
    ['a policy attached to it, of some', { ...DECRYPT_BY_IAM, q: [allows('iam:AttachRolePolicy', Q, { StringLike: { 'iam:PolicyARN': 'arn:aws:iam::aws:*' } })] }, Q, ['iam:AttachRolePolicy conditional']],
    ['a policy in another role', { ...DECRYPT_BY_IAM, q: [allows('iam:PutRolePolicy', R)] }, Q, []],
    ['a policy that is no use, because the key policy does not leave it to IAM', byQ(allows('iam:PutRolePolicy', Q)), Q, []],
    ['a policy that denies, too', { ...DECRYPT_BY_IAM, q: [allows('iam:PutRolePolicy', Q), denies('kms:*')] }, Q, ['iam:PutRolePolicy allowed']],
    ['a policy that the boundary makes no use of', { ...DECRYPT_BY_IAM, r: [allows('iam:PutRolePolicy', R)], boundary: [allows(['s3:*', 'iam:*'])] }, R, []],
    ['the boundary, too', { ...DECRYPT_BY_IAM, r: [allows(['iam:PutRolePolicy', 'iam:DeleteRolePermissionsBoundary'], R)], boundary: [allows(['s3:*', 'iam:*'])] }, R, ['iam:PutRolePolicy allowed']],
    ['the boundary alone', { ...DECRYPT_BY_IAM, r: [DECRYPT, allows('iam:*', R)], boundary: [allows(['s3:*', 'iam:*'])] }, R, [
      'iam:PutRolePolicy allowed', 'iam:AttachRolePolicy allowed', 'iam:DeleteRolePermissionsBoundary allowed', 'iam:PutRolePermissionsBoundary allowed',
    ]],
    ['its tags, where a policy asks for them', {
      keyPolicy: [keyAllows(aws(Q), 'kms:Decrypt', { StringEquals: { 'aws:PrincipalTag/team': 'a' } })], q: [allows('iam:TagRole', Q)],
    }, Q, ['iam:TagRole conditional']],
    ['a policy in a user', { ...DECRYPT_BY_IAM, u: [allows('iam:PutUserPolicy', U)] }, U, ['iam:PutUserPolicy allowed']],
    ['its group', {
      ...DECRYPT_BY_IAM, resources: { G: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'G' } }, V: user('V', { Groups: ['G'], ...inline(allows('iam:PutGroupPolicy')) }) },
    }, 'V', [`iam:PutGroupPolicy arn:aws:iam::${A}:group/G allowed`]],
    ['the groups that it is in', {
      ...DECRYPT_BY_IAM, resources: { G: { Type: 'AWS::IAM::Group', Properties: { GroupName: 'G', ...inline(DECRYPT) } }, V: user('V', inline(allows('iam:AddUserToGroup'))) },
    }, 'V', [`iam:AddUserToGroup arn:aws:iam::${A}:group/G allowed`]],
    ['the managed policies that it has', {
      ...DECRYPT_BY_IAM,
      q: [allows(['iam:CreatePolicyVersion', 'iam:SetDefaultPolicyVersion'], MANAGED)],
      resources: { M: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'Mine', Roles: ['Q'], PolicyDocument: policy([ONLY_S3]) } } },
    }, Q, [`iam:CreatePolicyVersion ${MANAGED} allowed`, `iam:SetDefaultPolicyVersion ${MANAGED} unknown`]],
    ['what a managed policy allows of which nobody knows the text', { ...DECRYPT_BY_IAM, managed: ['arn:aws:iam::aws:policy/SomethingNew'] }, R, ['iam:* unknown']],
    ['nothing with PowerUserAccess', { keyPolicy: [NAMES_R, keyAllows(aws(A), 'kms:Encrypt')], managed: ['arn:aws:iam::aws:policy/PowerUserAccess'] }, R, []],
    ['nothing where a condition key of AWS KMS is asked for', { ...DECRYPT_BY_IAM, q: [allows('iam:*', Q, { StringEquals: { 'kms:CallerAccount': A } })] }, Q, []],
    ['nothing in another account', { ...DECRYPT_BY_IAM, rb: [allows('iam:*')] }, 'RB', []],
  ])('%s', (_, world, principal, expected) => {
    expect(rows(world, principal)).toEqual(expected);
  });

  test('its tags, where it has one of another value', () => {
    const tagged = { keyPolicy: [keyAllows(aws(R), 'kms:Decrypt', { StringEquals: { 'aws:PrincipalTag/team': 'a' } })], role: { Tags: [{ Key: 'team', Value: 'b' }] } };
    expect(rows({ ...tagged, r: [allows('iam:TagRole', R)] }, R)).toEqual(['iam:TagRole conditional']);
  });
});

describe('users of the key whom somebody can take over', () => {
  const TRUSTED = (...services: string[]): World =>
    ({ role: { AssumeRolePolicyDocument: policy([trusts(services.length > 0 ? { Service: services } : aws(U))]) } });

  const TO_EC2 = allows('iam:PassRole', '*', { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } });

  test.each<[string, World, string[]]>([
    ['by their trust policy', { ...byQ(allows('iam:UpdateAssumeRolePolicy')), ...TRUSTED() }, [`iam:UpdateAssumeRolePolicy ${R} allowed`]],
    ['by a service that may act as them', { ...byQ(allows('iam:PassRole', R)), ...TRUSTED('lambda.amazonaws.com') }, [`iam:PassRole ${R} allowed`]],
    ['by no service, where none may act as them', { ...byQ(allows('iam:PassRole', R)), ...TRUSTED() }, []],
    ['by one of the services that may act as them', { ...byQ(TO_EC2), ...TRUSTED('lambda.amazonaws.com', 'ec2.amazonaws.com') }, [`iam:PassRole ${R} allowed`]],
    ['by no service that may not act as them', { ...byQ(TO_EC2), ...TRUSTED('lambda.amazonaws.com') }, []],
    ['perhaps by a service with a Regional name', { ...byQ(TO_EC2), ...TRUSTED('ec2.eu-west-1.amazonaws.com') }, [`iam:PassRole ${R} conditional`]],
    ['by an access key', { keyPolicy: [keyAllows(aws(U), 'kms:Decrypt')], q: [allows('iam:CreateAccessKey')] }, [`iam:CreateAccessKey ${U} allowed`]],
    ['by a password', { keyPolicy: [keyAllows(aws(U), 'kms:Decrypt')], q: [allows('iam:*LoginProfile', U)] }, [`iam:CreateLoginProfile ${U} allowed`, `iam:UpdateLoginProfile ${U} allowed`]],
    ['by nothing', { ...byQ(allows('iam:PassRole', Q)), ...TRUSTED('lambda.amazonaws.com') }, []],
  ])('%s', (_, world, expected) => {
    expect(rows(world, Q)).toEqual(expected);
  });

  test('by the managed policy that lets roles be handed to AWS Lambda', () => {
    const model = worldModel({ keyPolicy: [keyAllows(aws(T), 'kms:Decrypt')], managed: ['arn:aws:iam::aws:policy/AWSLambda_FullAccess'], resources: { T: role('T', trusts(service('lambda.amazonaws.com'))) } });
    expect(escalations(model, model.asker(R), model.key('K')).map(({ action, how, decision }) => [action, how, decision.verdict])).toEqual([
      ['iam:PassRole', `has lambda.amazonaws.com act as a role that may use the key, such as ${T}`, 'allowed'],
    ]);
  });
});

describe('of somebody', () => {
  test('who may use the key in any case, only what they do with the key itself is told', () => {
    const world = { keyPolicy: [DELEGATED], q: [allows('*')], resources: { T: role('T', trusts(aws(Q)), inline(DECRYPT)) } };
    expect(escalate(world, Q).map(({ action, already }) => `${action} ${already}`)).toEqual(['kms:PutKeyPolicy allowed', 'kms:CreateGrant allowed']);
  });

  test('who may use it through a service, how they could use it without is told, with what they may do already', () => {
    const world = { keyPolicy: [DELEGATED], q: [allows('kms:Decrypt', K, { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }), allows('iam:PutRolePolicy', Q)] };
    expect(escalate(world, Q).map(({ action, how, already, decision }) => [action, how, already, decision.verdict])).toEqual([
      ['iam:PutRolePolicy', 'writes a policy for itself', 'conditional', 'allowed'],
    ]);
  });

  test('who may use it through a service, roles that may do no more are not told', () => {
    const own = { Policies: [{ PolicyName: 'P', PolicyDocument: policy([allows('kms:Decrypt', '*', { StringEquals: { 'kms:EncryptionContext:a': 'b' } })]) }] };
    const T2 = role('T', trusts(aws(Q)), own);
    expect(rows({ keyPolicy: [VIA_S3], q: [DECRYPT], resources: { T: T2 } }, Q)).toEqual([]);
    expect(rows({ keyPolicy: [VIA_S3, keyAllows(aws(T), 'kms:Decrypt', through('sqs'))], q: [DECRYPT], resources: { T: T2 } }, Q)).toEqual([`sts:AssumeRole ${T} conditional`]);
  });

  test('who may use it through two services, a role that may through one of them is not told', () => {
    const two = { StringEquals: { 'kms:ViaService': ['s3', 'sqs'].map((name) => `${name}.eu-west-1.amazonaws.com`) } };
    const resources = { T: role('T', trusts(aws(Q)), inline(allows('kms:Decrypt', '*', through('sqs')))) };
    const world = { keyPolicy: [keyAllows(aws(`arn:aws:iam::${A}:root`), 'kms:Decrypt', two)], resources };
    expect(rows({ ...world, q: [DECRYPT] }, Q)).toEqual([]);
    expect(rows({ ...world, q: [allows('kms:Decrypt', '*', through('s3'))] }, Q)).toEqual([`sts:AssumeRole ${T} conditional`]);
  });

  test('who can change the key policy, roles that can do the same are not told', () => {
    const T2 = role('T', trusts(aws(Q)), inline(allows('kms:PutKeyPolicy')));
    const delegated = keyAllows(aws(A), 'kms:PutKeyPolicy');
    expect(rows({ keyPolicy: [delegated], q: [allows('kms:PutKeyPolicy')], resources: { T: T2 } }, Q)).toEqual(['kms:PutKeyPolicy allowed']);
    expect(rows({ keyPolicy: [delegated], resources: { T: T2 } }, Q)).toEqual([`sts:AssumeRole ${T} allowed`]);
  });

  test('whom no template makes, only what they do with the key itself is told', () => {
    expect(rows({ keyPolicy: [keyAllows(aws(T), 'kms:PutKeyPolicy')] }, T)).toEqual(['kms:PutKeyPolicy unknown']);
  });

  test('the conditions on the way and on the use are told together', () => {
    const external = { ...trusts(aws(Q)), Condition: { StringEquals: { 'sts:ExternalId': 'x' } } };
    const [{ decision, how }] = escalate({ keyPolicy: [VIA_S3], resources: { T: role('T', external, inline(DECRYPT)) } }, Q);
    expect([how, decision.conditions]).toEqual([`becomes ${T}, who may use the key`, [[
      { operator: 'StringEquals', key: 'sts:ExternalId', values: ['x'] }, { operator: 'StringEquals', key: 'kms:ViaService', values: ['s3.eu-west-1.amazonaws.com'] },
    ]]]);
  });
});
