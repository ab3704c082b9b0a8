import { Stack } from 'aws-cdk-lib';

/** The stack that is deployed, of one that may be nested. */
export function outermost(stack: Stack): Stack {
  return stack.nestedStackParent ? outermost(stack.nestedStackParent) : stack;
}
