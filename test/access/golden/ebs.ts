import * as iam from 'aws-cdk-lib/aws-iam';
import { grantsThrough, may, mayIf, useByAccount, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, grantBy, otherGrants, pair, strangers } from './requests';
import { allows, EVERYTHING } from './statements';
import { EBS_COPIES } from '../../../src/service/ebs-copies';
import { KmsService } from '../../../src/service/kms-service';
import { A, B, K } from '../../support/access-world';
import { ServiceWorld } from '../../support/service-world';

const VOLUME = pair('aws:ebs:id', 'vol-0a1b2c3d');
const USE = ['DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo'];
const KEY = [useThrough('ec2', ...USE), grantsThrough('ec2')];
const ATTACHES = mayIf({
  Bool: { 'kms:GrantIsForAWSResource': 'true' },
  StringEquals: { 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com', 'kms:GrantConstraintType': 'EncryptionContextSubset' },
}, 'CreateGrant');
const SUBSET = { 'kms:GrantConstraintType': 'EncryptionContextSubset' };
const INSTANCE = `arn:aws:sts::${A}:assumed-role/aws:ec2-infrastructure/i-0a1b2c3d`;
const SHARED = useByAccount(B, ['Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*', 'DescribeKey']);
const SHARED_GRANTS = useByAccount(B, ['CreateGrant', 'ListGrants', 'RevokeGrant'], { Bool: { 'kms:GrantIsForAWSResource': 'true' } });

export const EBS: readonly ServiceWorld[] = [{
  about: 'EBS create',
  services: ['Ebs'],
  source: 'EBS-req, policy-model §1.3',
  keyPolicy: KEY,
  people: {
    Deployer: [may(...USE, 'CreateGrant')],
    WithoutGrants: [may(...USE)],
    SpelledByCdk: [may('GenerateDataKeyWithoutPlainText')],
    WithoutStar: [may('ReEncrypt')],
  },
  rows: [
    ...USE.flatMap((action) => [['deployer', 'Deployer', action, by('ec2', action === 'DescribeKey' ? {} : VOLUME), 'allowed'] as const]),
    ['deployer', 'Deployer', 'CreateGrant', grantBy('ec2', VOLUME), 'allowed'],
    ['deployer', 'WithoutGrants', 'GenerateDataKeyWithoutPlaintext', by('ec2', VOLUME), 'allowed'],
    ['deployer', 'WithoutGrants', 'CreateGrant', grantBy('ec2', VOLUME), 'denied'],
    ['deployer', 'SpelledByCdk', 'GenerateDataKeyWithoutPlaintext', by('ec2', VOLUME), 'allowed'],
    ['deployer', 'WithoutStar', 'ReEncryptFrom', by('ec2', VOLUME), 'denied'],
    ['must not', 'Deployer', 'Decrypt', VOLUME, 'denied'],
    ['must not', 'Deployer', 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', 'Deployer', 'GenerateDataKey', by('ec2', VOLUME), 'denied'],
    ...strangers('ec2', 'GenerateDataKeyWithoutPlaintext', VOLUME),
    ...otherGrants('ec2'),
  ],
}, {
  about: 'EBS attach, RunInstances, StartInstances',
  services: ['Ebs'],
  source: 'EBS-how, CDK volume.js, MOJ modernisation-platform',
  keyPolicy: KEY,
  people: { Operator: [ATTACHES], Scheduler: [may('CreateGrant')], Instance: [allows('ec2:AttachVolume')], OnAlias: [allows('kms:CreateGrant', 'alias/data')] },
  grants: [{ key: 'Keys/K', grantee: INSTANCE, operations: ['Decrypt', 'GenerateDataKey'], encryptionContextSubset: { 'aws:ebs:id': 'vol-0a1b2c3d' } }],
  rows: [
    ['consumer', 'Operator', 'CreateGrant', grantBy('ec2', { ...SUBSET, ...VOLUME }), 'allowed'],
    ['consumer', 'Scheduler', 'CreateGrant', grantBy('ec2', VOLUME), 'allowed'],
    ['must not', 'Operator', 'CreateGrant', grantBy('ec2', { 'kms:GrantConstraintType': 'EncryptionContextEquals' }), 'denied'],
    ['must not', 'Operator', 'CreateGrant', grantBy('ec2'), 'denied'],
    ['must not', 'Operator', 'Decrypt', by('ec2', VOLUME), 'denied'],
    ['must not', 'Scheduler', 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', 'Instance', 'CreateGrant', grantBy('ec2', VOLUME), 'denied'],
    ['must not', 'Instance', 'Decrypt', VOLUME, 'denied'],
    ['must not', 'OnAlias', 'CreateGrant', grantBy('ec2', VOLUME), 'denied'],
    ['must not', 'ec2.amazonaws.com', 'Decrypt', VOLUME, 'denied'],
    ['service', INSTANCE, 'Decrypt', VOLUME, 'allowed'],
    ['service', INSTANCE.replace('sts', 'iam').replace('assumed-role', 'role'), 'Decrypt', VOLUME, 'allowed'],
    ['must not', INSTANCE, 'Decrypt', pair('aws:ebs:id', 'vol-ffffffff'), 'denied'],
    ['must not', INSTANCE, 'Encrypt', VOLUME, 'denied'],
    ['must not', INSTANCE.replace('i-0a1b2c3d', 'i-ffffffff'), 'Decrypt', VOLUME, 'denied'],
    ...otherGrants('ec2'),
  ],
}, {
  about: 'EBS attach, with a Deny that does not exempt the infrastructure session',
  services: [],
  source: 'EBS-how',
  keyPolicy: [...KEY, {
    Effect: 'Deny',
    Principal: '*',
    Action: 'kms:Decrypt',
    Resource: '*',
    Condition: { StringNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${A}:role/App` } },
  }],
  people: { App: [may('Decrypt')] },
  grants: [{ key: 'Keys/K', grantee: INSTANCE, operations: ['Decrypt'] }],
  rows: [
    ['consumer', 'App', 'Decrypt', by('ec2', VOLUME), 'allowed'],
    ['must not', INSTANCE, 'Decrypt', VOLUME, 'denied'],
  ],
}, {
  about: 'EBS snapshot',
  services: ['Ebs'],
  source: 'policy-model §1.3: no use by the caller found, given all the same',
  keyPolicy: KEY,
  people: { Snapshots: [may('DescribeKey', 'ReEncryptFrom', 'CreateGrant')] },
  rows: [
    ['consumer', 'Snapshots', 'DescribeKey', by('ec2'), 'allowed'],
    ...fenced('consumer', 'Snapshots', 'ReEncryptFrom', 'ec2', VOLUME),
    ['consumer', 'Snapshots', 'CreateGrant', grantBy('ec2', VOLUME), 'allowed'],
    ['must not', 'Snapshots', 'Decrypt', by('ec2', VOLUME), 'denied'],
    ...strangers('ec2', 'ReEncryptFrom', VOLUME),
  ],
}, {
  about: 'EBS/AMI copy',
  services: [],
  source: 'EBS-copy',
  keyPolicy: [useThrough('ec2', ...USE, 'GenerateDataKey'), grantsThrough('ec2')],
  people: { Copies: [may(...USE, 'GenerateDataKey', 'CreateGrant')], OnSnapshots: [allows('ec2:CopySnapshot')] },
  rows: [
    ...['GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptTo'].flatMap((action) => fenced('consumer', 'Copies', action, 'ec2', pair('aws:ebs:id', 'snap-1'))),
    ['consumer', 'Copies', 'CreateGrant', grantBy('ec2'), 'allowed'],
    ['must not', 'OnSnapshots', 'ReEncryptTo', by('ec2'), 'denied'],
    ...strangers('ec2', 'GenerateDataKey', pair('aws:ebs:id', 'snap-1')),
  ],
}, {
  about: 'Cross-account EBS share + copy',
  services: ['EbsCopies'],
  source: 'EBS-share, §5',
  keyPolicy: [...KEY, SHARED, SHARED_GRANTS],
  handOver: (key) => key.via(KmsService.EBS_COPIES).grant(new iam.AccountPrincipal(B), ...EBS_COPIES.useActions!, 'kms:CreateGrant'),
  people: { Owner: [allows('kms:*', K)] },
  partners: { Copies: [EVERYTHING], Poor: [allows('ec2:*')], OnItsOwnKeys: [allows('kms:*', `arn:aws:kms:*:${B}:key/*`)] },
  rows: [
    ...['DescribeKey', 'ReEncryptFrom', 'Decrypt', 'GenerateDataKeyWithoutPlaintext'].map((action) => ['consumer', 'Copies', action, by('ec2'), 'allowed'] as const),
    ['consumer', 'Copies', 'CreateGrant', grantBy('ec2'), 'allowed'],
    ['must not', 'Copies', 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', 'Copies', 'PutKeyPolicy', DIRECTLY, 'denied'],
    ['must not', 'Poor', 'ReEncryptFrom', by('ec2'), 'denied'],
    ['must not', 'OnItsOwnKeys', 'ReEncryptFrom', by('ec2'), 'denied'],
    ['must not', 'Owner', 'ReEncryptFrom', DIRECTLY, 'denied'],
  ],
}];
