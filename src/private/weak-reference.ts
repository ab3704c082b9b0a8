import { CfnResource, CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** From Region to Region, by an output that is read at deployment: what is referred to never waits for its users. */
export function referWeakly(target?: IConstruct): void {
  if (CfnResource.isCfnResource(target)) {
    CrossStackReferences.of(target).produce(ReferenceStrength.WEAK);
    // AWS CDK refers to what is in a nested stack by an output of that stack's resource in its parent.
    referWeakly(Stack.of(target).nestedStackResource);
  }
}
