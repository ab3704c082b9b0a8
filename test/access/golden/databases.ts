import { ARN, grantsThrough, inContext, may, mayIf, useByService, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, from, grantBy, otherGrants, pair, strangers } from './requests';
import { allows, aws, keyAllows } from './statements';
import { A, B, ROOT } from '../../support/access-world';
import { letIn, serviceById } from '../../support/handed-over-key';
import { ServiceWorld } from '../../support/service-world';

const INSTANCE = pair('aws:rds:db-id', 'db-ABCDEFGHIJ');
const CLUSTER = pair('aws:rds:dbc-id', 'cluster-ABCDEFGHIJ');
const INSIGHTS = { ...INSTANCE, ...pair('aws:pi:service', 'rds'), ...pair('service', 'pi') };
const OF_INSIGHTS = {
  StringEquals: { 'kms:EncryptionContext:aws:pi:service': 'rds', 'kms:EncryptionContext:service': 'pi' },
  StringLike: { 'kms:EncryptionContext:aws:rds:db-id': 'db-*' },
};
const SECRET = pair('SecretARN', ARN('secretsmanager', 'secret:rds!db-1-AbCdEf'));
const TABLE = { ...pair('aws:dynamodb:tableName', 'orders'), ...pair('aws:dynamodb:subscriberId', A) };
const OF_TABLE = inContext('aws:dynamodb:tableName', 'orders');
const IN_ANY_REGION = { StringEquals: { 'kms:CallerAccount': A }, StringLike: { 'kms:ViaService': 'dynamodb.*.amazonaws.com' } };
const BY_TABLES = ['Encrypt', 'Decrypt', 'ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKey', 'DescribeKey'];

export const DATABASES: readonly ServiceWorld[] = [{
  about: 'RDS / Aurora storage',
  services: ['Rds'],
  source: 'RDS-key, AUR-enc',
  keyPolicy: [useThrough('rds', 'DescribeKey', 'Decrypt', 'GenerateDataKey'), grantsThrough('rds')],
  people: { Deployer: [may('CreateGrant', 'DescribeKey')], WithoutGrants: [may('DescribeKey')], DbUser: [allows('rds-db:connect')], Restores: [may('CreateGrant', 'DescribeKey')] },
  rows: [
    ['deployer', 'Deployer', 'DescribeKey', by('rds'), 'allowed'],
    ['deployer', 'Deployer', 'CreateGrant', grantBy('rds', INSTANCE), 'allowed'],
    ['deployer', 'Deployer', 'CreateGrant', grantBy('rds', CLUSTER), 'allowed'],
    ['deployer', 'WithoutGrants', 'CreateGrant', grantBy('rds', INSTANCE), 'denied'],
    ['consumer', 'Restores', 'CreateGrant', grantBy('rds', INSTANCE), 'allowed'],
    ['must not', 'Restores', 'CreateGrant', grantBy('ec2'), 'denied'],
    ['must not', 'Deployer', 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', 'Deployer', 'Decrypt', by('rds', INSTANCE), 'denied'],
    ['must not', 'DbUser', 'Decrypt', by('rds', INSTANCE), 'denied'],
    ['must not', 'rds.amazonaws.com', 'Decrypt', INSTANCE, 'denied'],
    ['must not', 'export.rds.amazonaws.com', 'GenerateDataKey', DIRECTLY, 'denied'],
    ['must not', `arn:aws:iam::${A}:role/aws-service-role/rds.amazonaws.com/AWSServiceRoleForRDS`, 'Decrypt', by('rds', INSTANCE), 'denied'],
    ...strangers('rds', 'Decrypt', INSTANCE),
    ...otherGrants('rds'),
  ],
}, {
  about: 'Performance Insights',
  services: ['Rds'],
  source: 'RDS-pi',
  keyPolicy: [useThrough('rds', 'DescribeKey', 'Decrypt', 'GenerateDataKey'), grantsThrough('rds')],
  people: { Dashboard: [mayIf(OF_INSIGHTS, 'Decrypt', 'GenerateDataKey')], Deployer: [may('CreateGrant', 'DescribeKey')], OnInsights: [allows('pi:*')] },
  rows: [
    ...fenced('consumer', 'Dashboard', 'Decrypt', 'rds', INSIGHTS),
    ...fenced('consumer', 'Dashboard', 'GenerateDataKey', 'rds', INSIGHTS),
    ['deployer', 'Deployer', 'CreateGrant', grantBy('rds', INSIGHTS), 'allowed'],
    ['must not', 'Dashboard', 'Decrypt', by('rds', INSTANCE), 'denied'],
    ['must not', 'Dashboard', 'Decrypt', by('rds', { ...INSIGHTS, ...pair('service', 'db') }), 'denied'],
    ['must not', 'Dashboard', 'CreateGrant', grantBy('rds', INSIGHTS), 'denied'],
    ['must not', 'OnInsights', 'Decrypt', by('rds', INSIGHTS), 'denied'],
    ['must not', 'pi.amazonaws.com', 'Decrypt', INSIGHTS, 'denied'],
    ...strangers('rds', 'GenerateDataKey', INSIGHTS),
  ],
}, {
  about: 'RDS/Aurora managed master secret',
  services: ['RdsMasterSecret'],
  source: 'RDS-sec',
  keyPolicy: [useThrough(['rds', 'secretsmanager'], 'Decrypt', 'GenerateDataKey', 'DescribeKey'), grantsThrough('rds', 'secretsmanager')],
  people: {
    Deployer: [may('Decrypt', 'GenerateDataKey', 'CreateGrant', 'DescribeKey')],
    WithoutGrants: [may('Decrypt', 'GenerateDataKey', 'DescribeKey')],
    Application: [mayIf(inContext('SecretARN', ARN('secretsmanager', 'secret:rds!*')), 'Decrypt')],
    OnTheSecret: [allows('secretsmanager:GetSecretValue')],
  },
  rows: [
    ...['rds', 'secretsmanager'].flatMap((name) => [
      ...fenced('deployer', 'Deployer', 'GenerateDataKey', name, SECRET),
      ['deployer', 'Deployer', 'CreateGrant', grantBy(name, SECRET), 'allowed'] as const,
      ['deployer', 'WithoutGrants', 'CreateGrant', grantBy(name, SECRET), 'denied'] as const,
    ]),
    ...fenced('consumer', 'Application', 'Decrypt', 'secretsmanager', SECRET),
    ['must not', 'Application', 'Decrypt', by('secretsmanager', pair('SecretARN', ARN('secretsmanager', 'secret:other-AbCdEf'))), 'denied'],
    ['must not', 'Application', 'GenerateDataKey', by('secretsmanager', SECRET), 'denied'],
    ['must not', 'OnTheSecret', 'Decrypt', by('secretsmanager', SECRET), 'denied'],
    ['must not', 'secretsmanager.amazonaws.com', 'Decrypt', SECRET, 'denied'],
    ...strangers('secretsmanager', 'Decrypt', SECRET),
    ...otherGrants('secretsmanager'),
  ],
}, {
  about: 'DynamoDB',
  services: ['DynamoDb'],
  source: 'DDB',
  keyPolicy: [
    keyAllows(aws(ROOT), ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'], IN_ANY_REGION),
    keyAllows(aws(ROOT), ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'], { ...IN_ANY_REGION, Bool: { 'kms:GrantIsForAWSResource': 'true' } }),
  ],
  people: {
    Deployer: [may(...BY_TABLES, 'CreateGrant')],
    WithoutGrants: [may(...BY_TABLES)],
    Reader: [mayIf(OF_TABLE, 'Decrypt')],
    OnTheTable: [allows('dynamodb:*')],
  },
  rows: [
    ...BY_TABLES.map((action) => ['deployer', 'Deployer', action, by('dynamodb', action === 'DescribeKey' ? {} : TABLE), 'allowed'] as const),
    ['deployer', 'Deployer', 'CreateGrant', grantBy('dynamodb', TABLE), 'allowed'],
    ['deployer', 'WithoutGrants', 'CreateGrant', grantBy('dynamodb', TABLE), 'denied'],
    ...fenced('consumer', 'Reader', 'Decrypt', 'dynamodb', TABLE),
    ['consumer', 'Reader', 'Decrypt', by('dynamodb.us-east-1', TABLE), 'allowed'],
    ['must not', 'Reader', 'Decrypt', by('dynamodb', pair('aws:dynamodb:tableName', 'customers')), 'denied'],
    ['must not', 'Reader', 'Encrypt', by('dynamodb', TABLE), 'denied'],
    ['must not', 'OnTheTable', 'Decrypt', by('dynamodb', TABLE), 'denied'],
    ['must not', 'Administrator', 'Decrypt', by('dax', TABLE), 'denied'],
    ['must not', 'Administrator', 'Decrypt', { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com.cn' }, 'denied'],
    ['must not', 'dynamodb.amazonaws.com', 'Decrypt', TABLE, 'denied'],
    ...strangers('dynamodb', 'Decrypt', TABLE).filter(([, , , request]) => request['kms:ViaService'] !== 'dynamodb.us-east-1.amazonaws.com'),
    ...otherGrants('dynamodb'),
  ],
}, {
  about: 'DynamoDB global table of several accounts',
  services: ['DynamoDb'],
  source: 'DDBg',
  keyPolicy: [useByService('replication.dynamodb.amazonaws.com', ['Decrypt', 'ReEncrypt*', 'GenerateDataKey*', 'DescribeKey'], { StringEquals: { 'aws:SourceAccount': [A, B] } })],
  handOver: (key) => {
    key.via(serviceById('DynamoDb')!, { sourceAccounts: [B] });
    letIn('DynamoDb', 'replication.dynamodb.amazonaws.com')(key);
  },
  people: {},
  rows: [
    ['service', 'replication.dynamodb.amazonaws.com', 'Decrypt', from(ARN('dynamodb', 'table/orders')), 'allowed'],
    ['service', 'replication.dynamodb.amazonaws.com', 'GenerateDataKey', from(ARN('dynamodb', 'table/orders', B), B), 'allowed'],
    ['service', 'replication.dynamodb.amazonaws.com', 'ReEncryptTo', from(ARN('dynamodb', 'table/orders')), 'allowed'],
    ['must not', 'replication.dynamodb.amazonaws.com', 'Decrypt', { 'aws:SourceAccount': '777788889999' }, 'denied'],
    ['must not', 'replication.dynamodb.amazonaws.com', 'Encrypt', from(ARN('dynamodb', 'table/orders')), 'denied'],
    ['must not', 'dynamodb.amazonaws.com', 'Decrypt', from(ARN('dynamodb', 'table/orders')), 'denied'],
  ],
}, {
  about: 'ElastiCache',
  services: ['ElastiCache'],
  source: 'ECd',
  keyPolicy: [useThrough(['elasticache', 'dax'], 'DescribeKey'), grantsThrough('elasticache', 'dax')],
  people: { Deployer: [may('CreateGrant', 'DescribeKey')], WithoutGrants: [may('DescribeKey')], Client: [allows('elasticache:Connect')] },
  rows: [
    ...['elasticache', 'dax'].flatMap((name) => [
      ['deployer', 'Deployer', 'DescribeKey', by(name), 'allowed'] as const,
      ['deployer', 'Deployer', 'CreateGrant', grantBy(name), 'allowed'] as const,
      ['deployer', 'WithoutGrants', 'CreateGrant', grantBy(name), 'denied'] as const,
    ]),
    ['consumer', 'Deployer', 'DescribeKey', by('dax'), 'allowed'],
    ['must not', 'Deployer', 'Decrypt', by('elasticache'), 'denied'],
    ['must not', 'Deployer', 'CreateGrant', grantBy('dynamodb'), 'denied'],
    ['must not', 'Client', 'Decrypt', by('elasticache'), 'denied'],
    ['must not', 'elasticache.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
    ...strangers('elasticache', 'Decrypt'),
    ...otherGrants('elasticache'),
  ],
}];
