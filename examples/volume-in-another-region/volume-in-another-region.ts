import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgeFindings } from '../acknowledge-findings';
import { ACKNOWLEDGEMENTS, RESTORED } from './acknowledgements';
import { RestoreStack } from './restore-stack';
import { SourceStack } from './source-stack';

/**
 * A volume under a key in London, its snapshots, and their copies under a key in Sydney. With the id of a copy, the volume of it, under the key in Sydney:
 * `npx cdk deploy --all -c snapshotId=snap-…`
 */
export function volumeInAnotherRegion(app: App): void {
  const { nightly } = new SourceStack(app, 'VolumeInLondon', { env: { region: 'eu-west-2' } });
  const { restored } = new RestoreStack(app, 'VolumeInSydney', {
    env: { region: nightly.destinationStacks[0].region }, encryptionKey: nightly.destinationKeys[0],
  });

  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks());
  acknowledgeFindings(app, [...ACKNOWLEDGEMENTS, ...restored ? [RESTORED] : []]);
}
