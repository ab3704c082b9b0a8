import { type ExampleExpectations, SSE_S3 } from '../example-expectations';

const ORDERS = 'EventPipelineKeys/Orders';
const OPERATIONS = 'EventPipelineKeys/Operations';
const BACKUPS = 'EventPipelineKeys/Backups';

export const expectations: ExampleExpectations = {
  change: { rotationDays: '180' },
  keys: {
    [ORDERS]: { aliases: ['alias/event-pipeline/orders'], rotationDays: [365, 180] },
    [OPERATIONS]: { aliases: ['alias/event-pipeline/operations'], rotationDays: [365, 180] },
    [BACKUPS]: { aliases: ['alias/event-pipeline/backups'], rotationDays: [365, 180] },
  },
  encryptedUnder: {
    'EventPipelineMessaging/Logs': OPERATIONS,
    'EventPipelineMessaging/Undelivered': ORDERS,
    'EventPipelineMessaging/Bus': ORDERS,
    'EventPipelineMessaging/Archive/Archive': ORDERS,
    'EventPipelineMessaging/History': ORDERS,
    'EventPipelineMessaging/History/AccessLogs': SSE_S3,
    'EventPipelineMessaging/Recorded': ORDERS,
    'EventPipelineMessaging/Accepted': ORDERS,
    'EventPipelineMessaging/Warehouse': ORDERS,
    'EventPipelineMessaging/Changes': ORDERS,
    'EventPipelineMessaging/Delivery': ORDERS,
    'EventPipelineStores/Logs': OPERATIONS,
    'EventPipelineStores/Table': ORDERS,
    'EventPipelineStores/Receipts': ORDERS,
    'EventPipelineStores/Cache': ORDERS,
    'EventPipelineStores/Search': ORDERS,
    'EventPipelineProcessing/Failed': ORDERS,
    'EventPipelineProcessing/Search': OPERATIONS,
    'EventPipelineProcessing/Search/KinesisEventSource:EventPipelineMessagingChangesBB325FCE': OPERATIONS,
    'EventPipelineProcessing/Receipt': OPERATIONS,
    'EventPipelineProcessing/Fulfil': ORDERS,
    'EventPipelineBackup/Vault': BACKUPS,
  },
  retained: [
    ...[ORDERS, OPERATIONS, BACKUPS].flatMap((key) => [key, `${key}/Alias`]),
    'EventPipelineMessaging/Logs', 'EventPipelineMessaging/History', 'EventPipelineMessaging/History/AccessLogs', 'EventPipelineMessaging/Changes',
    'EventPipelineStores/Logs', 'EventPipelineStores/Table', 'EventPipelineStores/Receipts',
  ],
  skippedByMoto: [
    'AWS::Backup::BackupPlan',
    'AWS::Backup::BackupSelection',
    'AWS::Backup::BackupVault',
    'AWS::EC2::SecurityGroupEgress',
    'AWS::ElastiCache::ServerlessCache',
    'AWS::KinesisFirehose::DeliveryStream',
    'AWS::Logs::LogStream',
    'AWS::OpenSearchService::Domain',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::Subscription',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::QueuePolicy',
    'Custom::S3BucketNotifications',
    'Custom::VpcRestrictDefaultSG',
  ],
};
