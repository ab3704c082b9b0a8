import { isDeepStrictEqual } from 'node:util';
import { Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Construct } from 'constructs';
import { BackupCopyProps } from './backup-copy-props';
import { isElsewhere } from '../../private/elsewhere';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { propertyValues, referencesOf } from '../../private/references';

/** A vault of yours that backups are made in: beside what is backed up, and under the key that was given. */
export function assertSourceVault(copy: Construct, sourceVault: backup.IBackupVault, { encryptionKey, vault }: BackupCopyProps): void {
  const { path } = sourceVault.node;
  if (!encryptionKey) {
    throw new KmsPatternsError('SourceVaultKeyMissing',
      `backups are under the key of their vault, which must be yours, given: ${path} without encryptionKey; give the CustomerManagedKey that it is under`, copy);
  }
  if (vault) {
    throw new KmsPatternsError('SourceVaultMade',
      `the options of vault are those of one that is made, given: ${Object.keys(vault).join(', ') || 'none of them'}, beside ${path}; leave vault or sourceVault out`, copy);
  }
  const { account, region } = Stack.of(copy);
  if (isElsewhere(sourceVault.env, { account, region })) {
    throw new KmsPatternsError('SourceVaultElsewhere',
      `backups are made in a vault of their own account and Region, given: ${path} in ${sourceVault.env.account} and ${sourceVault.env.region}, for ${account} and ${region}; `
      + 'give one that is there, or leave sourceVault out', copy);
  }
  const { defaultChild } = sourceVault.node;
  if (!(defaultChild instanceof backup.CfnBackupVault)) {
    return;
  }
  const [under] = propertyValues(defaultChild, 'EncryptionKeyArn');
  const [target] = referencesOf(defaultChild, 'EncryptionKeyArn');
  const isUnder = target ? target === encryptionKey.node.defaultChild : isDeepStrictEqual(under, Stack.of(copy).resolve(encryptionKey.keyArn));
  if (!isUnder) {
    const key = target?.node.scope?.node.path ?? (typeof under === 'string' ? under : JSON.stringify(under));
    throw new KmsPatternsError('SourceVaultKeyDiffers',
      `backups are under the key of their vault, given: ${path}, which ${key === undefined ? 'names no key' : `is under ${key}`}, with encryptionKey: `
      + `${encryptionKey.node.path}; give the key that the vault is under, handed to it with via(KmsService.BACKUP)`, copy);
  }
}
