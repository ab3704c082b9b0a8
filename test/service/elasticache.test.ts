import { ELASTICACHE } from '../../src/service/elasticache';
import { OnKeyChange } from '../../src/service/kms-service-facts';

describe('Amazon ElastiCache', () => {
  test('uses the key under its grants, and has callers describe it only', () => {
    expect(ELASTICACHE.viaServices).toEqual(['dax', 'elasticache']);
    expect(ELASTICACHE.useActions).toEqual(['kms:DescribeKey']);
    expect(ELASTICACHE.createsGrants).toBe(true);
    expect(ELASTICACHE.deployActions).toEqual(['kms:CreateGrant', 'kms:DescribeKey']);
  });

  test('replaces a cache whose key changes', () => {
    expect(ELASTICACHE.resources!.map(({ onKeyChange }) => onKeyChange)).toEqual([OnKeyChange.REPLACEMENT, OnKeyChange.REPLACEMENT]);
  });
});
