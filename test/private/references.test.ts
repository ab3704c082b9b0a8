import { CfnCondition, CfnResource, Fn, Lazy } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { propertyValues, referencesOf } from '../../src/private/references';
import { newStack } from '../support/key-stack';

function newKey() {
  const stack = newStack();
  const key = new kms.CfnKey(stack, 'Key', { keyPolicy: {} });
  const byOverlay = (value: unknown) => new CfnResource(stack, 'Other', { type: 'AWS::Data::Store', properties: { KmsKeyId: value } });
  return { stack, key, byOverlay };
}

test.each<[string, (parts: ReturnType<typeof newKey>) => [CfnResource, string]]>([
  ['a property of an L1', ({ stack, key }) => [new logs.CfnLogGroup(stack, 'L1', { kmsKeyId: key.attrArn }), 'KmsKeyId']],
  ['a Ref', ({ stack, key }) => [new logs.CfnLogGroup(stack, 'L1', { kmsKeyId: key.ref }), 'KmsKeyId']],
  ['a property that is set later', ({ stack, key }) => {
    const group = new logs.CfnLogGroup(stack, 'L1');
    group.kmsKeyId = key.attrArn;
    return [group, 'KmsKeyId'];
  }],
  ['a property inside another', ({ stack, key }) => [new s3.CfnBucket(stack, 'L1', {
    bucketEncryption: {
      serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.attrArn } }],
    },
  }), 'BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID']],
  ['what is around it', ({ stack, key }) => [new s3.CfnBucket(stack, 'L1', {
    bucketEncryption: {
      serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.attrArn } }],
    },
  }), 'BucketEncryption']],
  ['one of two cases', ({ stack, key, byOverlay }) => {
    const condition = new CfnCondition(stack, 'Condition').logicalId;
    return [byOverlay(Fn.conditionIf(condition, { Arn: key.attrArn }, 'none')), 'KmsKeyId.Arn'];
  }],
  ['a list', ({ stack, key }) => [new cloudwatch.CfnAlarm(stack, 'L1', {
    comparisonOperator: 'GreaterThanThreshold', evaluationPeriods: 1, alarmActions: ['literal', key.attrArn],
  }), 'AlarmActions']],
  ['a property of a generic resource', ({ key, byOverlay }) => [byOverlay(key.attrArn), 'KmsKeyId']],
  ['a part of a text', ({ key, byOverlay }) => [byOverlay(`${key.attrArn}/suffix`), 'KmsKeyId']],
  ['an intrinsic function', ({ key, byOverlay }) => [byOverlay(Fn.select(0, Fn.split('/', key.attrArn))), 'KmsKeyId']],
  ['a value that is made late', ({ key, byOverlay }) => [byOverlay(Lazy.string({ produce: () => key.attrArn })), 'KmsKeyId']],
])('a reference is found in %s', (_name, of) => {
  const parts = newKey();
  expect([...referencesOf(...of(parts))]).toEqual([parts.key]);
});

test.each<[string, (parts: ReturnType<typeof newKey>) => CfnResource]>([
  ['a literal', ({ byOverlay }) => byOverlay('arn:aws:kms:eu-west-2:111122223333:key/x')],
  ['nothing', ({ byOverlay }) => byOverlay(undefined)],
  ['a property beside it', ({ stack, key }) => new CfnResource(stack, 'Other', { type: 'AWS::Data::Store', properties: { KmsKeyId: 'x', Role: { KmsKeyId: key.attrArn } } })],
  ['another property', ({ stack, key }) => new CfnResource(stack, 'Other', { type: 'AWS::Data::Store', properties: { KmsKeyIdOfBackups: key.attrArn } })],
])('none is found in %s', (_name, of) => {
  expect([...referencesOf(of(newKey()), 'KmsKeyId')]).toEqual([]);
});

test('values are those of the template, lists item by item', () => {
  const { key, byOverlay } = newKey();
  expect(propertyValues(byOverlay([{ Arn: key.attrArn }, { Arn: 'literal' }]), 'KmsKeyId.Arn')).toEqual([{ 'Fn::GetAtt': ['Key', 'Arn'] }, 'literal']);
});
