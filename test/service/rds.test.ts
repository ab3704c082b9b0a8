import { OnKeyChange } from '../../src/service/kms-service-facts';
import { RDS } from '../../src/service/rds';

describe('Amazon RDS', () => {
  test('describes the key for storage; viewers of Performance Insights decrypt and generate data keys', () => {
    expect(RDS.viaServices).toEqual(['rds']);
    expect(RDS.useActions).toEqual(['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']);
  });

  test('makes a grant for the life of the database', () => {
    expect(RDS.createsGrants).toBe(true);
    expect(RDS.deployActions).toEqual(['kms:CreateGrant', 'kms:DescribeKey']);
  });

  test('sends ids of databases that no key policy can name beforehand', () => {
    expect(RDS.encryptionContexts!.filter((context) => context.assignedOnCreation).map(({ key }) => key)).toEqual(['aws:rds:db-id', 'aws:rds:dbc-id']);
    expect(RDS.encryptionContexts![0].assignedOnCreation).toBe(true);
  });

  test.each([
    ['AWS::RDS::DBCluster', 'KmsKeyId', OnKeyChange.REPLACEMENT],
    ['AWS::RDS::DBCluster', 'PerformanceInsightsKmsKeyId', OnKeyChange.NO_INTERRUPTION],
    ['AWS::RDS::DBInstance', 'KmsKeyId', OnKeyChange.REPLACEMENT],
    ['AWS::RDS::DBInstance', 'PerformanceInsightsKMSKeyId', OnKeyChange.REPLACEMENT],
  ])('answers another key in %s %s with %s', (type, property, onKeyChange) => {
    expect(RDS.resources).toContainEqual({ type, property, onKeyChange });
  });
});
