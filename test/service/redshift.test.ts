import { FactConfidence } from '../../src/service/fact-confidence';
import { OnKeyChange } from '../../src/service/kms-service-facts';
import { REDSHIFT } from '../../src/service/redshift';
import { REDSHIFT_SERVERLESS } from '../../src/service/redshift-serverless';

const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'];

describe('Amazon Redshift', () => {
  test('calls, and makes grants, for who creates a cluster and for who queries through the Data API', () => {
    expect(REDSHIFT.viaServices).toEqual(['redshift', 'redshift-data']);
    expect(REDSHIFT.useActions).toEqual(USE);
    expect(REDSHIFT.createsGrants).toBe(true);
    expect(REDSHIFT.servicePrincipals).toBeUndefined();
  });

  test('deploys with all that its callers need, and what makes grants and revokes them', () => {
    expect(REDSHIFT.deployActions).toEqual(['kms:CreateGrant', ...USE, 'kms:RevokeGrant']);
  });

  test('sends the ARN of the cluster, which a key policy can name beforehand', () => {
    expect(REDSHIFT.encryptionContexts![0]).toEqual({
      key: 'aws:redshift:arn', value: 'arn:{partition}:redshift:{region}:{account}:cluster:NAME', confidence: FactConfidence.CONFIRMED,
    });
  });

  test('takes another key in place for a cluster; a snapshot copy grant keeps its key, which is one of its own Region', () => {
    expect(REDSHIFT.resources).toEqual([
      { type: 'AWS::Redshift::Cluster', property: 'KmsKeyId', onKeyChange: OnKeyChange.NO_INTERRUPTION },
      { type: 'AWS::Redshift::SnapshotCopyGrant', property: 'KmsKeyId', onKeyChange: OnKeyChange.REPLACEMENT },
      { type: 'Custom::RedshiftSnapshotCopy', property: 'DestinationKeyArn', onKeyChange: OnKeyChange.NO_INTERRUPTION, ofCopies: true },
    ]);
  });

  test('ends the grant of a snapshot copy grant with the permissions of whoever deletes it', () => {
    expect(REDSHIFT.identityOnlyActions).toEqual(['kms:RetireGrant']);
  });
});

describe('Amazon Redshift Serverless', () => {
  test('does what a cluster does, under each of its names', () => {
    expect(REDSHIFT_SERVERLESS.viaServices).toEqual(['redshift', 'redshift-data', 'redshift-serverless']);
    expect(REDSHIFT_SERVERLESS.useActions).toEqual(USE);
    expect(REDSHIFT_SERVERLESS.deployActions).toEqual(['kms:CreateGrant', ...USE]);
    expect(REDSHIFT_SERVERLESS.createsGrants).toBe(true);
  });

  test('sends the id of a namespace, which no key policy can name beforehand', () => {
    expect(REDSHIFT_SERVERLESS.encryptionContexts![0]).toMatchObject({ key: 'aws:redshift-serverless:arn', assignedOnCreation: true });
  });

  test('tells the Data API apart, as a cluster does', () => {
    const dataApi = { key: 'serviceName', value: 'RedshiftDataAPI', confidence: FactConfidence.CONFIRMED };

    expect([REDSHIFT, REDSHIFT_SERVERLESS].map(({ encryptionContexts }) => encryptionContexts)).toEqual([
      expect.arrayContaining([dataApi]), expect.arrayContaining([dataApi]),
    ]);
  });
});
