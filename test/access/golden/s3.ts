import * as iam from 'aws-cdk-lib/aws-iam';
import { ARN, inContext, may, mayIf, useByService, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, from, onlyFrom, pair, strangers } from './requests';
import { allows, aws, keyAllows } from './statements';
import { PrincipalMatch } from '../../../src/key/principal-match';
import { KmsService } from '../../../src/service/kms-service';
import { A, B, ROOT } from '../../support/access-world';
import { letIn } from '../../support/handed-over-key';
import { ServiceWorld } from '../../support/service-world';

const BUCKET = 'arn:aws:s3:::invoices';
const IN_BUCKET = pair('aws:s3:arn', BUCKET);
const OBJECT = pair('aws:s3:arn', `${BUCKET}/2026/1.pdf`);
const OTHER_BUCKET = pair('aws:s3:arn', 'arn:aws:s3:::invoices-old/1.pdf');
const BOTH_FORMS = inContext('aws:s3:arn', BUCKET, `${BUCKET}/*`);
const THROUGH_S3 = useThrough('s3', 'GenerateDataKey', 'Decrypt');
const ACCOUNT_A = { StringEquals: { 'aws:SourceAccount': A } };
const ACCOUNT_A_IF_SENT = { StringEqualsIfExists: { 'aws:SourceAccount': A } };
const DISTRIBUTION = `arn:aws:cloudfront::${A}:distribution/E1`;
const TOPIC = ARN('sns', 'notifications');

export const S3: readonly ServiceWorld[] = [{
  about: 'S3 put/get/multipart',
  services: ['S3'],
  source: 'S3-kms, S3-bk',
  keyPolicy: [THROUGH_S3],
  people: {
    Writer: [mayIf(BOTH_FORMS, 'GenerateDataKey', 'Decrypt')],
    Reader: [mayIf(BOTH_FORMS, 'Decrypt')],
    ObjectsOnly: [mayIf(inContext('aws:s3:arn', `${BUCKET}/*`), 'Decrypt')],
    OnTheBucket: [allows('s3:*')],
  },
  rows: [
    ...fenced('consumer', 'Writer', 'GenerateDataKey', 's3', IN_BUCKET),
    ...fenced('consumer', 'Writer', 'GenerateDataKey', 's3', OBJECT),
    ...fenced('consumer', 'Writer', 'Decrypt', 's3', OBJECT),
    ...fenced('consumer', 'Reader', 'Decrypt', 's3', IN_BUCKET),
    ...fenced('consumer', 'Reader', 'Decrypt', 's3', OBJECT),
    ['must not', 'Reader', 'GenerateDataKey', by('s3', OBJECT), 'denied'],
    ['must not', 'Reader', 'Decrypt', by('s3', OTHER_BUCKET), 'denied'],
    ['must not', 'Reader', 'Decrypt', by('s3'), 'denied'],
    ['must not', 'Writer', 'Encrypt', by('s3', OBJECT), 'denied'],
    ['must not', 'Writer', 'ReEncryptFrom', by('s3', OBJECT), 'denied'],
    ['consumer', 'ObjectsOnly', 'Decrypt', by('s3', OBJECT), 'allowed'],
    ['must not', 'ObjectsOnly', 'Decrypt', by('s3', IN_BUCKET), 'denied'],
    ['must not', 'OnTheBucket', 'Decrypt', by('s3', OBJECT), 'denied'],
    ['must not', 's3.amazonaws.com', 'GenerateDataKey', from(BUCKET), 'denied'],
    ['must not', 'cloudfront.amazonaws.com', 'Decrypt', { 'aws:SourceArn': DISTRIBUTION }, 'denied'],
    ...strangers('s3', 'Decrypt', OBJECT),
  ],
}, {
  about: 'S3 put/get/multipart, narrowed to a bucket in the key policy',
  services: ['S3'],
  source: 'policy-model §2',
  keyPolicy: [{ ...THROUGH_S3, Condition: { ...THROUGH_S3.Condition as object, ...BOTH_FORMS } }],
  handOver: (key) => key.via(KmsService.S3, { contexts: [BUCKET, `${BUCKET}/*`] }),
  people: { Everywhere: [allows('kms:*')] },
  rows: [
    ...fenced('consumer', 'Everywhere', 'Decrypt', 's3', OBJECT),
    ...fenced('consumer', 'Everywhere', 'GenerateDataKey', 's3', IN_BUCKET),
    ['must not', 'Everywhere', 'Decrypt', by('s3', OTHER_BUCKET), 'denied'],
    ['must not', 'Everywhere', 'Decrypt', by('s3'), 'denied'],
    ...strangers('s3', 'Decrypt', OBJECT),
  ],
}, {
  about: 'S3 put/get/multipart, narrowed to principals with a tag',
  services: ['S3'],
  source: 'policy-model §2',
  keyPolicy: [{ ...THROUGH_S3, Condition: { StringEquals: { ...(THROUGH_S3.Condition as { StringEquals: object }).StringEquals, 'aws:PrincipalTag/data-domain': 'billing' } } }],
  handOver: (key) => key.via(KmsService.S3, { useOnlyBy: PrincipalMatch.tag('data-domain', 'billing') }),
  people: { Billing: [may('Decrypt')] },
  rows: [
    ...fenced('consumer', 'Billing', 'Decrypt', 's3', { 'aws:PrincipalTag/data-domain': 'billing' }),
    ['consumer', 'Billing', 'Decrypt', by('s3', { 'aws:principaltag/Data-Domain': 'billing' }), 'allowed'],
    ['must not', 'Billing', 'Decrypt', by('s3', { 'aws:PrincipalTag/data-domain': 'sales' }), 'denied'],
    ['must not', 'Administrator', 'Decrypt', by('s3'), 'denied'],
    ...strangers('s3', 'Decrypt', { 'aws:PrincipalTag/data-domain': 'billing' }),
  ],
}, {
  about: 'S3 put/get/multipart, narrowed to principals by their ARN',
  services: ['S3'],
  source: 'policy-model §2',
  keyPolicy: [{ ...THROUGH_S3, Condition: { ...THROUGH_S3.Condition as object, ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${A}:role/Billing*` } } }],
  handOver: (key) => key.via(KmsService.S3, { useOnlyBy: PrincipalMatch.arnsLike(`arn:aws:iam::${A}:role/Billing*`) }),
  people: { BillingReader: [may('Decrypt')], Sales: [may('Decrypt')] },
  rows: [
    ...fenced('consumer', 'BillingReader', 'Decrypt', 's3'),
    ['consumer', `arn:aws:sts::${A}:assumed-role/BillingReader/s1`, 'Decrypt', by('s3'), 'allowed'],
    ['must not', 'Sales', 'Decrypt', by('s3'), 'denied'],
    ['must not', ROOT, 'Decrypt', by('s3'), 'denied'],
    ...strangers('s3', 'Decrypt'),
  ],
}, {
  about: 'S3 inventory',
  services: ['S3'],
  source: 'S3-inv',
  keyPolicy: [useByService('s3.amazonaws.com', ['GenerateDataKey'], { ...ACCOUNT_A, ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } })],
  handOver: (key) => key.via(KmsService.S3).grant(new iam.ServicePrincipal('s3.amazonaws.com'), 'kms:GenerateDataKey'),
  people: { Reader: [may('GenerateDataKey')] },
  rows: [
    ...onlyFrom('s3.amazonaws.com', 'GenerateDataKey', from(BUCKET), from(BUCKET, B)),
    ['must not', 's3.amazonaws.com', 'GenerateDataKey', DIRECTLY, 'denied'],
    ['must not', 's3.amazonaws.com', 'GenerateDataKey', { 'aws:SourceArn': BUCKET }, 'denied'],
    ['must not', 's3.amazonaws.com', 'GenerateDataKey', from(TOPIC), 'denied'],
    ['must not', 's3.amazonaws.com', 'Decrypt', from(BUCKET), 'denied'],
    ['must not', 'logging.s3.amazonaws.com', 'GenerateDataKey', from(BUCKET), 'denied'],
    ['must not', 'Reader', 'GenerateDataKey', from(BUCKET), 'denied'],
  ],
}, {
  about: 'S3 → SNS/SQS',
  services: ['Sns', 'Sqs'],
  source: 'S3-ntf, SQS',
  keyPolicy: [useByService('s3.amazonaws.com', ['GenerateDataKey', 'Decrypt'], ACCOUNT_A_IF_SENT)],
  handOver: (key) => [KmsService.SNS, KmsService.SQS].forEach((service) =>
    key.via(service).grant(new iam.ServicePrincipal('s3.amazonaws.com'), 'kms:Decrypt', 'kms:GenerateDataKey')),
  people: { OnTheTopic: [allows(['sns:*', 'sqs:*'])] },
  rows: [
    ...onlyFrom('s3.amazonaws.com', 'GenerateDataKey', from(BUCKET), from(BUCKET, B)),
    ...onlyFrom('s3.amazonaws.com', 'Decrypt', from(BUCKET), from(BUCKET, B)),
    ['service', 's3.amazonaws.com', 'GenerateDataKey', { 'aws:SourceArn': BUCKET }, 'allowed'],
    ['must not', 's3.amazonaws.com', 'Encrypt', from(BUCKET), 'denied'],
    ['must not', 'sns.amazonaws.com', 'GenerateDataKey', from(TOPIC), 'denied'],
    ['must not', 'OnTheTopic', 'Decrypt', by('sns'), 'denied'],
  ],
}, {
  about: 'S3 server access logs, Redshift audit logs',
  services: ['S3'],
  source: 'S3-log, RS-aud: the bucket must be under SSE-S3',
  keyPolicy: [THROUGH_S3],
  people: {},
  rows: [
    ['must not', 'logging.s3.amazonaws.com', 'GenerateDataKey', from(BUCKET), 'denied'],
    ['must not', 'redshift.amazonaws.com', 'GenerateDataKey', from(ARN('redshift', 'cluster:c')), 'denied'],
    ['must not', 'redshift.amazonaws.com', 'GenerateDataKey', by('s3'), 'denied'],
  ],
}, {
  about: 'CloudFront OAC',
  services: ['CloudFront'],
  source: 'OACd',
  keyPolicy: [useByService('cloudfront.amazonaws.com', ['Decrypt'], { ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${A}:distribution/*` } })],
  people: { Viewer: [allows('cloudfront:*')] },
  rows: [
    ...onlyFrom('cloudfront.amazonaws.com', 'Decrypt', { 'aws:SourceArn': DISTRIBUTION }, { 'aws:SourceArn': DISTRIBUTION.replace(A, B) }),
    ['must not', 'cloudfront.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
    ['must not', 'cloudfront.amazonaws.com', 'GenerateDataKey', { 'aws:SourceArn': DISTRIBUTION }, 'denied'],
    ['must not', 'cloudfront.amazonaws.com', 'Decrypt', { 'aws:SourceArn': `arn:aws:cloudfront::${A}:origin-access-identity/E1` }, 'denied'],
    ['must not', 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1', 'Decrypt', DIRECTLY, 'denied'],
    ['must not', 'Viewer', 'Decrypt', by('s3'), 'denied'],
    ['must not', 'Administrator', 'Decrypt', { 'aws:SourceArn': DISTRIBUTION }, 'denied'],
  ],
}, {
  about: 'CloudFront OAC, let in by the bucket that it reads',
  services: ['S3'],
  source: 'OACd',
  keyPolicy: [useByService('cloudfront.amazonaws.com', ['Decrypt'], { ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${A}:distribution/*` } })],
  handOver: letIn('S3', 'cloudfront.amazonaws.com'),
  people: {},
  rows: [
    ...onlyFrom('cloudfront.amazonaws.com', 'Decrypt', { 'aws:SourceArn': DISTRIBUTION }, { 'aws:SourceArn': DISTRIBUTION.replace(A, B) }),
    ['must not', 's3.amazonaws.com', 'Decrypt', from(BUCKET), 'denied'],
  ],
}, {
  about: 'S3, by a statement that everybody of the account may use, as an AWS managed key has it',
  services: [],
  source: 'K-cond',
  keyPolicy: [keyAllows(aws('*'), ['kms:Decrypt'], { StringEquals: { 'kms:CallerAccount': A, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } })],
  people: { WithoutKms: [allows('s3:GetObject')] },
  rows: [
    ...fenced('consumer', 'WithoutKms', 'Decrypt', 's3', OBJECT),
    ['consumer', 'Nobody', 'Decrypt', by('s3'), 'allowed'],
    ['must not', 'Partner', 'Decrypt', by('s3'), 'denied'],
    ['must not', 's3.amazonaws.com', 'Decrypt', from(BUCKET), 'denied'],
  ],
}];
