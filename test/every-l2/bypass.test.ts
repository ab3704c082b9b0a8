import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { KmsService } from '../../src';
import { actionsOnKey, expectedForCallers, useStatements } from '../support/key-taker';
import { References, SynthesizedStacks, ThreeStacks } from '../support/three-stacks';

const { S3, SNS, SQS } = KmsService;

// The grants of L1 resources ask the CfnKey itself, past the view of via(): the delegation in the key policy holds all the same.
const grants: [string, KmsService, (stacks: ThreeStacks, grantee: iam.IGrantable) => void, string[]][] = [
  ['s3.BucketGrants of a CfnBucket', S3, ({ data, key }, grantee) => {
    const bucketEncryption = {
      serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.via(S3).keyArn } }],
    };
    s3.BucketGrants.fromBucket(new s3.CfnBucket(data, 'Bucket', { bucketEncryption })).read(grantee);
  }, ['kms:Decrypt', 'kms:DescribeKey']],
  ['sqs.QueueGrants of a CfnQueue', SQS, ({ data, key }, grantee) => {
    sqs.QueueGrants.fromQueue(new sqs.CfnQueue(data, 'Queue', { kmsMasterKeyId: key.via(SQS).keyArn })).consumeMessages(grantee);
  }, ['kms:Decrypt']],
  ['sns.TopicGrants of a CfnTopic', SNS, ({ data, key }, grantee) => {
    sns.TopicGrants.fromTopic(new sns.CfnTopic(data, 'Topic', { kmsMasterKeyId: key.via(SNS).keyArn })).publish(grantee);
  }, ['kms:Decrypt', 'kms:GenerateDataKey*']],
];

describe.each(grants)('%s', (_name, service, grant, actions) => {
  describe.each<References>(['weak', 'strong'])('with %s references', (references) => {
    let stacks: SynthesizedStacks;

    beforeAll(() => {
      const three = new ThreeStacks(references);
      grant(three, three.role());
      stacks = three.synth();
    });

    test('give the consumer its half, which the key policy narrows to the service', () => {
      expect(actionsOnKey(stacks.identityStatements('Users'))).toEqual(expect.arrayContaining(actions));
      expect(useStatements(stacks.keyPolicy())).toEqual(expectedForCallers(service).map((expected) => expect.objectContaining(expected)));
    });

    test('leave the key without a reference to who uses it', () => {
      expect(stacks.dependenciesOfKeys).toEqual([]);
      expect(JSON.stringify(stacks.keysAsWritten)).not.toMatch(/Fn::ImportValue|Fn::GetStackOutput/);
    });
  });
});
