import { type ExampleExpectations, SSE_S3 } from '../example-expectations';

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
    'DataPlatformData/PartnerToken': DATA,
    'DataPlatformConsumers/Worker': DATA,
    'DataPlatformData/FailedArrivals': OPERATIONS,
    'DataPlatformData/Arrivals': OPERATIONS,
    'DataPlatformData/Alerts': OPERATIONS,
    'DataPlatformData/Logs': OPERATIONS,
  },
  retained: [
    DATA, `${DATA}/Alias`, OPERATIONS, `${OPERATIONS}/Alias`,
    'DataPlatformData/Lake', 'DataPlatformData/Lake/AccessLogs', 'DataPlatformData/Catalogue', 'DataPlatformData/Logs',
  ],
  skippedByMoto: [
    'AWS::CloudWatch::Alarm',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::TopicPolicy',
    'AWS::SQS::QueuePolicy',
    'Custom::S3BucketNotifications',
    'Custom::VpcRestrictDefaultSG',
  ],
};
