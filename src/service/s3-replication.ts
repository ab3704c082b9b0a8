import { FactConfidence } from './fact-confidence';
import { KmsServiceFacts, OnKeyChange } from './kms-service-facts';

/**
 * Objects that Amazon S3 replicates, under the key of the destination bucket.
 *
 * An entry of its own: only replication encrypts what it did not make the data key of, where readers and writers of a bucket do not. The key of the
 * source decrypts as for every reader.
 */
export const S3_REPLICATION: KmsServiceFacts = {
  name: 'Amazon S3 replication',
  viaServices: ['s3'],
  // With an S3 Bucket Key in the destination, Decrypt tells whether the bucket key is sound.
  useActions: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
  encryptionContexts: [
    // With an S3 Bucket Key the bucket's ARN, without one the object's: narrow by both.
    { key: 'aws:s3:arn', value: 'arn:{partition}:s3:::BUCKET and arn:{partition}:s3:::BUCKET/*', confidence: FactConfidence.CONFIRMED },
  ],
  resources: [
    {
      type: 'AWS::S3::Bucket',
      property: 'ReplicationConfiguration.Rules.Destination.EncryptionConfiguration.ReplicaKmsKeyID',
      onKeyChange: OnKeyChange.NO_INTERRUPTION,
      ofCopies: true,
    },
  ],
  unconfirmed: [
    'One page asks for GenerateDataKey where source objects are under no key of AWS KMS only, another one for every replication; the statements have it.',
    'No page says whether the role of a Batch Replication job uses the keys beside the replication role; it may use both as that does.',
  ],
  sources: [
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-troubleshoot.html',
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html',
  ],
};
