import { RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';

/**
 * Properties that provisioned clusters and serverless namespaces of Amazon Redshift have in common, without the ones that could undo the encryption
 * or open the database.
 */
export interface EncryptedRedshiftProps {
  /**
   * The VPC. What COPY, UNLOAD and Amazon Redshift Spectrum read and write goes through it: isolated subnets need a gateway endpoint for Amazon S3.
   */
  readonly vpc: ec2.IVpc;

  /**
   * The subnets. Public ones are refused.
   *
   * @default - isolated subnets where the VPC has enough of them, else private ones with egress
   */
  readonly vpcSubnets?: ec2.SubnetSelection;

  /**
   * The security groups.
   *
   * @default - a new one that lets nobody in
   */
  readonly securityGroups?: ec2.ISecurityGroup[];

  /**
   * The key that data, snapshots, and the statements and results of the Data API are encrypted under, and all else that no other key is given for.
   *
   * Amazon Redshift takes another key in place, and re-encrypts the data under it. A cluster can only be read meanwhile, and must not copy its snapshots to
   * another Region. Snapshots that are there stay under the former key: keep it.
   *
   * @default - a new key, retained when the stack is deleted
   * @see https://docs.aws.amazon.com/redshift/latest/mgmt/changing-cluster-encryption.html
   */
  readonly encryptionKey?: ICustomerManagedKey;

  /**
   * The key of the secret with the password of the administrator. Another key is taken in place.
   *
   * @default - encryptionKey
   */
  readonly adminSecretEncryptionKey?: ICustomerManagedKey;

  /**
   * The port.
   *
   * @default 5439
   */
  readonly port?: number;

  /**
   * The roles that COPY, UNLOAD and other statements can name. They trust `redshift.amazonaws.com`.
   *
   * @default - none
   */
  readonly roles?: iam.IRole[];

  /**
   * Whether connections without TLS are refused, by the parameter `require_ssl`.
   *
   * @default true
   */
  readonly enforceSSL?: boolean;

  /**
   * Parameters. Those that refuse connections without TLS and log the activity of users are added.
   *
   * @default - only these two
   */
  readonly parameters?: { [name: string]: string };

  /**
   * What becomes of the data when it leaves the stack or is replaced.
   *
   * @default RemovalPolicy.SNAPSHOT
   */
  readonly removalPolicy?: RemovalPolicy;
}
