import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/**
 * What a replica of a multi-Region key has of its own. Its key material, kind and rotation are those of the primary key.
 */
export interface MultiRegionReplicaKeyOptions {
  /**
   * The alias in the replica's Region, with or without `alias/`. It may be that of the primary key: aliases belong to a Region.
   *
   * @default - no alias
   */
  readonly alias?: string;

  /**
   * What the replica is for, up to 8192 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Who administers the replica: roles and users of its account that exist, never groups.
   *
   * The CloudFormation execution role of the replica's stack is added.
   *
   * @default - those who administer the primary key
   */
  readonly administrators?: iam.IPrincipal[];

  /**
   * Which of the administrators may change the key policy of the replica.
   *
   * @default - those of the primary key, or all `administrators` where these are given
   */
  readonly policyAdministrators?: iam.IPrincipal[];

  /**
   * The role with which CloudFormation deploys the replica. The policy of the primary key lets it, and nobody else, make this replica.
   *
   * @default - the execution role of the stack's synthesizer
   */
  readonly executionRole?: iam.IPrincipal;

  /**
   * Whether the replica can be used. The primary key and other replicas can, whatever is said here.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * How long a deleted replica can be brought back, 7 to 30 days. Until then, its Region cannot have another replica of the key.
   *
   * @default Duration.days(7) where only a rollback deletes the replica, which nothing is encrypted under then, and Duration.days(30) otherwise
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-mrks.html
   */
  readonly pendingWindow?: Duration;

  /**
   * What becomes of the replica and its alias when they leave the stack. What was encrypted under a deleted replica,
   * the primary key and other replicas decrypt.
   *
   * @default - that of the primary key
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Denies everybody to make grants, except through AWS services for their resources.
   *
   * @default - as with the primary key
   */
  readonly denyDirectGrants?: boolean;

  /**
   * Denies everybody to change the key policy without the lock-out check of AWS KMS.
   *
   * @default - as with the primary key
   */
  readonly denyPolicyLockoutBypass?: boolean;
}
