import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { BY_STATE, INDEXED } from './claims-calls';
import { ICustomerManagedKey } from '../../key/i-customer-managed-key';
import { acknowledge } from '../../private/acknowledgement';
import { KmsService } from '../../service/kms-service';

/** What is known of each snapshot: whether its copy is wanted, in progress, finished, or failed. It is retained: without it, copies would be made again. */
export function claimsTable(scope: Construct, id: string, key: ICustomerManagedKey): dynamodb.Table {
  const table = new dynamodb.Table(scope, id, {
    partitionKey: { name: 'snapshot', type: dynamodb.AttributeType.STRING },
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key.via(KmsService.DYNAMODB),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  table.addGlobalSecondaryIndex({
    indexName: BY_STATE,
    partitionKey: { name: 'state', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'since', type: dynamodb.AttributeType.STRING },
    projectionType: dynamodb.ProjectionType.INCLUDE,
    nonKeyAttributes: INDEXED,
  });
  acknowledge(table, 'It tells of copies, and point-in-time recovery keeps it.', ['HIPAA.Security-DynamoDBInBackupPlan', 'NIST.800.53.R5-DynamoDBInBackupPlan']);
  return table;
}
