import { type ExampleExpectations, NO_KEY, SSE_S3 } from '../example-expectations';

const DATA = 'DataPlatformKeys/Data';
const OPERATIONS = 'DataPlatformKeys/Operations';

export const expectations: ExampleExpectations = {
  change: { rotationDays: '180' },
  keys: {
    [DATA]: { aliases: ['alias/data-platform/data'], rotationDays: [365, 180] },
    [OPERATIONS]: { aliases: ['alias/data-platform/operations'], rotationDays: [365, 180] },
  },
  encryptedUnder: {
    'DataPlatformData/Lake': DATA,
    'DataPlatformData/Lake/AccessLogs': SSE_S3,
    'DataPlatformData/Catalogue': DATA,
    'DataPlatformData/Ledger': DATA,
    'DataPlatformData/Warehouse': DATA,
    'DataPlatformData/Warehouse/AuditLogs': SSE_S3,
    'DataPlatformData/Warehouse/AccessLogs': SSE_S3,
    'DataPlatformData/PartnerToken': DATA,
    'DataPlatformData/SigningKey/Resource': DATA,
    'DataPlatformConsumers/Worker': DATA,
    'DataPlatformData/FailedArrivals': OPERATIONS,
    'DataPlatformData/Arrivals': OPERATIONS,
    'DataPlatformData/Alerts': OPERATIONS,
    'DataPlatformData/Ledger/LogGroup-postgresql': OPERATIONS,
    'DataPlatformData/Ledger/LogGroup-upgrade': OPERATIONS,
    'DataPlatformData/Logs': OPERATIONS,
    'DataPlatformData/SecureStringWriter/Logs': NO_KEY,
    'DataPlatformNetwork/FlowLogs': OPERATIONS,
  },
  retained: [
    DATA, `${DATA}/Alias`, OPERATIONS, `${OPERATIONS}/Alias`,
    'DataPlatformData/Lake', 'DataPlatformData/Lake/AccessLogs', 'DataPlatformData/Catalogue', 'DataPlatformData/Logs',
    'DataPlatformData/Ledger/LogGroup-postgresql', 'DataPlatformData/Ledger/LogGroup-upgrade',
    'DataPlatformData/Warehouse/AuditLogs', 'DataPlatformData/Warehouse/AccessLogs', 'DataPlatformData/PartnerToken', 'DataPlatformNetwork/FlowLogs',
  ],
  skippedByMoto: [
    'AWS::CloudWatch::Alarm',
    'AWS::EC2::SecurityGroupEgress',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::QueuePolicy',
    'Custom::S3BucketNotifications',
    'Custom::SecureStringParameter',
    'Custom::VpcRestrictDefaultSG',
  ],
};
