import { FIREHOSE } from '../../src/service/firehose';
import { OnKeyChange } from '../../src/service/kms-service-facts';

describe('Amazon Data Firehose', () => {
  test('uses the key under its grants, and has callers describe it only', () => {
    expect(FIREHOSE.viaServices).toEqual(['firehose']);
    expect(FIREHOSE.useActions).toEqual(['kms:DescribeKey']);
    expect(FIREHOSE.createsGrants).toBe(true);
    expect(FIREHOSE.deployActions).toEqual(['kms:CreateGrant', 'kms:DescribeKey']);
  });

  test('takes another key in place', () => {
    expect(FIREHOSE.resources!.map(({ onKeyChange }) => onKeyChange)).toEqual([OnKeyChange.NO_INTERRUPTION]);
  });
});
