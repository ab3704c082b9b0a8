import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { ACKNOWLEDGEMENTS } from './acknowledgements';
import { ConsumersStack } from './consumers-stack';
import { DataStack } from './data-stack';
import { KeysStack } from './keys-stack';
import { NetworkStack } from './network-stack';
import { acknowledgeFindings } from '../acknowledge-findings';

/** Keys, the network, what is encrypted under the keys, and who uses it: a stack each, and references run one way. */
export function dataPlatform(app: App): void {
  const keys = new KeysStack(app, 'DataPlatformKeys');
  const network = new NetworkStack(app, 'DataPlatformNetwork', keys);
  const data = new DataStack(app, 'DataPlatformData', keys, network);
  new ConsumersStack(app, 'DataPlatformConsumers', keys, network, data);

  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks());
  acknowledgeFindings(app, ACKNOWLEDGEMENTS);
}
