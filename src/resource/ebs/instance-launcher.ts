import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { KmsService } from '../../service/kms-service';

/**
 * Who launches instances by itself, with a service-linked role of the account: the key policy must let that role in, whatever IAM allows.
 *
 * The policy names no role, so that it is accepted before the role exists. The launches fail until it does: the console makes it at first use,
 * otherwise `AWS::IAM::ServiceLinkedRole` or `aws iam create-service-linked-role --aws-service-name ...` does.
 *
 * @example
 * const workers = new EncryptedLaunchTemplate(this, 'Workers', {
 *   rootDevice: { deviceName: '/dev/xvda' },
 *   launchedBy: [InstanceLauncher.autoScaling(), InstanceLauncher.spotInstances()],
 * });
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
export class InstanceLauncher {
  /**
   * Amazon EC2 Auto Scaling, with `AWSServiceRoleForAutoScaling`, which it makes with the first group of the account.
   *
   * Where several launch templates share a key, give all suffixes where the key is made, with `via(KmsService.EC2_AUTO_SCALING, …)`, and none here.
   *
   * @param customSuffixes of further roles that groups name, such as `blue` for `AWSServiceRoleForAutoScaling_blue`; these you make yourself
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html
   */
  public static autoScaling(...customSuffixes: string[]): InstanceLauncher {
    const options = customSuffixes.length > 0 ? { serviceLinkedRoleSuffixes: customSuffixes } : undefined;
    return new InstanceLauncher((key) => key.via(KmsService.EC2_AUTO_SCALING, options));
  }

  /**
   * EC2 Fleet, with `AWSServiceRoleForEC2Fleet`, for fleets of the types `maintain` and `request`; a fleet of the type `instant` is launched by its caller.
   * A fleet that asks for Spot Instances needs `spotInstances()` as well.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-fleet-prerequisites.html
   */
  public static ec2Fleet(): InstanceLauncher {
    return new InstanceLauncher((key) => key.via(KmsService.EC2_FLEET));
  }

  /**
   * Spot Fleet, with `AWSServiceRoleForEC2SpotFleet` and `AWSServiceRoleForEC2Spot`.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-fleet-prerequisites.html
   */
  public static spotFleet(): InstanceLauncher {
    return new InstanceLauncher((key) => {
      key.via(KmsService.EC2_SPOT_FLEET);
      key.via(KmsService.EC2_SPOT);
    });
  }

  /**
   * Spot Instances, with `AWSServiceRoleForEC2Spot`, whoever asks for them: Auto Scaling groups, fleets, or people.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/service-linked-roles-spot-instance-requests.html
   */
  public static spotInstances(): InstanceLauncher {
    return new InstanceLauncher((key) => key.via(KmsService.EC2_SPOT));
  }

  private constructor(
    /** @internal */
    public readonly _letInto: (key: ICustomerManagedKey) => void,
  ) {}
}
