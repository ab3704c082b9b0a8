import { OnKeyChange } from '../../src/service/kms-service-facts';
import { OPENSEARCH } from '../../src/service/opensearch';

describe('Amazon OpenSearch Service', () => {
  test('uses the key under its grants, and has callers describe it only', () => {
    expect(OPENSEARCH.viaServices).toEqual(['es']);
    expect(OPENSEARCH.useActions).toEqual(['kms:DescribeKey']);
    expect(OPENSEARCH.createsGrants).toBe(true);
    expect(OPENSEARCH.deployActions).toEqual(['kms:CreateGrant', 'kms:DescribeKey']);
  });

  test.each([
    ['AWS::OpenSearchService::Domain', OnKeyChange.REPLACEMENT],
    ['AWS::Elasticsearch::Domain', OnKeyChange.UPDATE_FAILS],
  ])('answers another key of %s with %s', (type, onKeyChange) => {
    expect(OPENSEARCH.resources).toContainEqual({ type, property: 'EncryptionAtRestOptions.KmsKeyId', onKeyChange });
  });
});
