import { Duration, Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { newRestoreRole } from './backup-roles';
import { letRoleUse } from './backup-use';
import { BackupVaultOptions } from './backup-vault-options';
import { newestCopyAlarm } from './copy-job-alarms';
import { copyVaultName, encryptedVault, vaultArnOf } from './encrypted-vault';
import { isOtherAccount, letCopyInto } from './other-account';
import { SourceKeys } from './source-keys';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { viaAlsoIn } from '../../key/via-also-in';
import { reachableCaller } from '../../private/reachable-caller';
import { referWeakly } from '../../private/weak-reference';
import { KmsService } from '../../service/kms-service';
import { Destination } from '../destination';
import { inDestination } from '../in-destination';

const RESTORE = ['backup:DescribeRecoveryPoint', 'backup:DescribeRestoreJob', 'backup:GetRecoveryPointRestoreMetadata', 'backup:StartRestoreJob'];

/** The backups that are copied. */
interface BackupsOfSource {
  readonly vaultArn: string;
  readonly keys: SourceKeys;
  readonly copyVaults: BackupVaultOptions;
  readonly maxAge?: Duration;
}

/**
 * The copies of backups in one Region: the vault that they are in, the key that they are under, and who restores them.
 *
 * Something is restored with `aws backup start-restore-job --iam-role-arn …` in the Region of the copies, whose role is `restoreRole`, and whose
 * metadata `aws backup get-recovery-point-restore-metadata` prints. Amazon RDS instances and Amazon Redshift clusters come back under the key of the
 * copy, and take no other there. What Amazon S3, EFS and DynamoDB restore is under the key that the metadata names: name the ARN of `destinationKey`, or
 * it is under that of the service. Volumes and Aurora clusters keep the key of the copy where the metadata names none.
 *
 * The copies of Amazon EBS and RDS are snapshots, too: with `snapshotId` of `EncryptedVolume`, or as an instance or cluster from a snapshot,
 * what is restored is a resource of your app.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-a-backup.html
 */
export class CopiedBackups {
  /** @internal */
  public static _in(copy: Construct, destination: Destination, of: BackupsOfSource): CopiedBackups {
    return new CopiedBackups(copy, destination, of);
  }

  /** The Region of the copies. */
  public readonly destinationRegion: string;
  /** The stack there: what is restored belongs into it, or beside it. */
  public readonly destinationStack: Stack;
  /** The key that the copies are encrypted under. */
  public readonly destinationKey: ICustomerManagedKey;
  /** The vault that the copies are in. */
  public readonly vault: backup.BackupVault;
  /** The ARN of the vault, which is known before it is there. */
  public readonly vaultArn: string;
  /** Rings when the newest copy is older than `maxAge`. It is in the Region of the source, where AWS Backup tells of copies, and has no action yet. */
  public readonly newestCopyAlarm?: cloudwatch.Alarm;
  private readonly there: Construct;
  private madeRestoreRole?: iam.Role;

  private constructor(private readonly copy: Construct, { stack, key }: Destination, private readonly of: BackupsOfSource) {
    this.there = inDestination(copy, stack);
    this.destinationRegion = stack.region;
    this.destinationStack = stack;
    this.destinationKey = key;
    const name = copyVaultName(copy, of.copyVaults.vaultName);
    this.vault = encryptedVault(this.there, name, viaAlsoIn(key, KmsService.BACKUP, [this.sourceStack.region]), of.copyVaults);
    this.vaultArn = vaultArnOf(stack, name);
    if (isOtherAccount(this.sourceStack, stack)) {
      letCopyInto(this.vault, this.sourceStack.account);
    }
    this.newestCopyAlarm = of.maxAge && newestCopyAlarm(copy, stack.region, of.maxAge, of.vaultArn, this.vaultArn);
  }

  /** The role that AWS Backup restores with, under the key of the copies. It is made when it is asked for. */
  public get restoreRole(): iam.IRole {
    if (!this.madeRestoreRole) {
      const role = newRestoreRole(this.there, this.copy, this.of.keys.keys());
      letRoleUse(role, this.destinationKey, KmsService.BACKUP, [this.sourceStack.region]);
      [...this.of.keys.keys()].forEach(({ _facts: { service, underVaultKey } }) =>
        letRoleUse(role, this.destinationKey, service, underVaultKey ? [] : [this.sourceStack.region]));
      referWeakly(role.node.defaultChild);
      this.madeRestoreRole = role;
    }
    return this.madeRestoreRole;
  }

  /**
   * Lets the grantee look at the copies and restore them with `restoreRole`: what is restored is what that role may make, in this Region only.
   */
  public grantRestore(grantee: iam.IGrantable): iam.Grant {
    const caller = reachableCaller(this.there, { service: 'AWS Backup', resource: 'vault' }, grantee, [...RESTORE, 'iam:PassRole']);
    const give = (actions: string[], resource: string, conditions?: Record<string, Record<string, string>>) =>
      iam.Grant.addToPrincipal({ grantee: caller, actions, resourceArns: [resource], conditions });
    // That of the L2 asks for a physical name where it is used from another Region.
    const roleArn = (this.restoreRole.node.defaultChild as iam.CfnRole).attrArn;
    // The ARNs of recovery points are those of snapshots, where a store has them.
    return give(RESTORE, '*', { StringEquals: { 'aws:RequestedRegion': this.destinationRegion } })
      .combine(give(['backup:DescribeBackupVault', 'backup:ListRecoveryPointsByBackupVault'], this.vaultArn))
      .combine(give(['iam:PassRole'], roleArn, { StringEquals: { 'iam:PassedToService': 'backup.amazonaws.com' } }));
  }

  private get sourceStack(): Stack {
    return Stack.of(this.copy);
  }
}
