import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as notifications from 'aws-cdk-lib/aws-s3-notifications';
import { functionIn } from './neighbours';
import { KmsService } from '../../src';
import { KeyTaker } from '../support/key-taker';

const { S3 } = KmsService;

export const BUCKETS: KeyTaker[] = [
  {
    l2: 's3.Bucket',
    takes: ['aws-s3 BucketProps.encryptionKey'],
    via: S3,
    build: ({ data, key }) => {
      const bucket = new s3.Bucket(data, 'Bucket', { bucketName: 'invoices', encryptionKey: key.via(S3) });
      return (grantee) => bucket.grantReadWrite(grantee);
    },
    consumer: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  {
    l2: 's3.Bucket that is read',
    takes: ['aws-s3 BucketProps.encryptionKey'],
    via: S3,
    build: ({ data, key }) => {
      const bucket = new s3.Bucket(data, 'Bucket', { bucketName: 'invoices', encryptionKey: key.via(S3) });
      return (grantee) => bucket.grantRead(grantee);
    },
    consumer: ['kms:Decrypt'],
  },
  {
    l2: 's3.Bucket that notifies a function, with its objects deleted',
    takes: ['aws-s3 BucketProps.encryptionKey'],
    via: S3,
    build: ({ data, key }) => {
      const bucket = new s3.Bucket(data, 'Bucket', { encryptionKey: key.via(S3), removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
      bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new notifications.LambdaDestination(functionIn(data)));
    },
  },
  {
    l2: 's3.Bucket that is imported',
    takes: ['aws-s3 BucketAttributes.encryptionKey'],
    via: S3,
    build: ({ data, key }) => {
      const bucket = s3.Bucket.fromBucketAttributes(data, 'Bucket', { bucketName: 'invoices', encryptionKey: key.via(S3) });
      // Something that is encrypted, because an import is not in the template.
      new s3.Bucket(data, 'Other', { encryptionKey: key.via(S3) });
      return (grantee) => bucket.grantPut(grantee);
    },
    consumer: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
  {
    l2: 's3.Bucket with replication rules',
    takes: ['aws-s3 BucketProps.encryptionKey', 'aws-s3 ReplicationRule.kmsKey'],
    via: KmsService.S3_REPLICATION,
    build: ({ data, key }) => {
      const copies = new s3.Bucket(data, 'Copies', { encryptionKey: key.via(S3), versioned: true });
      new s3.Bucket(data, 'Bucket', {
        encryptionKey: key.via(S3),
        versioned: true,
        replicationRules: [{ destination: copies, kmsKey: key.via(KmsService.S3_REPLICATION), sseKmsEncryptedObjects: true, priority: 1 }],
      });
    },
    ownRoles: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
  },
  {
    l2: 's3.Bucket.grantReplicationPermission',
    takes: ['aws-s3 GrantReplicationPermissionProps.sourceDecryptionKey', 'aws-s3 GrantReplicationPermissionDestinationProps.encryptionKey'],
    via: S3,
    build: ({ data, key }) => {
      const copies = new s3.Bucket(data, 'Copies', { bucketName: 'copies', encryptionKey: key.via(S3) });
      const bucket = new s3.Bucket(data, 'Bucket', { bucketName: 'invoices', encryptionKey: key.via(S3) });
      return (grantee) => bucket.grantReplicationPermission(grantee, {
        sourceDecryptionKey: key.via(S3), destinations: [{ bucket: copies, encryptionKey: key.via(S3) }],
      });
    },
    consumer: ['kms:Decrypt', 'kms:GenerateDataKey'],
  },
];
