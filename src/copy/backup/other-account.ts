import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { SourceKeys } from './source-keys';
import { ServiceKey } from '../../key/service-key';
import { viaAlsoIn } from '../../key/via-also-in';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { BACKUP_COPIES_FROM_OTHERS } from '../../service/backup';

/** Accounts that are both not known yet are the same. */
export function isOtherAccount(source: Stack, there: Stack): boolean {
  return Token.compareStrings(source.account, there.account) === TokenComparison.DIFFERENT;
}

/** Who copies, and what lets it in, is another matter in another account. */
export function assertAccountsKnown(copy: IConstruct, source: Stack, there: Stack): void {
  if (Token.compareStrings(source.account, there.account) === TokenComparison.ONE_UNRESOLVED) {
    const [known, unknown] = Token.isUnresolved(source.account) ? [there, source] : [source, there];
    throw new KmsPatternsError('CopyAccountUnknown',
      `copies to another account need other statements than copies within one, given: ${known.node.path} in ${known.account}, and ${unknown.node.path} without an account; `
      + 'give both stacks an env with an account', copy);
  }
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
