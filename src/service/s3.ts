import { CLOUDFRONT_ORIGIN_ACCESS } from './cloudfront';
import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';
import { ServicePrincipalFacts } from './service-principal-facts';

/** Inventory reports, delivered to an encrypted bucket. */
export const S3_INVENTORY: ServicePrincipalFacts = {
  servicePrincipal: 's3.amazonaws.com',
  actions: ['kms:GenerateDataKey'],
  sourceAccount: FactConfidence.CONFIRMED,
  sourceArn: 'arn:{partition}:s3:::*',
};

// What Amazon S3 replicates is `S3_REPLICATION`. Nothing for the execution role: Amazon S3 looks at the key of a bucket first when an object is put. Server access logs go to no such bucket.
export const S3: KmsServiceFacts = {
  name: 'Amazon S3',
  viaServices: ['s3'],
  // Writers need both (multipart uploads decrypt), readers Decrypt.
  useActions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  senders: [CLOUDFRONT_ORIGIN_ACCESS, S3_INVENTORY],
  encryptionContexts: [
    // With an S3 Bucket Key the bucket's ARN, without one the object's: narrow by both.
    { key: 'aws:s3:arn', value: 'arn:{partition}:s3:::BUCKET and arn:{partition}:s3:::BUCKET/*', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    {
      type: 'AWS::S3::Bucket',
      property: 'BucketEncryption.ServerSideEncryptionConfiguration.ServerSideEncryptionByDefault.KMSMasterKeyID',
      onKeyChange: OnKeyChange.NO_INTERRUPTION,
    },
  ],
  unconfirmed: [
    'No page says whether Amazon CloudFront, which reads with origin access control, sends `aws:SourceAccount`; it is demanded where it is sent.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/configure-inventory.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html',
  ],
};

/** Event notifications of Amazon S3, delivered to an encrypted topic or queue. */
export const S3_EVENT_NOTIFICATIONS: ServicePrincipalFacts = {
  servicePrincipal: 's3.amazonaws.com',
  actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
  // https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html prints no condition.
  sourceAccount: FactConfidence.UNKNOWN,
};
