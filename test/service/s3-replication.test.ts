import { FactConfidence } from '../../src/service/fact-confidence';
import { OnKeyChange } from '../../src/service/kms-service-facts';
import { S3_REPLICATION } from '../../src/service/s3-replication';

describe('Amazon S3 replication', () => {
  test('encrypts with the permissions of its role, and decrypts where the destination has an S3 Bucket Key', () => {
    expect(S3_REPLICATION.viaServices).toEqual(['s3']);
    expect(S3_REPLICATION.useActions).toEqual(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey']);
  });

  test('needs nothing at deployment, and makes no grants', () => {
    expect(S3_REPLICATION.deployActions).toBeUndefined();
    expect(S3_REPLICATION.createsGrants).toBeUndefined();
  });

  test('names a key of another Region than its source, changed in place', () => {
    expect(S3_REPLICATION.resources).toEqual([{
      type: 'AWS::S3::Bucket',
      property: 'ReplicationConfiguration.Rules.Destination.EncryptionConfiguration.ReplicaKmsKeyID',
      onKeyChange: OnKeyChange.NO_INTERRUPTION,
      ofCopies: true,
    }]);
  });

  test('is narrowed by the ARNs of the bucket and of its objects, with and without an S3 Bucket Key', () => {
    expect(S3_REPLICATION.encryptionContexts).toEqual([{
      key: 'aws:s3:arn', value: 'arn:{partition}:s3:::BUCKET and arn:{partition}:s3:::BUCKET/*', confidence: FactConfidence.CONFIRMED,
    }]);
  });

  test('says which of it no page confirms', () => {
    expect(S3_REPLICATION.unconfirmed).toHaveLength(2);
  });
});
