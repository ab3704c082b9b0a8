import { isDeepStrictEqual } from 'node:util';
import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { EncryptedVolumeProps } from './encrypted-volume-props';
import { snapshotKeyOf } from './snapshot-key';
import { assertVolumeOptions } from './volume-options';
import { CustomerManagedKey } from '../../key/customer-managed-key';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { assertKeyOfRegion } from '../../key/key-region';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { reachableCaller } from '../../private/reachable-caller';
import { templateProperties } from '../../private/template-properties';
import { KmsService } from '../../service/kms-service';

/**
 * An Amazon EBS volume that is encrypted under a key that you own.
 *
 * Amazon EBS makes a grant on the key for each attachment, with the permissions of whoever attaches the volume or starts the instance:
 * they need `kms:CreateGrant`, for AWS resources only, which the grant methods give.
 *
 * The construct can take the place of a `new ec2.Volume` that is encrypted under the same key, with the same id: logical ids stay, nothing is
 * replaced. A volume that is not encrypted, or under another key, cannot become one: CloudFormation fails the update.
 *
 * @example
 * const ledger = new EncryptedVolume(this, 'Ledger', { availabilityZone: 'eu-west-2a', size: Size.gibibytes(100) });
 * declare const operator: iam.Role;
 * ledger.grantAttachVolume(operator);
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/how-ebs-encryption-works.html
 */
@propertyInjectable
export class EncryptedVolume extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EncryptedVolume';

  /** The volume itself. */
  public readonly volume: ec2.Volume;
  /** The key that the volume is encrypted under. */
  public readonly encryptionKey: ICustomerManagedKey;

  constructor(scope: Construct, id: string, props: EncryptedVolumeProps) {
    super(scope, id);
    const { encryptionKey, snapshotKey, ...volume } = props;
    this.encryptionKey = encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Encrypts ${this.node.path}` });
    assertKeyOfRegion(this, this.encryptionKey);
    this.assertSnapshotOf(snapshotKey, volume.snapshotId);
    assertVolumeOptions(this, 'the volume', volume);
    this.volume = new ec2.Volume(this, 'Default', {
      ...volume,
      volumeType: volume.volumeType ?? ec2.EbsDeviceVolumeType.GENERAL_PURPOSE_SSD_GP3,
      encrypted: true,
      encryptionKey: this.encryptionKey.via(KmsService.EBS),
    });
    this.node.addValidation({ validate: () => this.encryptionUndone() });
  }

  /**
   * Lets the grantee attach the volume, with the grant on the key that Amazon EBS makes for it.
   *
   * @param instances those that it may be attached to; any of the account and Region by default
   */
  public grantAttachVolume(grantee: iam.IGrantable, instances?: ec2.IInstance[]): iam.Grant {
    return this.volume.grantAttachVolume(this.reachable(grantee, 'ec2:AttachVolume', 'kms:CreateGrant'), instances);
  }

  /** Lets the grantee attach the volume to instances by a tag, which ties no policy to the instances. */
  public grantAttachVolumeByResourceTag(grantee: iam.IGrantable, constructs: Construct[], tagKeySuffix?: string): iam.Grant {
    return this.volume.grantAttachVolumeByResourceTag(this.reachable(grantee, 'ec2:AttachVolume', 'kms:CreateGrant'), constructs, tagKeySuffix);
  }

  /**
   * Lets the grantee detach the volume, which needs nothing of the key.
   *
   * @param instances those that it may be detached from; any of the account and Region by default
   */
  public grantDetachVolume(grantee: iam.IGrantable, instances?: ec2.IInstance[]): iam.Grant {
    return this.volume.grantDetachVolume(this.reachable(grantee, 'ec2:DetachVolume'), instances);
  }

  /** Lets the grantee detach the volume from instances by a tag, which ties no policy to the instances. */
  public grantDetachVolumeByResourceTag(grantee: iam.IGrantable, constructs: Construct[], tagKeySuffix?: string): iam.Grant {
    return this.volume.grantDetachVolumeByResourceTag(this.reachable(grantee, 'ec2:DetachVolume'), constructs, tagKeySuffix);
  }

  /**
   * Lets the grantee start instances that have the volume attached: Amazon EBS makes its grant on the key anew at each start.
   *
   * @param instances those that may be started; any of the account and Region by default
   */
  public grantStartInstances(grantee: iam.IGrantable, instances?: ec2.IInstance[]): iam.Grant {
    const caller = this.reachable(grantee, 'ec2:StartInstances', 'kms:CreateGrant');
    const { partition, region, account } = Stack.of(this);
    const arnOf = (instanceId: string) => `arn:${partition}:ec2:${region}:${account}:instance/${instanceId}`;
    const start = iam.Grant.addToPrincipal({
      grantee: caller,
      actions: ['ec2:StartInstances'],
      resourceArns: instances?.map(({ instanceId }) => arnOf(instanceId)) ?? [arnOf('*')],
    });
    return start.combine(this.encryptionKey.via(KmsService.EBS).grant(caller, 'kms:CreateGrant'));
  }

  private assertSnapshotOf(key?: ICustomerManagedKey, snapshotId?: string): void {
    if (key && snapshotId === undefined) {
      throw new KmsPatternsError('SnapshotKeyWithoutSnapshot',
        `snapshotKey is the key of the snapshot that the volume is made of, given: ${key.node.path} without snapshotId; `
        + 'give snapshotId as well, or the key as encryptionKey', this);
    }
    if (key) {
      snapshotKeyOf(this, key);
    }
  }

  /** Amazon EC2 knows no policy of a volume. */
  private reachable(grantee: iam.IGrantable, ...actions: string[]): iam.IGrantable {
    return reachableCaller(this, { service: 'Amazon EC2', resource: 'volume' }, grantee, actions);
  }

  /** Property injectors, aspects and mixins reach the volume inside. */
  private encryptionUndone(): string[] {
    const { Encrypted, KmsKeyId } = templateProperties(this.volume.node.defaultChild as ec2.CfnVolume);
    return Encrypted === true && isDeepStrictEqual(KmsKeyId, Stack.of(this).resolve(this.encryptionKey.keyArn)) ? [] : [
      'EncryptionUndone: a property injector, an aspect or a mixin changed encrypted or encryptionKey of the volume inside; '
      + 'leave this volume out of it, or give the key as encryptionKey of EncryptedVolume',
    ];
  }
}
