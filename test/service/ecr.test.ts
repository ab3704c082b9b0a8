import { ECR } from '../../src/service/ecr';
import { OnKeyChange } from '../../src/service/kms-service-facts';

describe('Amazon ECR', () => {
  test('uses the key under its grants, and has callers describe it only', () => {
    expect(ECR.viaServices).toEqual(['ecr']);
    expect(ECR.useActions).toEqual(['kms:DescribeKey']);
    expect(ECR.createsGrants).toBe(true);
    expect(ECR.deployActions).toEqual(['kms:CreateGrant', 'kms:DescribeKey']);
  });

  test('retires its grants with the permissions of who deletes a repository, which no key policy gives', () => {
    expect(ECR.identityOnlyActions).toEqual(['kms:RetireGrant']);
  });

  test('replaces a repository whose key changes', () => {
    expect(ECR.resources).toContainEqual({ type: 'AWS::ECR::Repository', property: 'EncryptionConfiguration.KmsKey', onKeyChange: OnKeyChange.REPLACEMENT });
  });
});
