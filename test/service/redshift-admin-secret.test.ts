import { REDSHIFT } from '../../src/service/redshift';
import { REDSHIFT_ADMIN_SECRET } from '../../src/service/redshift-admin-secret';
import { REDSHIFT_SERVERLESS } from '../../src/service/redshift-serverless';
import { SECRETS_MANAGER } from '../../src/service/secrets-manager';

describe('the admin secret of Amazon Redshift', () => {
  test('is used and granted through Amazon Redshift and AWS Secrets Manager', () => {
    expect(REDSHIFT_ADMIN_SECRET.viaServices).toEqual(['redshift', 'redshift-serverless', 'secretsmanager']);
    expect(REDSHIFT_ADMIN_SECRET.useActions).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']);
    expect(REDSHIFT_ADMIN_SECRET.createsGrants).toBe(true);
  });

  test('widens neither the keys of data nor those of other secrets', () => {
    expect([...REDSHIFT.viaServices!, ...REDSHIFT_SERVERLESS.viaServices!]).not.toContain('secretsmanager');
    expect(SECRETS_MANAGER.createsGrants).toBeUndefined();
  });

  test('is that of clusters and of namespaces', () => {
    expect(REDSHIFT_ADMIN_SECRET.resources!.map(({ type }) => type)).toEqual(['AWS::Redshift::Cluster', 'AWS::RedshiftServerless::Namespace']);
  });
});
