import { FactConfidence } from './fact-confidence';

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
   * What it calls only where the resource lets it write, too.
   *
   * @default - nothing
   */
  readonly writeActions?: string[];

  /**
   * The operations of the grants that it makes on the key by itself.
   *
   * @default - it makes no grants by itself
   */
  readonly grantOperations?: string[];

  /**
   * The global name under which L2s let a Regional service principal in.
   *
   * @default - the name of the service principal
   */
  readonly regionalOf?: string;

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
   * The `aws:SourceArn` that it is known to send, as a pattern; `{account}` stands for the source account.
   *
   * @default - no condition on `aws:SourceArn`
   */
  readonly sourceArn?: string;

  /**
   * The encryption context that it is known to send: key to pattern.
   *
   * @default - no condition on the encryption context
   */
  readonly encryptionContext?: { [key: string]: string };
}
