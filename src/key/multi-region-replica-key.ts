import { Duration, RemovalPolicy, ReferenceStrength, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { CustomerManagedKeyProps } from './customer-managed-key-props';
import { executionRoleArn } from './execution-role';
import { ICustomerManagedKey } from './i-customer-managed-key';
import { KeySettings } from './key-settings';
import { MultiRegionKey } from './multi-region-key';
import { MultiRegionReplicaKeyProps } from './multi-region-replica-key-props';
import { assertNameableIn } from './nameable-principal';
import { OwnedKey } from './owned-key';
import { assertReplicaGoesWithPrimary, assertReplicaPlace } from './replica-place';
import { arnsOf } from '../private/grantee';
import { outermost } from '../private/outermost-stack';
import { referWeakly } from '../private/weak-reference';

/**
 * A replica of a multi-Region key, with the key material and the key id of its primary key, and a policy, grants and aliases of its own.
 *
 * It is a key like another in its Region: hand it to resources there with `via`. Rotation belongs to the primary key, whose new key material
 * AWS KMS brings to the replica. Costs 1 USD a month, and 1 USD more for each of the first two rotations.
 *
 * A deleted replica takes its Region until its waiting period is over. Where a rollback deleted it, cancel the deletion and bring it into
 * the stack with `cdk import`, or wait.
 *
 * @example
 * declare const primaryKey: MultiRegionKey; // of a stack in another Region
 * const key = new MultiRegionReplicaKey(this, 'Key', { primaryKey, alias: 'tokens' });
 * new s3.Bucket(this, 'Tokens', { encryptionKey: key.via(KmsService.S3) });
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-replicate.html
 */
@propertyInjectable
export class MultiRegionReplicaKey extends OwnedKey implements ICustomerManagedKey {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.MultiRegionReplicaKey';

  public readonly keyArn: string;
  public readonly keyId: string;
  private readonly primaryKey: MultiRegionKey;

  constructor(scope: Construct, id: string, props: MultiRegionReplicaKeyProps) {
    super(scope, id, withThoseOfPrimary(props));
    const { primaryKey, executionRole } = props;
    this.primaryKey = primaryKey;
    assertReplicaPlace(this, primaryKey, primaryKey._replicaOf(this.stack.region));
    assertReplicaGoesWithPrimary(this, this._removalPolicy, primaryKey._removalPolicy);
    this._keyProps.administrators?.forEach((principal) => assertNameableIn(this.stack, principal, 'administrators', this));
    if (executionRole) {
      assertNameableIn(primaryKey.stack, executionRole, 'executionRole', this);
    }
    primaryKey._letReplicate(this, executionRole ? arnsOf(executionRole.grantPrincipal)[0] : executionRoleArn(this));
    referWeakly(primaryKey.stack.nestedStackResource);
    const onlyByRollback = this._removalPolicy === RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE;
    const resource = new kms.CfnReplicaKey(this, 'Resource', {
      // From Region to Region, by an output that is read at deployment.
      primaryKeyArn: Stack.consumeReference(primaryKey.keyArn, ReferenceStrength.WEAK),
      description: props.description,
      enabled: props.enabled,
      keyPolicy: this._keyPolicy,
      pendingWindowInDays: new KeySettings(this).pendingWindow(props.pendingWindow ?? (onlyByRollback ? Duration.days(7) : undefined)),
    });
    this.keyArn = resource.attrArn;
    this.keyId = resource.ref;
    this._own(resource, props.alias);
  }

  /**
   * The IAM policy that a scoped CloudFormation execution role needs for this replica and for what is encrypted under it, as far as asked for
   * with `via` before. It reaches into the Region of the primary key.
   *
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html
   */
  public override deployPermissions(): iam.PolicyDocument {
    const { partition, account, region } = this._keyEnvironment;
    const { region: primaryRegion, stackName } = outermost(this.primaryKey.stack);
    const permissions = super.deployPermissions();
    permissions.addStatements(
      new iam.PolicyStatement({
        sid: 'ReplicateKeys',
        actions: ['kms:ReplicateKey'],
        // The ids of all multi-Region keys begin so.
        resources: [`arn:${partition}:kms:${primaryRegion}:${account}:key/mrk-*`],
        conditions: { StringEquals: { 'kms:ReplicaRegion': region } },
      }),
      new iam.PolicyStatement({
        sid: 'ReadPrimaryOutputs',
        actions: ['cloudformation:DescribeStacks'],
        resources: [`arn:${partition}:cloudformation:${primaryRegion}:${account}:stack/${stackName}/*`],
      }),
    );
    return permissions;
  }

  /** @internal */
  public override _insteadIn(region: string): string {
    return this.primaryKey._insteadIn(region);
  }
}

/** What the replica does not say is as with its primary key. */
function withThoseOfPrimary({ primaryKey, ...own }: MultiRegionReplicaKeyProps): CustomerManagedKeyProps {
  const { keySpec, keyUsage, administrators, policyAdministrators, denyDirectGrants, denyPolicyLockoutBypass, removalPolicy } = primaryKey._keyProps;
  return {
    ...own,
    keySpec,
    keyUsage,
    administrators: own.administrators ?? administrators,
    policyAdministrators: own.policyAdministrators ?? (own.administrators ? undefined : policyAdministrators),
    denyDirectGrants: own.denyDirectGrants ?? denyDirectGrants,
    denyPolicyLockoutBypass: own.denyPolicyLockoutBypass ?? denyPolicyLockoutBypass,
    removalPolicy: own.removalPolicy ?? removalPolicy,
  };
}
