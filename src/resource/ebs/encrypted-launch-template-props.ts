import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { EncryptedBlockDevice } from './encrypted-block-device';
import { InstanceLauncher } from './instance-launcher';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';

/**
 * Properties of an encrypted launch template: those of `ec2.LaunchTemplate`, with block devices that cannot be launched without encryption.
 */
export interface EncryptedLaunchTemplateProps {
  /**
   * The root device. Its name is that of the AMI, which is not known before deployment: under another name the root volume is launched
   * as the AMI says, encrypted by the default of the account or not at all. Amazon Linux has `/dev/xvda`; of other AMIs
   * `aws ec2 describe-images --query 'Images[].RootDeviceName'` tells.
   */
  readonly rootDevice: EncryptedBlockDevice;

  /**
   * Further devices. Name those that the AMI has beside the root device as well: they are launched as the AMI says otherwise, under the key of
   * `EbsEncryptionByDefault` where the account has that.
   *
   * @default - the root device alone
   */
  readonly blockDevices?: EncryptedBlockDevice[];

  /**
   * The key that all volumes are encrypted under. Another key is for instances launched from then on.
   *
   * @default - a new key, retained when the stack is deleted
   */
  readonly encryptionKey?: ICustomerManagedKey;

  /**
   * Who launches by itself, with a service-linked role: the key policies let it in. Spot Instances are let in where `spotOptions` ask for them.
   *
   * @default - nobody: people and roles launch, with `grantLaunch`
   */
  readonly launchedBy?: InstanceLauncher[];

  /**
   * The keys that the snapshots of the AMI and of the block devices are encrypted under, where they are other ones than `encryptionKey`.
   * Whoever launches needs them as well, so that they let in the same.
   *
   * @default - the snapshots are encrypted under `encryptionKey`, or not at all
   */
  readonly snapshotKeys?: ICustomerManagedKey[];

  /**
   * The name. Another one replaces the launch template.
   *
   * @default - a generated name
   */
  readonly launchTemplateName?: string;

  /**
   * What is said of the first version, in 255 characters.
   *
   * @default - nothing
   */
  readonly versionDescription?: string;

  /**
   * The type of the instances. Auto Scaling groups need it.
   *
   * @default - whoever launches says
   */
  readonly instanceType?: ec2.InstanceType;

  /**
   * The AMI. Auto Scaling groups need it.
   *
   * @default - whoever launches says
   */
  readonly machineImage?: ec2.IMachineImage;

  /**
   * What runs at the first start.
   *
   * @default - what the AMI says
   */
  readonly userData?: ec2.UserData;

  /**
   * The role of the instances, where no `instanceProfile` is given.
   *
   * @default - no role
   */
  readonly role?: iam.IRole;

  /**
   * The instance profile, where no `role` is given.
   *
   * @default - one with the role
   */
  readonly instanceProfile?: iam.IInstanceProfile;

  /**
   * The security group.
   *
   * @default - whoever launches says
   */
  readonly securityGroup?: ec2.ISecurityGroup;

  /**
   * Whether instances get a public IPv4 address.
   *
   * @default - what the subnet says
   */
  readonly associatePublicIpAddress?: boolean;

  /**
   * How long CPU credits of burstable instances last.
   *
   * @default - what the type says
   */
  readonly cpuCredits?: ec2.CpuCredits;

  /**
   * Whether instances are protected from termination by the API.
   *
   * @default false
   */
  readonly disableApiTermination?: boolean;

  /**
   * Whether instances have bandwidth of their own for Amazon EBS. Types of the current generations always have it, others may cost more.
   *
   * @default - what the type says
   */
  readonly ebsOptimized?: boolean;

  /**
   * Whether instances can run enclaves of AWS Nitro.
   *
   * @default false
   */
  readonly nitroEnclaveEnabled?: boolean;

  /**
   * Whether instances can hibernate: what is in their memory is then kept on the root volume, under the key.
   *
   * @default false
   */
  readonly hibernationConfigured?: boolean;

  /**
   * What a shutdown from within does.
   *
   * @default InstanceInitiatedShutdownBehavior.STOP
   */
  readonly instanceInitiatedShutdownBehavior?: ec2.InstanceInitiatedShutdownBehavior;

  /**
   * Makes all instances Spot Instances, and lets their service-linked role into the key policies.
   *
   * @default - On-Demand Instances, unless whoever launches asks for others
   */
  readonly spotOptions?: ec2.LaunchTemplateSpotOptions;

  /**
   * The key pair for SSH.
   *
   * @default - none
   */
  readonly keyPair?: ec2.IKeyPair;

  /**
   * Whether Amazon CloudWatch gets metrics each minute, which costs for each instance.
   *
   * @default false
   */
  readonly detailedMonitoring?: boolean;

  /**
   * Whether the instance metadata service demands a session token, as IMDSv2 does.
   *
   * @default LaunchTemplateHttpTokens.REQUIRED
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
   */
  readonly httpTokens?: ec2.LaunchTemplateHttpTokens;

  /**
   * How many hops an answer of the instance metadata service lives: containers need 2.
   *
   * @default - what the AMI and the account say, otherwise 1
   */
  readonly httpPutResponseHopLimit?: number;

  /**
   * Whether the instance metadata service answers at all.
   *
   * @default true
   */
  readonly httpEndpoint?: boolean;

  /**
   * Whether the instance metadata service answers over IPv6 as well.
   *
   * @default false
   */
  readonly httpProtocolIpv6?: boolean;

  /**
   * Whether the instance metadata has the tags of the instance.
   *
   * @default false
   */
  readonly instanceMetadataTags?: boolean;

  /**
   * The placement group.
   *
   * @default - none
   */
  readonly placementGroup?: ec2.IPlacementGroupRef;
}
