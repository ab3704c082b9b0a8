import { ARN, inContext, may, mayIf, useByService, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, from, onlyFrom, pair, strangers } from './requests';
import { allows } from './statements';
import { A, B, REGION } from '../../support/access-world';
import { ServiceWorld } from '../../support/service-world';

const TRAIL = ARN('cloudtrail', 'trail/audit');
const OF_TRAILS = { StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': `arn:aws:cloudtrail:*:${A}:trail/*` } };
const THE_TRAIL = { ArnLike: { 'aws:SourceArn': ARN('cloudtrail', 'trail/*') } };
const WRITES = { ...from(TRAIL), ...pair('aws:cloudtrail:arn', TRAIL), ...pair('aws:s3:arn', 'arn:aws:s3:::trails/AWSLogs/x') };
const FOREIGN_TRAIL = ARN('cloudtrail', 'trail/audit', B);
const LOGS = `logs.${REGION}.amazonaws.com`;
const GROUP = pair('aws:logs:arn', ARN('logs', 'log-group:/app/orders'));
const BY_LOGS = ['Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*'];
const OF_GROUPS = { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': ARN('logs', 'log-group:*') } };
const OF_THE_GROUP = inContext('aws:logs:arn', ARN('logs', 'log-group:/app/orders'));

export const LOGS_AND_TRAILS: readonly ServiceWorld[] = [{
  about: 'CloudTrail',
  services: [],
  source: 'CT-kms',
  keyPolicy: [
    useByService('cloudtrail.amazonaws.com', ['GenerateDataKey*', 'Decrypt'], { ...THE_TRAIL, ...OF_TRAILS }),
    useByService('cloudtrail.amazonaws.com', ['DescribeKey'], THE_TRAIL),
  ],
  people: { Deployer: [allows('cloudtrail:*')], Reader: [may('Decrypt')] },
  rows: [
    ...onlyFrom('cloudtrail.amazonaws.com', 'GenerateDataKey', WRITES, { ...WRITES, ...from(FOREIGN_TRAIL, B) }),
    ['service', 'cloudtrail.amazonaws.com', 'Decrypt', WRITES, 'allowed'],
    ['service', 'cloudtrail.amazonaws.com', 'DescribeKey', from(TRAIL), 'allowed'],
    ['must not', 'cloudtrail.amazonaws.com', 'GenerateDataKey', { ...WRITES, ...pair('aws:cloudtrail:arn', FOREIGN_TRAIL) }, 'denied'],
    ['must not', 'cloudtrail.amazonaws.com', 'GenerateDataKey', from(TRAIL), 'denied'],
    ['must not', 'cloudtrail.amazonaws.com', 'GenerateDataKey', pair('aws:cloudtrail:arn', TRAIL), 'denied'],
    ['must not', 'cloudtrail.amazonaws.com', 'DescribeKey', from(FOREIGN_TRAIL, B), 'denied'],
    ['must not', 'cloudtrail.amazonaws.com', 'Encrypt', WRITES, 'denied'],
    ['must not', 's3.amazonaws.com', 'GenerateDataKey', WRITES, 'denied'],
    ['must not', 'Deployer', 'GenerateDataKey', by('cloudtrail'), 'denied'],
    ['must not', 'Reader', 'Decrypt', by('s3', pair('aws:cloudtrail:arn', TRAIL)), 'denied'],
    ['must not', 'Administrator', 'GenerateDataKey', WRITES, 'denied'],
  ],
}, {
  about: 'CloudTrail readers',
  services: [],
  source: 'CT-kms',
  keyPolicy: [{
    ...useThrough('s3', 'Decrypt'),
    Condition: {
      StringEquals: { 'kms:CallerAccount': A, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }, Null: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'false' },
    },
  }],
  people: { Auditor: [may('Decrypt')] },
  rows: [
    ...fenced('consumer', 'Auditor', 'Decrypt', 's3', pair('aws:cloudtrail:arn', TRAIL)),
    ['must not', 'Auditor', 'Decrypt', by('s3', pair('aws:s3:arn', 'arn:aws:s3:::trails/x')), 'denied'],
    ...strangers('s3', 'Decrypt', pair('aws:cloudtrail:arn', TRAIL)),
  ],
}, {
  about: 'CloudTrail event data store',
  services: [],
  source: 'CT-kms: no source conditions',
  keyPolicy: [useByService('cloudtrail.amazonaws.com', ['GenerateDataKey', 'Decrypt'])],
  people: { Creator: [may('GenerateDataKey', 'Decrypt')] },
  rows: [
    ['service', 'cloudtrail.amazonaws.com', 'GenerateDataKey', DIRECTLY, 'allowed'],
    ['service', 'cloudtrail.amazonaws.com', 'Decrypt', DIRECTLY, 'allowed'],
    ['must not', 'cloudtrail.amazonaws.com', 'DescribeKey', DIRECTLY, 'denied'],
    ['must not', 'Creator', 'GenerateDataKey', DIRECTLY, 'denied'],
  ],
}, {
  about: 'CloudWatch Logs',
  services: ['CloudWatchLogs'],
  source: 'CWL',
  keyPolicy: [
    useByService(LOGS, BY_LOGS, OF_GROUPS),
    useByService(LOGS, ['DescribeKey']),
    useThrough('logs', ...BY_LOGS, 'DescribeKey'),
  ],
  people: {
    Deployer: [may('Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*', 'DescribeKey')],
    Reader: [mayIf(OF_THE_GROUP, 'Decrypt')],
    OnLogs: [allows('logs:*')],
  },
  rows: [
    ...['GenerateDataKey', 'Decrypt', 'Encrypt', 'ReEncryptFrom'].map((action) => ['service', LOGS, action, GROUP, 'allowed'] as const),
    ['service', LOGS, 'DescribeKey', DIRECTLY, 'allowed'],
    ['must not', LOGS, 'Decrypt', pair('aws:logs:arn', ARN('logs', 'log-group:/app/orders', B)), 'denied'],
    ['must not', LOGS, 'Decrypt', DIRECTLY, 'denied'],
    ['must not', LOGS, 'Decrypt', pair('aws:logs:arn', ARN('logs', 'destination:d')), 'denied'],
    ['must not', LOGS, 'CreateGrant', GROUP, 'denied'],
    ['must not', 'logs.amazonaws.com', 'Decrypt', GROUP, 'denied'],
    ['must not', 'logs.us-east-1.amazonaws.com', 'Decrypt', GROUP, 'denied'],
    ['must not', 'delivery.logs.amazonaws.com', 'Decrypt', GROUP, 'denied'],
    ...['Encrypt', 'GenerateDataKey'].flatMap((action) => fenced('deployer', 'Deployer', action, 'logs', GROUP)),
    ...fenced('consumer', 'Reader', 'Decrypt', 'logs', GROUP),
    ['must not', 'Reader', 'Decrypt', by('logs', pair('aws:logs:arn', ARN('logs', 'log-group:/app/payroll'))), 'denied'],
    ['must not', 'Reader', 'Encrypt', by('logs', GROUP), 'denied'],
    ['must not', 'OnLogs', 'Decrypt', by('logs', GROUP), 'denied'],
    ...strangers('logs', 'Decrypt', GROUP),
  ],
}];
