import { CfnResource, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { CustomerManagedKeyProps } from './customer-managed-key-props';
import { deployPermissions } from './deploy-permissions';
import { DirectGrant } from './direct-grant';
import { encryptedUnder, keyOfAnotherRegion } from './encrypted-resources';
import { encryptionGaps } from './encryption-gaps';
import { forgottenDeliveries } from './forgotten-deliveries';
import { ICustomerManagedKey } from './i-customer-managed-key';
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
 * A key whose policy is ours to write. What makes it, the classes say that are built on this one.
 *
 * @internal
 */
export abstract class OwnedKey extends KeyBase implements ICustomerManagedKey {
  /** @internal */
  public readonly _kind: KeyKind;
  /** @internal */
  public readonly _removalPolicy: RemovalPolicy;
  /** @internal */
  protected readonly _policy: KeyPolicy;
  /** @internal */
  protected readonly _keyEnvironment: KeyEnvironment;
  private readonly services: ServiceKeys;
  private readonly directGrant: DirectGrant;
  private readonly aliases = new Set<string>();

  /** @internal */
  constructor(scope: Construct, id: string, public readonly _keyProps: CustomerManagedKeyProps) {
    super(scope, id);
    const props = this._keyProps;
    const { account, region, partition } = Stack.of(this);
    this._keyEnvironment = { scope: this, account, region, partition };
    this._kind = new KeyKind(this, props.keySpec ?? kms.KeySpec.SYMMETRIC_DEFAULT, props.keyUsage ?? kms.KeyUsage.ENCRYPT_DECRYPT);
    this._removalPolicy = props.removalPolicy ?? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    this._policy = new KeyPolicy(this._keyEnvironment, {
      ...new LockOut(this._keyEnvironment, props).administrators(),
      asymmetric: this._kind.asymmetric,
      denyDirectGrants: props.denyDirectGrants ?? true,
      denyPolicyLockoutBypass: props.denyPolicyLockoutBypass ?? false,
    });
    this.services = new ServiceKeys(this, this._keyEnvironment, this._kind, this._policy);
    this.directGrant = new DirectGrant(this, this._keyEnvironment, this._policy, true);
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
    return this.directGrant.give(grantee, actions, this._kind.useActions);
  }

  /**
   * Lets the grantee encrypt, not decrypt: with symmetric keys data keys too, with asymmetric keys the public key.
   */
  public override grantEncrypt(grantee: iam.IGrantable): iam.Grant {
    return this._kind.asymmetric
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
    alias.applyRemovalPolicy(this._removalPolicy);
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
    this._policy.addOwn(statement);
    return { statementAdded: true, policyDependable: this };
  }

  /**
   * The IAM policy that a scoped CloudFormation execution role needs for this key and for what is encrypted under it, as far as asked for
   * with `via` before. The key's id is not known beforehand: the statements name all keys of the account and Region, fenced by service.
   *
   * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
   */
  public deployPermissions(): iam.PolicyDocument {
    return deployPermissions(this._keyEnvironment, this.services.uses);
  }

  /** @internal */
  protected get _keyPolicy(): unknown {
    return Lazy.any({ produce: () => this._policy.toJson() });
  }

  /**

  /** @internal */
  protected _own(resource: CfnResource, alias?: string): void {
    resource.applyRemovalPolicy(this._removalPolicy);
    if (alias !== undefined) {
      this.addAlias(alias);
    }
    this.node.addValidation({ validate: () => this.validatePolicy() });
    this.node.addValidation({ validate: () => this.validateUse(resource) });
  }

  private validateUse(resource: CfnResource): string[] {
    const encrypted = encryptedUnder(resource);
    return [
      ...keyOfAnotherRegion(this._keyEnvironment.region, encrypted, (there) => this._insteadIn(there)),
      ...forgottenDeliveries(encrypted, this._policy),
      ...encryptionGaps(encrypted),
      ...this._policy.letsInOthers ? [] : notHandedOver(encrypted, this.services.uses),
    ];
  }

  private validatePolicy(): string[] {
    const policy = this._policy.toJson();
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
