import { DecryptCommand } from '@aws-sdk/client-kms';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { GetParameterCommand } from '@aws-sdk/client-ssm';
import { generatedValue } from './generated-value';
import { RoleSession } from './role-session';
import { CiphertextSource, ParameterToCopy, SecretSource, WantedParameter } from './wanted-parameter';
import { patiently } from '../../private/custom-resource/patience';
import { Refusal } from '../../private/custom-resource/refusal';

/** The value of a parameter from where its template says that it comes. */
export async function newValue(
  wanted: WantedParameter, session: RoleSession, seconds: readonly number[], signal: AbortSignal,
): Promise<string> {
  const { Parameter, Generated, Secret, Ciphertext } = wanted.value;
  return Generated ? generatedValue(Generated) : patiently(seconds, signal, () => Parameter ? fromParameter(Parameter, session, signal)
    : Secret ? fromSecret(Secret, session, signal) : fromCiphertext(Ciphertext!, wanted, session, signal));
}

async function fromParameter({ Name }: ParameterToCopy, { ssmHere }: RoleSession, abortSignal: AbortSignal): Promise<string> {
  const { Parameter } = await ssmHere.send(new GetParameterCommand({ Name, WithDecryption: true }), { abortSignal });
  return Parameter!.Value!;
}

async function fromSecret({ SecretId, Field }: SecretSource, { secretsManager }: RoleSession, abortSignal: AbortSignal): Promise<string> {
  const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId }), { abortSignal });
  if (SecretString === undefined) {
    throw new Refusal(`the secret ${SecretId} holds bytes, and a parameter holds text; give a secret with a SecretString`);
  }
  return Field === undefined ? SecretString : fieldOf(SecretString, SecretId, Field);
}

function fieldOf(text: string, secretId: string, field: string): string {
  let secret: unknown;
  try {
    secret = JSON.parse(text);
  } catch {
    // The error of JSON.parse quotes the text.
    throw new Refusal(`the secret ${secretId} is no JSON, and has no field '${field}'; leave the field out`);
  }
  const value = typeof secret === 'object' && secret !== null && Object.hasOwn(secret, field) ? (secret as Record<string, unknown>)[field] : undefined;
  if (typeof value !== 'string') {
    throw new Refusal(value === undefined
      ? `the secret ${secretId} has no field '${field}'; give the name of one that it has`
      : `the field '${field}' of the secret ${secretId} is no text; write it into the secret as a JSON string`);
  }
  return value;
}

/** Parameter Store takes no ciphertext. AWS KMS decrypts what it encrypts directly, 4,096 bytes at most, for whoever names the same context. */
async function fromCiphertext(
  { Blob, KeyArn }: CiphertextSource, { arn }: WantedParameter, { kms }: RoleSession, abortSignal: AbortSignal,
): Promise<string> {
  const { Plaintext } = await kms.send(new DecryptCommand({
    CiphertextBlob: Buffer.from(Blob, 'base64'), KeyId: KeyArn, EncryptionContext: { PARAMETER_ARN: arn },
  }), { abortSignal });
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Plaintext);
  } catch {
    throw new Refusal('what is encrypted in the ciphertext is no text in UTF-8, and a parameter holds text; encrypt it as Base64 text');
  }
}
