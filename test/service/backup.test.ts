import { BACKUP, BACKUP_COPIES_FROM_OTHERS } from '../../src/service/backup';
import { FactConfidence } from '../../src/service/fact-confidence';
import { OnKeyChange } from '../../src/service/kms-service-facts';

describe('AWS Backup', () => {
  test('has who makes a vault and the backup role generate data keys and decrypt, and makes grants for them', () => {
    expect(BACKUP.viaServices).toEqual(['backup']);
    expect(BACKUP.useActions).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']);
    expect(BACKUP.createsGrants).toBe(true);
    expect(BACKUP.deployActions).toEqual(['kms:CreateGrant', ...BACKUP.useActions!]);
  });

  test('retires grants with the permissions of its caller, which no key policy gives', () => {
    expect(BACKUP.identityOnlyActions).toEqual(['kms:RetireGrant']);
  });

  test('sends an encryption context whose value no page prints', () => {
    expect(BACKUP.encryptionContexts).toEqual([expect.objectContaining({ key: 'aws:backup:backup-vault', confidence: FactConfidence.UNKNOWN })]);
  });

  test('copies to another account with the service-linked role there, which re-encrypts, and makes grants', () => {
    expect(BACKUP_COPIES_FROM_OTHERS).toEqual({
      servicePrincipal: 'backup.amazonaws.com',
      roleName: 'AWSServiceRoleForBackup',
      actions: ['kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom'],
      createsGrants: true,
    });
    expect(BACKUP.serviceLinkedRoles).toBeUndefined();
  });

  test('replaces a vault whose key changes', () => {
    expect(BACKUP.resources!.map(({ onKeyChange }) => onKeyChange)).toEqual([OnKeyChange.REPLACEMENT, OnKeyChange.REPLACEMENT]);
  });
});
