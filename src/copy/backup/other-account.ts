import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { SourceKeys } from './source-keys';
import { ServiceKey } from '../../key/service-key';
import { viaAlsoIn } from '../../key/via-also-in';
import { BACKUP_COPIES_FROM_OTHERS } from '../../service/backup';

/** Accounts that are both not known yet are the same. */
export function isOtherAccount(source: Stack, there: Stack): boolean {
  return Token.compareStrings(source.account, there.account) === TokenComparison.DIFFERENT;
}

/** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html */
export function letCopyInto(vault: backup.BackupVault, account: string): void {
  vault.addToAccessPolicy(new iam.PolicyStatement({
    sid: `CopiesOf${account}`,
    actions: ['backup:CopyIntoBackupVault'],
    principals: [new iam.AccountPrincipal(account)],
    resources: ['*'],
  }));
}

/** AWS Backup of the other account reads what stays under the key of its source with its own service-linked role. */
export function letReadSources(keys: SourceKeys, account: string, region: string): void {
  for (const [{ _facts: { service, underVaultKey } }, sources] of keys) {
    for (const key of underVaultKey ? [] : sources) {
      const view = viaAlsoIn(key, service, [region]);
      if (view instanceof ServiceKey) {
        view.letInLinkedRoleOf(account, BACKUP_COPIES_FROM_OTHERS);
      }
    }
  }
}
