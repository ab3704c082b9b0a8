/**
 * How AWS Secrets Manager generates a value. Other options generate another value, as a new version of the secret.
 *
 * @see https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
 */
export interface GeneratedSecretOptions {
  /**
   * The number of characters, 1 to 4096.
   *
   * @default 32
   */
  readonly passwordLength?: number;

  /**
   * Characters that the value does not have.
   *
   * @default - none
   */
  readonly excludeCharacters?: string;

  /**
   * Whether the value has no lowercase letters.
   *
   * @default false
   */
  readonly excludeLowercase?: boolean;

  /**
   * Whether the value has no uppercase letters.
   *
   * @default false
   */
  readonly excludeUppercase?: boolean;

  /**
   * Whether the value has no numbers.
   *
   * @default false
   */
  readonly excludeNumbers?: boolean;

  /**
   * Whether the value has no punctuation.
   *
   * @default false
   */
  readonly excludePunctuation?: boolean;

  /**
   * Whether the value may have spaces.
   *
   * @default false
   */
  readonly includeSpace?: boolean;

  /**
   * Whether the value has at least one character of each kind that is not excluded.
   *
   * @default true
   */
  readonly requireEachIncludedType?: boolean;
}
