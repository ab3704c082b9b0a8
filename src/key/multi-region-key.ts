import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { cfnKey } from './cfn-key';
import { ICustomerManagedKey } from './i-customer-managed-key';
import { accountRootArn } from './key-statement';
import { MultiRegionKeyProps } from './multi-region-key-props';
import { MultiRegionReplicaKey } from './multi-region-replica-key';
import { MultiRegionReplicaKeyOptions } from './multi-region-replica-key-options';
import { OwnedKey } from './owned-key';
import { regionInSid } from './replica-place';

const SERVICE = 'mrk.kms.amazonaws.com';

/**
 * The primary key of a multi-Region key: keys in several Regions with the same key material and key id, so that what one encrypts or signs,
 * the others decrypt or verify without a call to another Region. Each has a policy, grants and aliases of its own.
 *
 * It is for data that crosses Regions as ciphertext: encryption in your own code (AWS Encryption SDK, Amazon DynamoDB global tables whose items
 * you encrypt), tokens and signatures that are verified elsewhere. It is no short cut for what AWS services copy: Amazon EBS, Amazon RDS,
 * Amazon S3 and others re-encrypt copies all the same, so that a `CustomerManagedKey` in each Region isolates them at the same price.
 *
 * The primary key and each replica cost 1 USD a month, and each 1 USD more for each of the first two rotations. A key of one Region never becomes
 * one of several: AWS CloudFormation fails the update, so make a key beside it, and re-encrypt.
 *
 * Retained as they are by default, keys outlive their stacks. AWS KMS deletes a primary key only after the last of its replicas.
 *
 * @example
 * declare const stackInIreland: Stack;
 * const key = new MultiRegionKey(this, 'Key', { alias: 'tokens' });
 * const replica = key.replicaIn(stackInIreland, 'Key', { alias: 'tokens' });
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
@propertyInjectable
export class MultiRegionKey extends OwnedKey implements ICustomerManagedKey {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.MultiRegionKey';

  public readonly keyArn: string;
  public readonly keyId: string;

  private readonly replicas = new Map<string, MultiRegionReplicaKey>();

  constructor(scope: Construct, id: string, props: MultiRegionKeyProps = {}) {
    super(scope, id, props);
    const resource = cfnKey(this, this._kind, props, this._keyPolicy, true);
    this.keyArn = resource.attrArn;
    this.keyId = resource.ref;
    this._own(resource, props.alias);
  }

  /**
   * Makes a replica of the key in another Region: the one that the stack of the scope is in.
   *
   * Its stack refers to the primary key, weakly and never the other way round. Whatever is encrypted there takes the replica.
   *
   * @param scope in a stack of another Region, of the same account, with the Region in its `env`
   */
  public replicaIn(scope: Construct, id: string, options: MultiRegionReplicaKeyOptions = {}): MultiRegionReplicaKey {
    return new MultiRegionReplicaKey(scope, id, { ...options, primaryKey: this });
  }

  /**
   * The IAM policy that a scoped CloudFormation execution role needs for this key and for what is encrypted under it, as far as asked for
   * with `via` before. The first multi-Region key of an account makes a service-linked role.
   *
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-auth-slr.html
   */
  public override deployPermissions(): iam.PolicyDocument {
    const { partition, account } = this._keyEnvironment;
    const permissions = super.deployPermissions();
    permissions.addStatements(new iam.PolicyStatement({
      sid: 'CreateServiceLinkedRole',
      actions: ['iam:CreateServiceLinkedRole'],
      resources: [`arn:${partition}:iam::${account}:role/aws-service-role/${SERVICE}/AWSServiceRoleForKeyManagementServiceMultiRegionKeys`],
      conditions: { StringEquals: { 'iam:AWSServiceName': SERVICE } },
    }));
    return permissions;
  }

  /** @internal */
  public _replicaOf(region: string): MultiRegionReplicaKey | undefined {
    return this.replicas.get(region);
  }

  /**
   * Nobody but the role that deploys the replica makes it, and in its Region only: a replica has a key policy of its maker's choice.
   *
   * @internal
   */
  public _letReplicate(replica: MultiRegionReplicaKey, executionRole?: string): void {
    const { region } = Stack.of(replica);
    this.replicas.set(region, replica);
    this._policy.addReplication({
      sid: `ReplicateTo${regionInSid(region)}`,
      principal: { AWS: accountRootArn(this._keyEnvironment) },
      actions: ['kms:ReplicateKey'],
      conditions: {
        ...executionRole === undefined ? {} : { ArnEquals: { 'aws:PrincipalArn': executionRole } },
        StringEquals: { 'kms:ReplicaRegion': region },
      },
    });
  }

  /** @internal */
  public override _insteadIn(region: string): string {
    if (region === this.stack.region) {
      return `give the primary key ${this.node.path}`;
    }
    const replica = this.replicas.get(region);
    return replica ? `give the replica ${replica.node.path}` : `make a replica there with replicaIn(), or a CustomerManagedKey in ${region}`;
  }
}
