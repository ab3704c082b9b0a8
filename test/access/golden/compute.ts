import { grantsThrough, inContext, may, mayIf, useByAccount, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, grantBy, otherGrants, pair, strangers } from './requests';
import { allows } from './statements';
import { A, B } from '../../support/access-world';
import { ServiceWorld } from '../../support/service-world';

const FILE_SYSTEM = pair('aws:elasticfilesystem:filesystem:id', 'fs-1');
const ARTIFACTS = pair('aws:s3:arn', 'arn:aws:s3:::artifacts');
const OF_ARTIFACTS = inContext('aws:s3:arn', 'arn:aws:s3:::artifacts', 'arn:aws:s3:::artifacts/*');
const THROUGH_S3 = useThrough('s3', 'GenerateDataKey', 'Decrypt');

export const COMPUTE: readonly ServiceWorld[] = [{
  about: 'EFS',
  services: ['Efs'],
  source: 'EFS',
  keyPolicy: [useThrough('elasticfilesystem', 'DescribeKey', 'Decrypt', 'GenerateDataKeyWithoutPlaintext'), grantsThrough('elasticfilesystem')],
  people: {
    Deployer: [may('DescribeKey', 'Decrypt', 'GenerateDataKeyWithoutPlaintext', 'CreateGrant')],
    WithoutGrants: [may('DescribeKey', 'Decrypt', 'GenerateDataKeyWithoutPlaintext')],
    Mounter: [allows('elasticfilesystem:ClientMount')],
  },
  rows: [
    ['deployer', 'Deployer', 'DescribeKey', by('elasticfilesystem'), 'allowed'],
    ...fenced('deployer', 'Deployer', 'Decrypt', 'elasticfilesystem', FILE_SYSTEM),
    ...fenced('deployer', 'Deployer', 'GenerateDataKeyWithoutPlaintext', 'elasticfilesystem', FILE_SYSTEM),
    ['deployer', 'Deployer', 'CreateGrant', grantBy('elasticfilesystem', FILE_SYSTEM), 'allowed'],
    ['deployer', 'WithoutGrants', 'CreateGrant', grantBy('elasticfilesystem', FILE_SYSTEM), 'denied'],
    ['consumer', 'WithoutGrants', 'Decrypt', by('elasticfilesystem', FILE_SYSTEM), 'allowed'],
    ['must not', 'Mounter', 'Decrypt', by('elasticfilesystem', FILE_SYSTEM), 'denied'],
    ['must not', 'Deployer', 'GenerateDataKey', by('elasticfilesystem', FILE_SYSTEM), 'denied'],
    ['must not', 'elasticfilesystem.amazonaws.com', 'Decrypt', FILE_SYSTEM, 'denied'],
    ...strangers('elasticfilesystem', 'Decrypt', FILE_SYSTEM),
    ...otherGrants('elasticfilesystem'),
  ],
}, {
  about: 'ECR',
  services: ['Ecr'],
  source: 'ECRd',
  keyPolicy: [useThrough('ecr', 'DescribeKey'), grantsThrough('ecr')],
  people: { Deployer: [may('CreateGrant', 'DescribeKey', 'RetireGrant')], WithoutGrants: [may('DescribeKey')], Pulls: [allows('ecr:*')] },
  rows: [
    ['deployer', 'Deployer', 'DescribeKey', by('ecr'), 'allowed'],
    ['deployer', 'Deployer', 'CreateGrant', grantBy('ecr'), 'allowed'],
    ['deployer', 'Deployer', 'RetireGrant', by('ecr'), 'allowed'],
    ['deployer', 'WithoutGrants', 'CreateGrant', grantBy('ecr'), 'denied'],
    ['deployer', 'WithoutGrants', 'RetireGrant', by('ecr'), 'denied'],
    ['consumer', 'WithoutGrants', 'DescribeKey', by('ecr'), 'allowed'],
    ['must not', 'Pulls', 'Decrypt', by('ecr'), 'denied'],
    ['must not', 'Deployer', 'Decrypt', by('ecr'), 'denied'],
    ['must not', 'ecr.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
    ...strangers('ecr', 'Decrypt'),
    ...otherGrants('ecr'),
  ],
}, {
  about: 'CodePipeline artifacts',
  services: ['CodePipeline'],
  source: 'CP: as Amazon S3',
  keyPolicy: [THROUGH_S3],
  people: { Pipeline: [mayIf(OF_ARTIFACTS, 'GenerateDataKey', 'Decrypt')], Build: [mayIf(OF_ARTIFACTS, 'GenerateDataKey', 'Decrypt')], Deployer: [mayIf(OF_ARTIFACTS, 'Decrypt')], Approver: [allows('codepipeline:*')] },
  rows: [
    ...['Pipeline', 'Build'].flatMap((role) => ['GenerateDataKey', 'Decrypt'].flatMap((action) => fenced('consumer', role, action, 's3', ARTIFACTS))),
    ...fenced('deployer', 'Deployer', 'Decrypt', 's3', ARTIFACTS),
    ['must not', 'Deployer', 'GenerateDataKey', by('s3', ARTIFACTS), 'denied'],
    ['must not', 'Build', 'Decrypt', by('codepipeline', ARTIFACTS), 'denied'],
    ['must not', 'Approver', 'Decrypt', by('s3', ARTIFACTS), 'denied'],
    ['must not', 'codepipeline.amazonaws.com', 'Decrypt', ARTIFACTS, 'denied'],
    ...strangers('s3', 'Decrypt', ARTIFACTS),
  ],
}, {
  about: 'CodePipeline artifacts, an action in another account',
  services: [],
  source: 'CP, policy-model §1.3',
  keyPolicy: [THROUGH_S3, useByAccount(B, ['Decrypt', 'GenerateDataKey'], { StringLike: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } })],
  people: {},
  partners: { Deploys: [allows(['kms:Decrypt', 'kms:GenerateDataKey'], `arn:aws:kms:eu-west-1:${A}:key/*`)], WithoutKms: [allows('s3:*')] },
  rows: [
    ...fenced('consumer', 'Deploys', 'Decrypt', 's3', ARTIFACTS),
    ...fenced('consumer', 'Deploys', 'GenerateDataKey', 's3', ARTIFACTS),
    ['must not', 'WithoutKms', 'Decrypt', by('s3', ARTIFACTS), 'denied'],
    ['must not', 'Deploys', 'Encrypt', by('s3', ARTIFACTS), 'denied'],
    ['must not', 'Partner', 'Decrypt', by('s3.us-east-1', ARTIFACTS), 'denied'],
    ['must not', 'arn:aws:iam::777788889999:root', 'Decrypt', by('s3', ARTIFACTS), 'denied'],
  ],
}];
