import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { CustomerManagedKey, KmsService } from '../../src';
import { CLOUDFRONT, CLOUDFRONT_ORIGIN_ACCESS } from '../../src/service/cloudfront';
import { S3 } from '../../src/service/s3';
import { keyPolicyOf, statement, useSids } from '../support/key-policy';
import { ACCOUNT, newApp, newStack, OTHER_ACCOUNT } from '../support/key-stack';

const ofAccount = (account: string) => ({
  StringEqualsIfExists: { 'aws:SourceAccount': account }, ArnLike: { 'aws:SourceArn': `arn:aws:cloudfront::${account}:distribution/*` },
});

/** The key of a bucket that a distribution reads. */
function keyOfOrigin(access: cloudfront.AccessLevel[]) {
  const app = newApp();
  const key = new CustomerManagedKey(newStack(app), 'Key', { denyDirectGrants: false });
  const data = newStack(app, 'Data');
  const bucket = new s3.Bucket(data, 'Bucket', { bucketName: 'pages', encryptionKey: key.via(KmsService.S3) });
  const origin = origins.S3BucketOrigin.withOriginAccessControl(bucket, { originAccessLevels: access });
  new cloudfront.Distribution(data, 'Distribution', { defaultBehavior: { origin } });
  return key;
}

describe('Amazon CloudFront', () => {
  test('decrypts by itself for distributions of the account', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
    key.via(KmsService.CLOUDFRONT);
    expect(keyPolicyOf(key).slice(3)).toEqual([{
      Sid: 'UseByCloudfront',
      Effect: 'Allow',
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: ofAccount(ACCOUNT),
    }]);
    expect(CLOUDFRONT.viaServices).toBeUndefined();
  });

  test('is wired to encrypted buckets by the L2 alone', () => {
    expect(S3.senders).toContain(CLOUDFRONT_ORIGIN_ACCESS);
    expect(useSids(keyOfOrigin([cloudfront.AccessLevel.READ]))).toEqual(['UseThroughS3', 'UseByCloudfront']);
  });

  test('encrypts only where the distribution may write', () => {
    const key = keyOfOrigin([cloudfront.AccessLevel.READ, cloudfront.AccessLevel.WRITE]);
    expect(useSids(key)).toEqual(['UseThroughS3', 'UseByCloudfront', 'WriteByCloudfront']);
    expect(statement(key, 'WriteByCloudfront')).toMatchObject({ Action: ['kms:Encrypt', 'kms:GenerateDataKey*'], Condition: ofAccount(ACCOUNT) });
  });

  test('reads for distributions of further accounts that are given', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
    key.via(KmsService.CLOUDFRONT, { sourceAccounts: [OTHER_ACCOUNT] });
    expect(statement(key, 'UseByCloudfront').Condition).toEqual({
      StringEqualsIfExists: { 'aws:SourceAccount': [ACCOUNT, OTHER_ACCOUNT] },
      ArnLike: { 'aws:SourceArn': [`arn:aws:cloudfront::${ACCOUNT}:distribution/*`, `arn:aws:cloudfront::${OTHER_ACCOUNT}:distribution/*`] },
    });
  });
});
