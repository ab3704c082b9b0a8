import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { referWeakly } from '../../private/weak-reference';
import { EncryptedBucket } from '../../resource/encrypted-bucket';
import { assertAccountsKnown, assertCustomerManaged, assertOtherRegion } from '../destination';
import { inDestination } from '../in-destination';
import { SnapshotDestination } from '../snapshot-destination';

/** Where objects are replicated to. */
export interface ReplicaBucket {
  readonly bucket: s3.IBucket;
  /** What the source names it by: an L2 refers to no bucket of another Region whose name is generated. */
  readonly arn: string;
  readonly name: string;
  readonly key: ICustomerManagedKey;
  readonly region: string;
  readonly account: string;
  /** Whether it is of another account than the source. Accounts that are both not known yet are the same, and so is that of a name where the source's is not. */
  readonly foreign: boolean;
  /** The stack that it is in, where this app deploys it. */
  readonly stack?: Stack;
}

type Found = Omit<ReplicaBucket, 'foreign'>;

/**
 * The bucket in another Region that objects are replicated to, and the key of that Region that the replicas are encrypted under.
 *
 * @example
 * declare const invoices: EncryptedBucket;
 * new BucketReplication(this, 'InvoicesInSydney', {
 *   source: invoices,
 *   destination: BucketDestination.newBucket(SnapshotDestination.inRegion('ap-southeast-2')),
 * });
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html
 */
export class BucketDestination {
  /**
   * A new `EncryptedBucket` in the other Region, under the key there, with a generated name. It is retained, whatever leaves the app,
   * and locks objects if the source does.
   */
  public static newBucket(destination: SnapshotDestination): BucketDestination {
    return new BucketDestination((copy, source) => {
      const { stack, key } = destination._for(copy, source.bucket);
      const { objectLockEnabled } = source.bucket.node.defaultChild as s3.CfnBucket;
      const bucket = new EncryptedBucket(inDestination(copy, stack), 'Bucket', { encryptionKey: key, objectLockEnabled: objectLockEnabled === true || undefined });
      return inApp(bucket);
    });
  }

  /**
   * A bucket of yours, of a stack in another Region, also of another account. It is deployed before the source, and of the same Stage. References to
   * it and its key become weak, as those of `SnapshotDestination.ofStack`.
   *
   * In another account it lets the replication role in, by its bucket policy and its key policy, and owns the replicas.
   */
  public static ofBucket(bucket: EncryptedBucket): BucketDestination {
    return new BucketDestination((copy, source) => {
      SnapshotDestination.ofStack(Stack.of(bucket), bucket.encryptionKey)._for(copy, source.bucket);
      return inApp(bucket);
    });
  }

  /**
   * A bucket that another app deploys, or that replicates to this one: nothing refers to its stack, and nothing is written there.
   *
   * It must keep all versions, and its owner must let replication in: `key.via(KmsService.S3_REPLICATION)` on its key, and in another account the
   * bucket policy.
   *
   * @param bucketName the name, as a literal
   * @param key the key of the bucket, imported with `services: [KmsService.S3_REPLICATION]`; its ARN tells the Region and the account of the bucket
   */
  public static ofName(bucketName: string, key: ICustomerManagedKey): BucketDestination {
    return new BucketDestination((copy, source) => {
      if (Token.isUnresolved(bucketName) || bucketName === '') {
        throw new KmsPatternsError('BucketNameNotLiteral',
          `a bucket that this app does not deploy is known by its name only, given: ${bucketName === '' ? 'none' : 'a token'}; write the name, such as `
          + 'invoices-sydney, or give the bucket with BucketDestination.ofBucket', copy);
      }
      assertCustomerManaged(copy, key);
      assertOtherRegion(copy, Stack.of(source), key.env.region);
      const bucket = s3.Bucket.fromBucketName(copy, 'Replica', bucketName);
      return { bucket, arn: bucket.bucketArn, name: bucketName, key, region: key.env.region, account: key.env.account };
    });
  }

  private constructor(private readonly find: (copy: Construct, source: EncryptedBucket) => Found) {}

  /** @internal */
  public _for(copy: Construct, source: EncryptedBucket): ReplicaBucket {
    const found = this.find(copy, source);
    if (found.stack) {
      assertAccountsKnown(copy, Stack.of(source), found.stack);
    }
    return { ...found, foreign: Token.compareStrings(found.account, Stack.of(source).account) === TokenComparison.DIFFERENT };
  }
}

function inApp({ bucket, encryptionKey: key }: EncryptedBucket): Found {
  const cfnBucket = bucket.node.defaultChild as s3.CfnBucket;
  referWeakly(cfnBucket);
  const stack = Stack.of(bucket);
  return { bucket, arn: cfnBucket.attrArn, name: cfnBucket.ref, key, stack, region: stack.region, account: stack.account };
}
