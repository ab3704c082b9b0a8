import { isDeepStrictEqual } from 'node:util';
import { Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { assertDeliverable, newAccessLogs } from './access-logs';
import { EncryptedBucketProps } from './encrypted-bucket-props';
import { CustomerManagedKey } from '../key/customer-managed-key';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';
import { assertKeyOfRegion } from '../key/key-region';
import { ServiceKey } from '../key/service-key';
import { KmsService } from '../service/kms-service';

const ENCRYPTION = 's3:x-amz-server-side-encryption';
const KEY_ID = 's3:x-amz-server-side-encryption-aws-kms-key-id';

/**
 * A bucket whose objects are encrypted under a key that you own.
 *
 * An S3 Bucket Key keeps the requests to AWS KMS, and their cost, low. Uploads that name no encryption get the key of the bucket;
 * those that name another key or another kind of encryption are denied, and so is the bucket's own key by its id or an alias: its ARN is
 * what Amazon S3 compares. Only TLS, no public access, all versions kept, access logged.
 *
 * Services that write by themselves ask nothing of the key, and fail without a trace: let VPC flow logs in with
 * `encryptionKey.via(KmsService.S3).grantEncrypt(new iam.ServicePrincipal('delivery.logs.amazonaws.com'))`.
 *
 * The construct can take the place of `new s3.Bucket` with the same id: logical ids stay, nothing is replaced. The key that `s3.Bucket` made
 * stays too, with the policy of a `CustomerManagedKey`. Objects that are there keep the encryption that they have.
 *
 * @example
 * const invoices = new EncryptedBucket(this, 'Invoices');
 * declare const reader: iam.Role;
 * invoices.grantRead(reader);
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 */
@propertyInjectable
export class EncryptedBucket extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EncryptedBucket';

  /** The bucket itself, for every L2 that takes one. */
  public readonly bucket: s3.Bucket;
  /** The key that new objects are encrypted under. */
  public readonly encryptionKey: ICustomerManagedKey;
  /** The bucket that access is logged to. */
  public readonly serverAccessLogsBucket: s3.IBucket;

  constructor(scope: Construct, id: string, props: EncryptedBucketProps = {}) {
    super(scope, id);
    // The id of the key that s3.Bucket would have made.
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Encrypts ${this.node.path}` });
    assertKeyOfRegion(this, this.encryptionKey);
    this.serverAccessLogsBucket = props.serverAccessLogsBucket ?? newAccessLogs(this);
    assertDeliverable(this, this.serverAccessLogsBucket);
    this.bucket = new s3.Bucket(this, 'Default', {
      ...props,
      serverAccessLogsBucket: this.serverAccessLogsBucket,
      encryption: s3.BucketEncryption.KMS,
      encryptionKey: this.keyForThisBucket(),
      inventories: props.inventories?.map((inventory, index) => ({ ...inventory, inventoryId: inventory.inventoryId ?? this.inventoryId(index) })),
      bucketKeyEnabled: true,
      blockedEncryptionTypes: [s3.BlockedEncryptionType.SSE_C],
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
    });
    this.denyOtherEncryption();
    props.inventories?.forEach(({ destination }) => this.letInventoryIn(destination.bucket));
    this.node.addValidation({ validate: () => this.promiseUndone() });
  }

  /** Lets the grantee list the bucket and read objects, decrypting them. */
  public grantRead(grantee: iam.IGrantable, objectsKeyPattern?: string): iam.Grant {
    return this.bucket.grantRead(grantee, objectsKeyPattern);
  }

  /**
   * Lets the grantee write and delete objects, encrypting them. Multipart uploads decrypt their parts as well.
   *
   * @param allowedActionPatterns the actions of Amazon S3 to give; writing and deleting by default
   */
  public grantWrite(grantee: iam.IGrantable, objectsKeyPattern?: string, allowedActionPatterns?: string[]): iam.Grant {
    return this.bucket.grantWrite(grantee, objectsKeyPattern, allowedActionPatterns);
  }

  /** Lets the grantee write objects, encrypting them. Multipart uploads decrypt their parts as well. */
  public grantPut(grantee: iam.IGrantable, objectsKeyPattern?: string): iam.Grant {
    return this.bucket.grantPut(grantee, objectsKeyPattern);
  }

  /** Lets the grantee list the bucket, and read, write and delete objects. */
  public grantReadWrite(grantee: iam.IGrantable, objectsKeyPattern?: string): iam.Grant {
    return this.bucket.grantReadWrite(grantee, objectsKeyPattern);
  }

  /** Lets the grantee delete objects, which needs nothing of the key. */
  public grantDelete(grantee: iam.IGrantable, objectsKeyPattern?: string): iam.Grant {
    return this.bucket.grantDelete(grantee, objectsKeyPattern);
  }

  private keyForThisBucket() {
    const key = this.encryptionKey.via(KmsService.S3);
    const bucketArn = Lazy.string({ produce: () => this.bucket.bucketArn });
    // Objects that were written without the S3 Bucket Key carry their own ARN.
    return key instanceof ServiceKey
      ? key.pinnedTo({ resource: this, key: 'aws:s3:arn', values: [bucketArn, `${bucketArn}/*`] })
      : key;
  }

  /** Only requests that name an encryption are denied: what names none gets the key of the bucket. */
  private denyOtherEncryption(): void {
    const deny = (sid: string, conditions: Record<string, Record<string, string>>) => this.bucket.addToResourcePolicy(new iam.PolicyStatement({
      sid,
      effect: iam.Effect.DENY,
      principals: [new iam.AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [this.bucket.arnForObjects('*')],
      conditions,
    }));
    deny('DenyOtherKey', { StringNotEquals: { [KEY_ID]: this.encryptionKey.keyArn }, Null: { [KEY_ID]: 'false' } });
    deny('DenyOtherEncryption', { StringNotEquals: { [ENCRYPTION]: 'aws:kms' }, Null: { [ENCRYPTION]: 'false' } });
    // Amazon S3 would take the AWS managed key: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
    deny('DenyEncryptionWithoutKey', { StringEquals: { [ENCRYPTION]: 'aws:kms' }, Null: { [KEY_ID]: 'true' } });
  }

  /** What `s3.Bucket` makes of its own id, which here is `Default`. */
  private inventoryId(index: number): string {
    return `${this.node.id}Inventory${index}`.replace(/[^\w.-]/g, '').slice(-64);
  }

  /** Amazon S3 delivers inventories by itself: the key of the destination must let it in, which `s3.Bucket` leaves to its owner. */
  private letInventoryIn({ encryptionKey }: s3.IBucket): void {
    if (encryptionKey instanceof ServiceKey) {
      encryptionKey.grantEncrypt(new iam.ServicePrincipal('s3.amazonaws.com'));
    }
  }

  /** Property injectors, aspects and mixins reach the bucket inside. */
  private promiseUndone(): string[] {
    const stack = Stack.of(this);
    const { bucketEncryption, publicAccessBlockConfiguration: access } = this.bucket.node.defaultChild as s3.CfnBucket;
    const rule = stack.resolve(bucketEncryption)?.serverSideEncryptionConfiguration?.[0];
    const encryption = { sseAlgorithm: 'aws:kms', kmsMasterKeyId: stack.resolve(this.encryptionKey.keyArn) };
    const undone = Object.entries({
      encryption: isDeepStrictEqual(rule?.serverSideEncryptionByDefault, encryption),
      bucketKeyEnabled: rule?.bucketKeyEnabled === true,
      blockedEncryptionTypes: rule?.blockedEncryptionTypes?.encryptionType?.includes('SSE-C') === true,
      blockPublicAccess: isDeepStrictEqual(stack.resolve(access), stack.resolve(s3.BlockPublicAccess.BLOCK_ALL)),
      enforceSSL: JSON.stringify(stack.resolve(this.bucket.policy?.document)).includes('aws:SecureTransport'),
    }).filter(([, kept]) => !kept).map(([prop]) => prop);
    return undone.length === 0 ? [] : [
      `EncryptionUndone: a property injector, an aspect or a mixin changed ${undone.join(', ')} of the bucket inside; `
      + 'leave this bucket out of it, or make it with s3.Bucket',
    ];
  }
}
