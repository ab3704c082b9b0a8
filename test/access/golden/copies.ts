import * as iam from 'aws-cdk-lib/aws-iam';
import { grantsThrough, inContext, may, mayIf, OTHER_REGION, useByAccount, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, grantBy, pair, strangers } from './requests';
import { allows } from './statements';
import { KmsService } from '../../../src/service/kms-service';
import { A, B } from '../../support/access-world';
import { ServiceRow, ServiceWorld } from '../../support/service-world';

const both = (name: string) => [name, `${name}.${OTHER_REGION}`];
const SNAPSHOT = pair('aws:ebs:id', 'snap-1');
const BY_COPIES = ['DescribeKey', 'Decrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncrypt*'];
const BY_RDS_COPIES = [...BY_COPIES, 'Encrypt'];
const SOURCE = ['arn:aws:s3:::source', 'arn:aws:s3:::source/*'];
const REPLICA = ['arn:aws:s3:::replica', 'arn:aws:s3:::replica/*'];
const source = (action: string, key: string, request: object): ServiceRow => ['consumer', 'Replication', action, by(key, request as Record<string, unknown>), 'allowed'];

/** A role that copies from one Region to another, with a key at both ends that each name both Regions. */
function copies(about: string, page: string, name: string, actions: readonly string[]): ServiceWorld {
  return {
    about,
    services: [],
    source: page,
    keyPolicy: [useThrough(both(name), ...actions), grantsThrough(...both(name))],
    people: {
      Copies: [may(...actions), mayIf({ Bool: { 'kms:GrantIsForAWSResource': 'true' } }, 'CreateGrant')],
      WithoutGrants: [may(...actions)],
      OfTheAccount: [allows(actions.map((action) => `kms:${action}`), `arn:aws:kms:eu-west-1:${A}:key/*`, { StringLike: { 'kms:ViaService': `${name}.*.amazonaws.com` } })],
      OfTheOtherRegion: [allows('kms:*', `arn:aws:kms:${OTHER_REGION}:${A}:key/*`)],
    },
    rows: [
      ...both(name).flatMap((service): ServiceRow[] => [
        ...['ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKeyWithoutPlaintext', 'Decrypt'].flatMap((action) => fenced('consumer', 'Copies', action, service)),
        ['consumer', 'Copies', 'CreateGrant', grantBy(service), 'allowed'],
        ['consumer', 'OfTheAccount', 'ReEncryptFrom', by(service), 'allowed'],
        ['must not', 'WithoutGrants', 'CreateGrant', grantBy(service), 'denied'],
        ['must not', 'OfTheOtherRegion', 'ReEncryptFrom', by(service), 'denied'],
      ]),
      ['must not', 'Copies', 'CreateGrant', DIRECTLY, 'denied'],
      ['must not', 'Copies', 'ReEncryptFrom', by(`${name}.eu-central-1`), 'denied'],
      ['must not', 'OfTheAccount', 'ReEncryptFrom', DIRECTLY, 'denied'],
      ['must not', 'Nobody', 'ReEncryptFrom', by(name), 'denied'],
      ['must not', 'Partner', 'ReEncryptFrom', by(name), 'denied'],
    ],
  };
}

/** A key that was handed to copies of Amazon RDS in both Regions: whoever deploys or calls makes the grant. */
function rdsCopies(about: string, page: string): ServiceWorld {
  const world = copies(about, page, 'rds', BY_RDS_COPIES);
  return {
    ...world,
    services: ['RdsCopies'],
    handOver: (key) => key.via(KmsService.RDS_COPIES, { regions: [OTHER_REGION] }),
    rows: [
      ...world.rows,
      ...both('rds').flatMap((service): ServiceRow[] => [
        ...['DescribeKey', 'Encrypt', 'GenerateDataKey'].map((action): ServiceRow => ['deployer', 'Copies', action, by(service), 'allowed']),
        ['deployer', 'Copies', 'CreateGrant', grantBy(service), 'allowed'],
        ['deployer', 'WithoutGrants', 'CreateGrant', grantBy(service), 'denied'],
      ]),
    ],
  };
}

/** A key that was handed to Amazon Redshift Serverless in both Regions, on the safe side: no page says which of them copies need. */
function serverlessCopies(): ServiceWorld {
  const names = ['redshift', 'redshift-data', 'redshift-serverless'].flatMap(both);
  const use = ['DescribeKey', 'GenerateDataKey', 'Encrypt', 'Decrypt'];
  return {
    about: 'Cross-Region copy of the snapshots of Redshift Serverless',
    services: ['RedshiftServerless'],
    source: '§5 [U]',
    keyPolicy: [useThrough(names, ...use), grantsThrough(...names)],
    handOver: (key) => key.via(KmsService.REDSHIFT_SERVERLESS, { regions: [OTHER_REGION] }),
    people: { Deployer: [may(...use, 'CreateGrant')], WithoutGrants: [may(...use)] },
    rows: [
      ...both('redshift-serverless').flatMap((name): ServiceRow[] => [
        ...use.map((action): ServiceRow => ['deployer', 'Deployer', action, by(name), 'allowed']),
        ['deployer', 'Deployer', 'CreateGrant', grantBy(name), 'allowed'],
        ['deployer', 'WithoutGrants', 'CreateGrant', grantBy(name), 'denied'],
        ['must not', 'Nobody', 'GenerateDataKey', by(name), 'denied'],
      ]),
      ['must not', 'Deployer', 'CreateGrant', DIRECTLY, 'denied'],
      ['must not', 'Deployer', 'GenerateDataKey', by('redshift-serverless.eu-central-1'), 'denied'],
      ['must not', 'Administrator', 'CreateGrant', grantBy('redshift.eu-central-1'), 'denied'],
    ],
  };
}

/** Copies over Regions and accounts. policy-model §5 */
export const COPIES: readonly ServiceWorld[] = [
  {
    ...copies('Cross-Region copy of EBS snapshots', 'EBS-copy, BK-mp', 'ec2', BY_COPIES),
    services: ['EbsCopies'],
    handOver: (key) => key.via(KmsService.EBS_COPIES, { regions: [OTHER_REGION] }),
  },
  rdsCopies('Cross-Region copy of RDS/Aurora snapshots', 'RDS-copy, AUR-29'),
  rdsCopies('Cross-Region automated backups of RDS', 'RDS-rep'),
  {
    about: 'Cross-Region copy of EBS snapshots, a key that was handed to EBS in both Regions',
    services: ['Ebs'],
    source: '§5',
    keyPolicy: [useThrough(both('ec2'), 'DescribeKey', 'Decrypt', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'), grantsThrough(...both('ec2'))],
    handOver: (key) => key.via(KmsService.EBS, { regions: [OTHER_REGION] }),
    people: { Copies: [may('Decrypt', 'ReEncrypt*', 'GenerateDataKeyWithoutPlaintext', 'CreateGrant')] },
    rows: [
      ...both('ec2').flatMap((name): ServiceRow[] => [
        ...fenced('consumer', 'Copies', 'ReEncryptTo', name, SNAPSHOT),
        ['consumer', 'Copies', 'CreateGrant', grantBy(name, SNAPSHOT), 'allowed'],
        ['must not', 'Nobody', 'ReEncryptTo', by(name, SNAPSHOT), 'denied'],
      ]),
      ['must not', 'Administrator', 'ReEncryptTo', by('ec2.eu-central-1', SNAPSHOT), 'denied'],
      ['must not', 'Administrator', 'CreateGrant', grantBy('ec2.eu-central-1'), 'denied'],
    ],
  },
  {
    about: 'Redshift snapshot copy grant, in the destination Region',
    services: ['Redshift'],
    source: 'RS-xr',
    keyPolicy: [useThrough(['redshift', 'redshift-data'], 'DescribeKey', 'GenerateDataKey', 'Encrypt', 'Decrypt'), grantsThrough('redshift', 'redshift-data')],
    people: { Deployer: [may('DescribeKey', 'GenerateDataKey', 'Encrypt', 'Decrypt', 'CreateGrant', 'RetireGrant', 'RevokeGrant')], WithoutGrants: [may('DescribeKey', 'GenerateDataKey')] },
    rows: [
      ['deployer', 'Deployer', 'CreateGrant', grantBy('redshift'), 'allowed'],
      ['deployer', 'Deployer', 'RevokeGrant', grantBy('redshift'), 'allowed'],
      ['deployer', 'Deployer', 'RetireGrant', by('redshift'), 'allowed'],
      ['deployer', 'Deployer', 'GenerateDataKey', by('redshift'), 'allowed'],
      ['must not', 'WithoutGrants', 'CreateGrant', grantBy('redshift'), 'denied'],
      ['must not', 'WithoutGrants', 'RetireGrant', by('redshift'), 'denied'],
      ['must not', 'Administrator', 'CreateGrant', grantBy(`redshift.${OTHER_REGION}`), 'denied'],
    ],
  },
  serverlessCopies(),
  {
    about: 'S3 replication, the key of the source',
    services: ['S3'],
    source: 'S3-rep',
    keyPolicy: [useThrough('s3', 'GenerateDataKey', 'Decrypt')],
    people: { Replication: [mayIf(inContext('aws:s3:arn', ...SOURCE), 'Decrypt')], ObjectsOnly: [mayIf(inContext('aws:s3:arn', SOURCE[1]), 'Decrypt')] },
    rows: [
      source('Decrypt', 's3', pair('aws:s3:arn', 'arn:aws:s3:::source')),
      source('Decrypt', 's3', pair('aws:s3:arn', 'arn:aws:s3:::source/a/b')),
      ['must not', 'ObjectsOnly', 'Decrypt', by('s3', pair('aws:s3:arn', 'arn:aws:s3:::source')), 'denied'],
      ['must not', 'Replication', 'GenerateDataKey', by('s3', pair('aws:s3:arn', 'arn:aws:s3:::source')), 'denied'],
      ['must not', 'Replication', 'Decrypt', by(`s3.${OTHER_REGION}`, pair('aws:s3:arn', 'arn:aws:s3:::source')), 'denied'],
      ['must not', 's3.amazonaws.com', 'Decrypt', { 'aws:SourceAccount': A }, 'denied'],
      ...strangers('s3', 'Decrypt', pair('aws:s3:arn', 'arn:aws:s3:::source')),
    ],
  },
  {
    about: 'S3 replication, the key of the destination in another account',
    services: ['S3Replication'],
    source: 'S3-rep, S3-rtr',
    handOver: (key) => key.via(KmsService.S3_REPLICATION).grantEncryptDecrypt(new iam.AccountPrincipal(B)),
    keyPolicy: [useThrough('s3', 'Encrypt', 'Decrypt', 'GenerateDataKey'),
      useByAccount(B, ['Encrypt', 'Decrypt', 'GenerateDataKey'], { StringLike: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } })],
    people: { Replication: [mayIf(inContext('aws:s3:arn', ...REPLICA), 'Encrypt', 'Decrypt', 'GenerateDataKey')], OnlyEncrypts: [may('Encrypt')] },
    partners: { Replicates: [allows(['kms:Encrypt', 'kms:GenerateDataKey'], `arn:aws:kms:eu-west-1:${A}:key/*`)], WithoutKms: [allows('s3:*')] },
    rows: [
      ...['Encrypt', 'GenerateDataKey', 'Decrypt'].flatMap((action) => fenced('consumer', 'Replication', action, 's3', pair('aws:s3:arn', 'arn:aws:s3:::replica'))),
      ...['Encrypt', 'GenerateDataKey'].flatMap((action) => fenced('consumer', 'Replicates', action, 's3')),
      ['must not', 'OnlyEncrypts', 'GenerateDataKey', by('s3'), 'denied'],
      ['must not', 'Replicates', 'Decrypt', by('s3'), 'denied'],
      ['must not', 'WithoutKms', 'Encrypt', by('s3'), 'denied'],
      ['must not', 'Replication', 'Encrypt', by('s3', pair('aws:s3:arn', 'arn:aws:s3:::source')), 'denied'],
      ['must not', 'Replication', 'Encrypt', by(`s3.${OTHER_REGION}`, pair('aws:s3:arn', 'arn:aws:s3:::replica')), 'denied'],
      ['must not', 's3.amazonaws.com', 'Encrypt', { 'aws:SourceAccount': A }, 'denied'],
    ],
  },
];
