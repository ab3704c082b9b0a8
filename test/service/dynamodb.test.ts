import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, KmsService } from '../../src';
import { DYNAMODB } from '../../src/service/dynamodb';
import { FactConfidence } from '../../src/service/fact-confidence';
import { ViaServiceScope } from '../../src/service/kms-service-facts';
import { statement, useSids } from '../support/key-policy';
import { ACCOUNT, newStack, OTHER_ACCOUNT } from '../support/key-stack';

const REPLICATION = new iam.ServicePrincipal('replication.dynamodb.amazonaws.com');
const USE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];

describe('Amazon DynamoDB', () => {
  test('calls from any Region, for global tables', () => {
    expect(DYNAMODB.viaServices).toEqual(['dynamodb']);
    expect(DYNAMODB.viaServiceScope).toBe(ViaServiceScope.ANY_REGION);
  });

  test('makes a grant for each table, with the permissions of who makes it', () => {
    expect(DYNAMODB.createsGrants).toBe(true);
    expect(DYNAMODB.useActions).toEqual(USE);
    expect(DYNAMODB.deployActions).toEqual(['kms:CreateGrant', ...USE]);
  });

  test('sends the name of the table, which a key policy can name beforehand', () => {
    expect(DYNAMODB.encryptionContexts![0]).toEqual({ key: 'aws:dynamodb:tableName', value: 'NAME', confidence: FactConfidence.CONFIRMED });
  });

  test('replicates to other accounts by itself only where that is wired, for the accounts that are given', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
    const view = key.via(KmsService.DYNAMODB, { sourceAccounts: [OTHER_ACCOUNT] });
    view.grant(REPLICATION, 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*');
    const condition = {
      StringEquals: { 'aws:SourceAccount': [ACCOUNT, OTHER_ACCOUNT] },
      ArnLike: { 'aws:SourceArn': [`arn:aws:dynamodb:*:${ACCOUNT}:table/*`, `arn:aws:dynamodb:*:${OTHER_ACCOUNT}:table/*`] },
    };
    expect(statement(key, 'UseByReplicationDynamodb')).toMatchObject({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'], Condition: condition });
    expect(statement(key, 'DescribeByReplicationDynamodb')).toMatchObject({ Action: 'kms:DescribeKey', Condition: condition });
  });

  test('replicates within the account under its grants', () => {
    const key = new CustomerManagedKey(newStack(), 'Key', { denyDirectGrants: false });
    key.via(KmsService.DYNAMODB);
    expect(useSids(key)).toEqual(['UseThroughDynamoDb', 'GrantsThroughServices']);
  });
});
