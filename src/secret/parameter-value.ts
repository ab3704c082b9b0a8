import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { CiphertextSource } from './ciphertext-source';
import { GeneratedSource } from './generated-source';
import { GeneratedValueOptions } from './generated-value-options';
import { ParameterSource } from './parameter-source';
import { SecretSource } from './secret-source';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';

/**
 * Where the value of a SecureString parameter comes from. The value itself is in no template, no event, no log and no state of CloudFormation.
 *
 * @example
 * new SecureStringParameter(this, 'SessionKey', { parameterName: '/shop/session-key', value: ParameterValue.generated({ length: 64 }) });
 */
export class ParameterValue {
  /**
   * A value that is generated when the parameter is made, and that nobody knows before. It stays while the options stay, also under another
   * key or name.
   */
  public static generated(options: GeneratedValueOptions = {}): ParameterValue {
    return new ParameterValue(new GeneratedSource(options));
  }

  /**
   * A copy of a secret, made when the parameter is deployed. It does not follow the secret: copy again with another `revision`.
   *
   * @param field the field of a secret that is a JSON object; the whole secret by default
   * @param revision any text; another one copies again
   */
  public static fromSecret(secret: secretsmanager.ISecret, field?: string, revision?: string): ParameterValue {
    return new ParameterValue(new SecretSource(secret, field, revision));
  }

  /**
   * A value that you encrypted with AWS KMS before, so that its ciphertext can be in your sources. Only this parameter can be made of it, by
   * its encryption context:
   *
   * `aws kms encrypt --key-id KEY --plaintext fileb://FILE --encryption-context PARAMETER_ARN=arn:aws:ssm:REGION:ACCOUNT:parameter/NAME
   * --query CiphertextBlob --output text`
   *
   * AWS KMS encrypts 4,096 bytes at most, also for advanced parameters.
   *
   * @param ciphertext in Base64
   * @param key the key that it was encrypted under, which must be there before; the key of the parameter by default
   */
  public static fromCiphertext(ciphertext: string, key?: ICustomerManagedKey): ParameterValue {
    return new ParameterValue(new CiphertextSource(ciphertext, key));
  }

  private constructor(
    /** @internal */
    public readonly _source: ParameterSource,
  ) {}
}
