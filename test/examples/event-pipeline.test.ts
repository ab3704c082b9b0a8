import { ExampleTemplates } from '../support/example-templates';

const templates = new ExampleTemplates('event-pipeline');

test('the templates are those that were read', () => {
  expect(templates.stacks).toMatchSnapshot();
});

test('the table shows every key with its policy and what is encrypted under it', () => {
  expect(templates.keyTable).toMatchInlineSnapshot(`
"
KEY                              POLICY                 ENCRYPTS
------------------------------------------------------------------------------------------------------------------------
alias/event-pipeline/backups     1,765 of 32,768 bytes  AWS::Backup::BackupVault              EventPipelineBackup/Vault
EventPipelineKeys/Backups        6 statements

alias/event-pipeline/operations  3,780 of 32,768 bytes  AWS::Logs::LogGroup                   ...tPipelineMessaging/Logs
EventPipelineKeys/Operations     12 statements          AWS::Lambda::Function                 ...elineProcessing/Receipt
                                                        AWS::Lambda::Function                 ...pelineProcessing/Search
                                                        AWS::Lambda::EventSourceMapping       ...essagingChangesBB325FCE
                                                        AWS::Logs::LogGroup                   EventPipelineStores/Logs

alias/event-pipeline/orders      6,533 of 32,768 bytes  AWS::SNS::Topic                       ...elineMessaging/Accepted
EventPipelineKeys/Orders         20 statements          AWS::Events::Archive                  ...ssaging/Archive/Archive
                                                        AWS::Events::EventBus                 EventPipelineMessaging/Bus
                                                        AWS::Kinesis::Stream                  ...pelineMessaging/Changes
                                                        AWS::KinesisFirehose::DeliveryStream  ...elineMessaging/Delivery
                                                        AWS::S3::Bucket                       ...pelineMessaging/History
                                                        AWS::SNS::Topic                       ...elineMessaging/Recorded
                                                        AWS::SQS::Queue                       ...neMessaging/Undelivered
                                                        AWS::SQS::Queue                       ...lineMessaging/Warehouse
                                                        AWS::SQS::Queue                       ...pelineProcessing/Failed
                                                        AWS::StepFunctions::StateMachine      ...pelineProcessing/Fulfil
                                                        AWS::ElastiCache::ServerlessCache     EventPipelineStores/Cache
                                                        AWS::EFS::FileSystem                  ...PipelineStores/Receipts
                                                        AWS::OpenSearchService::Domain        EventPipelineStores/Search
                                                        AWS::DynamoDB::Table                  EventPipelineStores/Table
"
`);
});

test('the stacks refer to those before them, and the keys to nothing', () => {
  expect(templates.references).toMatchInlineSnapshot(`
{
  "EventPipelineBackup": [
    "EventPipelineKeys",
    "EventPipelineStores",
  ],
  "EventPipelineKeys": [],
  "EventPipelineMessaging": [
    "EventPipelineKeys",
  ],
  "EventPipelinePeople": [
    "EventPipelineKeys",
    "EventPipelineMessaging",
    "EventPipelineProcessing",
    "EventPipelineStores",
  ],
  "EventPipelineProcessing": [
    "EventPipelineKeys",
    "EventPipelineMessaging",
    "EventPipelineStores",
  ],
  "EventPipelineStores": [
    "EventPipelineKeys",
  ],
}
`);
});

test('the key policies name no principal but the account, everyone under conditions, and services', () => {
  expect(templates.principals).toMatchInlineSnapshot(`
[
  "{"AWS":"*"}",
  "{"AWS":{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":iam::",{"Ref":"AWS::AccountId"},":root"]]}}",
  "{"Service":"delivery.logs.amazonaws.com"}",
  "{"Service":"events.amazonaws.com"}",
  "{"Service":"lambda.amazonaws.com"}",
  "{"Service":["events.amazonaws.com","s3.amazonaws.com","sns.amazonaws.com"]}",
  "{"Service":{"Fn::Join":["",["lambda.",{"Ref":"AWS::Region"},".amazonaws.com"]]}}",
  "{"Service":{"Fn::Join":["",["logs.",{"Ref":"AWS::Region"},".",{"Ref":"AWS::URLSuffix"}]]}}",
]
`);
});

test('everything that the catalogue can encrypt is encrypted under a key, except access logs, and the function of AWS CDK without environment', () => {
  expect(templates.unencrypted).toMatchInlineSnapshot(`
{
  "AWS::Lambda::Function": [
    "EventPipelineMessaging/BucketNotificationsHandler050a0587b7544547bf325f094a3db834",
    "EventPipelineStores/Custom::VpcRestrictDefaultSGCustomResourceProvider/Handler",
  ],
  "AWS::S3::Bucket": [
    "EventPipelineMessaging/History/AccessLogs",
  ],
}
`);
});

test.each([
  ['365 days', undefined, 365],
  ['what the context says', '180', 180],
])('the keys rotate after %s', (_, rotationDays, days) => {
  const { keys } = new ExampleTemplates('event-pipeline', rotationDays ? { rotationDays } : {});

  expect(keys.map(({ Properties }) => Properties!.RotationPeriodInDays)).toEqual([days, days, days]);
});
