import { type App, type Environment, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgementsIn, NOT_COPIED } from './acknowledgements';
import { ConsumersStack } from './consumers-stack';
import { DataStack } from './data-stack';
import { KeysStack } from './keys-stack';
import { NetworkStack } from './network-stack';
import { acknowledgeFindings } from '../acknowledge-findings';

export interface DataPlatform {
  readonly keys: KeysStack;
  readonly network: NetworkStack;
  readonly data: DataStack;
  readonly consumers: ConsumersStack;
}

export function dataPlatform(app: App): void {
  dataPlatformIn(app);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks());
  acknowledgeFindings(app, [...acknowledgementsIn(), ...NOT_COPIED]);
}

/** Keys, the network, what is encrypted under the keys, and who uses it: a stack each, and references run one way. */
export function dataPlatformIn(app: App, env?: Environment): DataPlatform {
  const keys = new KeysStack(app, 'DataPlatformKeys', env);
  const network = new NetworkStack(app, 'DataPlatformNetwork', keys, env);
  const data = new DataStack(app, 'DataPlatformData', keys, network, env);
  return { keys, network, data, consumers: new ConsumersStack(app, 'DataPlatformConsumers', keys, network, data, env) };
}
