import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';

/**
 * Properties of a customer managed key.
 */
export interface CustomerManagedKeyProps {
  /**
   * The alias, with or without `alias/`. It is retained and deleted together with the key.
   *
   * Another name replaces the alias, not the key.
   *
   * @default - no alias
   */
  readonly alias?: string;

  /**
   * What the key is for, up to 8192 characters.
   *
   * @default - no description
   */
  readonly description?: string;

  /**
   * Who administers the key: roles and users of its account that exist, never groups.
   *
   * The CloudFormation execution role is added, because it must be able to change the key again.
   * Administration is not use: administrators cannot encrypt or decrypt.
   *
   * @default - whoever the IAM policies of the account allow
   */
  readonly administrators?: iam.IPrincipal[];

  /**
   * Which of the administrators may change the key policy, and thereby give use to themselves. Needs `administrators`.
   *
   * @default - all administrators
   */
  readonly policyAdministrators?: iam.IPrincipal[];

  /**
   * The role with which CloudFormation deploys the key.
   *
   * @default - the execution role of the stack's synthesizer
   */
  readonly executionRole?: iam.IPrincipal;

  /**
   * Whether AWS KMS makes new key material by itself. Nothing is re-encrypted, and the key keeps its ARN.
   *
   * The first and the second rotation each add 1 USD a month to the price of the key.
   *
   * @default true for symmetric encryption keys, and not possible for others
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
   */
  readonly enableKeyRotation?: boolean;

  /**
   * The time between two rotations, 90 to 2560 days.
   *
   * @default Duration.days(365)
   */
  readonly rotationPeriod?: Duration;

  /**
   * Whether the key can be used. Disabled, it still costs the same.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The kind of key. AWS KMS cannot change it: CloudFormation fails the update.
   *
   * @default KeySpec.SYMMETRIC_DEFAULT
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html
   */
  readonly keySpec?: kms.KeySpec;

  /**
   * What the key is for. AWS KMS cannot change it: CloudFormation fails the update.
   *
   * @default KeyUsage.ENCRYPT_DECRYPT
   */
  readonly keyUsage?: kms.KeyUsage;

  /**
   * How long a deleted key can be brought back, 7 to 30 days.
   *
   * @default Duration.days(30)
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
   */
  readonly pendingWindow?: Duration;

  /**
   * What becomes of the key and its alias when they leave the stack. What is encrypted under a deleted key is lost.
   *
   * @default RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE: both are retained, except by the rollback of the deployment that made them,
   * after which the alias would be taken
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * Denies everybody to make grants, except through AWS services for their resources.
   *
   * @default true
   * @see https://docs.aws.amazon.com/controltower/latest/controlreference/kms-rules.html
   */
  readonly denyDirectGrants?: boolean;

  /**
   * Denies everybody to change the key policy without the lock-out check of AWS KMS.
   *
   * @default false
   */
  readonly denyPolicyLockoutBypass?: boolean;
}
