import { Stack } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { CustomerManagedKey, KmsService } from '../../src';
import { problemsAtSynth } from '../support/key-policy';
import { newApp, newStack, OTHER_ACCOUNT } from '../support/key-stack';

type Wire = (data: Stack, key: CustomerManagedKey) => void;
const { DYNAMODB, EBS, EC2_AUTO_SCALING, EC2_FLEET, EC2_SPOT, EC2_SPOT_FLEET, EVENT_BUS, LAMBDA, S3, SNS, SQS, STEP_FUNCTIONS } = KmsService;
const service = (name: string) => new iam.ServicePrincipal(`${name}.amazonaws.com`);

function problems(wire: Wire, ...letIn: ((key: CustomerManagedKey) => unknown)[]): string[] {
  const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' });
  const key = new CustomerManagedKey(newStack(app), 'Key');
  letIn.forEach((one) => one(key));
  wire(newStack(app, 'Data'), key);
  return problemsAtSynth(key);
}

const queue = (data: Stack, key: CustomerManagedKey) => new sqs.Queue(data, 'Queue', { encryptionMasterKey: key.via(SQS) });
const bucket = (data: Stack, key: CustomerManagedKey) => new s3.Bucket(data, 'Bucket', { encryptionKey: key.via(S3) });
const template = (data: Stack, key: CustomerManagedKey) => new ec2.LaunchTemplate(data, 'Template', {
  blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true, kmsKey: key.via(EBS) }) }],
});
const configs = (data: Stack, key: CustomerManagedKey) => {
  const { launchTemplateId, latestVersionNumber: version } = template(data, key);
  return [{ launchTemplateSpecification: { launchTemplateId, version } }];
};
const fleet = (type?: string): Wire => (data, key) => {
  new ec2.CfnEC2Fleet(data, 'Fleet', { launchTemplateConfigs: configs(data, key), targetCapacitySpecification: { totalTargetCapacity: 1 }, type });
};
const machine = (level: string): Wire => (data, key) => {
  new sfn.CfnStateMachine(data, 'Machine', {
    roleArn: `arn:aws:iam::${data.account}:role/machine`,
    encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: key.via(STEP_FUNCTIONS).keyArn },
    loggingConfiguration: { level },
  });
};
const bus = (logs: string): Wire => (data, key) => {
  new events.CfnEventBus(data, 'Bus', { name: 'billing', kmsKeyIdentifier: key.via(EVENT_BUS).keyArn, logConfig: { level: logs } });
};

const SNS_LETS_IN = 'key.via(KmsService.SQS).grantEncryptDecrypt(new iam.ServicePrincipal(\'sns.amazonaws.com\'))';
const wired: [string, Wire, string, (key: CustomerManagedKey) => unknown][] = [
  ['a subscription of L1', (data, key) => {
    new sns.CfnSubscription(data, 'Subscription', { protocol: 'sqs', topicArn: new sns.Topic(data, 'Topic').topicArn, endpoint: queue(data, key).queueArn });
  }, `SubscriptionCannotDeliver: Data/Subscription delivers to a queue that is encrypted under this key, and would be dropped; write ${SNS_LETS_IN}`,
  (key) => key.via(SQS).grantEncryptDecrypt(service('sns'))],
  ['what a subscription cannot deliver', (data, key) => {
    const topic = new sns.Topic(data, 'Topic');
    topic.addSubscription(new subscriptions.UrlSubscription('https://example.com', { deadLetterQueue: queue(data, key) }));
  }, 'SubscriptionCannotDeliver: Data/Topic/https:----example.com/Resource delivers to a queue that is encrypted under this key, and would be dropped; '
    + `write ${SNS_LETS_IN}`,
  (key) => key.via(SQS).grantEncryptDecrypt(service('sns'))],
  ['a topic of L1 with its subscription', (data, key) => {
    new sns.CfnTopic(data, 'Topic', { subscription: [{ protocol: 'sqs', endpoint: queue(data, key).queueArn }] });
  }, `SubscriptionCannotDeliver: Data/Topic delivers to a queue that is encrypted under this key, and would be dropped; write ${SNS_LETS_IN}`,
  (key) => key.via(SQS).grantEncryptDecrypt(service('sns'))],
  ['what a rule cannot deliver', (data, key) => {
    const plain = new targets.SqsQueue(new sqs.Queue(data, 'Plain'), { deadLetterQueue: queue(data, key) });
    new events.Rule(data, 'Rule', { eventPattern: { source: ['aws.kms'] }, targets: [plain] });
  }, 'RuleCannotDeliver: the rule Data/Rule/Resource delivers to a topic or queue that is encrypted under this key, and would be dropped; '
    + 'write key.via(KmsService.EVENTBRIDGE)',
  (key) => key.via(KmsService.EVENTBRIDGE)],
  ['what a bus cannot encrypt', (data, key) => {
    new events.EventBus(data, 'Bus', { deadLetterQueue: queue(data, key) });
  }, 'BusCannotKeep: the bus Data/Bus/Resource keeps what it cannot encrypt in a queue that is encrypted under this key, and would lose it; '
    + 'write key.via(KmsService.SQS).grantEncryptDecrypt(new iam.ServicePrincipal(\'events.amazonaws.com\'))',
  (key) => key.via(SQS).grantEncryptDecrypt(service('events'))],
  ['a bus that logs', bus('ERROR'), 'BusCannotLog: the bus Data/Bus, which logs, is encrypted under this key, and its logs would be dropped; '
    + 'write key.via(KmsService.EVENT_BUS).grantEncryptDecrypt(new iam.ServicePrincipal(\'delivery.logs.amazonaws.com\'))',
  (key) => key.via(EVENT_BUS).grantEncryptDecrypt(service('delivery.logs'))],
  ['a state machine of L1 that logs', machine('ALL'), 'MachineCannotLog: the state machine Data/Machine, which logs, is encrypted under this key, and its logs '
    + 'would be dropped; write key.via(KmsService.STEP_FUNCTIONS).grantDecrypt(new iam.ServicePrincipal(\'delivery.logs.amazonaws.com\'))',
  (key) => key.via(STEP_FUNCTIONS).grantDecrypt(service('delivery.logs'))],
  ['a distribution of L1', (data, key) => {
    new cloudfront.CfnDistribution(data, 'Distribution', {
      distributionConfig: {
        enabled: true,
        defaultCacheBehavior: { targetOriginId: 'pages', viewerProtocolPolicy: 'https-only' },
        origins: [{ id: 'pages', domainName: bucket(data, key).bucketRegionalDomainName, originAccessControlId: 'E1', s3OriginConfig: {} }],
      },
    });
  }, 'DistributionCannotRead: the distribution Data/Distribution reads a bucket that is encrypted under this key, and would be denied; '
    + 'write key.via(KmsService.CLOUDFRONT), and give the origin an origin access control',
  (key) => key.via(KmsService.CLOUDFRONT)],
  ['an inventory', (data, key) => {
    new s3.Bucket(data, 'Source', { inventories: [{ destination: { bucket: bucket(data, key) } }] });
  }, 'InventoryCannotDeliver: the inventory of Data/Source/Resource goes to a bucket that is encrypted under this key, and would be dropped; '
    + 'write key.via(KmsService.S3).grantEncrypt(new iam.ServicePrincipal(\'s3.amazonaws.com\'))',
  (key) => key.via(S3).grantEncrypt(service('s3'))],
  ['an event source mapping of L1', (data, key) => {
    new lambda.CfnEventSourceMapping(data, 'Mapping', {
      functionName: 'billing', filterCriteria: { filters: [{ pattern: '{}' }] }, kmsKeyArn: key.via(LAMBDA).keyArn,
    });
  }, 'FilterCannotBeRead: the filter of Data/Mapping is encrypted under this key, and AWS Lambda could not read it; '
    + 'write key.via(KmsService.LAMBDA).grantDecrypt(new iam.ServicePrincipal(\'lambda.amazonaws.com\'))',
  (key) => key.via(LAMBDA).grantDecrypt(service('lambda'))],
  ['a replica of a multi-account global table', (data, key) => {
    new dynamodb.CfnGlobalTable(data, 'Table', {
      attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
      keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
      replicas: [{
        region: data.region, globalTableSettingsReplicationMode: 'ENABLED', sseSpecification: { kmsMasterKeyId: key.via(DYNAMODB).keyArn },
      }],
    });
  }, 'ReplicaCannotReplicate: Data/Table, a replica of a multi-account global table, is encrypted under this key, and would not be replicated; '
    + 'write key.via(KmsService.DYNAMODB, { sourceAccounts: [the accounts of the other replicas] })'
    + '.grantEncryptDecrypt(new iam.ServicePrincipal(\'replication.dynamodb.amazonaws.com\'))',
  (key) => key.via(DYNAMODB, { sourceAccounts: [OTHER_ACCOUNT] }).grantEncryptDecrypt(service('replication.dynamodb'))],
  ['an Auto Scaling group', (data, key) => {
    const [{ launchTemplateSpecification }] = configs(data, key);
    new autoscaling.CfnAutoScalingGroup(data, 'Group', { minSize: '1', maxSize: '1', launchTemplate: launchTemplateSpecification });
  }, 'GroupCannotLaunch: Data/Group launches instances whose volumes are encrypted under this key, and they would be terminated at once; '
    + 'write key.via(KmsService.EC2_AUTO_SCALING), or launchedBy: [InstanceLauncher.autoScaling()] of an EncryptedLaunchTemplate',
  (key) => key.via(EC2_AUTO_SCALING)],
  ['a fleet', fleet(), 'FleetCannotLaunch: the fleet Data/Fleet launches instances whose volumes are encrypted under this key, and they would be terminated at once; '
    + 'write key.via(KmsService.EC2_FLEET), or launchedBy: [InstanceLauncher.ec2Fleet()] of an EncryptedLaunchTemplate',
  (key) => key.via(EC2_FLEET)],
  ['a Spot Fleet', (data, key) => {
    new ec2.CfnSpotFleet(data, 'Fleet', { spotFleetRequestConfigData: { iamFleetRole: 'fleet', targetCapacity: 1, launchTemplateConfigs: configs(data, key) } });
  }, 'SpotFleetCannotLaunch: the Spot Fleet Data/Fleet launches instances whose volumes are encrypted under this key, and they would be terminated at once; '
    + 'write key.via(KmsService.EC2_SPOT_FLEET) and key.via(KmsService.EC2_SPOT), or launchedBy: [InstanceLauncher.spotFleet()] of an EncryptedLaunchTemplate',
  (key) => [EC2_SPOT_FLEET, EC2_SPOT].map((one) => key.via(one))],
];

test.each(wired)('fails for %s', (_name, wire, problem) => {
  expect(problems(wire)).toEqual([`[Keys/Key] ${problem}`]);
});

test.each(wired.map(([name, wire, , letIn]): [string, Wire, typeof letIn] => [name, wire, letIn]))('takes %s, once it is let in', (_name, wire, letIn) => {
  expect(problems(wire, letIn)).toEqual([]);
});

test.each<[string, Wire]>([
  ['a fleet that launches at once, for its caller', fleet('instant')],
  ['a state machine that does not log', machine('OFF')],
  ['a bus that does not log', bus('OFF')],
])('takes %s', (_name, wire) => {
  expect(problems(wire)).toEqual([]);
});

test('fails for a rule where Amazon EventBridge is let in for its buses only', () => {
  const wire: Wire = (data, key) => {
    const topic = new sns.Topic(data, 'Topic', { masterKey: key.via(SNS) });
    new events.CfnRule(data, 'Rule', { eventPattern: { source: ['aws.kms'] }, targets: [{ id: 'Topic', arn: topic.topicArn }] });
  };
  expect(problems(wire, (key) => key.via(EVENT_BUS))).toEqual([expect.stringContaining('RuleCannotDeliver: ')]);
});

test('fails for a notification where Amazon S3 is let in for inventories only', () => {
  const wire: Wire = (data, key) => {
    new s3.CfnBucket(data, 'Source', { notificationConfiguration: { queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: queue(data, key).queueArn }] } });
  };
  expect(problems(wire, (key) => key.via(S3).grantEncrypt(service('s3')))).toEqual([expect.stringContaining('BucketCannotNotify: ')]);
});
