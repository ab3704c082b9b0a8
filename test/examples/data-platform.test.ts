import { keyReport } from '../../src/report/key-report';
import { keyTable } from '../../src/report/key-table';
import { exampleApp, templatesOf } from '../support/example-app';
import { KmsService } from 'cdk-kms-patterns';

interface Resource {
  readonly Type: string;
  readonly Properties?: Record<string, unknown>;
}

const app = exampleApp('data-platform');
const templates = templatesOf(app) as Record<string, { Resources: Record<string, Resource>; Outputs?: Record<string, unknown> }>;
const resources = Object.values(templates).flatMap(({ Resources }) => Object.values(Resources));
const keys = resources.filter(({ Type }) => Type === 'AWS::KMS::Key');

test('the templates are those that were read', () => {
  expect(templates).toMatchSnapshot();
});

test('the table shows every key with its policy and what is encrypted under it', () => {
  expect(`\n${keyTable(keyReport(app.synth().directory))}\n`).toMatchInlineSnapshot(`
"
KEY                             POLICY                 ENCRYPTS
------------------------------------------------------------------------------------------------------------------------
alias/data-platform/data        3,516 of 32,768 bytes  AWS::EC2::Instance             DataPlatformConsumers/Worker
DataPlatformKeys/Data           10 statements          AWS::EC2::Volume               DataPlatformData/Catalogue
                                                       AWS::S3::Bucket                DataPlatformData/Lake
                                                       AWS::RDS::DBInstance           DataPlatformData/Ledger
                                                       AWS::SecretsManager::Secret    DataPlatformData/PartnerToken
                                                       Custom::SecureStringParameter  ...latformData/SigningKey/Resource
                                                       AWS::Redshift::Cluster         DataPlatformData/Warehouse

alias/data-platform/operations  3,207 of 32,768 bytes  AWS::SNS::Topic                DataPlatformData/Alerts
DataPlatformKeys/Operations     12 statements          AWS::SQS::Queue                DataPlatformData/Arrivals
                                                       AWS::SQS::Queue                DataPlatformData/FailedArrivals
                                                       AWS::Logs::LogGroup            ...Data/Ledger/LogGroup-postgresql
                                                       AWS::Logs::LogGroup            ...ormData/Ledger/LogGroup-upgrade
                                                       AWS::Logs::LogGroup            DataPlatformData/Logs
                                                       AWS::Logs::LogGroup            DataPlatformNetwork/FlowLogs
"
`);
});

test('the stacks refer to those before them, and the keys to nothing', () => {
  const named = (stack: string) => [...new Set(JSON.stringify(templates[stack]).match(/DataPlatform(Keys|Network|Data|Consumers)(?=")/g))].sort();

  expect(named('DataPlatformKeys')).toEqual([]);
  expect(named('DataPlatformNetwork')).toEqual(['DataPlatformKeys']);
  expect(named('DataPlatformData')).toEqual(['DataPlatformKeys', 'DataPlatformNetwork']);
  expect(named('DataPlatformConsumers')).toEqual(['DataPlatformData', 'DataPlatformKeys', 'DataPlatformNetwork']);
});

test('the key policies name no principal but the account, everyone under conditions, and services', () => {
  const principals = new Set(keys.flatMap(({ Properties }) => (Properties!.KeyPolicy as { Statement: { Principal: unknown }[] }).Statement)
    .map(({ Principal }) => JSON.stringify(Principal)));

  expect([...principals].sort()).toEqual([
    '{"AWS":"*"}',
    '{"AWS":{"Fn::Join":["",["arn:",{"Ref":"AWS::Partition"},":iam::",{"Ref":"AWS::AccountId"},":root"]]}}',
    '{"Service":"cloudwatch.amazonaws.com"}',
    '{"Service":"events.amazonaws.com"}',
    '{"Service":"s3.amazonaws.com"}',
    '{"Service":{"Fn::Join":["",["logs.",{"Ref":"AWS::Region"},".",{"Ref":"AWS::URLSuffix"}]]}}',
  ]);
});

test('everything that the catalogue can encrypt is encrypted under a key, except the buckets of three logs, the log of a function, and functions without environment', () => {
  const types = KmsService.all().flatMap(({ facts }) => (facts.resources ?? []).map(({ type }) => type));
  const all = resources.filter(({ Type, Properties }) => types.includes(Type) && (Type !== 'AWS::Lambda::Function' || Properties!.Environment))
    .map(({ Type }) => Type);

  const found = keyReport(app.synth().directory).flatMap(({ encrypts }) => encrypts.map(({ type }) => type));

  const logBuckets = ['AccessLogs', 'AuditLogs', 'AccessLogs'].map(() => 'AWS::S3::Bucket');
  expect([...found, 'AWS::Logs::LogGroup', ...logBuckets].sort()).toEqual(all.sort());
});

test.each([
  ['365 days', undefined, 365],
  ['what the context says', '180', 180],
])('the keys rotate after %s', (_, rotationDays, days) => {
  const changed = templatesOf(exampleApp('data-platform', rotationDays ? { rotationDays } : {})) as typeof templates;

  const periods = Object.values(changed.DataPlatformKeys.Resources).filter(({ Type }) => Type === 'AWS::KMS::Key')
    .map(({ Properties }) => Properties!.RotationPeriodInDays);
  expect(periods).toEqual([days, days]);
});
