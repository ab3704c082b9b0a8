import { CreateTableCommand, DeleteTableCommand, DescribeTableCommand, GetItemCommand, ListTablesCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { KmsService } from '../../../src';
import { everyPage } from '../every-page';
import { Operation, tagsOf } from '../operation';

/** A table, written and read. */
export const TABLE: Operation = {
  name: 'table',
  services: [KmsService.DYNAMODB],
  makes: 'an Amazon DynamoDB table with one item',
  dollars: 0.01,
  minutes: 15,

  async make({ name: TableName, source: { aws: { dynamoDb }, key }, until }) {
    await dynamoDb.send(new CreateTableCommand({
      TableName,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { Enabled: true, SSEType: 'KMS', KMSMasterKeyId: key },
      Tags: tagsOf(TableName),
    }));
    await until('the table is active', 10, async () => {
      const { Table } = await dynamoDb.send(new DescribeTableCommand({ TableName }));
      return Table?.TableStatus === 'ACTIVE';
    });
    await dynamoDb.send(new PutItemCommand({ TableName, Item: { id: { S: 'probe' } } }));
    await dynamoDb.send(new GetItemCommand({ TableName, Key: { id: { S: 'probe' } } }));
  },

  async clean({ prefix, source: { dynamoDb, region } }, sweep) {
    await sweep.each(`table in ${region}`,
      () => everyPage(async (ExclusiveStartTableName) => {
        const { TableNames, LastEvaluatedTableName } = await dynamoDb.send(new ListTablesCommand({ ExclusiveStartTableName }));
        return [TableNames?.filter((name) => name.startsWith(prefix)), LastEvaluatedTableName];
      }),
      (name) => name, (TableName) => dynamoDb.send(new DeleteTableCommand({ TableName })));
  },
};
