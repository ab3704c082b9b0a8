import { LINKED, useByAccount, useByRole, useThrough } from './model-statements';
import { by, DIRECTLY, grantBy, pair } from './requests';
import { allows, aws, keyAllows } from './statements';
import { KmsService } from '../../../src/service/kms-service';
import { A, B, K } from '../../support/access-world';
import { ServiceRow, ServiceWorld } from '../../support/service-world';

const AUTO_SCALING = LINKED('autoscaling', 'AWSServiceRoleForAutoScaling');
const SESSION = `arn:aws:sts::${A}:assumed-role/AWSServiceRoleForAutoScaling/AutoScaling`;
const VOLUME = pair('aws:ebs:id', 'vol-1');
const TOPIC = pair('aws:sns:topicArn', `arn:aws:sns:eu-west-1:${A}:launches`);
const BY_AUTO_SCALING = ['Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*', 'DescribeKey'];
const FOR_AWS = { 'kms:GrantIsForAWSResource': 'true' };
const EIGHT = ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'];
const FLEETS = [
  LINKED('ec2fleet', 'AWSServiceRoleForEC2Fleet'), LINKED('spotfleet', 'AWSServiceRoleForEC2SpotFleet'), LINKED('spot', 'AWSServiceRoleForEC2Spot'),
];

/** What a service-linked role may do with its own permissions, and what it may not. */
function launches(role: string): ServiceRow[] {
  return [
    ...EIGHT.map((action): ServiceRow => ['service-linked role', role, action, action === 'DescribeKey' ? by('ec2') : by('ec2', VOLUME), 'allowed']),
    ['service-linked role', role, 'CreateGrant', grantBy('ec2'), 'allowed'],
    ['must not', role, 'CreateGrant', by('ec2'), 'denied'],
    ['must not', role, 'PutKeyPolicy', DIRECTLY, 'denied'],
    ['must not', role.replace(A, B), 'Decrypt', by('ec2', VOLUME), 'denied'],
  ];
}

export const EC2_LAUNCHES: readonly ServiceWorld[] = [{
  about: 'Auto Scaling',
  services: ['AutoScaling'],
  source: 'ASG',
  keyPolicy: useByRole(AUTO_SCALING, BY_AUTO_SCALING),
  people: { Launches: [allows('autoscaling:*'), allows('kms:*', K)] },
  rows: [
    ...launches(AUTO_SCALING),
    ['service-linked role', SESSION, 'GenerateDataKeyWithoutPlaintext', VOLUME, 'allowed'],
    ['service-linked role', AUTO_SCALING, 'CreateGrant', FOR_AWS, 'allowed'],
    ['must not', `${AUTO_SCALING}_blue`, 'Decrypt', VOLUME, 'denied'],
    ['must not', FLEETS[0], 'Decrypt', VOLUME, 'denied'],
    ['must not', 'autoscaling.amazonaws.com', 'Decrypt', VOLUME, 'denied'],
    ['must not', 'ec2.amazonaws.com', 'GenerateDataKeyWithoutPlaintext', VOLUME, 'denied'],
    ['must not', 'Launches', 'Decrypt', by('ec2', VOLUME), 'denied'],
    ['must not', 'Launches', 'CreateGrant', grantBy('ec2'), 'denied'],
    ['must not', 'Administrator', 'Decrypt', VOLUME, 'denied'],
    ['must not', 'Partner', 'Decrypt', VOLUME, 'denied'],
  ],
}, {
  about: 'Auto Scaling with a custom suffix',
  services: ['AutoScaling'],
  source: 'ASG',
  keyPolicy: [AUTO_SCALING, `${AUTO_SCALING}_blue`].flatMap((role) => useByRole(role, BY_AUTO_SCALING)),
  handOver: (key) => key.via(KmsService.EC2_AUTO_SCALING, { serviceLinkedRoleSuffixes: ['blue'] }),
  people: {},
  rows: [
    ['service-linked role', `${AUTO_SCALING}_blue`, 'Decrypt', VOLUME, 'allowed'],
    ['service-linked role', `${AUTO_SCALING}_blue`, 'CreateGrant', FOR_AWS, 'allowed'],
    ['service-linked role', AUTO_SCALING, 'Decrypt', VOLUME, 'allowed'],
    ['must not', `${AUTO_SCALING}_green`, 'Decrypt', VOLUME, 'denied'],
    ['must not', 'Administrator', 'Decrypt', VOLUME, 'denied'],
  ],
}, {
  about: 'Auto Scaling that notifies an encrypted topic',
  services: ['AutoScaling'],
  source: 'policy-model §1.3, SNS: it publishes with its service-linked role',
  keyPolicy: useByRole(AUTO_SCALING, BY_AUTO_SCALING),
  people: { Launches: [allows('autoscaling:*'), allows('kms:*', K)] },
  rows: [
    ['service-linked role', AUTO_SCALING, 'GenerateDataKey', by('sns', TOPIC), 'allowed'],
    ['service-linked role', AUTO_SCALING, 'Decrypt', by('sns', TOPIC), 'allowed'],
    ['must not', 'autoscaling.amazonaws.com', 'GenerateDataKey', TOPIC, 'denied'],
    ['must not', 'sns.amazonaws.com', 'GenerateDataKey', TOPIC, 'denied'],
    ['must not', 'Launches', 'GenerateDataKey', by('sns', TOPIC), 'denied'],
  ],
}, {
  about: 'Auto Scaling, with a statement for those who call Amazon EC2 only',
  services: ['Ebs'],
  source: 'policy-model §4 row 56',
  keyPolicy: [useThrough('ec2', 'DescribeKey', 'GenerateDataKeyWithoutPlaintext', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo')],
  people: {},
  rows: [
    ['must not', AUTO_SCALING, 'GenerateDataKeyWithoutPlaintext', by('ec2', VOLUME), 'denied'],
    ['must not', AUTO_SCALING, 'CreateGrant', grantBy('ec2', VOLUME), 'denied'],
    ['must not', FLEETS[0], 'GenerateDataKeyWithoutPlaintext', by('ec2', VOLUME), 'denied'],
  ],
}, {
  about: 'Auto Scaling, named as principal as its page prints',
  services: [],
  source: 'ASG',
  keyPolicy: [
    keyAllows(aws(AUTO_SCALING), BY_AUTO_SCALING.map((action) => `kms:${action}`)),
    keyAllows(aws(AUTO_SCALING), 'kms:CreateGrant', { Bool: FOR_AWS }),
  ],
  people: {},
  rows: [
    ['service-linked role', AUTO_SCALING, 'Decrypt', VOLUME, 'allowed'],
    ['service-linked role', SESSION, 'CreateGrant', FOR_AWS, 'allowed'],
    ['must not', AUTO_SCALING, 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', `${AUTO_SCALING}_blue`, 'Decrypt', VOLUME, 'denied'],
  ],
}, {
  about: 'Auto Scaling of another account',
  services: [],
  source: 'ASG: a principal there makes the grant',
  keyPolicy: [useByAccount(B, ['CreateGrant'])],
  people: {},
  partners: { Grants: [allows('kms:CreateGrant', `arn:aws:kms:*:${A}:key/*`)] },
  grants: [{ key: 'Keys/K', grantee: AUTO_SCALING.replace(A, B), operations: [...EIGHT, 'CreateGrant'] }],
  rows: [
    ['service-linked role', AUTO_SCALING.replace(A, B), 'GenerateDataKeyWithoutPlaintext', VOLUME, 'allowed'],
    ['service-linked role', AUTO_SCALING.replace(A, B), 'Decrypt', VOLUME, 'allowed'],
    ['must not', AUTO_SCALING, 'Decrypt', VOLUME, 'denied'],
    ['must not', 'Grants', 'Decrypt', DIRECTLY, 'denied'],
  ],
}, {
  about: 'EC2 Fleet / Spot Fleet / Spot',
  services: ['Ec2Fleet', 'Ec2SpotFleet', 'Ec2Spot'],
  source: 'EC2-fleet',
  keyPolicy: FLEETS.flatMap((role) => useByRole(role, EIGHT)),
  people: { Launches: [allows('ec2:*'), allows('kms:*', K)] },
  rows: [
    ...FLEETS.flatMap(launches),
    ['must not', AUTO_SCALING, 'Decrypt', by('ec2', VOLUME), 'denied'],
    ['must not', 'spot.amazonaws.com', 'Decrypt', VOLUME, 'denied'],
    ['must not', 'Launches', 'GenerateDataKeyWithoutPlaintext', by('ec2', VOLUME), 'denied'],
  ],
}];
