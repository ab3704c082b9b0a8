import { Duration } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { BackupCopyRule } from './backup-copy-rule';
import { BackupSource } from './backup-source';
import { BackupVaultOptions } from './backup-vault-options';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { SnapshotDestination } from '../snapshot-destination';

/**
 * Properties of backups that are copied to other Regions.
 */
export interface BackupCopyProps {
  /**
   * What is backed up: resources of the Region, constructs with what is in them, tags, ARNs. A bucket and an Amazon Redshift cluster are given with
   * `backup.BackupResource.fromArn`. Of a construct that is taken what is in it when it is given.
   */
  readonly resources: backup.BackupResource[];

  /**
   * The kinds of stores and their keys, where `resources` does not show them: of tags, of ARNs, of instances with a launch template.
   *
   * @default - what is seen of `resources`
   */
  readonly sources?: BackupSource[];

  /**
   * The Regions of the copies, and their keys there. With a stack of another account of your organization the copies are that account's.
   */
  readonly destinations: SnapshotDestination[];

  /**
   * When backups are made and copied, and how long both are kept.
   *
   * @default - daily at 05:00 UTC, kept for 35 days, and the copies as well
   */
  readonly rules?: BackupCopyRule[];

  /**
   * The key of the vault in the Region of the source. Another one needs another `vault.vaultName`: it is another vault.
   *
   * @default - a new key, retained when the stack is deleted
   */
  readonly encryptionKey?: ICustomerManagedKey;

  /**
   * A vault of yours in the Region and account of the source that backups are made in, under `encryptionKey`. That of an imported vault is on trust.
   *
   * The events and alarms are those of all that is copied out of it, also by other plans. It keeps its lock and its access policy, which nothing here looks at.
   *
   * @default - a new vault
   */
  readonly sourceVault?: backup.IBackupVault;

  /**
   * The vault that is made in the Region of the source.
   *
   * @default - not locked
   */
  readonly vault?: BackupVaultOptions;

  /**
   * The vaults of the copies.
   *
   * @default - not locked
   */
  readonly copyVaults?: BackupVaultOptions;

  /**
   * The role that AWS Backup makes backups and copies with. One of yours gets what it needs of the keys; the rest of what
   * `AWSBackupServiceRolePolicyForBackup` has must be there.
   *
   * @default - a new role with the policies that AWS manages for backups
   */
  readonly role?: iam.IRole;

  /**
   * How old the newest copy in a Region may become before an alarm rings, in whole hours, 7 days at most. AWS Backup tells of what was copied
   * within five minutes, as well as it can.
   *
   * @default - no alarm
   */
  readonly maxAge?: Duration;
}
