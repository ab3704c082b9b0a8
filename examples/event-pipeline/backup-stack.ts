import { Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { type Construct } from 'constructs';
import { type KeysStack } from './keys-stack';
import { type StoresStack } from './stores-stack';
import { KmsService } from 'cdk-kms-patterns';

export interface BackupProps {
  readonly keys: KeysStack;
  readonly stores: StoresStack;
}

/** Daily copies of the table and the receipts, under a key of their own. */
export class BackupStack extends Stack {
  public readonly vault: backup.BackupVault;

  constructor(scope: Construct, id: string, { keys, stores }: BackupProps) {
    super(scope, id, { description: 'The backups of the event pipeline' });
    const vaultKey = keys.backups.via(KmsService.BACKUP);
    this.vault = new backup.BackupVault(this, 'Vault', { encryptionKey: vaultKey, blockRecoveryPointDeletion: true });
    const plan = new backup.BackupPlan(this, 'Plan', {
      backupVault: this.vault,
      backupPlanRules: [new backup.BackupPlanRule({
        ruleName: 'Daily',
        scheduleExpression: events.Schedule.cron({ hour: '2', minute: '0' }),
        deleteAfter: Duration.days(35),
      })],
    });
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('backup.amazonaws.com') });
    plan.addSelection('Stores', {
      role,
      resources: [backup.BackupResource.fromDynamoDbTable(stores.table), backup.BackupResource.fromEfsFileSystem(stores.receipts)],
    });
    // The policy that AWS manages for the role reads the stores; under the key of a vault it may not write.
    vaultKey.grantEncryptDecrypt(role);
  }
}
