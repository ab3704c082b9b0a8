import {
  allows, aws, DECRYPT, DELEGATED, denies, DENY_DIRECT_GRANTS, EVERYTHING, keyAllows, keyDenies, NAMES_R, ONLY_S3, service, through, via, VIA_EC2,
  VIA_S3,
} from './statements';
import { AccessRequest } from '../../../src/access/access-model';
import { Verdict } from '../../../src/access/decision/decision';
import { A, AUTO_SCALING, B, K, K2, Q, R, RB, ROOT, ROOT_B, U, World } from '../../support/access-world';

/** What is given, what is asked, what must be the answer, and who says so. */
export type GoldenRow = readonly [row: string, given: string, world: World, question: Partial<AccessRequest>, verdict: Verdict, source: string];

const SESSION = `arn:aws:sts::${A}:assumed-role/R/`;
const C = '777788889999';
/** The stacks of another account cannot import the ARN of the key. */
const KEYS_OF_A = `arn:aws:kms:eu-west-1:${A}:key/*`;
const S3 = { 'kms:ViaService': via('s3') };
const APP = { 'kms:EncryptionContext:AppName': 'Foo' };
const EVERYBODY_AS_R = keyAllows(aws('*'), 'kms:Decrypt', { ArnEquals: { 'aws:PrincipalArn': R }, StringEquals: { 'kms:CallerAccount': A } });
const TO_SERVICE = keyAllows(service('sns.amazonaws.com'), 'kms:Decrypt', { StringEquals: { 'aws:SourceAccount': A } });
const SERVICE = { principal: 'sns.amazonaws.com' };
const NOT_PRINCIPAL = (...arns: string[]) => ({ Effect: 'Deny', NotPrincipal: aws(...arns), Action: 'kms:*', Resource: '*' });
const REPLICA = (keyPolicy: unknown) => ({
  Replica: {
    Type: 'AWS::KMS::ReplicaKey',
    Properties: { PrimaryKeyArn: `arn:aws:kms:us-east-1:${A}:key/mrk-1`, KeyPolicy: { Version: '2012-10-17', Statement: [keyPolicy] } },
  },
});
const ALIASES = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`Alias${i}`, {
  Type: 'AWS::KMS::Alias', Properties: { AliasName: `alias/app-${i}`, TargetKeyId: { Ref: 'K' } },
}]));
const GRANT = { key: 'K', grantee: R, operations: ['Decrypt', 'DescribeKey'] };

/** The rows of policy-model §4, in its order. A row that asks several things has several lines. */
export const POLICY_MODEL: readonly GoldenRow[] = [
  ['1', 'the account is delegated everything, R has no IAM', { keyPolicy: [DELEGATED] }, {}, 'denied', 'K-def'],
  ['2', 'the account is delegated everything, R is allowed', { keyPolicy: [DELEGATED], r: [DECRYPT] }, {}, 'allowed', 'K-def'],
  ['3', 'the account is delegated other actions only', { keyPolicy: [keyAllows(aws(ROOT), ['kms:DescribeKey', 'kms:PutKeyPolicy'])], r: [EVERYTHING] },
    {}, 'denied', 'K-def'],
  ['4', 'the key policy names R', { keyPolicy: [NAMES_R] }, {}, 'allowed', 'K-ovw'],
  ['5', 'the key policy names R, whose boundary says nothing of it', { keyPolicy: [NAMES_R], boundary: [ONLY_S3] }, {}, 'denied', 'IAM-eval'],
  ['6', 'the key policy names a session, R has a boundary: that session', { keyPolicy: [keyAllows(aws(`${SESSION}s1`), 'kms:Decrypt')], boundary: [ONLY_S3] },
    { principal: `${SESSION}s1` }, 'allowed', 'IAM-eval'],
  ['6', 'the key policy names a session, R has a boundary: another', { keyPolicy: [keyAllows(aws(`${SESSION}s1`), 'kms:Decrypt')], boundary: [ONLY_S3] },
    { principal: `${SESSION}s2` }, 'denied', 'IAM-eval'],
  ['7', 'the key policy names the user U, who has a boundary', { keyPolicy: [keyAllows(aws(U), 'kms:Decrypt')], boundary: [ONLY_S3] },
    { principal: U }, 'allowed', 'IAM-eval'],
  ['8', 'everybody whose ARN is R, R has a boundary', { keyPolicy: [EVERYBODY_AS_R], boundary: [ONLY_S3] }, {}, 'allowed', 'IAM-prin'],
  ['9', 'the same, and the boundary denies', { keyPolicy: [EVERYBODY_AS_R], boundary: [ONLY_S3, denies('kms:Decrypt')] }, {}, 'denied', 'IAM-prin'],
  ['10', 'delegated, R is allowed, its boundary says nothing of it', { keyPolicy: [DELEGATED], r: [DECRYPT], boundary: [ONLY_S3] }, {}, 'denied', 'IAM-eval'],
  ['11', 'the key policy names R only, Q has kms:*', { keyPolicy: [NAMES_R], q: [EVERYTHING] }, { principal: Q }, 'denied', 'K-def'],
  ['12', 'the key policy names R, which its IAM denies', { keyPolicy: [NAMES_R], r: [denies('kms:Decrypt')] }, {}, 'denied', 'K-def'],
  ['13', 'aws:PrincipalArn is asked to be a session', { keyPolicy: [keyAllows(aws('*'), 'kms:*', { ArnEquals: { 'aws:PrincipalArn': `${SESSION}s1` } })] },
    { principal: `${SESSION}s1` }, 'denied', 'IAM condition keys'],
  ['14', 'the key policy delegates to the bare account id', { keyPolicy: [keyAllows(aws(A), 'kms:*')], r: [DECRYPT] }, {}, 'allowed', 'IAM-prin'],
  ['14', 'the bare account id alone', { keyPolicy: [keyAllows(aws(A), 'kms:*')] }, {}, 'denied', 'IAM-prin'],
  ['15', 'a wildcard in a role ARN', { keyPolicy: [keyAllows(aws(`arn:aws:iam::${A}:role/*`), 'kms:*')], r: [EVERYTHING] }, {}, 'denied', 'IAM-prin'],
  ['15', 'a group', { keyPolicy: [keyAllows(aws(`arn:aws:iam::${A}:group/G`), 'kms:*')], r: [EVERYTHING] }, {}, 'denied', 'K-ovw'],
  ['16', 'delegated to account B, no IAM there', { keyPolicy: [keyAllows(aws(ROOT_B), 'kms:Decrypt')] }, { principal: RB }, 'denied', 'K-xacct'],
  ['16', 'delegated to account B, and IAM there', { keyPolicy: [keyAllows(aws(ROOT_B), 'kms:Decrypt')], rb: [allows('kms:Decrypt', KEYS_OF_A)] },
    { principal: RB }, 'allowed', 'K-xacct'],
  ['17', 'the key policy names a role of B without IAM', { keyPolicy: [keyAllows(aws(RB), 'kms:Decrypt')] }, { principal: RB }, 'denied', 'K-xacct'],
  ...['kms:ScheduleKeyDeletion', 'kms:PutKeyPolicy', 'kms:TagResource'].map((action): GoldenRow =>
    ['18', `both sides allow ${action} from B`, { keyPolicy: [keyAllows(aws(ROOT_B, RB), 'kms:*')], rb: [EVERYTHING] }, { principal: RB, action }, 'denied', 'K-xacct']),
  ['19', 'everybody without a condition: R without IAM', { keyPolicy: [keyAllows('*', 'kms:Decrypt')] }, {}, 'allowed', 'K-ovw'],
  ['19', 'everybody without a condition: B without IAM', { keyPolicy: [keyAllows('*', 'kms:Decrypt')] }, { principal: RB }, 'denied', 'IAM-prin'],
  ['19', 'everybody without a condition: B with IAM', { keyPolicy: [keyAllows('*', 'kms:Decrypt')], rb: [DECRYPT] }, { principal: RB }, 'allowed', 'IAM-prin'],
  ['20', 'everybody of account A: B with IAM', { keyPolicy: [keyAllows('*', 'kms:Decrypt', { StringEquals: { 'kms:CallerAccount': A } })], rb: [DECRYPT] },
    { principal: RB }, 'denied', 'K-cond'],
  ['21', 'V(S3) and IAM: directly', { keyPolicy: [VIA_S3], r: [DECRYPT] }, { complete: true }, 'denied', 'K-cond'],
  ['21', 'V(S3) and IAM: through S3', { keyPolicy: [VIA_S3], r: [DECRYPT] }, { complete: true, context: S3 }, 'allowed', 'K-cond'],
  ['21', 'V(S3) and IAM: through S3 of another Region', { keyPolicy: [VIA_S3], r: [DECRYPT] },
    { complete: true, context: { 'kms:ViaService': via('s3', 'us-east-1') } }, 'denied', 'K-cond'],
  ['21', 'V(S3) and IAM: open', { keyPolicy: [VIA_S3], r: [DECRYPT] }, {}, 'conditional', 'K-cond'],
  ['22', 'the key asks for S3, IAM for SQS', { keyPolicy: [VIA_S3], r: [allows('kms:Decrypt', '*', through('sqs'))] }, {}, 'denied', 'logic'],
  ['23', 'one statement asks for the service, another for the context', {
    keyPolicy: [VIA_S3, keyAllows(aws(ROOT), 'kms:Decrypt', { StringEquals: APP })], r: [DECRYPT],
  }, { complete: true, context: APP }, 'allowed', 'IAM-cond'],
  ['24', 'IfExists is no fence', { keyPolicy: [keyAllows(aws(R), 'kms:Decrypt', { StringEqualsIfExists: S3 })] }, { complete: true }, 'allowed', 'IAM-cond'],
  ['25', 'a Deny with a negated operator, directly', { keyPolicy: [NAMES_R, keyDenies('*', 'kms:*', { StringNotEquals: S3 })] }, { complete: true }, 'denied', 'IAM-cond'],
  ['26', 'Null asks for no service: directly', { keyPolicy: [keyAllows(aws(R), 'kms:*', { Null: { 'kms:ViaService': 'true' } })] },
    { complete: true }, 'allowed', 'IAM-cond'],
  ['26', 'Null asks for no service: through S3', { keyPolicy: [keyAllows(aws(R), 'kms:*', { Null: { 'kms:ViaService': 'true' } })] },
    { complete: true, context: S3 }, 'denied', 'IAM-cond'],
  ['27', 'GrantIsForAWSResource in a statement with Decrypt', {
    keyPolicy: [keyAllows(aws(R), ['kms:Decrypt', 'kms:CreateGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } })],
  }, {}, 'denied', 'AUTH'],
  ['28', 'Bool where the key is absent', { keyPolicy: [keyAllows(aws(R), 'kms:CreateGrant', { Bool: { 'kms:GrantIsForAWSResource': 'false' } })] },
    { action: 'kms:CreateGrant', complete: true }, 'denied', 'IAM-cond'],
  ['28', 'BoolIfExists where the key is absent', { keyPolicy: [keyAllows(aws(R), 'kms:CreateGrant'), DENY_DIRECT_GRANTS] },
    { action: 'kms:CreateGrant', complete: true }, 'denied', 'CT3'],
  ['29', 'ForAllValues without a context', { keyPolicy: [keyAllows(aws(R), 'kms:*', { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['a'] } })] },
    { complete: true }, 'allowed', 'IAM-multi'],
  ['29', 'ForAllValues with Null, without a context', {
    keyPolicy: [keyAllows(aws(R), 'kms:*', { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['a'] }, 'Null': { 'kms:EncryptionContextKeys': 'false' } })],
  }, { complete: true }, 'denied', 'IAM-multi'],
  ['30', 'ForAnyValue on an absent key', { keyPolicy: [keyAllows(aws(R), 'kms:*', { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': ['a'] } })] },
    { complete: true }, 'denied', 'IAM-multi'],
  ['31', 'the name of a context key in another case', { keyPolicy: [keyAllows(aws(R), 'kms:*', { StringEquals: APP })] },
    { complete: true, context: { 'kms:EncryptionContext:appname': 'Foo' } }, 'allowed', 'K-cond'],
  ['31', 'the value of a context key in another case', { keyPolicy: [keyAllows(aws(R), 'kms:*', { StringEquals: APP })] },
    { complete: true, context: { 'kms:EncryptionContext:AppName': 'foo' } }, 'denied', 'K-cond'],
  ['32', 'EncryptionContextKeys in another case', {
    keyPolicy: [keyAllows(aws(R), 'kms:*', { 'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'AppName' } })],
  }, { complete: true, context: { 'kms:EncryptionContext:appname': 'Foo' } }, 'denied', 'K-cond'],
  ['33', 'a context condition on DescribeKey', { keyPolicy: [keyAllows(aws(R), 'kms:*', { StringEquals: APP })] },
    { action: 'kms:DescribeKey', context: APP }, 'denied', 'AUTH, K-lp'],
  ...['aws:SourceArn', 'aws:SourceAccount'].map((key): GoldenRow =>
    ['34', `${key} is required of a forwarded call`, { keyPolicy: [keyAllows(aws(R), 'kms:*', { StringLike: { [key]: '*' } })] }, { context: S3 }, 'denied', 'K-lp']),
  ['35', 'a service principal with ViaService', { keyPolicy: [keyAllows(service('sns.amazonaws.com'), 'kms:*', through('sns'))] },
    { ...SERVICE, context: { 'kms:ViaService': via('sns') } }, 'denied', 'K-cond'],
  ['35', 'a service principal with aws:PrincipalOrgID', {
    keyPolicy: [keyAllows(service('sns.amazonaws.com'), 'kms:*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })],
  }, SERVICE, 'denied', 'IAM-g'],
  ['36', 'aws:SourceAccount A: from account C', { keyPolicy: [TO_SERVICE] }, { ...SERVICE, context: { 'aws:SourceAccount': C }, complete: true }, 'denied', 'K-lp'],
  ['36', 'aws:SourceAccount A: absent', { keyPolicy: [TO_SERVICE] }, { ...SERVICE, complete: true }, 'denied', 'K-lp'],
  ['36', 'aws:SourceAccount A: from account A', { keyPolicy: [TO_SERVICE] }, { ...SERVICE, context: { 'aws:SourceAccount': A }, complete: true }, 'allowed', 'K-lp'],
  ['37', 'the Resource of an Allow is the ARN of the key', { keyPolicy: [{ ...NAMES_R, Resource: { 'Fn::GetAtt': ['K', 'Arn'] } }] }, {}, 'denied', 'MOJ-7691'],
  ['37', 'the Resource of a Deny is the ARN of the key', { keyPolicy: [NAMES_R, { ...keyDenies('*', 'kms:*'), Resource: { 'Fn::GetAtt': ['K', 'Arn'] } }] },
    {}, 'unknown', 'MOJ-7691'],
  ['38', 'a statement without Action', { keyPolicy: [{ Effect: 'Allow', Principal: aws(R), Resource: '*' }] }, {}, 'denied', 'MOJ-7691'],
  ['38', 'a statement without Resource', { keyPolicy: [{ Effect: 'Allow', Principal: aws(R), Action: 'kms:*' }] }, {}, 'denied', 'MOJ-7691'],
  ['39', 'the Resource in IAM is an alias', { keyPolicy: [DELEGATED], r: [allows('kms:Decrypt', `arn:aws:kms:eu-west-1:${A}:alias/app-0`)], resources: ALIASES(1) },
    {}, 'denied', 'K-iam'],
  ['39', 'the Resource in IAM is a bare key id', { keyPolicy: [], r: [allows('kms:Decrypt', 'mrk-1')], resources: REPLICA(DELEGATED) }, { key: 'Replica' }, 'denied', 'K-iam'],
  ['40', 'wildcards for Region and id', { r: [allows('kms:Decrypt', `arn:aws:kms:*:${A}:key/*`)], resources: REPLICA(DELEGATED) }, { key: 'Replica' }, 'allowed', 'K-iam'],
  ['40', 'the key of the same family in another Region', { r: [allows('kms:Decrypt', `arn:aws:kms:us-east-1:${A}:key/mrk-1`)], resources: REPLICA(DELEGATED) },
    { key: 'Replica' }, 'denied', 'K-mr'],
  ['41', 'the primary allows, its replica does not', { keyPolicy: [NAMES_R], resources: REPLICA(keyAllows(aws(Q), 'kms:*')) }, { key: 'Replica' }, 'denied', 'K-mr'],
  ['42', 'kms:RequestAlias, and the caller passes no alias', { keyPolicy: [keyAllows(aws(R), 'kms:*', { StringEquals: { 'kms:RequestAlias': 'alias/app-0' } })], resources: ALIASES(1) },
    { complete: true }, 'denied', 'K-cond'],
  ['42', 'kms:RequestAlias, and the caller passes the alias', { keyPolicy: [keyAllows(aws(R), 'kms:*', { StringEquals: { 'kms:RequestAlias': 'alias/app-0' } })], resources: ALIASES(1) },
    { key: 'alias/app-0', complete: true }, 'allowed', 'K-cond'],
  ['43', 'kms:ResourceAliases in a key policy', {
    keyPolicy: [keyAllows(aws(R), 'kms:*', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/app-0' } })], resources: ALIASES(1),
  }, { context: { 'kms:ResourceAliases': ['alias/app-0'] } }, 'denied', 'K-cond'],
  ...([[50, 'allowed'], [51, 'denied']] as const).map(([count, verdict]): GoldenRow => ['43', `kms:ResourceAliases in IAM, with ${count} aliases`, {
    keyPolicy: [DELEGATED], r: [allows('kms:Decrypt', '*', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/app-0' } })], resources: ALIASES(count),
  }, {}, verdict, 'K-res']),
  ['44', 'an action in another case', { keyPolicy: [keyAllows(aws(R), 'kms:generatedatakeywithoutplainText')] },
    { action: 'kms:GenerateDataKeyWithoutPlaintext' }, 'allowed', 'CDK volume.js'],
  ['45', 'kms:ReEncrypt without a star', { keyPolicy: [keyAllows(aws(R), 'kms:ReEncrypt')] }, { action: 'kms:ReEncryptFrom' }, 'denied', 'AUTH'],
  ['46', 'NotAction of an Allow: another action', { keyPolicy: [DELEGATED], r: [{ Effect: 'Allow', NotAction: 'kms:ScheduleKeyDeletion', Resource: '*' }] }, {}, 'allowed', 'IAM'],
  ['46', 'NotAction of an Allow: the action', { keyPolicy: [DELEGATED], r: [{ Effect: 'Allow', NotAction: 'kms:ScheduleKeyDeletion', Resource: '*' }] },
    { action: 'kms:ScheduleKeyDeletion' }, 'denied', 'IAM'],
  ['46', 'NotAction of an Allow is no Deny', { keyPolicy: [DELEGATED], r: [{ Effect: 'Allow', NotAction: 'kms:ScheduleKeyDeletion', Resource: '*' }, EVERYTHING] },
    { action: 'kms:ScheduleKeyDeletion' }, 'allowed', 'IAM'],
  ['47', 'NotAction of a Deny', { keyPolicy: [NAMES_R], r: [{ Effect: 'Deny', NotAction: 'kms:Describe*', Resource: '*' }] }, {}, 'denied', 'IAM'],
  ['48', 'NotResource of a Deny: another key', { keyPolicy: [NAMES_R], r: [{ Effect: 'Deny', Action: 'kms:*', NotResource: K }] }, { key: 'K2' }, 'denied', 'IAM'],
  ['48', 'NotResource of a Deny: the key', { keyPolicy: [NAMES_R], r: [{ Effect: 'Deny', Action: 'kms:*', NotResource: K }] }, {}, 'allowed', 'IAM'],
  ['49', 'NotPrincipal of a Deny lists R, which has a boundary', { keyPolicy: [NAMES_R, NOT_PRINCIPAL(R, ROOT, `${SESSION}s1`)], boundary: [EVERYTHING] },
    { principal: `${SESSION}s1` }, 'denied', 'IAM-bnd'],
  ['50', 'NotPrincipal of a Deny lists R, but not its session', { keyPolicy: [NAMES_R, NOT_PRINCIPAL(R, ROOT)] }, { principal: `${SESSION}s1` }, 'denied', 'IAM-np'],
  ['50', 'NotPrincipal of a Deny lists R, its account and its session', { keyPolicy: [NAMES_R, NOT_PRINCIPAL(R, ROOT, `${SESSION}s1`)] },
    { principal: `${SESSION}s1` }, 'allowed', 'IAM-np'],
  ['51', 'NotPrincipal of an Allow: somebody else', { keyPolicy: [{ Effect: 'Allow', NotPrincipal: aws(Q), Action: 'kms:*', Resource: '*' }] }, {}, 'allowed', 'IAM-np'],
  ['51', 'NotPrincipal of an Allow: whom it lists', { keyPolicy: [{ Effect: 'Allow', NotPrincipal: aws(R), Action: 'kms:*', Resource: '*' }] }, {}, 'denied', 'IAM-np'],
  ['52', 'the key policy lists RetireGrant', { keyPolicy: [keyAllows(aws(R), ['kms:RetireGrant', 'kms:CreateGrant'])] }, { action: 'kms:RetireGrant' }, 'denied', 'K-ret'],
  ...['kms:CreateKey', 'kms:ListKeys', 'kms:ListAliases'].map((action): GoldenRow =>
    ['52', `${action} in a key policy`, { keyPolicy: [keyAllows(aws(R), action)] }, { action }, 'denied', 'K-eval']),
  ['53', 'a grant with a subset of the context', { grants: [{ ...GRANT, encryptionContextSubset: { a: 'b' } }] },
    { context: { 'kms:EncryptionContext:a': 'b', 'kms:EncryptionContext:c': 'd' }, complete: true }, 'allowed', 'API:CreateGrant'],
  ['53', 'a grant with all of the context', { grants: [{ ...GRANT, encryptionContextEquals: { a: 'b' } }] },
    { context: { 'kms:EncryptionContext:a': 'b', 'kms:EncryptionContext:c': 'd' }, complete: true }, 'denied', 'API:CreateGrant'],
  ['53', 'a grant with a context, and an action that has none', { grants: [{ ...GRANT, encryptionContextEquals: { a: 'b' } }] },
    { action: 'kms:DescribeKey', complete: true }, 'allowed', 'API:CreateGrant'],
  ['54', 'a grant, and the key policy denies', { keyPolicy: [keyDenies(aws(R), 'kms:Decrypt')], grants: [GRANT] }, {}, 'denied', 'K-eval'],
  ['55', 'a grant to a service-linked role of B', { grants: [{ ...GRANT, grantee: AUTO_SCALING.replace(A, B) }] },
    { principal: AUTO_SCALING.replace(A, B) }, 'allowed', 'ASG'],
  ['56', 'V(EC2) for the service-linked role of Auto Scaling', { keyPolicy: [VIA_EC2] },
    { principal: AUTO_SCALING, action: 'kms:GenerateDataKeyWithoutPlaintext' }, 'denied', 'ASG'],
  ['57', 'an AWS managed policy of unknown text', { keyPolicy: [DELEGATED], managed: ['arn:aws:iam::aws:policy/SomethingNew'] }, {}, 'unknown', 'safe side'],
  ['57', 'an AWS managed policy of known text', { keyPolicy: [DELEGATED], managed: ['arn:aws:iam::aws:policy/AdministratorAccess'] }, {}, 'allowed', 'safe side'],
  ['58', 'service control policies are not seen', { keyPolicy: [NAMES_R] }, { context: { 'aws:PrincipalOrgID': 'o-1' }, complete: true }, 'allowed', 'RCP, K-eval'],
  ['59', 'ViaService with the URL suffix of China', {
    deployment: { region: 'cn-north-1', partition: 'aws-cn' },
    keyPolicy: [keyAllows(aws(R.replace('aws', 'aws-cn')), 'kms:*', {
      StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' }, 'kms:ViaService': { 'Fn::Sub': 's3.${AWS::Region}.${AWS::URLSuffix}' } },
    })],
  }, { principal: 'R' }, 'denied', 'K-cond'],
  ['60', 'the root user itself, through S3', { keyPolicy: [VIA_S3] }, { principal: ROOT, context: S3, complete: true }, 'allowed', 'K-ovw'],
  ['60', 'the root user itself, directly', { keyPolicy: [VIA_S3] }, { principal: ROOT, complete: true }, 'denied', 'K-ovw'],
  ['61', 'a policy variable in the old version', { version: '2008-10-17', keyPolicy: [keyAllows(aws(U), 'kms:*', { StringEquals: { 'aws:username': '${aws:username}' } })] },
    { principal: U }, 'denied', 'IAM'],
  ['61', 'a policy variable in the new version', { keyPolicy: [keyAllows(aws(U), 'kms:*', { StringEquals: { 'aws:username': '${aws:username}' } })] },
    { principal: U }, 'allowed', 'IAM'],
  ['62', 'a principal from an import that nobody exports', { keyPolicy: [keyAllows(aws({ 'Fn::ImportValue': 'Nobody' }), 'kms:*')] }, {}, 'unknown', 'safe side'],
  ['62', 'the same in a Deny', { keyPolicy: [NAMES_R, keyDenies(aws({ 'Fn::ImportValue': 'Nobody' }), 'kms:*')] }, {}, 'unknown', 'safe side'],
  ['63', 'the key is disabled', { keyPolicy: [NAMES_R], key: { Enabled: false } }, {}, 'allowed', 'K-state'],
  ['64', 'a service delivers, and the key has no statement for it', { keyPolicy: [DELEGATED, VIA_S3], r: [EVERYTHING] },
    { principal: 's3.amazonaws.com', action: 'kms:GenerateDataKey' }, 'denied', 'SNS'],
  ['48', 'the second key in IAM', { keyPolicy: [DELEGATED], r: [allows('kms:Decrypt', K2)] }, {}, 'denied', 'IAM'],
];
