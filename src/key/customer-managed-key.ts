import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { cfnKey } from './cfn-key';
import { CustomerManagedKeyProps } from './customer-managed-key-props';
import { ICustomerManagedKey } from './i-customer-managed-key';
import { ImportedKey } from './imported-key';
import { ImportedKeyOptions } from './imported-key-options';
import { OwnedKey } from './owned-key';

/**
 * A key of AWS KMS that you own, with a policy that separates administration from use and lets services in only for what they do.
 *
 * Hand it to a resource with `via`. The policy is complete for that service, and never names who uses the key through it:
 * the IAM policies of the account decide, but only through the service.
 *
 * Costs 1 USD a month, and 1 USD more for each of the first two rotations.
 *
 * @example
 * const key = new CustomerManagedKey(this, 'Key', { alias: 'billing' });
 * new s3.Bucket(this, 'Invoices', { encryptionKey: key.via(KmsService.S3) });
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
@propertyInjectable
export class CustomerManagedKey extends OwnedKey implements ICustomerManagedKey {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.CustomerManagedKey';

  /**
   * A key that another stack, app or account owns, whose policy is out of reach here.
   *
   * Grants write the identity half, where you say that the key's policy has the other one, and fail with the statement that it lacks
   * where you do not.
   *
   * @param keyArn the ARN of the key, not of an alias
   */
  public static fromKeyArn(scope: Construct, id: string, keyArn: string, options: ImportedKeyOptions = {}): ICustomerManagedKey {
    return new ImportedKey(scope, id, keyArn, options);
  }

  public readonly keyArn: string;
  public readonly keyId: string;

  constructor(scope: Construct, id: string, props: CustomerManagedKeyProps = {}) {
    super(scope, id, props);
    const resource = cfnKey(this, this._kind, props, this._keyPolicy);
    this.keyArn = resource.attrArn;
    this.keyId = resource.ref;
    this._own(resource, props.alias);
  }
}
