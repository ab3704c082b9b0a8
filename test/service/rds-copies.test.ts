import { OnKeyChange } from '../../src/service/kms-service-facts';
import { RDS_COPIES } from '../../src/service/rds-copies';

const COPY = [
  'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
];

describe('copies of Amazon RDS', () => {
  test('re-encrypt with the permissions of their caller', () => {
    expect(RDS_COPIES.viaServices).toEqual(['rds']);
    expect(RDS_COPIES.useActions).toEqual(COPY);
  });

  test('go on by a grant, which whoever asks for them lets Amazon RDS make', () => {
    expect(RDS_COPIES.createsGrants).toBe(true);
    expect(RDS_COPIES.deployActions).toEqual(['kms:CreateGrant', ...COPY]);
  });

  test('name a key of another Region than their source, changed in place', () => {
    expect(RDS_COPIES.resources).toEqual([
      { type: 'AWS::RDS::DBInstance', property: 'AutomaticBackupReplicationKmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION, ofCopies: true },
    ]);
  });

  test('say which of it no page confirms', () => {
    expect(RDS_COPIES.unconfirmed).toHaveLength(3);
  });
});
