import { CfnResource, CrossStackReferences, ReferenceStrength } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** From Region to Region, by an output that is read at deployment: what is referred to never waits for its users. */
export function referWeakly(target?: IConstruct): void {
  if (CfnResource.isCfnResource(target)) {
    CrossStackReferences.of(target).produce(ReferenceStrength.WEAK);
  }
}
