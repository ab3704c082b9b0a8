import { PrincipalMatch } from './principal-match';

/**
 * How a key is handed to a service.
 */
export interface ViaServiceOptions {
  /**
   * Narrows the use of the key to encryption contexts: the literal values, `*` allowed, of the service's context key,
   * such as `arn:aws:s3:::invoices` and `arn:aws:s3:::invoices/*` for Amazon S3.
   *
   * @default - any encryption context of the service
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
   */
  readonly contexts?: string[];

  /**
   * Further Regions whose service uses this key, such as the other side of a snapshot copy.
   *
   * @default - only the Region of the key
   */
  readonly regions?: string[];

  /**
   * Narrows which principals of the account may use the key through the service.
   *
   * @default - whoever the account's IAM policies allow
   */
  readonly useOnlyBy?: PrincipalMatch;

  /**
   * The custom suffixes of the service-linked roles to let in beside the one without suffix, for services that have them.
   *
   * @default - only the role without suffix
   * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/autoscaling-service-linked-role.html
   */
  readonly serviceLinkedRoleSuffixes?: string[];

  /**
   * Further accounts whose resources the service acts for when it uses the key by itself, such as those of the other replicas
   * of a multi-account global table.
   *
   * @default - only the account of the key
   */
  readonly sourceAccounts?: string[];
}
