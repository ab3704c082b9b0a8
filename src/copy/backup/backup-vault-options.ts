import { BackupVaultLock } from './backup-vault-lock';

/**
 * Options of a vault. It is retained when it leaves the app, with what is in it: AWS Backup deletes no vault that holds backups.
 */
export interface BackupVaultOptions {
  /**
   * The name, of 2 to 50 letters, digits, `-` and `_`. Another one is another vault: what is in the former stays there.
   *
   * A vault of another key needs another name.
   *
   * @default - the name of the stack of the source and the path of the construct in it; of copies also the Region of the source
   */
  readonly vaultName?: string;

  /**
   * A lock, which keeps everybody from deleting backups before their time.
   *
   * @default - none
   */
  readonly lock?: BackupVaultLock;

  /**
   * Whether the access policy of the vault denies everybody to delete backups and to change how long they are kept.
   * Who may change the policy can take that out again; AWS Backup itself deletes what is past its time.
   *
   * @default false
   */
  readonly blockRecoveryPointDeletion?: boolean;
}
