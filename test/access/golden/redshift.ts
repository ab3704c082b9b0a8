import { ARN, grantsThrough, may, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, from, grantBy, otherGrants, pair, strangers } from './requests';
import { allows } from './statements';
import { ServiceRow, ServiceWorld } from '../../support/service-world';

const CLUSTER = pair('aws:redshift:arn', ARN('redshift', 'cluster:warehouse'));
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
    OnTheCluster: [allows(['redshift:*', 'redshift-data:*'])],
  },
  rows: [
    ...deploys('redshift'),
    ...['redshift', 'redshift-data'].flatMap((name): ServiceRow[] => [
      ...fenced('consumer', 'DataApi', 'GenerateDataKey', name, CLUSTER),
      ['consumer', 'DataApi', 'CreateGrant', grantBy(name), 'allowed'],
    ]),
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
  source: 'RS-cmk; its encryption context is not known',
  keyPolicy: [useThrough(['redshift', 'redshift-serverless'], ...USE), grantsThrough('redshift', 'redshift-serverless')],
  people: { Deployer: [may(...USE, 'CreateGrant')], WithoutGrants: [may(...USE)], OnTheWorkgroup: [allows('redshift-serverless:*')], Runs: [may('Decrypt', 'CreateGrant')] },
  rows: [
    ...deploys('redshift-serverless'),
    ...deploys('redshift'),
    ...fenced('consumer', 'Runs', 'Decrypt', 'redshift-serverless'),
    ['consumer', 'Runs', 'CreateGrant', grantBy('redshift-serverless'), 'allowed'],
    ['must not', 'Runs', 'CreateGrant', DIRECTLY, 'denied'],
    ['must not', 'OnTheWorkgroup', 'Decrypt', by('redshift-serverless'), 'denied'],
    ['must not', 'redshift-serverless.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
    ...strangers('redshift-serverless', 'Decrypt'),
    ...otherGrants('redshift-serverless'),
  ],
}];
