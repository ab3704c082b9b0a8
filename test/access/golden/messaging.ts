import { ARN, LINKED, may, useByRole, useByService, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, from, onlyFrom, pair, strangers } from './requests';
import { allows } from './statements';
import { A, B } from '../../support/access-world';
import { letIn } from '../../support/handed-over-key';
import { ServiceRow, ServiceWorld } from '../../support/service-world';

const TO_TOPICS = ['GenerateDataKey*', 'Decrypt'];
const TO_QUEUES = ['GenerateDataKey', 'Decrypt'];
const ACCOUNT_A_IF_SENT = { StringEqualsIfExists: { 'aws:SourceAccount': A } };
const ALARM = ARN('cloudwatch', 'alarm:errors');
const RULE = ARN('events', 'rule/nightly');
const BUS = ARN('events', 'event-bus/orders');
const ON_THE_BUS = { 'aws:SourceAccount': A, 'aws:SourceArn': BUS, ...pair('aws:events:event-bus:arn', BUS) };
const BY_BUSES = ['Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'];
const OF_LOGS = { ArnLike: { 'kms:EncryptionContext:SourceArn': ARN('logs', '*') } };
const LOG_GROUP = pair('SourceArn', ARN('logs', 'log-group:bus'));
const AUTO_SCALING = LINKED('autoscaling', 'AWSServiceRoleForAutoScaling');
/** Services that publish to an encrypted topic in their own name, beside those with a world of their own. [SNS] */
const PUBLISHERS = ['cloudwatch', 'codecommit', 'dms', 'ds', 'dynamodb', 'events.rds', 'glacier', 'inspector', 'redshift', 'ses', 'ssm-contacts', 'ssm-incidents']
  .map((name) => `${name}.amazonaws.com`);

export const MESSAGING: readonly ServiceWorld[] = [{
  about: 'SNS',
  services: ['Sns'],
  source: 'SNS',
  keyPolicy: [useThrough('sns', ...TO_TOPICS), ...PUBLISHERS.map((name) => useByService(name, TO_TOPICS, ACCOUNT_A_IF_SENT)), useByService('events.amazonaws.com', TO_TOPICS)],
  handOver: letIn('Sns', ...PUBLISHERS, 'events.amazonaws.com'),
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
    ['service', 'events.amazonaws.com', 'GenerateDataKey', DIRECTLY, 'allowed'],
    ['must not', 'events.amazonaws.com', 'ReEncryptFrom', DIRECTLY, 'denied'],
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
  handOver: letIn('Sqs', 'sns.amazonaws.com', 's3.amazonaws.com', 'events.amazonaws.com'),
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
    useByService('events.amazonaws.com', ['GenerateDataKey'], { ...ACCOUNT_A_IF_SENT, ...OF_LOGS }),
    useThrough('events', ...BY_BUSES),
  ],
  people: { OnTheBus: [allows('events:*')], Deployer: [may(...BY_BUSES)], RuleReader: [may('Decrypt')] },
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
    ['service', 'events.amazonaws.com', 'GenerateDataKey', LOG_GROUP, 'allowed'],
    ['must not', 'events.amazonaws.com', 'Decrypt', LOG_GROUP, 'denied'],
    ...BY_BUSES.map((action): ServiceRow => ['deployer', 'Deployer', action, by('events'), 'allowed']),
    ['must not', 'Deployer', 'Decrypt', DIRECTLY, 'denied'],
    ...fenced('consumer', 'RuleReader', 'Decrypt', 'events', pair('aws:events:event-bus:arn', BUS)),
    ['must not', 'RuleReader', 'Encrypt', by('events'), 'denied'],
    ...strangers('events', 'Decrypt'),
  ],
}, {
  about: 'EventBridge bus, logs that it delivers',
  services: ['EventBus'],
  source: 'EB-kms',
  keyPolicy: [useByService('delivery.logs.amazonaws.com', ['Decrypt', 'GenerateDataKey'], { ...ACCOUNT_A_IF_SENT, ...OF_LOGS })],
  handOver: letIn('EventBus', 'delivery.logs.amazonaws.com'),
  people: {},
  rows: [
    ['service', 'delivery.logs.amazonaws.com', 'Decrypt', LOG_GROUP, 'allowed'],
    ['must not', 'delivery.logs.amazonaws.com', 'Decrypt', { ...LOG_GROUP, 'aws:SourceAccount': B }, 'denied'],
    ['must not', 'delivery.logs.amazonaws.com', 'Decrypt', pair('SourceArn', ARN('logs', 'log-group:bus', B)), 'denied'],
    ['must not', 'delivery.logs.amazonaws.com', 'Decrypt', DIRECTLY, 'denied'],
  ],
}];
