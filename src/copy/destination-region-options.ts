import { IStackSynthesizer } from 'aws-cdk-lib';

/**
 * Options of a stack that is made in another Region for copies.
 */
export interface DestinationRegionOptions {
  /**
   * The alias of the key, with or without `alias/`. It is retained together with the key.
   *
   * @default - the name of the stack
   */
  readonly alias?: string;

  /**
   * The name of the stack.
   *
   * Another name is another stack, with another key: copies that exist stay under the former.
   *
   * @default - the name of the source stack, `-copies-` and the Region
   */
  readonly stackName?: string;

  /**
   * How the stack is deployed. The Region must be bootstrapped for it.
   *
   * @default - as the source stack, or as the app says where the synthesizer of the source stack takes one stack only
   * @see https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html
   */
  readonly synthesizer?: IStackSynthesizer;

  /**
   * Tags of the stack, beside those of the source stack.
   *
   * @default - those of the source stack
   */
  readonly tags?: { [name: string]: string };

  /**
   * Whether the stack is protected against deletion.
   *
   * @default - as the source stack
   */
  readonly terminationProtection?: boolean;
}
