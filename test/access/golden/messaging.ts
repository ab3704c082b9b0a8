import * as iam from 'aws-cdk-lib/aws-iam';
import { ARN, LINKED, may, useByRole, useByService, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, from, onlyFrom, pair, strangers } from './requests';
import { allows } from './statements';
import { CustomerManagedKey } from '../../../src/key/customer-managed-key';
import { KmsService } from '../../../src/service/kms-service';
import { A, B } from '../../support/access-world';
import { ServiceRow, ServiceWorld } from '../../support/service-world';

const TO_TOPICS = ['GenerateDataKey*', 'Decrypt'];
const TO_QUEUES = ['GenerateDataKey', 'Decrypt'];
const ACCOUNT_A_IF_SENT = { StringEqualsIfExists: { 'aws:SourceAccount': A } };
const ALARM = ARN('cloudwatch', 'alarm:errors');
const RULE = ARN('events', 'rule/nightly');
const BUS = ARN('events', 'event-bus/orders');
const ON_THE_BUS = { 'aws:SourceAccount': A, 'aws:SourceArn': BUS, ...pair('aws:events:event-bus:arn', BUS) };
const AUTO_SCALING = LINKED('autoscaling', 'AWSServiceRoleForAutoScaling');
/** Services that publish to an encrypted topic in their own name, beside those with a world of their own. [SNS] */
const PUBLISHERS = ['codecommit', 'dms', 'ds', 'dynamodb', 'events.rds', 'glacier', 'inspector', 'redshift', 'ses', 'ssm-contacts', 'ssm-incidents']
  .map((name) => `${name}.amazonaws.com`);
const lets = (service: KmsService, ...names: string[]) => (key: CustomerManagedKey) =>
  names.forEach((name) => key.via(service).grant(new iam.ServicePrincipal(name), 'kms:Decrypt', 'kms:GenerateDataKey*'));

export const MESSAGING: readonly ServiceWorld[] = [{
  about: 'SNS',
  services: ['Sns'],
  source: 'SNS',
  keyPolicy: [useThrough('sns', ...TO_TOPICS), ...PUBLISHERS.map((name) => useByService(name, TO_TOPICS, ACCOUNT_A_IF_SENT))],
  handOver: lets(KmsService.SNS, ...PUBLISHERS),
  people: { Publisher: [may('GenerateDataKey*', 'Decrypt')], OnlyEncrypts: [may('GenerateDataKey')], Subscriber: [allows('sns:*')] },
  rows: [
    ...fenced('consumer', 'Publisher', 'GenerateDataKey', 'sns'),
    ...fenced('consumer', 'Publisher', 'Decrypt', 'sns'),
    ['must not', 'OnlyEncrypts', 'Decrypt', by('sns'), 'denied'],
    ['must not', 'Subscriber', 'Decrypt', by('sns'), 'denied'],
    ...PUBLISHERS.flatMap((name): ServiceRow[] => [
      ...onlyFrom(name, 'GenerateDataKey', from(ARN('other', 'x')), from(ARN('other', 'x', B), B)),
      ['service', name, 'Decrypt', DIRECTLY, 'allowed'],
    ]),
    ['must not', 'ses.amazonaws.com', 'Encrypt', from(ARN('ses', 'x')), 'denied'],
    ...['config', 'codepipeline', 'autoscaling', 'iot', 'elasticbeanstalk', 'imagebuilder'].map((name): ServiceRow =>
      ['must not', `${name}.amazonaws.com`, 'GenerateDataKey', DIRECTLY, 'denied']),
    ['must not', AUTO_SCALING, 'GenerateDataKey', by('sns'), 'denied'],
    ...strangers('sns', 'GenerateDataKey'),
  ],
}, {
  about: 'SNS, published to by Auto Scaling',
  services: [],
  source: 'SNS: by its service-linked role, not by a service principal',
  keyPolicy: useByRole(AUTO_SCALING, ['GenerateDataKey', 'Decrypt']).slice(0, 1),
  people: {},
  rows: [
    ['service-linked role', AUTO_SCALING, 'GenerateDataKey', by('sns'), 'allowed'],
    ['must not', 'autoscaling.amazonaws.com', 'GenerateDataKey', DIRECTLY, 'denied'],
    ['must not', AUTO_SCALING, 'CreateGrant', by('sns'), 'denied'],
  ],
}, {
  about: 'SQS',
  services: ['Sqs'],
  source: 'SQS, EB-tgt',
  keyPolicy: [useThrough('sqs', ...TO_QUEUES), ...['sns', 's3', 'events'].map((name) => useByService(`${name}.amazonaws.com`, TO_QUEUES, ACCOUNT_A_IF_SENT))],
  handOver: lets(KmsService.SQS, 'sns.amazonaws.com', 's3.amazonaws.com', 'events.amazonaws.com'),
  people: { Producer: [may('GenerateDataKey', 'Decrypt')], Consumer: [may('Decrypt')], OnTheQueue: [allows('sqs:*')] },
  rows: [
    ...fenced('consumer', 'Producer', 'GenerateDataKey', 'sqs'),
    ...fenced('consumer', 'Consumer', 'Decrypt', 'sqs'),
    ['must not', 'Consumer', 'GenerateDataKey', by('sqs'), 'denied'],
    ['must not', 'OnTheQueue', 'Decrypt', by('sqs'), 'denied'],
    ...['sns', 's3', 'events'].flatMap((name): ServiceRow[] => [
      ...onlyFrom(`${name}.amazonaws.com`, 'GenerateDataKey', from(ARN(name, 'x')), from(ARN(name, 'x', B), B)),
      ['service', `${name}.amazonaws.com`, 'Decrypt', { 'aws:SourceArn': ARN(name, 'x') }, 'allowed'],
      ['must not', `${name}.amazonaws.com`, 'Encrypt', from(ARN(name, 'x')), 'denied'],
    ]),
    ['must not', 'sqs.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
    ['must not', 'lambda.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
    ...strangers('sqs', 'Decrypt'),
  ],
}, {
  about: 'CloudWatch alarm → SNS',
  services: ['CloudWatchAlarms'],
  source: 'SNS; aws:SourceAccount where it is sent',
  keyPolicy: [useByService('cloudwatch.amazonaws.com', TO_TOPICS, ACCOUNT_A_IF_SENT)],
  people: { OnAlarms: [allows('cloudwatch:*')] },
  rows: [
    ...onlyFrom('cloudwatch.amazonaws.com', 'GenerateDataKey', from(ALARM), from(ALARM, B)),
    ['service', 'cloudwatch.amazonaws.com', 'Decrypt', DIRECTLY, 'allowed'],
    ['must not', 'cloudwatch.amazonaws.com', 'Encrypt', from(ALARM), 'denied'],
    ['must not', 'events.amazonaws.com', 'GenerateDataKey', from(RULE), 'denied'],
    ['must not', 'OnAlarms', 'GenerateDataKey', by('sns'), 'denied'],
    ['must not', 'Administrator', 'GenerateDataKey', by('cloudwatch'), 'denied'],
  ],
}, {
  about: 'EventBridge rule → SNS',
  services: ['EventBridge'],
  source: 'SNS: conditions on the source are not supported',
  keyPolicy: [useByService('events.amazonaws.com', TO_TOPICS)],
  people: { OnRules: [allows('events:*')] },
  rows: [
    ['service', 'events.amazonaws.com', 'GenerateDataKey', DIRECTLY, 'allowed'],
    ['service', 'events.amazonaws.com', 'Decrypt', DIRECTLY, 'allowed'],
    ['must not', 'events.amazonaws.com', 'Encrypt', DIRECTLY, 'denied'],
    ['must not', 'cloudwatch.amazonaws.com', 'GenerateDataKey', from(ALARM), 'denied'],
    ['must not', 'events.rds.amazonaws.com', 'GenerateDataKey', DIRECTLY, 'denied'],
    ['must not', 'OnRules', 'GenerateDataKey', by('events'), 'denied'],
    ['must not', 'Administrator', 'Decrypt', by('sns'), 'denied'],
  ],
}, {
  about: 'EventBridge bus',
  services: ['EventBus'],
  source: 'EB-kms',
  keyPolicy: [
    useByService('events.amazonaws.com', ['DescribeKey'], { StringEquals: { 'aws:SourceAccount': A } }),
    useByService('events.amazonaws.com', ['GenerateDataKey', 'Decrypt'], {
      StringEquals: { 'aws:SourceAccount': A }, ArnLike: { 'kms:EncryptionContext:aws:events:event-bus:arn': ARN('events', 'event-bus/*') },
    }),
  ],
  people: { OnTheBus: [allows('events:*')], Deployer: [may('DescribeKey', 'GenerateDataKey', 'Decrypt')] },
  rows: [
    ...onlyFrom('events.amazonaws.com', 'GenerateDataKey', ON_THE_BUS, { ...ON_THE_BUS, 'aws:SourceAccount': B }),
    ['service', 'events.amazonaws.com', 'Decrypt', ON_THE_BUS, 'allowed'],
    ['service', 'events.amazonaws.com', 'DescribeKey', from(BUS), 'allowed'],
    ['must not', 'events.amazonaws.com', 'DescribeKey', from(BUS, B), 'denied'],
    ['must not', 'events.amazonaws.com', 'GenerateDataKey', { ...ON_THE_BUS, ...pair('aws:events:event-bus:arn', ARN('events', 'event-bus/orders', B)) }, 'denied'],
    ['must not', 'events.amazonaws.com', 'GenerateDataKey', DIRECTLY, 'denied'],
    ['must not', 'events.amazonaws.com', 'Encrypt', ON_THE_BUS, 'denied'],
    ['must not', 'OnTheBus', 'Decrypt', by('events'), 'denied'],
    ['must not', 'Administrator', 'Decrypt', ON_THE_BUS, 'denied'],
  ],
}];
