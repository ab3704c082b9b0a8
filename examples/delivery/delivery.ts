import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgeFindings } from '../acknowledge-findings';
import { ACKNOWLEDGEMENTS } from './acknowledgements';
import { KeysStack } from './keys-stack';
import { PeopleStack } from './people-stack';
import { PipelineStack } from './pipeline-stack';
import { SiteStack } from './site-stack';
import { WorkloadStack } from './workload-stack';

/** References between accounts need both: put your own in. */
const TOOLING = { account: '123456789012', region: 'us-east-1' };
const WORKLOAD = { account: '210987654321', region: 'us-east-1' };

/** A pipeline that delivers a web site in its own account, and a service in another. */
export function delivery(app: App): void {
  const keys = new KeysStack(app, 'DeliveryKeys', { env: TOOLING });
  const site = new SiteStack(app, 'DeliverySite', { env: TOOLING, keys });
  const workload = new WorkloadStack(app, 'DeliveryWorkload', { env: WORKLOAD, pipelineAccount: TOOLING.account });
  const pipeline = new PipelineStack(app, 'DeliveryPipeline', { env: TOOLING, keys, site, workload });
  new PeopleStack(app, 'DeliveryPeople', { env: TOOLING, keys, site, pipeline });

  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks());
  acknowledgeFindings(app, ACKNOWLEDGEMENTS);
}
