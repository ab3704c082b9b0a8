import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgeFindings } from '../acknowledge-findings';
import { ACKNOWLEDGEMENTS } from './acknowledgements';
import { InstancesStack } from './instances-stack';
import { KeysStack } from './keys-stack';
import { NetworkStack } from './network-stack';
import { PeopleStack } from './people-stack';

/** Instances that Auto Scaling, a fleet and people launch from one launch template: references run from the people to the keys, never back. */
export function autoscalingFleet(app: App): void {
  const keys = new KeysStack(app, 'AutoscalingFleetKeys');
  const network = new NetworkStack(app, 'AutoscalingFleetNetwork', keys);
  const instances = new InstancesStack(app, 'AutoscalingFleetInstances', { keys, network });
  new PeopleStack(app, 'AutoscalingFleetPeople', { keys, instances });

  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks());
  acknowledgeFindings(app, ACKNOWLEDGEMENTS);
}
