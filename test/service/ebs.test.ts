import { EBS } from '../../src/service/ebs';
import { OnKeyChange } from '../../src/service/kms-service-facts';

describe('Amazon EBS', () => {
  test('calls through Amazon EC2: AWS KMS has no value of its own for it', () => {
    expect(EBS.viaServices).toEqual(['ec2']);
  });

  test('has callers make data keys without plaintext, re-encrypt them and decrypt', () => {
    expect(EBS.useActions).toEqual([
      'kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
    ]);
  });

  test('makes a grant for each attachment, launch and start, with the permissions of the caller', () => {
    expect(EBS.createsGrants).toBe(true);
    expect(EBS.servicePrincipals).toBeUndefined();
    expect(EBS.serviceLinkedRoles).toBeUndefined();
  });

  test('deploys with all that its callers need, and kms:CreateGrant', () => {
    expect(EBS.deployActions).toEqual(['kms:CreateGrant', ...EBS.useActions!]);
  });

  test('sends an id that no key policy can name beforehand', () => {
    expect(EBS.encryptionContexts).toEqual([expect.objectContaining({ key: 'aws:ebs:id', assignedOnCreation: true })]);
  });

  test.each([
    ['AWS::EC2::Volume', OnKeyChange.UPDATE_FAILS],
    ['AWS::EC2::Instance', OnKeyChange.REPLACEMENT],
    ['AWS::EC2::LaunchTemplate', OnKeyChange.NO_INTERRUPTION],
    ['Custom::EbsEncryptionByDefault', OnKeyChange.NO_INTERRUPTION],
  ])('answers another key of %s with %s', (type, onKeyChange) => {
    expect(EBS.resources).toContainEqual(expect.objectContaining({ type, onKeyChange }));
  });
});
