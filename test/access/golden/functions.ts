import { ARN, grantsThrough, inContext, may, mayIf, useByService, useInContext, useThrough } from './model-statements';
import { by, DIRECTLY, fenced, grantBy, otherGrants, pair, strangers } from './requests';
import { allows } from './statements';
import { A, B } from '../../support/access-world';
import { letIn } from '../../support/handed-over-key';
import { ServiceRow, ServiceWorld } from '../../support/service-world';

const FUNCTION = pair('aws:lambda:FunctionArn', ARN('lambda', 'function:orders'));
const FILTERS = 'lambda.eu-west-1.amazonaws.com';
const MACHINE = pair('aws:states:stateMachineArn', ARN('states', 'stateMachine:orders'));

/** Functions and state machines. */
export const FUNCTIONS: readonly ServiceWorld[] = [{
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
  services: ['Lambda'],
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
  about: 'Lambda filters of event source mappings',
  services: ['Lambda'],
  source: 'LAM',
  keyPolicy: [useByService(FILTERS, ['Decrypt'], { ArnLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': ARN('lambda', 'function:*') } })],
  handOver: letIn('Lambda', 'lambda.amazonaws.com'),
  people: {},
  rows: [
    ['service', FILTERS, 'Decrypt', FUNCTION, 'allowed'],
    ['must not', FILTERS, 'Decrypt', DIRECTLY, 'denied'],
    ['must not', FILTERS, 'Encrypt', FUNCTION, 'denied'],
    ['must not', FILTERS.replace('eu-west-1', 'us-east-1'), 'Decrypt', FUNCTION, 'denied'],
  ],
}, {
  about: 'Step Functions',
  services: ['StepFunctions'],
  source: 'SFN: the page prints no kms:ViaService for execution roles, so that their encryption context is the fence',
  keyPolicy: [
    useThrough('states', 'DescribeKey', 'GenerateDataKey', 'Decrypt'),
    ...['aws:states:stateMachineArn', 'aws:states:activityArn'].map((key) => useInContext(key, ARN('states', '*'), 'Decrypt', 'GenerateDataKey')),
  ],
  people: {
    Deployer: [may('DescribeKey', 'GenerateDataKey')],
    ExecutionRole: [mayIf(inContext('aws:states:stateMachineArn', ARN('states', 'stateMachine:orders')), 'Decrypt', 'GenerateDataKey')],
    HistoryReader: [may('Decrypt')],
    Starter: [allows('states:StartExecution')],
  },
  rows: [
    ['deployer', 'Deployer', 'DescribeKey', by('states'), 'allowed'],
    ['deployer', 'Deployer', 'GenerateDataKey', by('states', MACHINE), 'allowed'],
    ['must not', 'Deployer', 'GenerateDataKey', DIRECTLY, 'denied'],
    ['must not', 'Deployer', 'Decrypt', by('states', MACHINE), 'denied'],
    ...['GenerateDataKey', 'Decrypt'].flatMap((action): ServiceRow[] => [
      ['consumer', 'ExecutionRole', action, by('states', MACHINE), 'allowed'],
      ['consumer', 'ExecutionRole', action, MACHINE, 'allowed'],
      ['must not', 'ExecutionRole', action, DIRECTLY, 'denied'],
      ['must not', 'ExecutionRole', action, pair('aws:states:stateMachineArn', ARN('states', 'stateMachine:payroll')), 'denied'],
    ]),
    ...fenced('consumer', 'HistoryReader', 'Decrypt', 'states'),
    ['must not', 'Administrator', 'Decrypt', pair('aws:states:stateMachineArn', ARN('states', 'stateMachine:orders', B)), 'denied'],
    ['must not', 'Administrator', 'Decrypt', pair('aws:s3:arn', 'arn:aws:s3:::b'), 'denied'],
    ['must not', 'ExecutionRole', 'DescribeKey', MACHINE, 'denied'],
    ['must not', 'Starter', 'Decrypt', by('states', MACHINE), 'denied'],
    ['must not', 'states.amazonaws.com', 'Decrypt', MACHINE, 'denied'],
    ['must not', 'Administrator', 'CreateGrant', grantBy('states'), 'denied'],
    ...strangers('states', 'Decrypt'),
  ],
}, {
  about: 'Step Functions logging',
  services: ['StepFunctions'],
  source: 'SFN',
  keyPolicy: [useByService('delivery.logs.amazonaws.com', ['Decrypt'], { StringEqualsIfExists: { 'aws:SourceAccount': A } })],
  handOver: letIn('StepFunctions', 'delivery.logs.amazonaws.com'),
  people: {},
  rows: [
    ['service', 'delivery.logs.amazonaws.com', 'Decrypt', pair('SourceArn', ARN('logs', 'log-group:g')), 'allowed'],
    ['must not', 'delivery.logs.amazonaws.com', 'Decrypt', { 'aws:SourceAccount': B }, 'denied'],
    ['must not', 'delivery.logs.amazonaws.com', 'GenerateDataKey', pair('SourceArn', ARN('logs', 'log-group:g')), 'denied'],
  ],
}, {
  about: 'Step Functions activities',
  services: ['StepFunctions'],
  source: 'SFN, AWS CDK',
  keyPolicy: [useByService('states.amazonaws.com', ['Decrypt', 'GenerateDataKey'], { ArnLike: { 'kms:EncryptionContext:aws:states:activityArn': ARN('states', 'activity:*') } })],
  handOver: letIn('StepFunctions', 'states.amazonaws.com'),
  people: {},
  rows: [
    ['service', 'states.amazonaws.com', 'Decrypt', pair('aws:states:activityArn', ARN('states', 'activity:approve')), 'allowed'],
    ['must not', 'states.amazonaws.com', 'Decrypt', pair('aws:states:activityArn', ARN('states', 'activity:approve', B)), 'denied'],
    ['must not', 'states.amazonaws.com', 'Decrypt', MACHINE, 'denied'],
    ['must not', 'states.amazonaws.com', 'Encrypt', pair('aws:states:activityArn', ARN('states', 'activity:approve')), 'denied'],
  ],
}];
