import type { GoldenRow } from './policy-model';
import {
  allows, aws, DECRYPT, DELEGATED, denies, DENY_DIRECT_GRANTS, EVERYTHING, GRANTS_VIA_EC2, keyAllows, keyDenies, NAMES_R, service, through, via,
  VIA_EC2, VIA_S3,
} from './statements';
import { A, AUTO_SCALING, B, K, Q, R, RB, REGION, ROOT, ROOT_B, U, World } from '../../support/access-world';

const ORG = 'o-exampleorg';
const TRAIL = `arn:aws:cloudtrail:${REGION}:${A}:trail/T`;
const BUS = `arn:aws:events:${REGION}:${A}:event-bus/B`;
const GROUP = `arn:aws:logs:${REGION}:${A}:log-group:G`;
const LOGS = `logs.${REGION}.amazonaws.com`;
const context = (key: string, value: string) => ({ [`kms:EncryptionContext:${key}`]: value });
const asked = (action: string, extra: object = {}) => ({ action: `kms:${action}`, complete: true, ...extra });
const managed = (...names: string[]) => names.map((name) => `arn:aws:iam::aws:policy/${name}`);
const OWN = (prefix: string, ...actions: string[]) => keyAllows(aws(ROOT), actions.map((action) => `kms:${action}`),
  { StringEquals: { 'kms:CallerAccount': A, 'kms:ViaService': via(prefix) } });
const AUTO_SCALING_STATEMENTS = [
  keyAllows(aws('*'), ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    { StringEquals: { 'kms:CallerAccount': A }, ArnEquals: { 'aws:PrincipalArn': AUTO_SCALING } }),
  keyAllows(aws('*'), 'kms:CreateGrant',
    { StringEquals: { 'kms:CallerAccount': A }, ArnEquals: { 'aws:PrincipalArn': AUTO_SCALING }, Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
];
const CLOUDTRAIL = [
  keyAllows(service('cloudtrail.amazonaws.com'), 'kms:GenerateDataKey*', {
    StringEquals: { 'aws:SourceArn': TRAIL }, StringLike: context('aws:cloudtrail:arn', `arn:aws:cloudtrail:*:${A}:trail/*`),
  }),
  keyAllows(service('cloudtrail.amazonaws.com'), 'kms:DescribeKey', { StringEquals: { 'aws:SourceArn': TRAIL } }),
];
const READS_TRAILS = keyAllows(aws(ROOT), 'kms:Decrypt', { Null: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'false' } });
const LOGS_OF_A = keyAllows(service(LOGS), ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'],
  { ArnLike: context('aws:logs:arn', `arn:aws:logs:${REGION}:${A}:*`) });
const EVENT_BUS = [
  keyAllows(service('events.amazonaws.com'), 'kms:DescribeKey'),
  keyAllows(service('events.amazonaws.com'), ['kms:GenerateDataKey', 'kms:Decrypt'],
    { StringEquals: { 'aws:SourceAccount': A, 'aws:SourceArn': BUS, ...context('aws:events:event-bus:arn', BUS) } }),
];
const INVENTORY = keyAllows(service('s3.amazonaws.com'), 'kms:GenerateDataKey',
  { StringEquals: { 'aws:SourceAccount': A }, ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::source' } });
const S3_OBJECTS = (resource: string | string[]) => allows(['kms:Decrypt', 'kms:GenerateDataKey'], K, { StringLike: context('aws:s3:arn', resource as string) });
const VAULT = keyAllows(aws(ROOT), 'kms:CreateGrant', {
  'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': 'aws:backup:backup-vault' },
  'Bool': { 'kms:GrantIsForAWSResource': 'true' },
  'StringLike': { 'kms:ViaService': 'backup.*.amazonaws.com' },
});
const TAGGED = allows('kms:Decrypt', '*', { StringEquals: { 'aws:ResourceTag/team': '${aws:PrincipalTag/team}' } });
const USER_PATH = allows('kms:Decrypt', K, { StringEquals: context('owner', '${aws:username}') });
const SHARED = [
  keyAllows(aws(ROOT_B), ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], { StringEquals: { 'kms:CallerAccount': B } }),
  keyAllows(aws(ROOT_B), ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
];
const NOBODY: World = {};

/** Rules of kms-facts §3, and its services: the consumer, the deployer, the service, and who must not. */
export const KMS_FACTS: readonly GoldenRow[] = [
  ['3.1', 'an explicit Deny of IAM beats the key policy', { keyPolicy: [DELEGATED, NAMES_R], r: [EVERYTHING, denies('kms:*')] }, {}, 'denied', 'K-eval'],
  ['3.1', 'an empty key policy', { r: [EVERYTHING] }, {}, 'denied', 'K-def'],
  ['3.1', 'IAM without delegation, but a Deny counts', { keyPolicy: [NAMES_R, keyAllows(aws(Q), 'kms:*')], r: [denies('kms:Decrypt', K)] }, {}, 'denied', 'K-def'],
  ['3.1', 'a Deny of the account is for all of it', { keyPolicy: [NAMES_R, keyDenies(aws(ROOT), 'kms:Decrypt')] }, {}, 'denied', 'K-eval'],
  ['3.1', 'ListAliases by IAM', { r: [allows('kms:ListAliases')] }, { action: 'kms:ListAliases' }, 'allowed', 'K-eval'],
  ['3.1', 'ListKeys by IAM on one key', { r: [allows('kms:ListKeys', K)] }, { action: 'kms:ListKeys' }, 'denied', 'AUTH'],
  ['3.1', 'an alias with the key alone', { keyPolicy: [DELEGATED], r: [allows('kms:CreateAlias', K)] }, { action: 'kms:CreateAlias' }, 'denied', 'AUTH'],
  ['3.1', 'an alias with the key and the alias', { keyPolicy: [DELEGATED], r: [allows('kms:CreateAlias', [K, `arn:aws:kms:${REGION}:${A}:alias/*`])] },
    { action: 'kms:CreateAlias' }, 'allowed', 'AUTH'],
  ['3.1', 'an alias, and the key policy names R without IAM', { keyPolicy: [keyAllows(aws(R), 'kms:CreateAlias')] }, { action: 'kms:CreateAlias' }, 'denied', 'AUTH'],
  ['3.1', 'RetireGrant by IAM', { r: [allows('kms:RetireGrant', K)] }, { action: 'kms:RetireGrant' }, 'allowed', 'K-ret'],
  ['3.1', 'a key without a policy has the one of KMS', { key: { KeyPolicy: undefined }, r: [DECRYPT] }, {}, 'allowed', 'K-def'],
  ['3.1', 'GetKeyRotationStatus from another account', { keyPolicy: SHARED.concat(keyAllows(aws(ROOT_B), 'kms:Get*')), rb: [EVERYTHING] },
    { principal: RB, action: 'kms:GetKeyRotationStatus' }, 'allowed', 'K-xacct'],
  ['3.1', 'GetKeyPolicy from another account', { keyPolicy: [keyAllows(aws(ROOT_B), 'kms:Get*')], rb: [EVERYTHING] },
    { principal: RB, action: 'kms:GetKeyPolicy' }, 'denied', 'K-xacct'],
  ['3.1', 'the root user of another account', { keyPolicy: [keyAllows(aws(ROOT_B), 'kms:Decrypt')] }, { principal: ROOT_B }, 'allowed', 'K-xacct'],
  ['3.1', 'a boundary in another account', { keyPolicy: [keyAllows(aws(RB), 'kms:Decrypt')], rb: [DECRYPT], boundary: [allows('s3:*')] },
    { principal: RB }, 'denied', 'IAM-eval'],
  ['3.1', 'a user by IAM, within a boundary that allows', { keyPolicy: [DELEGATED], u: [DECRYPT], boundary: [allows('kms:Decrypt')] }, { principal: U }, 'allowed', 'IAM-eval'],
  ['3.1', 'a principal that no template makes', { keyPolicy: [DELEGATED] }, { principal: `arn:aws:iam::${A}:role/Elsewhere` }, 'unknown', 'safe side'],
  ['3.1', 'nobody delegates to a principal that no template makes', NOBODY, { principal: `arn:aws:iam::${A}:role/Elsewhere` }, 'denied', 'K-def'],
  ['3.2', 'administrators of the console default use nothing', {
    keyPolicy: [keyAllows(aws(R), ['kms:Create*', 'kms:Describe*', 'kms:Enable*', 'kms:List*', 'kms:Put*', 'kms:Update*', 'kms:Revoke*', 'kms:Disable*', 'kms:Get*'])],
  }, {}, 'denied', 'K-def'],
  ['3.2', 'administrators of the console default make grants', { keyPolicy: [keyAllows(aws(R), ['kms:Create*'])] }, { action: 'kms:CreateGrant' }, 'allowed', 'K-def'],
  ['3.3', 'a context condition on Sign', { keyPolicy: [keyAllows(aws(R), 'kms:Sign', { StringEquals: context('a', 'b') })] },
    { action: 'kms:Sign', context: context('a', 'b') }, 'denied', 'AUTH'],
  ['3.3', 'kms:GrantOperations on RevokeGrant', { keyPolicy: [keyAllows(aws(R), 'kms:RevokeGrant', { 'ForAnyValue:StringEquals': { 'kms:GrantOperations': 'Decrypt' } })] },
    { action: 'kms:RevokeGrant' }, 'denied', 'AUTH'],
  ['3.3', 'kms:ReplicaRegion on ReplicateKey', { keyPolicy: [keyAllows(aws(R), 'kms:ReplicateKey', { StringEquals: { 'kms:ReplicaRegion': 'eu-central-1' } })] },
    asked('ReplicateKey', { context: { 'kms:ReplicaRegion': 'eu-central-1' } }), 'allowed', 'AUTH'],
  ['3.3', 'kms:ReplicaRegion on UpdatePrimaryRegion', {
    keyPolicy: [keyAllows(aws(R), ['kms:ReplicateKey', 'kms:UpdatePrimaryRegion'], { StringEquals: { 'kms:ReplicaRegion': 'eu-central-1' } })],
  }, { action: 'kms:UpdatePrimaryRegion' }, 'denied', 'AUTH'],
  ['3.3', 'the bypass of the lock-out check is denied', { keyPolicy: [keyAllows(aws(R), 'kms:PutKeyPolicy'), keyDenies(aws('*'), 'kms:PutKeyPolicy', { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } })] },
    asked('PutKeyPolicy', { context: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } }), 'denied', 'K-cond'],
  ['3.3', 'a change of the policy without the bypass', { keyPolicy: [keyAllows(aws(R), 'kms:PutKeyPolicy'), keyDenies(aws('*'), 'kms:PutKeyPolicy', { Bool: { 'kms:BypassPolicyLockoutSafetyCheck': 'true' } })] },
    asked('PutKeyPolicy'), 'allowed', 'K-cond'],
  ['3.3', 'a waiting period that is too short', { keyPolicy: [keyAllows(aws(R), 'kms:ScheduleKeyDeletion', { NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' } })] },
    asked('ScheduleKeyDeletion', { context: { 'kms:ScheduleKeyDeletionPendingWindowInDays': 7 } }), 'denied', 'K-cond'],
  ['3.4', 'kms:ViaService in any Region', { keyPolicy: [keyAllows(aws(R), 'kms:*', { StringLike: { 'kms:ViaService': 'dynamodb.*.amazonaws.com' } })] },
    asked('Decrypt', { context: { 'kms:ViaService': via('dynamodb', 'us-east-1') } }), 'allowed', 'DDB'],
  ['3.4', 'kms:GrantIsForAWSResource is missing where a caller makes the grant', { keyPolicy: [GRANTS_VIA_EC2], r: [EVERYTHING] },
    asked('CreateGrant', { context: { 'kms:ViaService': via('ec2') } }), 'denied', 'K-cond'],
  ['3.4', 'every operation of a grant must be among those listed', {
    keyPolicy: [keyAllows(aws(R), 'kms:CreateGrant', { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt', 'DescribeKey'] } })],
  }, asked('CreateGrant', { context: { 'kms:GrantOperations': ['Decrypt', 'Encrypt'] } }), 'denied', 'K-cond'],
  ['3.4', 'all operations of a grant are among those listed', {
    keyPolicy: [keyAllows(aws(R), 'kms:CreateGrant', { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt', 'DescribeKey'] } })],
  }, asked('CreateGrant', { context: { 'kms:GrantOperations': ['Decrypt'] } }), 'allowed', 'K-cond'],
  ['3.4', 'kms:KeySpec is what the key has', { keyPolicy: [DELEGATED], r: [allows('kms:*', '*', { StringEquals: { 'kms:KeySpec': 'SYMMETRIC_DEFAULT' } })] }, {}, 'allowed', 'K-cond'],
  ['3.4', 'kms:MultiRegion is what the key is', { keyPolicy: [DELEGATED], r: [allows('kms:*', '*', { Bool: { 'kms:MultiRegion': 'true' } })] }, {}, 'denied', 'K-cond'],
  ['3.4', 'aws:PrincipalOrgID is for principals of the organization', { keyPolicy: [keyAllows('*', 'kms:Decrypt', { StringEquals: { 'aws:PrincipalOrgID': ORG } })] },
    {}, 'conditional', 'IAM-g'],
  ['3.4', 'aws:PrincipalIsAWSService is false for a service-linked role', { keyPolicy: [keyAllows('*', 'kms:*', { Bool: { 'aws:PrincipalIsAWSService': 'true' } })] },
    { principal: AUTO_SCALING }, 'denied', 'IAM-g'],
  ['3.4', 'aws:ViaAWSService is true where kms:ViaService is there', { keyPolicy: [keyAllows(aws(R), 'kms:*', { Bool: { 'aws:ViaAWSService': 'false' }, ...through('s3') })] },
    {}, 'denied', 'IAM-g'],
  ['ABAC', 'the tag of the key is the tag of the principal', { keyPolicy: [DELEGATED], r: [TAGGED], key: { Tags: [{ Key: 'team', Value: 'billing' }] }, role: { Tags: [{ Key: 'team', Value: 'billing' }] } },
    {}, 'allowed', 'IAM'],
  ['ABAC', 'the tag of the key is another', { keyPolicy: [DELEGATED], r: [TAGGED], key: { Tags: [{ Key: 'team', Value: 'billing' }] }, role: { Tags: [{ Key: 'team', Value: 'sales' }] } },
    {}, 'denied', 'IAM'],
  ['ABAC', 'the context must be the name of the user', { keyPolicy: [DELEGATED], u: [USER_PATH] }, { principal: U, ...asked('Decrypt', { context: context('owner', 'U') }) }, 'allowed', 'IAM'],
  ['ABAC', 'the context is the name of another user', { keyPolicy: [DELEGATED], u: [USER_PATH] }, { principal: U, ...asked('Decrypt', { context: context('owner', 'V') }) }, 'denied', 'IAM'],
  ['1.5', 'an old key of the family allows, the Region has its own policy', { keyPolicy: [NAMES_R], key: { MultiRegion: true } }, {}, 'allowed', 'K-mr'],
  ['4.1', 'EBS: who launches, through EC2', { keyPolicy: [VIA_EC2, GRANTS_VIA_EC2], r: [EVERYTHING] },
    asked('CreateGrant', { context: { 'kms:ViaService': via('ec2'), 'kms:GrantIsForAWSResource': true } }), 'allowed', 'EBS-req'],
  ['4.1', 'EBS: who launches, without CreateGrant', { keyPolicy: [VIA_EC2], r: [EVERYTHING] },
    asked('CreateGrant', { context: { 'kms:ViaService': via('ec2'), 'kms:GrantIsForAWSResource': true } }), 'denied', 'EBS-req'],
  ['4.1', 'EBS: direct grants are denied, those for EC2 are not', { keyPolicy: [VIA_EC2, GRANTS_VIA_EC2, DENY_DIRECT_GRANTS], r: [EVERYTHING] },
    asked('CreateGrant', { context: { 'kms:ViaService': via('ec2'), 'kms:GrantIsForAWSResource': true } }), 'allowed', 'CT3'],
  ['4.1', 'EBS: who launches reads nothing directly', { keyPolicy: [VIA_EC2, GRANTS_VIA_EC2], r: [EVERYTHING] }, asked('Decrypt'), 'denied', 'EBS-req'],
  ...['Decrypt', 'GenerateDataKeyWithoutPlaintext', 'DescribeKey', 'ReEncryptFrom'].map((action): GoldenRow =>
    ['4.1', `Auto Scaling: ${action} by its service-linked role`, { keyPolicy: [VIA_EC2, ...AUTO_SCALING_STATEMENTS] }, { principal: AUTO_SCALING, ...asked(action) }, 'allowed', 'ASG']),
  ['4.1', 'Auto Scaling: the grant of its service-linked role', { keyPolicy: AUTO_SCALING_STATEMENTS },
    { principal: AUTO_SCALING, ...asked('CreateGrant', { context: { 'kms:GrantIsForAWSResource': 'true' } }) }, 'allowed', 'ASG'],
  ['4.1', 'Auto Scaling: another role', { keyPolicy: AUTO_SCALING_STATEMENTS, r: [EVERYTHING] }, {}, 'denied', 'ASG'],
  ['4.1', 'a key shared with an account: its role through the statement', { keyPolicy: SHARED, rb: [EVERYTHING] }, { principal: RB, ...asked('ReEncryptFrom') }, 'allowed', 'EBS-share'],
  ['4.1', 'a key shared with an account: its role without IAM', { keyPolicy: SHARED }, { principal: RB, ...asked('ReEncryptFrom') }, 'denied', 'EBS-share'],
  ['4.2', 'S3: a writer of objects under a Bucket Key', { keyPolicy: [VIA_S3], r: [S3_OBJECTS(['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])] },
    asked('GenerateDataKey', { context: { 'kms:ViaService': via('s3'), ...context('aws:s3:arn', 'arn:aws:s3:::b') } }), 'allowed', 'S3-bk'],
  ['4.2', 'S3: a policy that only knows objects, under a Bucket Key', { keyPolicy: [VIA_S3], r: [S3_OBJECTS('arn:aws:s3:::b/*')] },
    asked('GenerateDataKey', { context: { 'kms:ViaService': via('s3'), ...context('aws:s3:arn', 'arn:aws:s3:::b') } }), 'denied', 'S3-bk'],
  ['4.2', 'S3: an object of another bucket', { keyPolicy: [VIA_S3], r: [S3_OBJECTS(['arn:aws:s3:::b', 'arn:aws:s3:::b/*'])] },
    asked('Decrypt', { context: { 'kms:ViaService': via('s3'), ...context('aws:s3:arn', 'arn:aws:s3:::c/x') } }), 'denied', 'S3-kms'],
  ['4.2', 'S3: the inventory of the bucket', { keyPolicy: [INVENTORY] },
    { principal: 's3.amazonaws.com', ...asked('GenerateDataKey', { context: { 'aws:SourceAccount': A, 'aws:SourceArn': 'arn:aws:s3:::source' } }) }, 'allowed', 'S3-inv'],
  ['4.2', 'S3: the inventory of a bucket of another account', { keyPolicy: [INVENTORY] },
    { principal: 's3.amazonaws.com', ...asked('GenerateDataKey', { context: { 'aws:SourceAccount': B, 'aws:SourceArn': 'arn:aws:s3:::source' } }) }, 'denied', 'S3-inv'],
  ['4.2', 'S3: replication needs Encrypt at its destination', { keyPolicy: [VIA_S3], r: [EVERYTHING] }, asked('Encrypt', { context: { 'kms:ViaService': via('s3') } }), 'denied', 'S3-rep'],
  ['4.3', 'RDS: who creates the database', { keyPolicy: [OWN('rds', 'CreateGrant', 'DescribeKey')], r: [allows(['kms:CreateGrant', 'kms:DescribeKey'], K)] },
    asked('CreateGrant', { context: { 'kms:ViaService': via('rds'), 'kms:GrantIsForAWSResource': true } }), 'allowed', 'RDS-key'],
  ['4.3', 'RDS: who looks at Performance Insights', { keyPolicy: [OWN('rds', 'Decrypt', 'GenerateDataKey')], r: [allows('kms:Decrypt', K, { StringEquals: context('aws:pi:service', 'rds') })] },
    asked('Decrypt', { context: { 'kms:ViaService': via('rds'), ...context('aws:pi:service', 'rds') } }), 'allowed', 'RDS-pi'],
  ['4.5', 'SSM: a reader of the parameter', { keyPolicy: [OWN('ssm', 'Encrypt', 'Decrypt')], r: [allows('kms:Decrypt', K, { StringEquals: context('PARAMETER_ARN', `arn:aws:ssm:${REGION}:${A}:parameter/a/b`) })] },
    asked('Decrypt', { context: { 'kms:ViaService': via('ssm'), ...context('PARAMETER_ARN', `arn:aws:ssm:${REGION}:${A}:parameter/a/b`) } }), 'allowed', 'SSM-ss'],
  ['4.5', 'SSM: a reader of another parameter', { keyPolicy: [OWN('ssm', 'Encrypt', 'Decrypt')], r: [allows('kms:Decrypt', K, { StringLike: context('PARAMETER_ARN', `arn:aws:ssm:${REGION}:${A}:parameter/a/*`) })] },
    asked('Decrypt', { context: { 'kms:ViaService': via('ssm'), ...context('PARAMETER_ARN', `arn:aws:ssm:${REGION}:${A}:parameter/c`) } }), 'denied', 'SSM-ss'],
  ['4.6', 'Secrets Manager: the suffix of the secret', { keyPolicy: [OWN('secretsmanager', 'Decrypt')], r: [allows('kms:Decrypt', K, { StringLike: context('SecretARN', `arn:aws:secretsmanager:${REGION}:${A}:secret:s-??????`) })] },
    asked('Decrypt', { context: { 'kms:ViaService': via('secretsmanager'), ...context('SecretARN', `arn:aws:secretsmanager:${REGION}:${A}:secret:s-AbCdEf`) } }), 'allowed', 'SEC'],
  ['4.6', 'Secrets Manager: the key has no statement for RDS', { keyPolicy: [OWN('secretsmanager', 'Decrypt')], r: [EVERYTHING] },
    asked('Decrypt', { context: { 'kms:ViaService': via('rds') } }), 'denied', 'SEC'],
  ['4.7', 'DLM: its managed policy allows nothing of KMS', { keyPolicy: [DELEGATED], managed: managed('service-role/AWSDataLifecycleManagerServiceRole') },
    { action: 'kms:ReEncryptFrom' }, 'denied', 'DLM-mp'],
  ['4.9', 'Backup: who creates the vault', { keyPolicy: [VAULT], r: [EVERYTHING] },
    asked('CreateGrant', { context: { 'kms:ViaService': via('backup'), 'kms:GrantIsForAWSResource': true, 'kms:EncryptionContextKeys': ['aws:backup:backup-vault'] } }), 'allowed', 'BK-enc'],
  ['4.9', 'Backup: a grant with another context', { keyPolicy: [VAULT], r: [EVERYTHING] },
    asked('CreateGrant', { context: { 'kms:ViaService': via('backup'), 'kms:GrantIsForAWSResource': true, 'kms:EncryptionContextKeys': ['aws:ebs:id'] } }), 'denied', 'BK-enc'],
  ['4.9', 'Backup: its managed policy re-encrypts volumes through EC2', { keyPolicy: [DELEGATED], managed: managed('service-role/AWSBackupServiceRolePolicyForBackup') },
    asked('ReEncryptTo', { context: { 'kms:ViaService': via('ec2', 'us-east-1'), ...context('aws:ebs:id', 'vol-1') } }), 'allowed', 'BK-mp'],
  ['4.9', 'Backup: its managed policy reads nothing directly', { keyPolicy: [DELEGATED], managed: managed('service-role/AWSBackupServiceRolePolicyForBackup') },
    asked('Decrypt'), 'denied', 'BK-mp'],
  ['4.10', 'CloudTrail: the trail writes', { keyPolicy: CLOUDTRAIL },
    { principal: 'cloudtrail.amazonaws.com', ...asked('GenerateDataKey', { context: { 'aws:SourceArn': TRAIL, ...context('aws:cloudtrail:arn', TRAIL) } }) }, 'allowed', 'CT-kms'],
  ['4.10', 'CloudTrail: another trail', { keyPolicy: CLOUDTRAIL },
    { principal: 'cloudtrail.amazonaws.com', ...asked('GenerateDataKey', { context: { 'aws:SourceArn': `${TRAIL}2`, ...context('aws:cloudtrail:arn', TRAIL) } }) }, 'denied', 'CT-kms'],
  ['4.10', 'CloudTrail: it describes the key, without a context', { keyPolicy: CLOUDTRAIL },
    { principal: 'cloudtrail.amazonaws.com', ...asked('DescribeKey', { context: { 'aws:SourceArn': TRAIL } }) }, 'allowed', 'CT-kms'],
  ['4.10', 'CloudTrail: a reader of the log', { keyPolicy: [READS_TRAILS], r: [DECRYPT] }, asked('Decrypt', { context: context('aws:cloudtrail:arn', TRAIL) }), 'allowed', 'CT-kms'],
  ['4.10', 'CloudTrail: the same reader, of something else', { keyPolicy: [READS_TRAILS], r: [DECRYPT] }, asked('Decrypt', { context: context('aws:s3:arn', 'x') }), 'denied', 'CT-kms'],
  ['4.11', 'Logs: the log group', { keyPolicy: [LOGS_OF_A] }, { principal: LOGS, ...asked('GenerateDataKey', { context: context('aws:logs:arn', GROUP) }) }, 'allowed', 'CWL'],
  ['4.11', 'Logs: DescribeKey under the condition that the page prints', { keyPolicy: [LOGS_OF_A] }, { principal: LOGS, action: 'kms:DescribeKey' }, 'denied', 'CWL, AUTH'],
  ['4.11', 'Logs: the service in another Region', { keyPolicy: [LOGS_OF_A] },
    { principal: 'logs.us-east-1.amazonaws.com', ...asked('GenerateDataKey', { context: context('aws:logs:arn', GROUP) }) }, 'denied', 'CWL'],
  ['4.12', 'SQS: a consumer', { keyPolicy: [OWN('sqs', 'GenerateDataKey', 'Decrypt')], r: [allows('kms:Decrypt', K)] }, asked('Decrypt', { context: { 'kms:ViaService': via('sqs') } }), 'allowed', 'SQS'],
  ['4.12', 'SQS: the same consumer does not produce', { keyPolicy: [OWN('sqs', 'GenerateDataKey', 'Decrypt')], r: [allows('kms:Decrypt', K)] },
    asked('GenerateDataKey', { context: { 'kms:ViaService': via('sqs') } }), 'denied', 'SQS'],
  ['4.12', 'SNS: an alarm publishes without a statement for it', { keyPolicy: [DELEGATED, OWN('sns', 'GenerateDataKey*', 'Decrypt')] },
    { principal: 'cloudwatch.amazonaws.com', action: 'kms:GenerateDataKey' }, 'denied', 'SNS'],
  ['4.12', 'EventBridge: the bus describes the key', { keyPolicy: EVENT_BUS }, { principal: 'events.amazonaws.com', ...asked('DescribeKey') }, 'allowed', 'EB-kms'],
  ['4.12', 'EventBridge: the bus encrypts', { keyPolicy: EVENT_BUS },
    { principal: 'events.amazonaws.com', ...asked('GenerateDataKey', { context: { 'aws:SourceAccount': A, 'aws:SourceArn': BUS, ...context('aws:events:event-bus:arn', BUS) } }) }, 'allowed', 'EB-kms'],
  ['4.12', 'EventBridge: a rule to an encrypted topic says no source', { keyPolicy: EVENT_BUS }, { principal: 'events.amazonaws.com', ...asked('GenerateDataKey') }, 'denied', 'SNS'],
  ['4.13', 'Lambda: who reads the configuration', { keyPolicy: [OWN('lambda', 'Decrypt', 'Encrypt')], r: [DECRYPT] }, asked('Decrypt', { context: { 'kms:ViaService': via('lambda') } }), 'allowed', 'LAM'],
  ['4.13', 'Step Functions: the execution role', { keyPolicy: [OWN('states', 'Decrypt', 'GenerateDataKey')], r: [allows(['kms:Decrypt', 'kms:GenerateDataKey'], K)] },
    asked('GenerateDataKey', { context: { 'kms:ViaService': via('states') } }), 'allowed', 'SFN'],
  ['AWS', 'ReadOnlyAccess looks', { keyPolicy: [DELEGATED], managed: managed('ReadOnlyAccess') }, { action: 'kms:GetKeyPolicy' }, 'allowed', 'AWS managed policies'],
  ['AWS', 'ReadOnlyAccess decrypts nothing', { keyPolicy: [DELEGATED], managed: managed('ReadOnlyAccess', 'SecurityAudit', 'ViewOnlyAccess') }, {}, 'denied', 'AWS managed policies'],
  ['AWS', 'PowerUserAccess decrypts', { keyPolicy: [DELEGATED], managed: managed('PowerUserAccess') }, {}, 'allowed', 'AWS managed policies'],
  ['AWS', 'a Lambda function with its basic policy only', { keyPolicy: [DELEGATED], managed: managed('service-role/AWSLambdaBasicExecutionRole') }, {}, 'denied', 'AWS managed policies'],
  ['AWS', 'AWSDenyAll', { keyPolicy: [NAMES_R], managed: managed('AWSDenyAll') }, {}, 'denied', 'AWS managed policies'],
  ['AWS', 'a managed policy of the account that no template makes', { keyPolicy: [NAMES_R], managed: [`arn:aws:iam::${A}:policy/Own`] }, {}, 'unknown', 'safe side'],
];
