import { CfnDeletionPolicy, CfnResource, CustomResource, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { EbsEncryptionByDefaultFunction } from './ebs-encryption-by-default-function';
import { EbsEncryptionByDefaultProps } from './ebs-encryption-by-default-props';
import { EbsEncryptionProperties, RECORD_NAME } from './handler/ebs-encryption-properties';
import { InstanceLauncher } from './instance-launcher';
import { SnapshotBlockPublicAccess } from './snapshot-block-public-access';
import { CustomerManagedKey } from '../../key/customer-managed-key';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { assertKeyOfRegion } from '../../key/key-region';
import { acknowledge, inPacks } from '../../private/acknowledgement';
import { HandlerFunction } from '../../private/custom-resource/handler-function';
import { assertOnlyOneInRegion } from '../../private/only-one-in-region';
import { reachableCaller } from '../../private/reachable-caller';
import { KmsService } from '../../service/kms-service';

const SETTING_ACTIONS = [
  'DisableEbsEncryptionByDefault', 'EnableEbsEncryptionByDefault', 'GetEbsDefaultKmsKeyId', 'GetEbsEncryptionByDefault',
  'ModifyEbsDefaultKmsKeyId', 'ResetEbsDefaultKmsKeyId',
];

/**
 * EBS encryption by default, a setting of the account in this Region: every new volume and every copy of a snapshot is encrypted, under a key that
 * you own where none is given. What there is already stays as it is.
 *
 * Whoever launches instances or makes volumes in this account needs the key from then on: roles and people by `grantUse`, service-linked roles by
 * `launchedBy`. Without that a launch fails, that of Auto Scaling without an error of its own. Instance types that do not support EBS encryption
 * cannot be launched any more.
 *
 * CloudFormation has no resource type for it: a function sets it, remembers what was before in the parameter
 * `/cdk-kms-patterns/ebs-encryption-by-default`, and restores that when this leaves the stack. What somebody else changed meanwhile it leaves as it is, and
 * says so. An account has one in each Region: a second stack fails, and so does another id in the same stack, until the first one is gone.
 *
 * @example
 * declare const operator: iam.Role;
 * new EbsEncryptionByDefault(this, 'EbsEncryption').grantUse(operator);
 *
 * @see https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html
 */
@propertyInjectable
export class EbsEncryptionByDefault extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EbsEncryptionByDefault';

  /** The default key. */
  public readonly encryptionKey: ICustomerManagedKey;

  constructor(scope: Construct, id: string, props: EbsEncryptionByDefaultProps = {}) {
    super(scope, id);
    assertOnlyOneInRegion(this, EbsEncryptionByDefault, 'EBS encryption by default');
    this.encryptionKey = props.encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Default key of Amazon EBS, by ${this.node.path}` });
    assertKeyOfRegion(this, this.encryptionKey);
    this.letIn(props.launchedBy ?? [InstanceLauncher.ec2Fleet(), InstanceLauncher.spotFleet(), InstanceLauncher.spotInstances()]);
    this.blockPublicSnapshots(props.snapshotBlockPublicAccess ?? SnapshotBlockPublicAccess.BLOCK_ALL_SHARING);
    const handler = new HandlerFunction(this, EbsEncryptionByDefaultFunction, 'Sets EBS encryption by default',
      'The log names keys and stacks, and holds no secret.');
    this.allow(handler.role);
    const properties: EbsEncryptionProperties = { KeyArn: this.encryptionKey.keyArn };
    const setting = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::EbsEncryptionByDefault',
      serviceToken: handler.serviceToken,
      serviceTimeout: handler.serviceTimeout,
      removalPolicy: props.removalPolicy,
      properties: { ...properties },
    });
    // The policy of the role comes before the setting, and goes after it.
    setting.node.addDependency(handler.role);
    this.node.addValidation({ validate: () => this.defaultKeyDeleted(setting.node.defaultChild as CfnResource) });
  }

  /**
   * Lets the grantee use the default key through Amazon EC2: to make volumes, to attach them, and to launch and start instances that have some.
   * What Amazon EC2 asks for beside the key is not among it.
   */
  public grantUse(grantee: iam.IGrantable): iam.Grant {
    const actions = KmsService.EBS.facts.deployActions!;
    const caller = reachableCaller(this, { service: 'Amazon EC2', resource: 'default key' }, grantee, actions);
    return this.encryptionKey.via(KmsService.EBS).grant(caller, ...actions);
  }

  /** From now on every launch in the account needs the key, also those of the Auto Scaling groups that nobody thinks of here. */
  private letIn(launchers: InstanceLauncher[]): void {
    this.encryptionKey.via(KmsService.EBS);
    launchers.forEach((launcher) => launcher._letInto(this.encryptionKey));
    InstanceLauncher.autoScaling()._letInto(this.encryptionKey);
  }

  /** Retained: CloudFormation would let everybody share snapshots when it deletes this, also where it was blocked before. */
  private blockPublicSnapshots(state: SnapshotBlockPublicAccess): void {
    if (state !== SnapshotBlockPublicAccess.UNMANAGED) {
      const block = new ec2.CfnSnapshotBlockPublicAccess(this, 'SnapshotBlockPublicAccess', { state });
      block.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
      block.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    }
  }

  private allow(role: iam.Role): void {
    const { account, partition, region } = Stack.of(this);
    role.addToPolicy(new iam.PolicyStatement({
      actions: [
        // It tells whether the resource that set it before is in its stack still.
        'cloudformation:DescribeStackResource',
        // These know no resources: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
        ...SETTING_ACTIONS.map((action) => `ec2:${action}`),
        // Of the former key too, which is not known here and may be one of another account. No page says what else Amazon EC2 asks of a default key.
        'kms:DescribeKey',
      ],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:RequestedRegion': region } },
    }));
    role.addToPolicy(new iam.PolicyStatement({
      actions: ['ssm:DeleteParameter', 'ssm:GetParameter', 'ssm:PutParameter'],
      resources: [`arn:${partition}:ssm:${region}:${account}:parameter${RECORD_NAME}`],
    }));
    acknowledge(role, 'The setting belongs to no resource, and neither the former key nor the stack that set it before is known.', ['AwsSolutions-IAM5[Resource::*]']);
    acknowledge(role, 'The policy is for this role alone, and goes with it.', inPacks('IAMNoInlinePolicy'));
  }

  /** Launches would fail under a default key that is deleted. */
  private defaultKeyDeleted(setting: CfnResource): string[] {
    const key = this.encryptionKey.node.defaultChild;
    const deleted = ({ cfnOptions: { deletionPolicy } }: CfnResource) => deletionPolicy === CfnDeletionPolicy.DELETE;
    return deleted(setting) || !CfnResource.isCfnResource(key) || !deleted(key) ? [] : [
      `DefaultKeyDeleted: EBS encryption by default stays when it leaves the stack, and its key ${this.encryptionKey.node.path} does not, so that launches `
      + 'would fail; retain the key, or leave removalPolicy of EbsEncryptionByDefault out',
    ];
  }
}
