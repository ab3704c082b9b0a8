import * as iam from 'aws-cdk-lib/aws-iam';
import { ADMINISTRATION, may } from './model-statements';
import { DIRECTLY, by, from, grantBy, pair } from './requests';
import { allows, aws, denies, keyAllows, keyDenies, service } from './statements';
import { A, REGION, ROOT, Statement } from '../../support/access-world';
import { ServiceRow, ServiceWorld } from '../../support/service-world';

const ADMIN = `arn:aws:iam::${A}:role/KeyAdmin`;
const SECURITY = `arn:aws:iam::${A}:role/Security`;
const DEPLOYER = `arn:aws:iam::${A}:role/Deployer`;
const LOOKS = ['DescribeKey', 'GetKeyPolicy', 'GetKeyRotationStatus', 'GetKeyLastUsage', 'ListGrants', 'ListKeyPolicies', 'ListKeyRotations', 'ListResourceTags'];
const ADMINISTERS = [
  'UpdateKeyDescription', 'EnableKey', 'DisableKey', 'EnableKeyRotation', 'DisableKeyRotation', 'RotateKeyOnDemand', 'TagResource', 'UntagResource',
  'ScheduleKeyDeletion', 'CancelKeyDeletion', 'RevokeGrant',
];
const USES = [
  'Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'GenerateDataKeyPair', 'GenerateMac', 'Sign',
  'DeriveSharedSecret',
];
/** With what somebody could give itself the use. policy-model §3 */
const LADDERS = ['CreateGrant', 'ReplicateKey', 'ImportKeyMaterial', 'GetParametersForImport'];
/** What the handlers of CloudFormation call on a key. [CFN-schema] */
const HANDLERS = [
  'DescribeKey', 'GetKeyPolicy', 'GetKeyRotationStatus', 'ListResourceTags', 'EnableKey', 'DisableKey', 'EnableKeyRotation', 'DisableKeyRotation', 'TagResource',
  'UntagResource', 'UpdateKeyDescription', 'PutKeyPolicy', 'ScheduleKeyDeletion',
];
const BYPASS = { 'kms:BypassPolicyLockoutSafetyCheck': 'true' };
const DENY_BYPASS = keyDenies(aws('*'), 'kms:PutKeyPolicy', { Bool: BYPASS });
const rows = (as: ServiceRow[0], who: string, actions: readonly string[], verdict: ServiceRow[4], request = {}) =>
  actions.map((action): ServiceRow => [as, who, action, request, verdict]);
const [READ_METADATA, ADMINISTER, CHANGE_POLICY, DENY_DIRECT_GRANTS] = ADMINISTRATION;
const to = (statement: Statement, ...arns: string[]): Statement => ({ ...statement, Principal: aws(...arns) });
const BREAK_GLASS = keyAllows(aws(ROOT), [...LOOKS, 'PutKeyPolicy', 'CancelKeyDeletion', 'EnableKey'].map((action) => `kms:${action}`),
  { ArnEquals: { 'aws:PrincipalArn': ROOT } });
const roleOf = (arn: string) => new iam.ArnPrincipal(arn);

export const ADMINISTRATIONS: readonly ServiceWorld[] = [{
  about: 'Administration by the account',
  services: [],
  keyProps: {},
  source: 'policy-model §1.1, K-def',
  keyPolicy: [],
  people: {
    KeyAdmin: [may('*')],
    Auditor: ['ReadOnlyAccess'],
    SecurityAuditor: ['SecurityAudit'],
    Config: ['service-role/AWS_ConfigRole'],
    PowerUser: ['PowerUserAccess'],
    Deployer: [may(...HANDLERS)],
    WithoutPolicy: [may(...HANDLERS.filter((action) => action !== 'PutKeyPolicy'))],
    ByDelegation: [allows('kms:PutKeyPolicy', `arn:aws:kms:${REGION}:${A}:key/*`)],
  },
  rows: [
    ...rows('administrator', 'KeyAdmin', [...ADMINISTERS, ...LOOKS, 'PutKeyPolicy'], 'allowed'),
    ...rows('must not', 'KeyAdmin', [...USES, ...LADDERS], 'denied'),
    ...rows('must not', 'KeyAdmin', USES, 'denied', by('s3')),
    ...['Auditor', 'SecurityAuditor'].flatMap((who) => [
      ...rows('administrator', who, LOOKS, 'allowed'),
      ...rows('must not', who, ['Decrypt', 'Encrypt', 'PutKeyPolicy', 'ScheduleKeyDeletion', 'CreateGrant', 'DisableKey'], 'denied'),
    ]),
    ...rows('administrator', 'Config', ['GetKeyPolicy', 'DescribeKey', 'GetKeyRotationStatus', 'ListResourceTags'], 'allowed'),
    ...rows('must not', 'PowerUser', ['Decrypt', 'CreateGrant'], 'denied'),
    ['administrator', 'PowerUser', 'PutKeyPolicy', DIRECTLY, 'allowed'],
    ...rows('deployer', 'Deployer', HANDLERS, 'allowed'),
    ['deployer', 'ByDelegation', 'PutKeyPolicy', DIRECTLY, 'allowed'],
    ['must not', 'WithoutPolicy', 'PutKeyPolicy', DIRECTLY, 'denied'],
    ['administrator', ROOT, 'PutKeyPolicy', DIRECTLY, 'allowed'],
    ['administrator', ROOT, 'ScheduleKeyDeletion', DIRECTLY, 'allowed'],
    ...rows('must not', ROOT, ['Decrypt', 'CreateGrant'], 'denied'),
    ...rows('must not', 'Nobody', ['DescribeKey', 'PutKeyPolicy', 'EnableKey'], 'denied'),
    ...rows('must not', 'Partner', ['DescribeKey', 'GetKeyRotationStatus', 'Decrypt', 'PutKeyPolicy'], 'denied'),
    ['must not', 'cloudformation.amazonaws.com', 'PutKeyPolicy', DIRECTLY, 'denied'],
    ['must not', 'config.amazonaws.com', 'GetKeyPolicy', from(`arn:aws:config:${REGION}:${A}:x`), 'denied'],
  ],
}, {
  about: 'Administration by named administrators',
  services: [],
  keyProps: { administrators: [roleOf(ADMIN), roleOf(SECURITY)], policyAdministrators: [roleOf(SECURITY)], executionRole: roleOf(DEPLOYER) },
  source: 'policy-model §1.1, §3',
  administration: [
    READ_METADATA, to(ADMINISTER, ADMIN, SECURITY, DEPLOYER), to(CHANGE_POLICY, SECURITY, DEPLOYER), BREAK_GLASS, DENY_DIRECT_GRANTS,
  ],
  keyPolicy: [],
  people: { KeyAdmin: [], Security: [], Deployer: [], Auditor: ['ReadOnlyAccess'], Quarantined: ['AWSDenyAll'], SecurityTeam: [allows('kms:*')] },
  rows: [
    ...rows('administrator', 'KeyAdmin', ADMINISTERS, 'allowed'),
    ...rows('must not', 'KeyAdmin', ['PutKeyPolicy', ...LADDERS, 'Decrypt', 'GetKeyPolicy'], 'denied'),
    ...rows('administrator', 'Security', [...ADMINISTERS, 'PutKeyPolicy'], 'allowed'),
    ...rows('must not', 'Security', [...USES, ...LADDERS], 'denied'),
    ...rows('deployer', 'Deployer', HANDLERS.filter((action) => !LOOKS.includes(action)), 'allowed'),
    ...rows('must not', 'Administrator', [...ADMINISTERS, 'PutKeyPolicy', ...USES], 'denied'),
    ...rows('administrator', 'Administrator', LOOKS, 'allowed'),
    ...rows('must not', 'SecurityTeam', ['PutKeyPolicy', 'DisableKey'], 'denied'),
    ...rows('administrator', 'Auditor', LOOKS, 'allowed'),
    ...rows('administrator', ROOT, ['PutKeyPolicy', 'GetKeyPolicy', 'DescribeKey', 'CancelKeyDeletion', 'EnableKey'], 'allowed'),
    ...rows('must not', ROOT, ['ScheduleKeyDeletion', 'DisableKey', 'TagResource', 'Decrypt', 'CreateGrant'], 'denied'),
    ['must not', `arn:aws:iam::${A}:role/team/KeyAdmin2`, 'DisableKey', DIRECTLY, 'denied'],
    ['administrator', `arn:aws:sts::${A}:assumed-role/KeyAdmin/me`, 'DisableKey', DIRECTLY, 'allowed'],
  ],
}, {
  about: 'Bypass of the lock-out check',
  services: [],
  keyProps: { denyPolicyLockoutBypass: true },
  source: 'policy-model §1.1',
  keyPolicy: [DENY_BYPASS],
  people: { KeyAdmin: [may('PutKeyPolicy')] },
  rows: [
    ['administrator', 'KeyAdmin', 'PutKeyPolicy', DIRECTLY, 'allowed'],
    ['administrator', 'KeyAdmin', 'PutKeyPolicy', { 'kms:BypassPolicyLockoutSafetyCheck': 'false' }, 'allowed'],
    ...['KeyAdmin', 'Administrator', ROOT].map((who): ServiceRow => ['must not', who, 'PutKeyPolicy', BYPASS, 'denied']),
  ],
}, {
  about: 'Direct grants, which Control Tower wants denied, and grants by a service in its own name',
  services: [],
  source: 'CT3',
  keyPolicy: [keyAllows(aws(ROOT), 'kms:CreateGrant'), keyAllows(service('resource.amazonaws.com'), 'kms:CreateGrant')],
  people: { Grants: [may('CreateGrant')] },
  rows: [
    ['consumer', 'Grants', 'CreateGrant', grantBy('ec2'), 'allowed'],
    ['must not', 'Grants', 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', 'Grants', 'CreateGrant', { 'kms:GrantIsForAWSResource': 'false' }, 'denied'],
    ['service', 'resource.amazonaws.com', 'CreateGrant', DIRECTLY, 'allowed'],
    ['service', 'resource.amazonaws.com', 'CreateGrant', { 'kms:GrantIsForAWSResource': 'false' }, 'allowed'],
  ],
}, {
  about: 'Aliases, by tags of the key',
  services: [],
  keyProps: { alias: 'app' },
  source: 'K-def, AUTH: no request for an alias has the tags of the key',
  keyPolicy: [],
  people: {
    Both: [may('CreateAlias', 'UpdateAlias', 'DeleteAlias'), allows('kms:*Alias', `arn:aws:kms:${REGION}:${A}:alias/app*`)],
    OnlyTheKey: [may('CreateAlias', 'UpdateAlias', 'DeleteAlias')],
    OnlyTheAlias: [allows('kms:*Alias', `arn:aws:kms:${REGION}:${A}:alias/*`)],
    AnotherAlias: [may('CreateAlias'), allows('kms:*Alias', `arn:aws:kms:${REGION}:${A}:alias/other`)],
    ByTag: [allows('kms:*Alias', '*', { StringEquals: { 'aws:ResourceTag/team': 'blue' } })],
    DeniedByTag: [allows('kms:*'), denies('kms:*Alias', '*', { StringNotEquals: { 'aws:ResourceTag/team': 'blue' } })],
  },
  rows: [
    ...rows('administrator', 'Both', ['CreateAlias', 'UpdateAlias', 'DeleteAlias'], 'allowed'),
    ...['OnlyTheKey', 'OnlyTheAlias'].flatMap((who) => rows('must not', who, ['CreateAlias', 'UpdateAlias', 'DeleteAlias'], 'denied')),
    ['must not', 'ByTag', 'CreateAlias', { 'aws:ResourceTag/team': 'blue' }, 'denied'],
    ['must not', 'DeniedByTag', 'CreateAlias', { 'aws:ResourceTag/team': 'blue' }, 'denied'],
    ['must not', 'AnotherAlias', 'UpdateAlias', pair('x', 'y'), 'denied'],
  ],
}];
