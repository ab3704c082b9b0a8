import { WantedParameter } from './wanted-parameter';
import { Refusal } from '../../private/custom-resource/refusal';

/**
 * The errors of AWS whose message may be told: none of them quotes what it was sent. What else goes wrong is told by its name alone,
 * because the message may quote the value, or the response that holds it.
 */
const REASONS: Record<string, (wanted: WantedParameter, message: string) => string> = {
  AccessDenied: ({ roleArn }) => `the function must be able to take on ${roleArn}; look at its trust policy, and at the policies of your organization`,
  AccessDeniedException: ({ roleArn }) => `both halves must let in ${roleArn}: its IAM policy and the key policy; look at policies of your organization as well`,
  DecryptionFailure: () => 'AWS Secrets Manager cannot decrypt the secret; look whether its key is enabled',
  DisabledException: () => 'enable the key, or give another one',
  IncorrectKeyException: ({ value }) => `the ciphertext was made under another key than ${value.Ciphertext?.KeyArn}; give that key to fromCiphertext`,
  InvalidCiphertextException: ({ value, arn }) => 'the ciphertext does not fit; make it with aws kms encrypt '
    + `--key-id ${value.Ciphertext?.KeyArn} --encryption-context PARAMETER_ARN=${arn}`,
  InvalidKeyId: ({ keyArn }, message) => message.includes(':key/') && !message.includes(keyArn)
    ? 'the value is under that key now, and Parameter Store cannot decrypt it; enable the key, or have another value written, with another revision or source'
    : `Parameter Store cannot use the key ${keyArn}; look whether it is enabled, or give another one`,
  KMSInvalidStateException: () => 'look whether the key is enabled and not to be deleted, or give another one',
  NotFoundException: () => 'the key is not there; give one that is',
  ParameterLimitExceeded: () => 'Parameter Store has no room for more standard parameters in this account and Region; delete some, or give tier: ParameterTier.ADVANCED',
  ParameterNotFound: ({ value }) => `the parameter ${value.Parameter?.Name} is not there to be copied; make it before`,
  ParameterMaxVersionLimitExceeded: () => 'the oldest version has a label, and cannot make room for another; move the label to a newer version',
  ResourceNotFoundException: ({ value }) => `the secret ${value.Secret?.SecretId} has no value; write one before it is copied`,
  ThrottlingException: () => 'deploy again when fewer calls are made in this account and Region',
  TooManyUpdates: () => 'the parameter is being changed by somebody else; deploy again',
};

/** What went wrong, for whoever reads the events of the stack: what happened, and what to do. */
export function failureReason(error: unknown, doing: string, wanted: WantedParameter): string {
  const { name, message, code, $metadata } = error as Error & { code?: string; $metadata?: { requestId?: string } };
  const request = $metadata?.requestId ? ` (request ID ${$metadata.requestId})` : '';
  const what = `${doing} the parameter ${wanted.name} failed`;
  if (error instanceof Refusal) {
    return `${what}: ${message}`;
  }
  if (name in REASONS) {
    return `${what}: ${name}: ${message.replace(/\.$/, '')}${request}. To mend it: ${REASONS[name](wanted, message)}`;
  }
  return `${what}: ${[name, code].filter((part) => part !== undefined).join(' ')}${request}. `
    + 'Its message is left out, because it could quote the value';
}
