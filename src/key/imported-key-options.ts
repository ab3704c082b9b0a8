import { KmsService } from '../service/kms-service';

/**
 * What the policy of a key that is not ours already says.
 */
export interface ImportedKeyOptions {
  /**
   * The services through which it lets this account's IAM decide.
   *
   * @default - none: `via` fails with the statements that the owner must add
   */
  readonly services?: KmsService[];

  /**
   * The actions that it delegates to this account's IAM directly, such as `kms:Decrypt`.
   *
   * @default - none: grants fail with the statement that the owner must add
   */
  readonly actions?: string[];

  /**
   * The accounts that AWS Backup copies to from it, by its service-linked role of theirs, `AWSServiceRoleForBackup`.
   *
   * @default - none: a `BackupCopy` to another account fails with the statements that the owner must add
   */
  readonly backupAccounts?: string[];
}
