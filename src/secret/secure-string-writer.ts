import { Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { SecureStringFunction } from './secure-string-function';
import { HandlerFunction } from '../private/custom-resource/handler-function';

const ID = 'SecureStringWriter';

/**
 * The function that writes the SecureString parameters of a stack.
 *
 * Its own role can write its log and nothing else: for each parameter it takes on the role of that parameter.
 */
export class SecureStringWriter extends Construct {
  /** The one of the stack that a construct is in. */
  public static of(scope: IConstruct): SecureStringWriter {
    const stack = Stack.of(scope);
    return stack.node.tryFindChild(ID) as SecureStringWriter | undefined ?? new SecureStringWriter(stack);
  }

  public readonly handler: HandlerFunction;

  private constructor(stack: Stack) {
    super(stack, ID);
    this.handler = new HandlerFunction(this, SecureStringFunction, 'Writes the SecureString parameters of a stack',
      'The log names parameters and what became of them, and holds no value.');
  }
}
