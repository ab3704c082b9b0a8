import { FactConfidence } from '../../src/service/fact-confidence';
import { OnKeyChange } from '../../src/service/kms-service-facts';
import { S3, S3_EVENT_NOTIFICATIONS } from '../../src/service/s3';
import { SNS } from '../../src/service/sns';
import { SQS } from '../../src/service/sqs';

describe('Amazon S3', () => {
  test('has callers generate data keys and decrypt, and makes no grants', () => {
    expect(S3.viaServices).toEqual(['s3']);
    expect(S3.useActions).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
    expect(S3.createsGrants).toBeUndefined();
  });

  test('deploys without the key, and takes another in place', () => {
    expect(S3.deployActions).toBeUndefined();
    expect(S3.resources!.map(({ onKeyChange }) => onKeyChange)).toEqual([OnKeyChange.NO_INTERRUPTION]);
  });

  test('is narrowed by the ARNs of the bucket and of its objects', () => {
    expect(S3.encryptionContexts).toEqual([{
      key: 'aws:s3:arn', value: 'arn:{partition}:s3:::BUCKET and arn:{partition}:s3:::BUCKET/*', confidence: FactConfidence.CONFIRMED,
    }]);
  });

  test('delivers inventories to encrypted buckets, of buckets of the account only', () => {
    expect(S3.senders).toContainEqual({
      servicePrincipal: 's3.amazonaws.com',
      actions: ['kms:GenerateDataKey'],
      sourceAccount: FactConfidence.CONFIRMED,
      sourceArn: 'arn:{partition}:s3:::*',
    });
  });

  test('notifies topics and queues', () => {
    expect(SNS.senders).toContain(S3_EVENT_NOTIFICATIONS);
    expect(SQS.senders).toContain(S3_EVENT_NOTIFICATIONS);
    expect(S3_EVENT_NOTIFICATIONS.actions).toEqual(['kms:Decrypt', 'kms:GenerateDataKey']);
  });
});
