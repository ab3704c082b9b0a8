import { EBS } from '../../src/service/ebs';
import { EBS_COPIES } from '../../src/service/ebs-copies';
import { OnKeyChange } from '../../src/service/kms-service-facts';

const COPY = [
  'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
];

describe('copies of Amazon EBS', () => {
  test('re-encrypt with the permissions of their caller, through Amazon EC2', () => {
    expect(EBS_COPIES.viaServices).toEqual(['ec2']);
    expect(EBS_COPIES.useActions).toEqual(COPY);
  });

  test('need more of a key than a volume does', () => {
    expect(COPY.filter((action) => !EBS.useActions!.includes(action))).toEqual(['kms:Encrypt', 'kms:GenerateDataKey']);
  });

  test('go on by a grant, and call nothing at deployment', () => {
    expect(EBS_COPIES.createsGrants).toBe(true);
    expect(EBS_COPIES.deployActions).toBeUndefined();
  });

  test('name a key of another Region than their source, changed in place', () => {
    expect(EBS_COPIES.resources!.map(({ type, onKeyChange, ofCopies }) => [type, onKeyChange, ofCopies])).toEqual([
      ['AWS::DLM::LifecyclePolicy', OnKeyChange.NO_INTERRUPTION, true],
      ['AWS::DLM::LifecyclePolicy', OnKeyChange.NO_INTERRUPTION, true],
    ]);
  });

  test('say which of it no page confirms', () => {
    expect(EBS_COPIES.unconfirmed).toHaveLength(3);
  });
});
