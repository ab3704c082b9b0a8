import { App, Aws, CfnCondition, type Environment, Fn, NestedStack, RemovalPolicy, Stack, Stage } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { type KeyRow, keyReport } from '../../src/report/key-report';
import { CustomerManagedKey, EncryptedBucket, KmsService, MultiRegionKey } from 'cdk-kms-patterns';

const EUROPE = { region: 'eu-west-2', account: '111122223333' };
const AMERICA = { region: 'us-east-1', account: '111122223333' };

test.each([
  ['strong', 'Fn::ImportValue'],
  ['weak', 'Fn::GetStackOutput'],
])('a %s reference to a key of another stack is followed through %s', (strength, intrinsic) => {
  const app = testApp({ '@aws-cdk/core:defaultCrossStackReferences': strength });
  const key = new CustomerManagedKey(new Stack(app, 'Keys'), 'Key');
  const consumer = new Stack(app, 'Data');
  new sqs.Queue(consumer, 'Orders', { encryptionMasterKey: key.via(KmsService.SQS) });

  expect(encrypted(app)).toEqual({ 'Keys/Key': ['AWS::SQS::Queue Data/Orders'] });
  expect(JSON.stringify(app.synth().getStackByName('Data').template)).toContain(intrinsic);
});

test('a replica is a key like others, with an alias and what is encrypted under it', () => {
  const app = testApp();
  const [here, there] = ['eu-west-2', 'us-east-1'].map((region) => new Stack(app, region, { env: { ...EUROPE, region } }));
  const replica = new MultiRegionKey(here, 'Key').replicaIn(there, 'Key', { alias: 'tokens' });
  new sqs.Queue(there, 'Orders', { encryptionMasterKey: replica.via(KmsService.SQS) });

  expect(encrypted(app)).toEqual({ 'eu-west-2/Key': [], 'us-east-1/Key': ['AWS::SQS::Queue us-east-1/Orders'] });
  expect(keyReport(app.synth().directory).map(({ aliases }) => aliases)).toEqual([[], ['alias/tokens']]);
});

test('a key of the same stack is found by GetAtt and by Ref', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const key = new CustomerManagedKey(stack, 'Key');
  key.via(KmsService.SNS);
  new sns.CfnTopic(stack, 'ByArn', { kmsMasterKeyId: key.keyArn });
  new sns.CfnTopic(stack, 'ById', { kmsMasterKeyId: key.keyId });

  expect(encrypted(app)).toEqual({ 'Stack/Key': ['AWS::SNS::Topic Stack/ByArn', 'AWS::SNS::Topic Stack/ById'] });
});

test('a key inside Fn::If and Fn::Join is found', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const key = new CustomerManagedKey(stack, 'Key');
  key.via(KmsService.SNS);
  const encrypting = new CfnCondition(stack, 'Encrypting', { expression: Fn.conditionEquals(Aws.REGION, 'eu-west-2') });
  new sns.CfnTopic(stack, 'Topic', {
    kmsMasterKeyId: Fn.conditionIf(encrypting.logicalId, `arn:aws:kms:${Aws.REGION}:${Aws.ACCOUNT_ID}:key/${key.keyId}`, Aws.NO_VALUE).toString(),
  });

  expect(encrypted(app)).toEqual({ 'Stack/Key': ['AWS::SNS::Topic Stack/Topic'] });
});

test('a key handed into a nested stack, and one handed out of it, are found', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const outer = new CustomerManagedKey(stack, 'Outer');
  const nested = new NestedStack(stack, 'Nested');
  const inner = new CustomerManagedKey(nested, 'Inner');
  new sqs.Queue(nested, 'Orders', { encryptionMasterKey: outer.via(KmsService.SQS) });
  new sqs.Queue(stack, 'Returns', { encryptionMasterKey: inner.via(KmsService.SQS) });

  expect(encrypted(app)).toEqual({
    'Stack/Nested/Inner': ['AWS::SQS::Queue Stack/Returns'],
    'Stack/Outer': ['AWS::SQS::Queue Stack/Nested/Orders'],
  });
});

test('stacks of stages with the same name are told apart by their Region', () => {
  const app = testApp();
  for (const [id, env] of Object.entries({ America: AMERICA, Europe: EUROPE })) {
    dataStacks(new Stage(app, id, { env }), env);
  }

  expect(encrypted(app)).toEqual({
    'America/Keys/Key': ['AWS::SQS::Queue America/Data/Orders'],
    'Europe/Keys/Key': ['AWS::SQS::Queue Europe/Data/Orders'],
  });
});

test('a bucket is found by the property deep inside it, and its access logs, which are under SSE-S3, are not', () => {
  const app = testApp();
  new EncryptedBucket(new Stack(app, 'Stack'), 'Lake');

  expect(encrypted(app)).toEqual({ 'Stack/Lake/Key': ['AWS::S3::Bucket Stack/Lake'] });
});

test('a resource that names the key several times is there once', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const key = new CustomerManagedKey(stack, 'Key');
  const device = (deviceName: string) => ({ deviceName, ebs: { kmsKeyId: key.via(KmsService.EBS).keyArn } });
  new ec2.CfnInstance(stack, 'Worker', { blockDeviceMappings: [device('/dev/xvda'), device('/dev/sdf')] });

  expect(encrypted(app)).toEqual({ 'Stack/Key': ['AWS::EC2::Instance Stack/Worker'] });
});

test('what names the key without being encrypted under it is left out', () => {
  const app = testApp();
  const stack = new Stack(app, 'Stack');
  const key = new CustomerManagedKey(stack, 'Key');
  new s3.CfnBucket(stack, 'Plain', { tags: [{ key: 'key', value: key.keyArn }] });

  expect(encrypted(app)).toEqual({ 'Stack/Key': [] });
});

test('a key has its aliases, and the size and statements of its policy as the template has it', () => {
  const app = testApp();
  const key = new CustomerManagedKey(new Stack(app, 'Stack', { env: EUROPE }), 'Key', { alias: 'billing' });
  key.addAlias('alias/invoices');

  const { policyBytes, ...row } = report(app)[0];

  expect(row).toEqual({ path: 'Stack/Key', aliases: ['alias/billing', 'alias/invoices'], statements: 4, encrypts: [] });
  const policy = JSON.stringify(policyOf(app)).replaceAll(/\{"Fn::Join":\["",\["arn:",\{"Ref":"AWS::Partition"\},("[^"]*")\]\]\}/g,
    (_, rest: string) => `"arn:aws-us-gov${rest.slice(1)}`);
  expect(policyBytes).toBe(policy.length);
});

test('the report is the same with the paths that the CDK CLI asks for in templates', () => {
  const build = (app: App) => {
    new EncryptedBucket(new Stack(app, 'Stack'), 'Lake', { removalPolicy: RemovalPolicy.DESTROY });
    return report(app);
  };

  expect(build(testApp({ 'aws:cdk:enable-path-metadata': true }))).toEqual(build(testApp()));
});

test('an app without keys has no rows', () => {
  const app = testApp();
  new sns.Topic(new Stack(app, 'Stack'), 'Topic');

  expect(report(app)).toEqual([]);
});

test('fails where no app was synthesized', () => {
  expect(() => keyReport('/nowhere')).toThrow('/nowhere/manifest.json cannot be read: is /nowhere a synthesized app?');
});

function testApp(context: Record<string, unknown> = {}): App {
  return new App({ context });
}

function dataStacks(stage: Stage, env: Environment): void {
  const key = new CustomerManagedKey(new Stack(stage, 'Keys', { env, stackName: 'Keys' }), 'Key');
  new sqs.Queue(new Stack(stage, 'Data', { env, stackName: 'Data' }), 'Orders', { encryptionMasterKey: key.via(KmsService.SQS) });
}

function report(app: App): KeyRow[] {
  return keyReport(app.synth().directory);
}

function encrypted(app: App): Record<string, string[]> {
  return Object.fromEntries(report(app).map(({ path, encrypts }) => [path, encrypts.map((row) => `${row.type} ${row.path}`)]));
}

function policyOf(app: App): unknown {
  const { Resources } = app.synth().getStackByName('Stack').template;
  return Object.values<{ Type: string; Properties: Record<string, unknown> }>(Resources).find(({ Type }) => Type === 'AWS::KMS::Key')!.Properties.KeyPolicy;
}
