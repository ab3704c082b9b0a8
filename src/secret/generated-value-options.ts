/**
 * How the value of a parameter is generated. Other options generate another value.
 */
export interface GeneratedValueOptions {
  /**
   * The number of characters. A standard parameter has room for 4,096, an advanced one for 8,192.
   *
   * @default 32
   */
  readonly length?: number;

  /**
   * Characters that the value does not have. It never has an opening brace, two of which mean something to Parameter Store.
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
   * Whether the value has at least one character of each kind that is not excluded.
   *
   * @default true
   */
  readonly requireEachIncludedType?: boolean;

  /**
   * Any text. Another one generates another value.
   *
   * @default - none
   */
  readonly revision?: string;
}
