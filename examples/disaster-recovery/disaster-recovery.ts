import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgeFindings } from '../acknowledge-findings';
import { ACKNOWLEDGEMENTS, RESTORED } from './acknowledgements';
import { alertsBeside, tell } from './alerts';
import { Copies } from './copies';
import { ReadersStack } from './readers-stack';
import { RestoreStack } from './restore-stack';
import { snapshotsToRestore } from './snapshots';
import { acknowledgementsIn } from '../data-platform/acknowledgements';
import { dataPlatformIn } from '../data-platform/data-platform';
import { KeysStack } from '../data-platform/keys-stack';
import { NetworkStack } from '../data-platform/network-stack';
import { SnapshotDestination } from 'cdk-kms-patterns';

const SOURCE = { region: 'eu-west-2' };
const DESTINATION = { region: 'ap-southeast-2' };

/**
 * The stores of the data platform in London, copied to Sydney under a key there. What is restored of the copies refers to nothing in London, and is
 * made on demand: `-c restoreFrom='{"catalogue":"snap-…","ledger":"…"}'`.
 */
export function disasterRecovery(app: App): void {
  const platform = dataPlatformIn(app, SOURCE);
  const keys = new KeysStack(app, 'RecoveryCopies', DESTINATION);
  const copies = new Copies(platform.data, platform.keys, SnapshotDestination.ofStack(keys, keys.data));
  tell(platform.data.alerts, copies);
  tell(alertsBeside(keys), keys);
  new ReadersStack(app, 'RecoveryReaders', copies, DESTINATION);
  const snapshots = snapshotsToRestore(app);
  if (snapshots) {
    const network = new NetworkStack(app, 'RecoveryNetwork', keys, DESTINATION);
    new RestoreStack(app, 'RecoveryData', { keys, network, snapshots }, DESTINATION);
  }

  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks());
  acknowledgeFindings(app, [...acknowledgementsIn(SOURCE.region), ...ACKNOWLEDGEMENTS, ...snapshots ? RESTORED : []]);
}
