import { OnKeyChange } from '../../src/service/kms-service-facts';
import { RDS } from '../../src/service/rds';
import { RDS_MASTER_SECRET } from '../../src/service/rds-master-secret';
import { SECRETS_MANAGER } from '../../src/service/secrets-manager';

describe('the master user secret of Amazon RDS', () => {
  test('is used and granted through both services', () => {
    expect(RDS_MASTER_SECRET.viaServices).toEqual(['rds', 'secretsmanager']);
    expect(RDS_MASTER_SECRET.useActions).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']);
    expect(RDS_MASTER_SECRET.createsGrants).toBe(true);
  });

  test('widens neither the keys of databases nor those of other secrets', () => {
    expect(RDS.viaServices).not.toContain('secretsmanager');
    expect(SECRETS_MANAGER.createsGrants).toBeUndefined();
  });

  test('keeps its key: Amazon RDS cannot change it', () => {
    expect(RDS_MASTER_SECRET.resources!.map(({ onKeyChange }) => onKeyChange)).toEqual([OnKeyChange.UPDATE_FAILS, OnKeyChange.UPDATE_FAILS]);
  });
});
