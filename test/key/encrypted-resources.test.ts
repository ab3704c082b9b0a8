import { App } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CustomerManagedKey, KmsService } from '../../src';
import { problemsAtSynth, statement } from '../support/key-policy';
import { ACCOUNT, newApp, newStack } from '../support/key-stack';

function newKey(app = newApp()) {
  return { app, key: new CustomerManagedKey(newStack(app), 'Key'), abroad: newStack(app, 'Abroad', { account: ACCOUNT, region: 'eu-west-1' }) };
}

describe('a key of another Region', () => {
  const problem = (path: string) => `[Keys/Key] KeyOfAnotherRegion: ${path} in eu-west-1 names this key, which is in eu-west-2; `
    + 'a key encrypts in its own Region only: make a CustomerManagedKey in eu-west-1';

  test.each<[string, (parts: ReturnType<typeof newKey>) => unknown, string]>([
    ['an L2', ({ key, abroad }) => new s3.Bucket(abroad, 'Store', { encryptionKey: key.via(KmsService.S3) }), 'Abroad/Store/Resource'],
    ['an L2 without encryption context', ({ key, abroad }) => new sqs.Queue(abroad, 'Store', { encryptionMasterKey: key.via(KmsService.SQS) }), 'Abroad/Store/Resource'],
    ['an L1 that takes the ARN', ({ key, abroad }) => new logs.CfnLogGroup(abroad, 'Store', { kmsKeyId: key.via(KmsService.CLOUDWATCH_LOGS).keyArn }), 'Abroad/Store'],
    ['an L1 that takes the id', ({ key, abroad }) => new logs.CfnLogGroup(abroad, 'Store', { kmsKeyId: key.via(KmsService.CLOUDWATCH_LOGS).keyId }), 'Abroad/Store'],
    ['an L1 that is changed', ({ key, abroad }) => { new logs.CfnLogGroup(abroad, 'Store').kmsKeyId = key.via(KmsService.CLOUDWATCH_LOGS).keyArn; }, 'Abroad/Store'],
    ['the second of the properties that take a key', ({ key, abroad }) => new rds.CfnDBInstance(abroad, 'Store', {
      masterUserSecret: { kmsKeyId: key.via(KmsService.RDS_MASTER_SECRET).keyArn },
    }), 'Abroad/Store'],
    ['the first of the properties that take a key', ({ key, abroad }) => new rds.CfnDBInstance(abroad, 'Store', {
      kmsKeyId: key.via(KmsService.RDS).keyArn,
    }), 'Abroad/Store'],
  ])('fails for %s', (_name, encrypt, path) => {
    const parts = newKey();
    encrypt(parts);
    expect(problemsAtSynth(parts.key)).toEqual([problem(path)]);
  });

  test.each<[string, (parts: ReturnType<typeof newKey>) => unknown]>([
    ['a replica of a secret', ({ key, abroad }) => new secretsmanager.CfnSecret(abroad, 'Store', {
      replicaRegions: [{ region: 'eu-west-2', kmsKeyId: key.via(KmsService.SECRETS_MANAGER).keyArn }],
    })],
    ['a replica of a global table', ({ key, abroad }) => new dynamodb.CfnGlobalTable(abroad, 'Store', {
      attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
      keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
      replicas: [{ region: 'eu-west-2', sseSpecification: { kmsMasterKeyId: key.via(KmsService.DYNAMODB).keyArn } }],
    })],
    ['replicated automated backups', ({ key, abroad }) => new rds.CfnDBInstance(abroad, 'Store', {
      automaticBackupReplicationRegion: 'eu-west-2', automaticBackupReplicationKmsKeyId: key.via(KmsService.RDS_COPIES).keyArn,
    })],
  ])('is right for %s', (_name, encrypt) => {
    const parts = newKey(newApp({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' }));
    encrypt(parts);
    expect(problemsAtSynth(parts.key)).toEqual([]);
  });

  test('fails once for each resource', () => {
    const { key, abroad } = newKey();
    ['A', 'B'].forEach((id) => new s3.Bucket(abroad, id, { encryptionKey: key.via(KmsService.S3) }));
    expect(problemsAtSynth(key)).toEqual([problem('Abroad/A/Resource'), problem('Abroad/B/Resource')]);
  });

  test('cannot be told where a Region is known at deployment only', () => {
    const app = newApp({ '@aws-cdk/core:defaultCrossStackReferences': 'weak' });
    const key = new CustomerManagedKey(newStack(app, 'Keys', {}), 'Key');
    new s3.Bucket(newStack(app, 'Data', {}), 'Store', { encryptionKey: key.via(KmsService.S3) });
    expect(problemsAtSynth(key)).toEqual([]);
  });
});

describe('an alarm on a topic under the key', () => {
  function alarm(app: App, topic: sns.ITopic, how: 'alarm' | 'ok' | 'composite') {
    const stack = newStack(app, 'Alarms');
    const metric = new cloudwatch.Metric({ namespace: 'App', metricName: 'Errors' });
    const errors = new cloudwatch.Alarm(stack, 'Errors', { metric, threshold: 1, evaluationPeriods: 1 });
    if (how === 'composite') {
      new cloudwatch.CompositeAlarm(stack, 'Composite', { alarmRule: errors }).addAlarmAction(new SnsAction(topic));
    } else if (how === 'ok') {
      errors.addOkAction(new SnsAction(topic));
    } else {
      errors.addAlarmAction(new SnsAction(topic));
    }
  }

  function newTopic(inStack: 'Keys' | 'Topics') {
    const app = newApp();
    const keys = newStack(app);
    const key = new CustomerManagedKey(keys, 'Key');
    const topic = new sns.Topic(inStack === 'Keys' ? keys : newStack(app, inStack), 'Topic', { masterKey: key.via(KmsService.SNS) });
    return { app, key, topic };
  }

  test.each([
    ['alarm', 'Keys', 'Alarms/Errors/Resource'],
    ['alarm', 'Topics', 'Alarms/Errors/Resource'],
    ['ok', 'Topics', 'Alarms/Errors/Resource'],
    ['composite', 'Topics', 'Alarms/Composite/Resource'],
  ] as const)('fails as %s action on a topic in %s: notifications would be dropped', (how, inStack, path) => {
    const { app, key, topic } = newTopic(inStack);
    alarm(app, topic, how);
    expect(problemsAtSynth(key)).toEqual([
      `[Keys/Key] AlarmCannotNotify: the alarm ${path} notifies a topic that is encrypted under this key, and would be dropped; `
      + 'write key.via(KmsService.CLOUDWATCH_ALARMS)',
    ]);
  });

  test.each(['alarm', 'ok', 'composite'] as const)('passes as %s action where the key is handed to alarms', (how) => {
    const { app, key, topic } = newTopic('Topics');
    alarm(app, topic, how);
    key.via(KmsService.CLOUDWATCH_ALARMS);
    expect(statement(key, 'UseByCloudwatch').Principal).toEqual({ Service: 'cloudwatch.amazonaws.com' });
  });

  test('passes where the topic is not encrypted', () => {
    const { app, key } = newTopic('Topics');
    alarm(app, new sns.Topic(newStack(app, 'Plain'), 'Topic'), 'alarm');
    expect(problemsAtSynth(key)).toEqual([]);
  });
});

test('fails for an L2 under a key that is imported from another Region', () => {
  const arn = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0d990263-018e-4e65-a703-eff731de951e`;
  const stack = newStack();
  const key = CustomerManagedKey.fromKeyArn(stack, 'Key', arn, { services: [KmsService.SQS] });
  new sqs.Queue(stack, 'Queue', { encryptionMasterKey: key.via(KmsService.SQS) });
  expect(problemsAtSynth(stack)).toEqual([
    '[Keys/Key] KeyOfAnotherRegion: Keys/Queue/Resource in eu-west-2 names this key, which is in eu-west-1; '
    + 'a key encrypts in its own Region only: make a CustomerManagedKey in eu-west-2',
  ]);
});
