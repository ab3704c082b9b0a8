import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgeFindings } from '../acknowledge-findings';
import { ACKNOWLEDGEMENTS } from './acknowledgements';
import { BackupStack } from './backup-stack';
import { KeysStack } from './keys-stack';
import { MessagingStack } from './messaging-stack';
import { PeopleStack } from './people-stack';
import { ProcessingStack } from './processing-stack';
import { StoresStack } from './stores-stack';

/** Orders come in as events, are processed, kept and found again: references run from the people to the keys, never back. */
export function eventPipeline(app: App): void {
  const keys = new KeysStack(app, 'EventPipelineKeys');
  const messaging = new MessagingStack(app, 'EventPipelineMessaging', keys);
  const stores = new StoresStack(app, 'EventPipelineStores', keys);
  const processing = new ProcessingStack(app, 'EventPipelineProcessing', { keys, messaging, stores });
  new BackupStack(app, 'EventPipelineBackup', { keys, stores });
  new PeopleStack(app, 'EventPipelinePeople', { keys, messaging, stores, processing });

  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks());
  acknowledgeFindings(app, ACKNOWLEDGEMENTS);
}
