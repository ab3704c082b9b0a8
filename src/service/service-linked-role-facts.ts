/**
 * A service-linked role that uses keys with its own permissions.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html
 */
export interface ServiceLinkedRoleFacts {
  /** The service principal in the role's path, such as `autoscaling.amazonaws.com`. */
  readonly servicePrincipal: string;

  /** The role's name without a custom suffix, such as `AWSServiceRoleForAutoScaling`. */
  readonly roleName: string;

  /** The actions of AWS KMS that the role calls, `kms:CreateGrant` apart. */
  readonly actions: string[];

  /**
   * Whether the role makes grants for the resources of the service.
   *
   * @default false
   */
  readonly createsGrants?: boolean;

  /**
   * Whether an account can have several of these roles, told apart by a custom suffix.
   *
   * @default false
   */
  readonly customSuffix?: boolean;
}
