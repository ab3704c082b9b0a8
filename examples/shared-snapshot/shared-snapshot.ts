import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { acknowledgeFindings } from '../acknowledge-findings';
import { ACKNOWLEDGEMENTS, RESTORED } from './acknowledgements';
import { OwnerStack } from './owner-stack';
import { RestoreStack } from './restore-stack';

/** References between accounts need both: put your own in. */
const OWNER = { account: '123456789012', region: 'eu-west-2' };
const RESTORE = { account: '444455556666', region: OWNER.region };

/**
 * A volume whose snapshots another account copies under a key of its own, and restores. No stack shares a snapshot: somebody of the owner's account does, which
 * Amazon EBS refuses for snapshots under `alias/aws/ebs`, and `Restorer` copies it:
 *
 * `aws ec2 modify-snapshot-attribute --snapshot-id snap-… --attribute createVolumePermission --operation-type add --user-ids 444455556666`
 *
 * `aws ec2 copy-snapshot --source-region eu-west-2 --source-snapshot-id snap-… --encrypted --kms-key-id alias/restored-ledger`
 *
 * With the id of the copy, the volume of it: `npx cdk deploy LedgerRestore -c snapshotId=snap-…`
 */
export function sharedSnapshot(app: App): void {
  const { encryptionKey } = new OwnerStack(app, 'LedgerOwner', { env: OWNER });
  const { restored } = new RestoreStack(app, 'LedgerRestore', { env: RESTORE, snapshotKey: encryptionKey });

  Validations.of(app).addPlugins(new AwsSolutionsChecks(), new HIPAASecurityChecks(), new NIST80053R5Checks(), new PCIDSS321Checks());
  acknowledgeFindings(app, [...ACKNOWLEDGEMENTS, ...restored ? [RESTORED] : []]);
}
