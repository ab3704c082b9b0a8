import { Stack, Stage } from 'aws-cdk-lib';
import { Construct } from 'constructs';

/** What a copy has in the stack of its destination: one construct, named by the path of the copy. */
export function inDestination(copy: Construct, stack: Stack): Construct {
  const id = copy.node.scopes.slice(Stage.of(copy)!.node.scopes.length).map(({ node }) => node.id).join('-');
  return stack.node.tryFindChild(id) as Construct | undefined ?? new Construct(stack, id);
}
