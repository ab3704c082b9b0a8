import { ARN, grantsThrough, inContext, may, mayIf, useByAccount, useByService, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, from, grantBy, otherGrants, pair, strangers } from './requests';
import { allows } from './statements';
import { A, B } from '../../support/access-world';
import { ServiceRow, ServiceWorld } from '../../support/service-world';

const FUNCTION = pair('aws:lambda:FunctionArn', ARN('lambda', 'function:orders'));
const MACHINE = pair('aws:states:stateMachineArn', ARN('states', 'stateMachine:orders'));
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
  about: 'Lambda env',
  services: ['Lambda'],
  source: 'LAM, LPT-214, GLR-1253',
  keyPolicy: [useThrough(['lambda', 'cloudformation'], 'Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey'), grantsThrough('lambda', 'cloudformation')],
  people: {
    Deployer: [may('Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey', 'CreateGrant')],
    WithoutGrants: [may('Encrypt')],
    Publisher: [may('Encrypt', 'CreateGrant')],
    Viewer: [may('Decrypt')],
    ExecutionRole: [mayIf(inContext('aws:lambda:FunctionArn', ARN('lambda', 'function:orders')), 'Decrypt')],
    Invoker: [allows('lambda:InvokeFunction')],
  },
  rows: [
    ...['lambda', 'cloudformation'].flatMap((name): ServiceRow[] => [
      ['deployer', 'Deployer', 'Encrypt', by(name, FUNCTION), 'allowed'],
      ['deployer', 'Deployer', 'CreateGrant', grantBy(name, FUNCTION), 'allowed'],
    ]),
    ['deployer', 'WithoutGrants', 'CreateGrant', grantBy('lambda', FUNCTION), 'denied'],
    ...fenced('consumer', 'Publisher', 'Encrypt', 'lambda', FUNCTION),
    ['consumer', 'Publisher', 'CreateGrant', grantBy('lambda', FUNCTION), 'allowed'],
    ...fenced('consumer', 'Viewer', 'Decrypt', 'lambda', FUNCTION),
    ...fenced('consumer', 'ExecutionRole', 'Decrypt', 'lambda', FUNCTION),
    ['must not', 'ExecutionRole', 'Decrypt', by('lambda', pair('aws:lambda:FunctionArn', ARN('lambda', 'function:payroll'))), 'denied'],
    ['must not', 'ExecutionRole', 'Encrypt', by('lambda', FUNCTION), 'denied'],
    ['must not', 'Invoker', 'Decrypt', by('lambda', FUNCTION), 'denied'],
    ['must not', 'edgelambda.amazonaws.com', 'Decrypt', FUNCTION, 'denied'],
    ...strangers('lambda', 'Decrypt', FUNCTION),
    ...otherGrants('lambda'),
  ],
}, {
  about: 'Lambda code under a customer managed key',
  services: [],
  source: 'LAMz',
  keyPolicy: [useByService('lambda.amazonaws.com', ['GenerateDataKey', 'Decrypt'], { ArnLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': ARN('lambda', 'function:*') } })],
  people: {},
  rows: [
    ['service', 'lambda.amazonaws.com', 'Decrypt', FUNCTION, 'allowed'],
    ['service', 'lambda.amazonaws.com', 'GenerateDataKey', FUNCTION, 'allowed'],
    ['must not', 'lambda.amazonaws.com', 'Decrypt', pair('aws:lambda:FunctionArn', ARN('lambda', 'function:orders', B)), 'denied'],
    ['must not', 'lambda.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
    ['must not', 'Administrator', 'Decrypt', FUNCTION, 'denied'],
  ],
}, {
  about: 'Step Functions',
  services: ['StepFunctions'],
  source: 'SFN',
  keyPolicy: [useThrough('states', 'DescribeKey', 'GenerateDataKey', 'Decrypt')],
  people: {
    Deployer: [may('DescribeKey', 'GenerateDataKey')],
    ExecutionRole: [mayIf(inContext('aws:states:stateMachineArn', ARN('states', 'stateMachine:orders')), 'Decrypt', 'GenerateDataKey')],
    HistoryReader: [may('Decrypt')],
    Starter: [allows('states:StartExecution')],
  },
  rows: [
    ['deployer', 'Deployer', 'DescribeKey', by('states'), 'allowed'],
    ...fenced('deployer', 'Deployer', 'GenerateDataKey', 'states', MACHINE),
    ['must not', 'Deployer', 'Decrypt', by('states', MACHINE), 'denied'],
    ...fenced('consumer', 'ExecutionRole', 'GenerateDataKey', 'states', MACHINE),
    ...fenced('consumer', 'ExecutionRole', 'Decrypt', 'states', MACHINE),
    ...fenced('consumer', 'HistoryReader', 'Decrypt', 'states', MACHINE),
    ['must not', 'ExecutionRole', 'Decrypt', by('states', pair('aws:states:stateMachineArn', ARN('states', 'stateMachine:payroll'))), 'denied'],
    ['must not', 'ExecutionRole', 'DescribeKey', MACHINE, 'denied'],
    ['must not', 'Starter', 'Decrypt', by('states', MACHINE), 'denied'],
    ['must not', 'states.amazonaws.com', 'Decrypt', MACHINE, 'denied'],
    ['must not', 'Administrator', 'CreateGrant', grantBy('states'), 'denied'],
    ...strangers('states', 'Decrypt', MACHINE),
  ],
}, {
  about: 'Step Functions logging',
  services: [],
  source: 'SFN',
  keyPolicy: [useByService('delivery.logs.amazonaws.com', ['Decrypt'], { ArnLike: { 'kms:EncryptionContext:SourceArn': ARN('logs', '*') } })],
  people: {},
  rows: [
    ['service', 'delivery.logs.amazonaws.com', 'Decrypt', pair('SourceArn', ARN('logs', 'log-group:g')), 'allowed'],
    ['must not', 'delivery.logs.amazonaws.com', 'Decrypt', pair('SourceArn', ARN('logs', 'log-group:g', B)), 'denied'],
    ['must not', 'delivery.logs.amazonaws.com', 'Decrypt', from(ARN('logs', 'log-group:g')), 'denied'],
    ['must not', 'delivery.logs.amazonaws.com', 'GenerateDataKey', pair('SourceArn', ARN('logs', 'log-group:g')), 'denied'],
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
  services: ['S3'],
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
