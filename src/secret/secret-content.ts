import { SecretValue, Stack } from 'aws-cdk-lib';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { IConstruct } from 'constructs';
import { assertGeneratable } from './generated-secret';
import { GeneratedSecretOptions } from './generated-secret-options';
import { assertRefers } from './secret-reference';
import { KmsPatternsError } from '../private/kms-patterns-error';

/**
 * What `secretsmanager.Secret` takes for the value of a secret.
 *
 * @internal
 */
export type SecretValueProps = Pick<secretsmanager.SecretProps, 'generateSecretString' | 'secretObjectValue'>;

/**
 * What a secret holds when it is made. The value itself is in no template: it is generated, or it is referred to.
 *
 * What people or other systems give you is put into the secret after it was made, with `aws secretsmanager put-secret-value`. It stays while the
 * content given here stays.
 *
 * @example
 * new EncryptedSecret(this, 'Login', { content: SecretContent.generatedField('password', { username: 'billing' }, { passwordLength: 40 }) });
 */
export class SecretContent {
  /**
   * A text that AWS Secrets Manager generates.
   */
  public static generated(options: GeneratedSecretOptions = {}): SecretContent {
    return new SecretContent((secret) => {
      assertGeneratable(secret, options);
      return { generateSecretString: { ...options } };
    });
  }

  /**
   * A JSON object with a field that AWS Secrets Manager generates, such as the password of a database user.
   *
   * @param field the field that is generated
   * @param otherFields what else is in the object. It is in the template: nothing of it is secret
   */
  public static generatedField(field: string, otherFields: { [field: string]: string }, options: GeneratedSecretOptions = {}): SecretContent {
    return new SecretContent((secret) => {
      assertGeneratable(secret, options);
      assertFields(secret, [field], otherFields);
      return { generateSecretString: { ...options, generateStringKey: field, secretStringTemplate: Stack.of(secret).toJsonString(otherFields) } };
    });
  }

  /**
   * A JSON object of values that are known to AWS only: fields of other secrets, which CloudFormation copies when it deploys the secret,
   * and attributes of resources, such as `accessKey.secretAccessKey`. A value that is in the template in plain text is refused.
   *
   * @param references fields that refer to other secrets, or to attributes of resources
   * @param otherFields what else is in the object. It is in the template: nothing of it is secret
   */
  public static fromReferences(references: { [field: string]: SecretValue }, otherFields: { [field: string]: string } = {}): SecretContent {
    return new SecretContent((secret) => {
      assertFields(secret, Object.keys(references), otherFields);
      Object.entries(references).forEach(([field, value]) => assertRefers(secret, field, value));
      const others = Object.entries(otherFields).map(([field, text]) => [field, SecretValue.unsafePlainText(text)]);
      return { secretObjectValue: { ...references, ...Object.fromEntries(others) } };
    });
  }

  private constructor(
    /** @internal */
    public readonly _bind: (secret: IConstruct) => SecretValueProps,
  ) {}
}

/** What CloudFormation gets for it. */
export function secretStrings({ generateSecretString, secretObjectValue }: SecretValueProps): object {
  return generateSecretString ? { generateSecretString } : {
    secretString: JSON.stringify(Object.fromEntries(Object.entries(secretObjectValue ?? {}).map(([field, value]) => [field, value.unsafeUnwrap()]))),
  };
}

/** Each field has a name, and only one value. */
function assertFields(secret: IConstruct, fields: string[], otherFields: { [field: string]: string }): void {
  const twice = fields.find((field) => field in otherFields);
  const problem = fields.length === 0 ? 'none'
    : fields.includes('') ? '\'\''
      : twice !== undefined ? `'${twice}', which is among the other fields as well` : undefined;
  if (problem) {
    throw new KmsPatternsError('SecretFieldInvalid',
      `the object of a secret has fields with names, each with one value, given: ${problem}; write a field such as 'password'`, secret);
  }
}
