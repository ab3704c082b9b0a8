import { CfnResource, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { CustomerManagedKeyProps } from './customer-managed-key-props';
import { deployPermissions } from './deploy-permissions';
import { DirectGrant } from './direct-grant';
import { encryptedUnder, keyOfAnotherRegion } from './encrypted-resources';
import { encryptionGaps } from './encryption-gaps';
import { forgottenDeliveries } from './forgotten-deliveries';
import { ICustomerManagedKey } from './i-customer-managed-key';
import { ImportedKey } from './imported-key';
import { ImportedKeyOptions } from './imported-key-options';
import { KeyBase } from './key-base';
import { KeyKind } from './key-kind';
import { KeyPolicy } from './key-policy';
import { KeySettings } from './key-settings';
import { LockOut } from './lock-out';
import { notHandedOver } from './not-handed-over';
import { assertOwnStatement } from './own-statement';
import { LARGEST_POLICY_BYTES, policySize } from './policy-size';
import { ServiceKeys } from './service-keys';
import { ViaServiceOptions } from './via-service-options';
import { KeyEnvironment } from '../private/key-environment';
import { KmsPatternsError } from '../private/kms-patterns-error';
import { KmsService } from '../service/kms-service';

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
export class CustomerManagedKey extends KeyBase implements ICustomerManagedKey {
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

  private readonly kind: KeyKind;
  private readonly policy: KeyPolicy;
  private readonly keyEnvironment: KeyEnvironment;
  private readonly services: ServiceKeys;
  private readonly directGrant: DirectGrant;
  private readonly removalPolicy: RemovalPolicy;
  private readonly aliases = new Set<string>();

  constructor(scope: Construct, id: string, props: CustomerManagedKeyProps = {}) {
    super(scope, id);
    const { account, region, partition } = Stack.of(this);
    const settings = new KeySettings(this);
    this.keyEnvironment = { scope: this, account, region, partition };
    this.kind = new KeyKind(this, props.keySpec ?? kms.KeySpec.SYMMETRIC_DEFAULT, props.keyUsage ?? kms.KeyUsage.ENCRYPT_DECRYPT);
    this.removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    this.policy = new KeyPolicy(this.keyEnvironment, {
      ...new LockOut(this.keyEnvironment, props).administrators(),
      asymmetric: this.kind.asymmetric,
      denyDirectGrants: props.denyDirectGrants ?? true,
      denyPolicyLockoutBypass: props.denyPolicyLockoutBypass ?? false,
    });
    const rotation = settings.rotation(this.kind, props.enableKeyRotation, props.rotationPeriod);
    const resource = new kms.CfnKey(this, 'Resource', {
      description: props.description,
      enabled: props.enabled,
      enableKeyRotation: rotation.enabled,
      rotationPeriodInDays: rotation.days,
      keySpec: props.keySpec,
      keyUsage: props.keyUsage,
      keyPolicy: Lazy.any({ produce: () => this.policy.toJson() }),
      pendingWindowInDays: settings.pendingWindow(props.pendingWindow),
    });
    resource.applyRemovalPolicy(this.removalPolicy);
    this.keyArn = resource.attrArn;
    this.keyId = resource.ref;
    this.services = new ServiceKeys(this, this.keyEnvironment, this.kind, this.policy);
    this.directGrant = new DirectGrant(this, this.keyEnvironment, this.policy, true);
    if (props.alias !== undefined) {
      this.addAlias(props.alias);
    }
    this.node.addValidation({ validate: () => this.validatePolicy() });
    this.node.addValidation({ validate: () => this.validateUse(resource) });
  }

  /**
   * Hands the key to a service: the result goes wherever an L2 takes a key, and its `keyArn` wherever an L1 does.
   *
   * It lets this account's IAM decide who uses the key, but only through the service and never directly, apart from roles that the service
   * assumes, as AWS Step Functions does, which are told by their encryption context. Whoever your IAM policies allow `kms:Decrypt` on this
   * key or on `*` is included, also in stacks that this app does not contain.
   * If that is too wide: a key for each classification of data, `contexts`, or `useOnlyBy`.
   *
   * @param options given once for each service; asked again without options, the service keeps them
   */
  public via(service: KmsService, options?: ViaServiceOptions): kms.IKey {
    return this.services.via(service, options);
  }

  /** @internal */
  public _viaAlsoIn(service: KmsService, furtherRegions: readonly string[]): kms.IKey {
    return this.services.via(service, undefined, furtherRegions);
  }

  /**
   * Gives direct use of the key, without a service between, in the key policy and in the grantee's IAM policy.
   *
   * A role or user of the key's stack is named in the key policy. For one of another stack the key policy delegates these actions
   * to the account's IAM, for it alone where it has a name of its own.
   *
   * @throws where one of the halves is out of reach, with the statement that is missing
   */
  public grant(grantee: iam.IGrantable, ...actions: string[]): iam.Grant {
    return this.directGrant.give(grantee, actions, this.kind.useActions);
  }

  /**
   * Lets the grantee encrypt, not decrypt: with symmetric keys data keys too, with asymmetric keys the public key.
   */
  public override grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this.kind.asymmetric
      ? this.grant(grantee, 'kms:DescribeKey', 'kms:Encrypt', 'kms:GetPublicKey', 'kms:ReEncryptTo')
      : super.grantEncrypt(grantee);
  }

  /**
   * Adds an alias, which is retained and deleted together with the key.
   *
   * @param aliasName with or without `alias/`
   */
  public addAlias(aliasName: string): kms.Alias {
    const name = new KeySettings(this).alias(aliasName);
    if (this.aliases.has(name)) {
      throw new KmsPatternsError('AliasTwice', `the alias ${name} was given twice; give it once`, this);
    }
    const alias = new kms.Alias(this, this.aliases.size === 0 ? 'Alias' : `Alias${aliasName}`, { aliasName: name, targetKey: this });
    alias.applyRemovalPolicy(this.removalPolicy);
    this.aliases.add(name);
    return alias;
  }

  /**
   * Adds a statement of your own. Services are let in with `via`, roles with the grant methods.
   *
   * @throws where the statement would break what every policy of this library keeps
   */
  public addToResourcePolicy(statement: iam.PolicyStatement, _allowNoOp?: boolean): iam.AddToResourcePolicyResult {
    assertOwnStatement(this, statement);
    this.policy.addOwn(statement);
    return { statementAdded: true, policyDependable: this };
  }

  /**
   * The IAM policy that a scoped CloudFormation execution role needs for this key and for what is encrypted under it, as far as asked for
   * with `via` before. The key's id is not known beforehand: the statements name all keys of the account and Region, fenced by service.
   *
   * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
   */
  public deployPermissions(): iam.PolicyDocument {
    return deployPermissions(this.keyEnvironment, this.services.uses);
  }

  private validateUse(resource: CfnResource): string[] {
    const encrypted = encryptedUnder(resource);
    return [
      ...keyOfAnotherRegion(this.keyEnvironment.region, encrypted),
      ...forgottenDeliveries(encrypted, this.policy),
      ...encryptionGaps(encrypted),
      ...this.policy.letsInOthers ? [] : notHandedOver(encrypted, this.services.uses),
    ];
  }

  private validatePolicy(): string[] {
    const policy = this.policy.toJson();
    const size = policySize(this, policy);
    const sids = policy.Statement.map(({ Sid }) => Sid).filter((sid) => sid !== undefined);
    const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
    return [
      ...size <= LARGEST_POLICY_BYTES ? [] : [
        `PolicyTooLarge: the key policy has ${size} bytes, and AWS KMS takes ${LARGEST_POLICY_BYTES}; `
        + 'hand the key to services with via() instead of granting direct use to each principal, or use a key for each classification of data',
      ],
      ...twice === undefined ? [] : [`SidTwice: two statements of the key policy have the Sid ${twice}; give the statement or the KmsService that you added another`],
    ];
  }
}
