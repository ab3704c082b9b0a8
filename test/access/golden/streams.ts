import { ARN, grantsThrough, inContext, may, mayIf, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, grantBy, otherGrants, pair, strangers } from './requests';
import { allows } from './statements';
import { ServiceWorld } from '../../support/service-world';

const STREAM = pair('aws:kinesis:arn', ARN('kinesis', 'stream/clicks'));
const OF_THE_STREAM = inContext('aws:kinesis:arn', ARN('kinesis', 'stream/clicks'));
const OBJECT = pair('aws:s3:arn', 'arn:aws:s3:::lake/clicks/1');

export const STREAMS: readonly ServiceWorld[] = [{
  about: 'Kinesis',
  services: ['Kinesis'],
  source: 'KDS',
  keyPolicy: [useThrough('kinesis', 'GenerateDataKey', 'Decrypt', 'DescribeKey')],
  people: {
    Producer: [mayIf(OF_THE_STREAM, 'GenerateDataKey')],
    Consumer: [mayIf(OF_THE_STREAM, 'Decrypt')],
    Deployer: [may('DescribeKey')],
    OnTheStream: [allows('kinesis:*')],
  },
  rows: [
    ...fenced('consumer', 'Producer', 'GenerateDataKey', 'kinesis', STREAM),
    ...fenced('consumer', 'Consumer', 'Decrypt', 'kinesis', STREAM),
    ['deployer', 'Deployer', 'DescribeKey', by('kinesis'), 'allowed'],
    ['must not', 'Deployer', 'Decrypt', by('kinesis', STREAM), 'denied'],
    ['must not', 'Producer', 'Decrypt', by('kinesis', STREAM), 'denied'],
    ['must not', 'Consumer', 'GenerateDataKey', by('kinesis', STREAM), 'denied'],
    ['must not', 'Consumer', 'Decrypt', by('kinesis', pair('aws:kinesis:arn', ARN('kinesis', 'stream/payments'))), 'denied'],
    ['must not', 'OnTheStream', 'Decrypt', by('kinesis', STREAM), 'denied'],
    ['must not', 'kinesis.amazonaws.com', 'Decrypt', STREAM, 'denied'],
    ['must not', 'Administrator', 'CreateGrant', grantBy('kinesis'), 'denied'],
    ...strangers('kinesis', 'Decrypt', STREAM),
  ],
}, {
  about: 'Firehose',
  services: ['Firehose'],
  source: 'policy-model §1.3: not known beyond CreateGrant',
  keyPolicy: [useThrough('firehose', 'DescribeKey'), grantsThrough('firehose')],
  people: { Deployer: [may('CreateGrant', 'DescribeKey')], WithoutGrants: [may('DescribeKey')], Producer: [allows('firehose:PutRecord')] },
  rows: [
    ['deployer', 'Deployer', 'DescribeKey', by('firehose'), 'allowed'],
    ['deployer', 'Deployer', 'CreateGrant', grantBy('firehose'), 'allowed'],
    ['deployer', 'WithoutGrants', 'CreateGrant', grantBy('firehose'), 'denied'],
    ['consumer', 'WithoutGrants', 'DescribeKey', by('firehose'), 'allowed'],
    ['must not', 'Producer', 'Decrypt', by('firehose'), 'denied'],
    ['must not', 'Deployer', 'Decrypt', by('firehose'), 'denied'],
    ['must not', 'firehose.amazonaws.com', 'GenerateDataKey', DIRECTLY, 'denied'],
    ...strangers('firehose', 'Decrypt'),
    ...otherGrants('firehose'),
  ],
}, {
  about: 'Firehose, from a stream into a bucket, all under one key',
  services: ['Firehose', 'Kinesis', 'S3'],
  source: 'policy-model §1.3',
  keyPolicy: [
    useThrough('firehose', 'DescribeKey'), useThrough('kinesis', 'GenerateDataKey', 'Decrypt', 'DescribeKey'), useThrough('s3', 'GenerateDataKey', 'Decrypt'),
    grantsThrough('firehose'),
  ],
  people: {
    FirehoseRole: [
      mayIf({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }, ...inContext('aws:s3:arn', 'arn:aws:s3:::lake/*') }, 'GenerateDataKey', 'Decrypt'),
      mayIf({ StringEquals: { 'kms:ViaService': 'kinesis.eu-west-1.amazonaws.com' }, ...OF_THE_STREAM }, 'Decrypt'),
    ],
  },
  rows: [
    ...fenced('consumer', 'FirehoseRole', 'Decrypt', 'kinesis', STREAM),
    ...fenced('consumer', 'FirehoseRole', 'GenerateDataKey', 's3', OBJECT),
    ['must not', 'FirehoseRole', 'GenerateDataKey', by('kinesis', STREAM), 'denied'],
    ['must not', 'FirehoseRole', 'Decrypt', by('kinesis', OBJECT), 'denied'],
    ['must not', 'FirehoseRole', 'Decrypt', by('firehose', STREAM), 'denied'],
    ['must not', 'FirehoseRole', 'CreateGrant', grantBy('firehose'), 'denied'],
    ['must not', 'Administrator', 'Decrypt', by('firehose'), 'denied'],
    ['must not', 'Administrator', 'CreateGrant', grantBy('kinesis'), 'denied'],
  ],
}, {
  about: 'OpenSearch',
  services: ['OpenSearch'],
  source: 'policy-model §1.3: page not read',
  keyPolicy: [useThrough('es', 'DescribeKey'), grantsThrough('es')],
  people: { Deployer: [may('CreateGrant', 'DescribeKey')], WithoutGrants: [may('DescribeKey')], Searcher: [allows('es:ESHttp*')] },
  rows: [
    ['deployer', 'Deployer', 'DescribeKey', by('es'), 'allowed'],
    ['deployer', 'Deployer', 'CreateGrant', grantBy('es'), 'allowed'],
    ['deployer', 'WithoutGrants', 'CreateGrant', grantBy('es'), 'denied'],
    ['consumer', 'WithoutGrants', 'DescribeKey', by('es'), 'allowed'],
    ['must not', 'Searcher', 'Decrypt', by('es'), 'denied'],
    ['must not', 'Deployer', 'CreateGrant', grantBy('aoss'), 'denied'],
    ['must not', 'es.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
    ...strangers('es', 'Decrypt'),
    ...otherGrants('es'),
  ],
}];
