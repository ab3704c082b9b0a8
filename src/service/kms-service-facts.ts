/**
 * How sure a fact of the catalogue is.
 */
export enum FactConfidence {
  /** A page of AWS says so. */
  CONFIRMED = 'CONFIRMED',
  /** No page of AWS says so, or says otherwise: the statement takes the safe side. */
  UNKNOWN = 'UNKNOWN',
  /** A page of AWS says that it does not work. */
  UNSUPPORTED = 'UNSUPPORTED',
}

/**
 * The Regions whose `kms:ViaService` value a service sends.
 */
export enum ViaServiceScope {
  /** Only the Region of the key: `s3.eu-west-2.amazonaws.com`. */
  KEY_REGION = 'KEY_REGION',
  /** Any Region: `dynamodb.*.amazonaws.com`. */
  ANY_REGION = 'ANY_REGION',
}

/**
 * What CloudFormation does to a resource whose key changes.
 */
export enum OnKeyChange {
  /** The resource is updated in place. */
  NO_INTERRUPTION = 'NO_INTERRUPTION',
  /** The resource is replaced: its data stays behind in the old one. */
  REPLACEMENT = 'REPLACEMENT',
  /** CloudFormation fails the update. */
  UPDATE_FAILS = 'UPDATE_FAILS',
}

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

/**
 * A service principal that calls AWS KMS by itself, not for a caller.
 *
 * In texts, `{partition}`, `{region}`, `{account}` and `{urlSuffix}` stand for those of the key.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/least-privilege.html
 */
export interface ServicePrincipalFacts {
  /** The service principal, such as `s3.amazonaws.com` or `logs.{region}.{urlSuffix}`. */
  readonly servicePrincipal: string;

  /** The actions of AWS KMS that it calls, `kms:DescribeKey` apart. */
  readonly actions: string[];

  /**
   * Whether it also calls `kms:DescribeKey`, which never carries an encryption context.
   *
   * @default false
   */
  readonly describesKey?: boolean;

  /**
   * Whether it sends `aws:SourceAccount`: confirmed demands it, unknown demands it where it is sent, unsupported leaves it out.
   */
  readonly sourceAccount: FactConfidence;

  /**
   * The `aws:SourceArn` that it is known to send, as a pattern.
   *
   * @default - no condition on `aws:SourceArn`
   */
  readonly sourceArn?: string;

  /**
   * The encryption context that it is known to send: key to ARN pattern.
   *
   * @default - no condition on the encryption context
   */
  readonly encryptionContext?: { [key: string]: string };
}

/**
 * An encryption context that a service sends with its calls.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
 */
export interface EncryptionContextFacts {
  /** The key of the pair, such as `aws:s3:arn`. */
  readonly key: string;

  /** What its value looks like, such as `arn:{partition}:s3:::BUCKET`. */
  readonly value: string;

  /** How sure it is that the service sends it. */
  readonly confidence: FactConfidence;

  /**
   * Whether the service makes the value up when it creates the resource: no key policy can name it before.
   *
   * @default false
   */
  readonly assignedOnCreation?: boolean;
}

/**
 * A CloudFormation resource type that the service encrypts under a key.
 */
export interface EncryptedResourceFacts {
  /** The resource type, such as `AWS::EC2::Volume`. */
  readonly type: string;

  /** The path of the property that names the key, such as `KmsKeyId`. */
  readonly property: string;

  /** What CloudFormation does when the key changes. */
  readonly onKeyChange: OnKeyChange;
}

/**
 * What an AWS service needs of a key.
 */
export interface KmsServiceFacts {
  /** The service as AWS writes it, such as `Amazon S3`. */
  readonly name: string;

  /**
   * The endpoint prefixes of the `kms:ViaService` values that its forward access sessions carry, such as `s3`.
   *
   * @default - the service never calls AWS KMS for a caller
   */
  readonly viaServices?: string[];

  /**
   * The Regions of these values.
   *
   * @default ViaServiceScope.KEY_REGION
   */
  readonly viaServiceScope?: ViaServiceScope;

  /**
   * The actions that callers of the service need on the key, `kms:CreateGrant` apart.
   *
   * @default - none
   */
  readonly useActions?: string[];

  /**
   * Whether the service makes grants on the key for its resources, with the permissions of its caller.
   *
   * @default false
   */
  readonly createsGrants?: boolean;

  /**
   * Its service-linked roles that use the key with their own permissions.
   *
   * @default - none
   */
  readonly serviceLinkedRoles?: ServiceLinkedRoleFacts[];

  /**
   * The service principals that use the key whenever a resource of the service is encrypted under it.
   *
   * @default - none
   */
  readonly servicePrincipals?: ServicePrincipalFacts[];

  /**
   * The service principals that use the key only where they deliver to a resource of the service, such as Amazon S3 to a queue.
   *
   * @default - none
   */
  readonly senders?: ServicePrincipalFacts[];

  /**
   * What the CloudFormation execution role calls on the key when it creates or changes an encrypted resource of the service.
   *
   * @default - nothing
   */
  readonly deployActions?: string[];

  /**
   * Further actions of the execution role that take effect in an IAM policy only, never in a key policy.
   *
   * @default - none
   */
  readonly identityOnlyActions?: string[];

  /**
   * The encryption contexts that the service sends, the one that a key policy can be narrowed by first.
   *
   * @default - none
   */
  readonly encryptionContexts?: EncryptionContextFacts[];

  /**
   * The CloudFormation resource types that take a key.
   *
   * @default - none
   */
  readonly resources?: EncryptedResourceFacts[];

  /**
   * What no page of AWS confirms and the statements therefore take the safe side on, a sentence each.
   *
   * @default - nothing
   */
  readonly unconfirmed?: string[];

  /** The pages that the facts come from. */
  readonly sources: string[];
}
