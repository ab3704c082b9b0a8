import { AccessModel, AccessRequest } from '../../src/access/access-model';
import { exampleApp } from '../support/example-app';
import { synthesizedTemplates } from '../support/synthesized-templates';

const REGION = '<AWS::Region>';
const VIA = (...services: string[]) => [{ operator: 'StringEquals', key: 'kms:ViaService', values: services.map((service) => `${service}.${REGION}.amazonaws.com`) }];
const LAKE = ['arn:<AWS::Partition>:s3:::dataplatformdata-lake5f1b88ea-<DataPlatformData/Lake5F1B88EA>'];
const OF_THE_LAKE = { operator: 'StringLike', key: 'kms:EncryptionContext:aws:s3:arn', values: [LAKE[0], `${LAKE[0]}/*`] };
const OF_THE_SIGNING_KEY = {
  operator: 'StringLike', key: 'kms:EncryptionContext:PARAMETER_ARN', values: [`arn:<AWS::Partition>:ssm:${REGION}:<AWS::AccountId>:parameter/data-platform/signing-key`],
};
const OF_THE_TOKEN = {
  operator: 'StringLike',
  key: 'kms:EncryptionContext:SecretARN',
  values: [`arn:<AWS::Partition>:secretsmanager:${REGION}:<AWS::AccountId>:secret:data-platform/partner-token-??????`],
};
const OF_THE_WAREHOUSE = {
  operator: 'StringLike',
  key: 'kms:EncryptionContext:aws:redshift:arn',
  values: [`arn:<AWS::Partition>:redshift:${REGION}:<AWS::AccountId>:cluster:<DataPlatformData/Warehouse>`],
};
const BY_DATA_API = [...VIA('redshift-data', 'redshift'), OF_THE_WAREHOUSE];
const NEVER = { conditions: [] };
const DATA = 'DataPlatformKeys/Data';
const OPERATIONS = 'DataPlatformKeys/Operations';

let model: AccessModel;

beforeAll(() => {
  model = new AccessModel(synthesizedTemplates(exampleApp('data-platform')));
});

test.each<[who: string, does: string, key: string, verdict: string, conditions: object]>([
  ['Analyst', 'Decrypt', DATA, 'conditional', { conditions: [[...VIA('redshift'), OF_THE_WAREHOUSE], BY_DATA_API, [...VIA('s3'), OF_THE_LAKE]] }],
  ['Analyst', 'GenerateDataKey', DATA, 'conditional', { conditions: [[...VIA('redshift'), OF_THE_WAREHOUSE], BY_DATA_API] }],
  ['Analyst', 'Encrypt', DATA, 'conditional', { conditions: [BY_DATA_API] }],
  ['Analyst', 'ReEncryptTo', DATA, 'denied', NEVER],
  ['Analyst', 'Decrypt', OPERATIONS, 'conditional', { conditions: [VIA('sqs')] }],
  ['Ingest', 'GenerateDataKey', DATA, 'conditional', { conditions: [[...VIA('s3'), OF_THE_LAKE]] }],
  ['Ingest', 'Decrypt', DATA, 'conditional', {
    conditions: [[...VIA('ssm'), OF_THE_SIGNING_KEY], [...VIA('secretsmanager'), OF_THE_TOKEN], [...VIA('s3'), OF_THE_LAKE]],
  }],
  ['Ingest', 'Decrypt', OPERATIONS, 'denied', NEVER],
  ['Operator', 'Decrypt', DATA, 'denied', NEVER],
  ['Operator', 'CreateGrant', DATA, 'conditional', {
    conditions: [[...VIA('ec2'), { operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] }]],
  }],
  ['Operator', 'PutKeyPolicy', DATA, 'allowed', NEVER],
  ['Operator', 'Encrypt', DATA, 'denied', NEVER],
  ['Auditor', 'DescribeKey', DATA, 'allowed', NEVER],
  ['Auditor', 'ListGrants', OPERATIONS, 'allowed', NEVER],
  ['Auditor', 'Decrypt', DATA, 'denied', NEVER],
  ['Auditor', 'PutKeyPolicy', DATA, 'denied', NEVER],
])('%s asks for %s with %s: %s', (who, does, key, verdict, conditions) => {
  expect(model.decide({ principal: `DataPlatformConsumers/${who}`, key, action: `kms:${does}` })).toMatchObject({ verdict, ...conditions });
});

test.each<[string, Partial<AccessRequest>, string]>([
  ['cloudwatch.amazonaws.com', { action: 'kms:Decrypt', key: OPERATIONS }, 'conditional'],
  ['events.amazonaws.com', { action: 'kms:GenerateDataKey', key: OPERATIONS }, 'allowed'],
  ['s3.amazonaws.com', { action: 'kms:GenerateDataKey', key: OPERATIONS }, 'conditional'],
  ['s3.amazonaws.com', { action: 'kms:GenerateDataKey', key: DATA }, 'denied'],
  ['sns.amazonaws.com', { action: 'kms:Decrypt', key: OPERATIONS }, 'denied'],
])('%s with %j: %s', (principal, request, verdict) => {
  expect(model.decide({ principal, ...request } as AccessRequest)).toMatchObject({ verdict });
});

test('says which statements it rests on', () => {
  expect(model.decide({ principal: 'DataPlatformData/Loader', key: 'alias/data-platform/data', action: 'kms:Decrypt' }).because).toEqual([
    { stack: 'DataPlatformKeys', logicalId: 'Data666C94C7', index: 8, sid: 'UseThroughS3' },
    { stack: 'DataPlatformData', logicalId: 'LoaderDefaultPolicy54DBA8B6', index: 1 },
  ]);
});
