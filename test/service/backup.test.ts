import { BACKUP } from '../../src/service/backup';
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

  test('replaces a vault whose key changes', () => {
    expect(BACKUP.resources!.map(({ onKeyChange }) => onKeyChange)).toEqual([OnKeyChange.REPLACEMENT, OnKeyChange.REPLACEMENT]);
  });
});
