import { Token } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { ValueSource } from './handler/wanted-parameter';
import { ParameterOfValue, ParameterSource } from './parameter-source';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** AWS KMS takes no longer ciphertext; one of its 4,096 bytes is shorter. */
const LONGEST_CIPHERTEXT = 6144;

/** A value that the function decrypts. */
export class CiphertextSource implements ParameterSource {
  constructor(private readonly ciphertext: string, private readonly key?: ICustomerManagedKey) {}

  public directKey({ construct, givenKey }: ParameterOfValue): ICustomerManagedKey {
    const key = this.key ?? givenKey;
    if (!key) {
      throw new KmsPatternsError('CiphertextWithoutKey',
        'a ciphertext was made under a key that was there before, given: no key; give it as encryptionKey, or to fromCiphertext', construct);
    }
    return key;
  }

  public bind(parameter: ParameterOfValue, role: iam.IRole): ValueSource {
    const key = this.directKey(parameter);
    this.assertCiphertext(parameter.construct);
    // Both halves, and for this parameter only: Parameter Store takes no ciphertext, so that the role decrypts without a service between.
    key.grantDecrypt(new iam.PrincipalWithConditions(role, { StringEquals: { 'kms:EncryptionContext:PARAMETER_ARN': parameter.arn } }));
    return { Ciphertext: { Blob: this.ciphertext, KeyArn: key.keyArn } };
  }

  private assertCiphertext(construct: IConstruct): void {
    if (Token.isUnresolved(this.ciphertext)) {
      return;
    }
    const bytes = Buffer.from(this.ciphertext, 'base64');
    const problem = bytes.toString('base64') !== this.ciphertext || bytes.length === 0 ? 'text that is no Base64, or has line breaks'
      : bytes.length > LONGEST_CIPHERTEXT ? `${bytes.length} bytes, which are more than the 4,096 that AWS KMS encrypts directly` : undefined;
    if (problem) {
      throw new KmsPatternsError('CiphertextInvalid',
        `fromCiphertext takes what aws kms encrypt --query CiphertextBlob --output text prints, given: ${problem}; write that`, construct);
    }
  }
}
