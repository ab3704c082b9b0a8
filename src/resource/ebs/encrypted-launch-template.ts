import { Aspects, Lazy, Tag, Tags } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { EncryptedLaunchTemplateProps } from './encrypted-launch-template-props';
import { assertRootDeviceOf } from './image-root-device';
import { InstanceLauncher } from './instance-launcher';
import { devicesAreUnder, launchBlockDevices } from './launch-block-devices';
import { grantLaunch } from './launch-grant';
import { snapshotKeyOf } from './snapshot-key';
import { CustomerManagedKey } from '../../key/customer-managed-key';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { assertKeyOfRegion } from '../../key/key-region';
import { reachableCaller } from '../../private/reachable-caller';
import { templateProperties } from '../../private/template-properties';
import { KmsService } from '../../service/kms-service';

/**
 * A launch template for instances whose volumes are all encrypted under a key that you own, with IMDSv2 required.
 *
 * Amazon EBS uses the key with the permissions of whoever launches. Auto Scaling groups, fleets and Spot Instances are launched by service-linked
 * roles, whose IAM policies cannot be changed: the key policy must let them in, so say with `launchedBy` who they are. Without that each instance is
 * terminated at once, with `Client.InternalError: Client error on launch`; groups and fleets of the app that were forgotten fail at synth.
 * People, and fleets of the type `instant`, launch with the permissions of their caller: `grantLaunch`.
 *
 * The construct can take the place of a `new ec2.LaunchTemplate` with the same id: logical ids stay, nothing is replaced, and the template gets
 * a version. Instances that run keep their volumes. Give `launchTemplate` to an Auto Scaling group.
 *
 * @example
 * declare const vpc: ec2.Vpc;
 * const workers = new EncryptedLaunchTemplate(this, 'Workers', {
 *   machineImage: ec2.MachineImage.latestAmazonLinux2023(),
 *   instanceType: new ec2.InstanceType('m7i.large'),
 *   rootDevice: { deviceName: '/dev/xvda', size: Size.gibibytes(16) },
 *   launchedBy: [InstanceLauncher.autoScaling()],
 * });
 * new autoscaling.AutoScalingGroup(this, 'Group', { vpc, launchTemplate: workers.launchTemplate });
 *
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html
 */
@propertyInjectable
export class EncryptedLaunchTemplate extends Construct {
  /** The id by which property injectors find this class. */
  public static readonly PROPERTY_INJECTION_ID = 'cdk-kms-patterns.EncryptedLaunchTemplate';

  /** The launch template itself. */
  public readonly launchTemplate: ec2.LaunchTemplate;
  /** The key that all volumes are encrypted under. */
  public readonly encryptionKey: ICustomerManagedKey;

  private readonly keys: kms.IKey[];

  constructor(scope: Construct, id: string, props: EncryptedLaunchTemplateProps) {
    super(scope, id);
    const { rootDevice, blockDevices, encryptionKey, launchedBy = [], snapshotKeys = [], ...template } = props;
    assertRootDeviceOf(this, rootDevice.deviceName, template.machineImage);
    this.encryptionKey = encryptionKey ?? new CustomerManagedKey(this, 'Key', { description: `Encrypts ${this.node.path}` });
    assertKeyOfRegion(this, this.encryptionKey);
    this.keys = [this.encryptionKey.via(KmsService.EBS), ...snapshotKeys.map((key) => snapshotKeyOf(this, key))];
    this.letIn([...launchedBy, ...template.spotOptions ? [InstanceLauncher.spotInstances()] : []], [this.encryptionKey, ...snapshotKeys]);
    this.launchTemplate = new ec2.LaunchTemplate(this, 'Default', {
      ...template,
      httpTokens: template.httpTokens ?? ec2.LaunchTemplateHttpTokens.REQUIRED,
      blockDevices: launchBlockDevices(this, [rootDevice, ...blockDevices ?? []], this.keys[0]),
    });
    Tags.of(this.launchTemplate).add('Name', Lazy.string({ produce: () => this.nameTag() }));
    this.node.addValidation({ validate: () => this.encryptionUndone(rootDevice.deviceName) });
  }

  /**
   * Lets the grantee launch instances from this launch template, in any subnet, with the grants on the key that Amazon EBS makes for their volumes.
   * What the template says cannot be said otherwise at the launch, and no volume is launched without encryption.
   *
   * A fleet of the type `instant` needs `ec2:CreateFleet` as well.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/use-launch-templates-to-control-launching-instances.html
   */
  public grantLaunch(grantee: iam.IGrantable): iam.Grant {
    const caller = reachableCaller(this, { service: 'Amazon EC2', resource: 'launch template' }, grantee, ['ec2:RunInstances', 'kms:CreateGrant']);
    return grantLaunch(this.launchTemplate, caller, this.keys);
  }

  private letIn(launchers: InstanceLauncher[], keys: ICustomerManagedKey[]): void {
    launchers.forEach((launcher) => keys.forEach((key) => launcher._letInto(key)));
  }

  /** `ec2.LaunchTemplate` calls what it launches by its path, here with `Default` at the end, whatever tags there are above it. */
  private nameTag(): string {
    const given = Aspects.of(this).all.filter((aspect): aspect is Tag => aspect instanceof Tag && aspect.key === 'Name');
    return given.at(-1)?.value ?? this.node.path;
  }

  /** Property injectors, aspects and mixins reach the launch template inside. */
  private encryptionUndone(rootDeviceName: string): string[] {
    const { LaunchTemplateData } = templateProperties(this.launchTemplate.node.defaultChild as ec2.CfnLaunchTemplate);
    return devicesAreUnder(this, this.keys[0], rootDeviceName, LaunchTemplateData?.BlockDeviceMappings) ? [] : [
      'EncryptionUndone: a property injector, an aspect or a mixin changed blockDevices of the launch template inside; '
      + 'leave this launch template out of it, or give what you want to EncryptedLaunchTemplate',
    ];
  }
}
