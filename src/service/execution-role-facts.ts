/**
 * What roles that a service assumes do with the key by themselves, as Step Functions' execution roles do.
 *
 * Their calls carry no `kms:ViaService`: the encryption context is the fence instead.
 * In texts, `{partition}`, `{region}` and `{account}` stand for those of the key.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/encryption-at-rest.html
 */
export interface ExecutionRoleFacts {
  /** The service principal that assumes the roles, such as `states.amazonaws.com`. */
  readonly assumedBy: string;

  /** The actions of AWS KMS that the roles call. */
  readonly actions: string[];

  /** The key of the encryption context that they send, such as `aws:states:stateMachineArn`. */
  readonly contextKey: string;

  /** The pattern of its values, such as `arn:{partition}:states:{region}:{account}:stateMachine:*`. */
  readonly contextPattern: string;
}
