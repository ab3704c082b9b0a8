import { Stack } from 'aws-cdk-lib';
import * as codepipeline from 'aws-cdk-lib/aws-codepipeline';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CustomerManagedKey, KmsService } from '../../src';
import { problemsAtSynth } from '../support/key-policy';
import { newStack } from '../support/key-stack';

type Build = (stack: Stack, key: CustomerManagedKey) => unknown;

function problems(build: Build): string[] {
  const stack = newStack();
  const key = new CustomerManagedKey(stack, 'Key');
  build(stack, key);
  return problemsAtSynth(key);
}

const volume: Build = (stack, key) => new ec2.CfnVolume(stack, 'Store', { availabilityZone: 'eu-west-2a', size: 1, encrypted: true, kmsKeyId: key.keyArn });
const queue: Build = (stack, key) => new sqs.Queue(stack, 'Store', { encryptionMasterKey: key });
const replicated = (stack: Stack, kmsKey: kms.IKey) => new s3.Bucket(stack, 'Store', {
  versioned: true, replicationRules: [{ destination: s3.Bucket.fromBucketName(stack, 'Replica', 'replica'), kmsKey, sseKmsEncryptedObjects: true }],
});

describe('a resource under a key that was not handed over', () => {
  const problem = (path: string, property: string, name: string, constant: string) => [
    `[Keys/Key] KeyNotHandedOver: Keys/${path} names this key in ${property}, and the key policy lets nobody use it through ${name}; `
    + `write via(KmsService.${constant}) where the key is given, with .keyArn where a text is wanted`,
  ];

  test.each<[string, Build, string[]]>([
    ['an L2', queue, problem('Store/Resource', 'KmsMasterKeyId', 'Amazon SQS', 'SQS')],
    ['an L1', volume, problem('Store', 'KmsKeyId', 'Amazon EBS', 'EBS')],
    ['an L1 that takes the id', (stack, key) => new logs.CfnLogGroup(stack, 'Store', { kmsKeyId: key.keyId }),
      problem('Store', 'KmsKeyId', 'Amazon CloudWatch Logs', 'CLOUDWATCH_LOGS')],
    ['one beside others that were', (stack, key) => {
      new s3.Bucket(stack, 'Lake', { encryptionKey: key.via(KmsService.S3) });
      queue(stack, key);
    }, problem('Store/Resource', 'KmsMasterKeyId', 'Amazon SQS', 'SQS')],
    ['one whose service does more through the same', (stack, key) => replicated(stack, key.via(KmsService.S3)),
      problem('Store/Resource', 'ReplicationConfiguration.Rules.Destination.EncryptionConfiguration.ReplicaKmsKeyID', 'Amazon S3 replication', 'S3_REPLICATION')],
  ])('fails: %s', (_name, build, expected) => {
    expect(problems(build)).toEqual(expected);
  });

  test.each<[string, Build]>([
    ['is right where the key was handed to the service', (stack, key) => {
      key.via(KmsService.EBS);
      volume(stack, key);
    }],
    ['is right where objects are replicated', (stack, key) => replicated(stack, key.via(KmsService.S3_REPLICATION))],
    ['is right where roles of services launch', (stack, key) => {
      key.via(KmsService.EC2_AUTO_SCALING);
      new ec2.CfnLaunchTemplate(stack, 'Store', {
        launchTemplateData: { blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: true, kmsKeyId: key.keyArn } }] },
      });
    }],
    ['is right where another service calls through the same', (stack, key) => {
      new codepipeline.CfnPipeline(stack, 'Store', {
        roleArn: 'arn:aws:iam::111122223333:role/Pipeline',
        stages: [],
        artifactStore: { type: 'S3', location: 'artifacts', encryptionKey: { type: 'KMS', id: key.via(KmsService.S3).keyArn } },
      });
    }],
    ['is the owner\'s who wrote a statement', (stack, key) => {
      key.addToResourcePolicy(new iam.PolicyStatement({
        sid: 'Mine', principals: [new iam.AccountRootPrincipal()], actions: ['kms:Decrypt', 'kms:GenerateDataKey'], resources: ['*'],
      }));
      queue(stack, key);
    }],
    ['is the owner\'s who granted direct use', (stack, key) => {
      const owner = new iam.Role(stack, 'Owner', { assumedBy: new iam.AccountRootPrincipal() });
      key.grantEncryptDecrypt(owner);
      queue(stack, key);
    }],
  ])('%s', (_name, build) => {
    expect(problems(build)).toEqual([]);
  });
});
