import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as eventSources from 'aws-cdk-lib/aws-lambda-event-sources';
import { functionIn } from './neighbours';
import { KmsService } from '../../src';
import { KeyTaker } from '../support/key-taker';
import { ThreeStacks } from '../support/three-stacks';

const { DYNAMODB, KINESIS } = KmsService;
const partitionKey = { name: 'id', type: dynamodb.AttributeType.STRING };
const TABLE_READ = ['kms:Decrypt', 'kms:DescribeKey'];
const TABLE_WRITE = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'];
const tableV2In = ({ data, key }: ThreeStacks) => new dynamodb.TableV2(data, 'Table', {
  tableName: 'invoices',
  partitionKey,
  encryption: dynamodb.TableEncryptionV2.customerManagedKey(key.via(DYNAMODB)),
  dynamoStream: dynamodb.StreamViewType.KEYS_ONLY,
});
const tableIn = ({ data, key }: ThreeStacks) =>
  new dynamodb.Table(data, 'Table', { tableName: 'invoices', partitionKey, encryptionKey: key.via(DYNAMODB), stream: dynamodb.StreamViewType.KEYS_ONLY });

export const TABLES: KeyTaker[] = [
  {
    l2: 'dynamodb.Table',
    takes: ['aws-dynamodb TableOptions.encryptionKey'],
    via: DYNAMODB,
    build: (stacks) => {
      const table = tableIn(stacks);
      functionIn(stacks.data, { events: [new eventSources.DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST })] });
      return (grantee) => table.grantReadWriteData(grantee);
    },
    consumer: TABLE_WRITE,
    ownRoles: TABLE_READ,
  },
  {
    l2: 'dynamodb.Table that is imported',
    takes: ['aws-dynamodb TableAttributes.encryptionKey', 'aws-dynamodb StreamGrantsProps.encryptionKey'],
    via: DYNAMODB,
    build: (stacks) => {
      const table = tableIn(stacks);
      const encryptionKey = stacks.key.via(DYNAMODB);
      const imported = dynamodb.Table.fromTableAttributes(stacks.data, 'Imported', { tableName: 'invoices', encryptionKey });
      const stream = new dynamodb.StreamGrants({ table, tableStreamArn: table.tableStreamArn!, encryptionKey });
      return (grantee) => {
        imported.grantReadData(grantee);
        stream.read(grantee);
      };
    },
    consumer: TABLE_READ,
  },
  {
    l2: 'dynamodb.TableV2',
    takes: ['aws-dynamodb TableEncryptionV2.customerManagedKey(tableKey)'],
    via: DYNAMODB,
    build: (stacks) => {
      const table = tableV2In(stacks);
      return (grantee) => {
        table.grantReadWriteData(grantee);
        table.grantStreamRead(grantee);
      };
    },
    consumer: TABLE_WRITE,
    needsEnvironment: 'a table names the Regions of its replicas, its own included',
  },
  {
    l2: 'dynamodb.TableV2 that is imported',
    takes: ['aws-dynamodb TableAttributesV2.encryptionKey'],
    via: DYNAMODB,
    build: (stacks) => {
      tableV2In(stacks);
      const imported = dynamodb.TableV2.fromTableAttributes(stacks.data, 'Imported', { tableName: 'invoices', encryptionKey: stacks.key.via(DYNAMODB) });
      return (grantee) => imported.grantReadData(grantee);
    },
    consumer: TABLE_READ,
    needsEnvironment: 'a table names the Regions of its replicas, its own included',
  },
];

export const STREAMS: KeyTaker[] = [
  {
    l2: 'kinesis.Stream',
    takes: ['aws-kinesis StreamProps.encryptionKey'],
    via: KINESIS,
    build: ({ data, key }) => {
      const stream = new kinesis.Stream(data, 'Stream', { streamName: 'billing', encryptionKey: key.via(KINESIS) });
      functionIn(data, { events: [new eventSources.KinesisEventSource(stream, { startingPosition: lambda.StartingPosition.LATEST })] });
      return (grantee) => stream.grantWrite(grantee);
    },
    consumer: ['kms:DescribeKey', 'kms:GenerateDataKey'],
    ownRoles: ['kms:Decrypt'],
  },
  {
    l2: 'kinesis.Stream that is imported',
    takes: ['aws-kinesis StreamAttributes.encryptionKey'],
    via: KINESIS,
    build: ({ data, key }) => {
      new kinesis.Stream(data, 'Stream', { streamName: 'billing', encryptionKey: key.via(KINESIS) });
      const imported = kinesis.Stream.fromStreamAttributes(data, 'Imported', {
        streamArn: `arn:aws:kinesis:${data.region}:${data.account}:stream/billing`, encryptionKey: key.via(KINESIS),
      });
      return (grantee) => imported.grantReadWrite(grantee);
    },
    consumer: ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey'],
  },
];
