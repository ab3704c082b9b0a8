import { type ExampleExpectations, SSE_S3 } from '../example-expectations';

const ARTIFACTS = 'DeliveryKeys/Artifacts';
const SITE = 'DeliveryKeys/Site';

export const expectations: ExampleExpectations = {
  change: { rotationDays: '180' },
  keys: {
    [ARTIFACTS]: { aliases: ['alias/delivery/artifacts'], rotationDays: [365, 180] },
    [SITE]: { aliases: ['alias/delivery/site'], rotationDays: [365, 180] },
  },
  encryptedUnder: {
    'DeliverySite/Pages': SITE,
    'DeliverySite/Pages/AccessLogs': SSE_S3,
    'DeliveryPipeline/Artifacts': ARTIFACTS,
    'DeliveryPipeline/Artifacts/AccessLogs': SSE_S3,
    'DeliveryPipeline/Images': ARTIFACTS,
    'DeliveryPipeline/Approvals': ARTIFACTS,
    'DeliveryPipeline/Logs': ARTIFACTS,
    'DeliveryPipeline/Pipeline': ARTIFACTS,
  },
  retained: [
    ...[ARTIFACTS, SITE].flatMap((key) => [key, `${key}/Alias`]),
    'DeliverySite/Pages', 'DeliverySite/Pages/AccessLogs', 'DeliveryPipeline/Artifacts', 'DeliveryPipeline/Artifacts/AccessLogs',
    'DeliveryPipeline/Images', 'DeliveryPipeline/Logs',
  ],
  skippedByMoto: [
    'AWS::CloudFront::Distribution',
    'AWS::CloudFront::OriginAccessControl',
    'AWS::CodeBuild::Project',
    'AWS::CodeConnections::Connection',
    'AWS::CodePipeline::Pipeline',
    'AWS::S3::BucketPolicy',
    'AWS::SNS::TopicPolicy',
  ],
  elsewhere: ['DeliveryWorkload'],
};
