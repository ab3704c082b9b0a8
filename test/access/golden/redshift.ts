import { ARN, grantsThrough, inContext, may, mayIf, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, from, grantBy, otherGrants, pair, strangers } from './requests';
import { allows } from './statements';
import { ServiceRow, ServiceWorld } from '../../support/service-world';

const CLUSTER = pair('aws:redshift:arn', ARN('redshift', 'cluster:warehouse'));
const OTHER_CLUSTER = pair('aws:redshift:arn', ARN('redshift', 'cluster:payroll'));
const NAMESPACE = pair('aws:redshift-serverless:arn', ARN('redshift-serverless', 'namespace/1234abcd'));
const NAMESPACE_WITH_COLON = pair('aws:redshift-serverless:arn', ARN('redshift-serverless', 'namespace:1234abcd'));
const OTHER_NAMESPACE = pair('aws:redshift-serverless:arn', ARN('redshift-serverless', 'namespace/5678dcba'));
/** What the Data API sends beside. */
const DATA_API = pair('serviceName', 'RedshiftDataAPI');
const SECRET = pair('SecretARN', ARN('secretsmanager', 'secret:redshift!admin-AbCdEf'));
const USE = ['DescribeKey', 'GenerateDataKey', 'Encrypt', 'Decrypt'];

function deploys(name: string): ServiceRow[] {
  return [
    ...USE.map((action): ServiceRow => ['deployer', 'Deployer', action, by(name, action === 'DescribeKey' ? {} : CLUSTER), 'allowed']),
    ['deployer', 'Deployer', 'CreateGrant', grantBy(name, CLUSTER), 'allowed'],
    ['deployer', 'WithoutGrants', 'GenerateDataKey', by(name, CLUSTER), 'allowed'],
    ['deployer', 'WithoutGrants', 'CreateGrant', grantBy(name, CLUSTER), 'denied'],
  ];
}

export const REDSHIFT: readonly ServiceWorld[] = [{
  about: 'Redshift',
  services: ['Redshift'],
  source: 'RS-cmk, RS-data',
  keyPolicy: [useThrough(['redshift', 'redshift-data'], ...USE), grantsThrough('redshift', 'redshift-data')],
  people: {
    Deployer: [may(...USE, 'CreateGrant')],
    WithoutGrants: [may(...USE)],
    DataApi: [may('CreateGrant', 'GenerateDataKey', 'Encrypt', 'Decrypt')],
    OfOneCluster: [may('CreateGrant'), mayIf(inContext('aws:redshift:arn', ARN('redshift', 'cluster:warehouse')), 'GenerateDataKey', 'Encrypt', 'Decrypt')],
    OnTheCluster: [allows(['redshift:*', 'redshift-data:*'])],
  },
  rows: [
    ...deploys('redshift'),
    ...['redshift', 'redshift-data'].flatMap((name): ServiceRow[] => [
      ...fenced('consumer', 'DataApi', 'GenerateDataKey', name, CLUSTER),
      ['consumer', 'DataApi', 'CreateGrant', grantBy(name), 'allowed'],
    ]),
    ...fenced('consumer', 'OfOneCluster', 'Decrypt', 'redshift-data', { ...CLUSTER, ...pair('aws:redshift:createtime', '20250815T0000Z'), ...DATA_API }),
    ['consumer', 'OfOneCluster', 'CreateGrant', grantBy('redshift'), 'allowed'],
    ['must not', 'OfOneCluster', 'Decrypt', by('redshift-data', { ...OTHER_CLUSTER, ...DATA_API }), 'denied'],
    ['must not', 'OfOneCluster', 'Decrypt', by('redshift-data'), 'denied'],
    ['must not', 'DataApi', 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', 'OnTheCluster', 'CreateGrant', grantBy('redshift-data'), 'denied'],
    ['must not', 'OnTheCluster', 'Decrypt', by('redshift', CLUSTER), 'denied'],
    ['must not', 'Deployer', 'ReEncryptFrom', by('redshift', CLUSTER), 'denied'],
    ['must not', 'redshift.amazonaws.com', 'Decrypt', from(ARN('redshift', 'cluster:warehouse')), 'denied'],
    ...strangers('redshift', 'Decrypt', CLUSTER),
    ...otherGrants('redshift'),
  ],
}, {
  about: 'Redshift Serverless',
  services: ['RedshiftServerless'],
  source: 'RS-cmk, RS-data',
  keyPolicy: [useThrough(['redshift', 'redshift-data', 'redshift-serverless'], ...USE), grantsThrough('redshift', 'redshift-data', 'redshift-serverless')],
  people: {
    Deployer: [may(...USE, 'CreateGrant')],
    WithoutGrants: [may(...USE)],
    OnTheWorkgroup: [allows('redshift-serverless:*')],
    Runs: [may('Decrypt', 'CreateGrant')],
    OfOneNamespace: ['namespace/1234abcd', 'namespace:1234abcd'].map((name) =>
      mayIf(inContext('aws:redshift-serverless:arn', ARN('redshift-serverless', name)), 'GenerateDataKey', 'Encrypt', 'Decrypt')),
  },
  rows: [
    ...deploys('redshift-serverless'),
    ...deploys('redshift'),
    ...['redshift-serverless', 'redshift-data'].flatMap((name) => fenced('consumer', 'Runs', 'Decrypt', name)),
    ['consumer', 'Runs', 'CreateGrant', grantBy('redshift-serverless'), 'allowed'],
    ...[NAMESPACE, NAMESPACE_WITH_COLON].flatMap((namespace) => fenced('consumer', 'OfOneNamespace', 'Decrypt', 'redshift-data', { ...namespace, ...DATA_API })),
    ['must not', 'OfOneNamespace', 'Decrypt', by('redshift-data', { ...OTHER_NAMESPACE, ...DATA_API }), 'denied'],
    ['must not', 'Runs', 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', 'OnTheWorkgroup', 'Decrypt', by('redshift-serverless'), 'denied'],
    ['must not', 'redshift-serverless.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
    ...strangers('redshift-serverless', 'Decrypt'),
    ...otherGrants('redshift-serverless'),
  ],
}, {
  about: 'Redshift admin secret',
  services: ['RedshiftAdminSecret'],
  source: 'policy-model §1.3: as that of RDS',
  keyPolicy: [
    useThrough(['redshift', 'redshift-serverless', 'secretsmanager'], 'Decrypt', 'GenerateDataKey', 'DescribeKey'),
    grantsThrough('redshift', 'redshift-serverless', 'secretsmanager'),
  ],
  people: {
    Deployer: [may('Decrypt', 'GenerateDataKey', 'CreateGrant', 'DescribeKey')],
    WithoutGrants: [may('Decrypt', 'GenerateDataKey', 'DescribeKey')],
    Application: [mayIf(inContext('SecretARN', ARN('secretsmanager', 'secret:redshift!*')), 'Decrypt')],
    OnTheSecret: [allows('secretsmanager:GetSecretValue')],
  },
  rows: [
    ...['redshift', 'redshift-serverless', 'secretsmanager'].flatMap((name): ServiceRow[] => [
      ['deployer', 'Deployer', 'GenerateDataKey', by(name, SECRET), 'allowed'],
      ['deployer', 'Deployer', 'CreateGrant', grantBy(name, SECRET), 'allowed'],
      ['deployer', 'WithoutGrants', 'CreateGrant', grantBy(name, SECRET), 'denied'],
    ]),
    ...fenced('consumer', 'Application', 'Decrypt', 'secretsmanager', SECRET),
    ['must not', 'Application', 'Decrypt', by('secretsmanager', pair('SecretARN', ARN('secretsmanager', 'secret:rds!db-1-AbCdEf'))), 'denied'],
    ['must not', 'OnTheSecret', 'Decrypt', by('secretsmanager', SECRET), 'denied'],
    ...strangers('secretsmanager', 'Decrypt', SECRET),
    ...otherGrants('secretsmanager'),
  ],
}];
