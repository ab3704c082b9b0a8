import { ExecutionRoleFacts } from './execution-role-facts';
import { FactConfidence } from './fact-confidence';
import { ServiceLinkedRoleFacts } from './service-linked-role-facts';
import { ServicePrincipalFacts } from './service-principal-facts';

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

  /**
   * Whether the property names keys of other Regions, where copies of the resource are.
   *
   * @default false
   */
  readonly ofCopies?: boolean;
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
   * Further prefixes that the deploy actions can come through, such as `cloudformation`.
   *
   * @default - none
   */
  readonly deployViaServices?: string[];

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
   * The roles of yours that the service assumes and that use the key by themselves.
   *
   * @default - none
   */
  readonly executionRoles?: ExecutionRoleFacts[];

  /**
   * The service principals that use the key whenever a resource of the service is encrypted under it.
   *
   * @default - none
   */
  readonly servicePrincipals?: ServicePrincipalFacts[];

  /**
   * The service principals that use the key only where they are wired to a resource of the service, such as Amazon S3 that delivers to a queue.
   *
   * @default - none
   */
  readonly senders?: ServicePrincipalFacts[];

  /**
   * What the CloudFormation execution role calls on the key when it creates, changes or deletes an encrypted resource of the service.
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
