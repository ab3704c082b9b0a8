import { EFS } from '../../src/service/efs';
import { OnKeyChange } from '../../src/service/kms-service-facts';

describe('Amazon EFS', () => {
  test('has who makes a file system generate a data key without plaintext, and makes a grant for the rest', () => {
    expect(EFS.viaServices).toEqual(['elasticfilesystem']);
    expect(EFS.useActions).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext']);
    expect(EFS.createsGrants).toBe(true);
    expect(EFS.deployActions).toEqual(['kms:CreateGrant', ...EFS.useActions!]);
  });

  test('sends an id that no key policy can name beforehand', () => {
    expect(EFS.encryptionContexts).toEqual([expect.objectContaining({ key: 'aws:elasticfilesystem:filesystem:id', assignedOnCreation: true })]);
  });

  test('is replaced with another key', () => {
    expect(EFS.resources).toContainEqual({ type: 'AWS::EFS::FileSystem', property: 'KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT });
  });
});
