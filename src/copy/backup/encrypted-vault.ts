import { createHash } from 'node:crypto';
import { ArnFormat, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { BackupVaultOptions } from './backup-vault-options';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { outermost } from '../../private/outermost-stack';

const LONGEST_NAME = 50;
const NAME = /^[a-zA-Z0-9_-]{2,50}$/;

/** The name of the vault of the source, known before it is there. */
export function sourceVaultName(copy: Construct, given?: string): string {
  return given === undefined ? shortened(copy, nameIn(copy)) : asserted(copy, given);
}

/** The name of a vault of copies, known before it is there: they are sent to it by its ARN. */
export function copyVaultName(copy: Construct, given?: string): string {
  return given === undefined ? shortened(copy, `${nameIn(copy)}-from-${Stack.of(copy).region}`) : asserted(copy, given);
}

function nameIn(copy: Construct): string {
  const stack = outermost(Stack.of(copy));
  const path = copy.node.scopes.slice(stack.node.scopes.length).map(({ node }) => node.id);
  return [stack.stackName, ...path].join('-').replace(/[^a-zA-Z0-9_-]/g, '');
}

function shortened(copy: Construct, name: string): string {
  const hash = createHash('sha256').update(`${name}/${copy.node.path}`).digest('hex').slice(0, 8);
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1 - hash.length)}-${hash}` : name;
}

function asserted(copy: Construct, given: string): string {
  if (Token.isUnresolved(given) || !NAME.test(given)) {
    throw new KmsPatternsError('VaultNameInvalid',
      `a vault has a name of 2 to 50 letters, digits, - and _, known before deployment, given: ${Token.isUnresolved(given) ? 'a token' : `'${given}'`}; `
      + 'write for example vaultName: \'ledger-copies\'', copy);
  }
  return given;
}

/** The ARN of a vault, which is known before it is there. */
export function vaultArnOf(stack: Stack, name: string): string {
  return stack.formatArn({ service: 'backup', resource: 'backup-vault', resourceName: name, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
}

/** A vault under a key, which stays with what is in it. */
export function encryptedVault(scope: Construct, name: string, encryptionKey: kms.IKey, options: BackupVaultOptions): backup.BackupVault {
  return new backup.BackupVault(scope, 'Vault', {
    backupVaultName: name,
    encryptionKey,
    blockRecoveryPointDeletion: options.blockRecoveryPointDeletion,
    lockConfiguration: options.lock?._configuration(scope),
    removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
  });
}
