import { AccessModel } from '../../src/access/access-model';
import { readAssembly } from '../../src/access/reader/read-assembly';
import { exampleApp, RESTORE } from '../support/example-app';
import { ExampleTemplates } from '../support/example-templates';
import { nagFindings } from '../support/nag';

const templates = new ExampleTemplates('disaster-recovery');
const restored = new ExampleTemplates('disaster-recovery', RESTORE);
const RECOVERY = /^Recovery/;

test('the templates are those that were read', () => {
  expect(templates.stacks).toMatchSnapshot();
});

test('what is restored is what was read', () => {
  expect(Object.fromEntries(Object.entries(restored.stacks).filter(([id]) => !(id in templates.stacks)))).toMatchSnapshot();
});

test('the table shows every key with its policy and what is encrypted under it', () => {
  expect(templates.keyTable).toMatchInlineSnapshot(`
"
KEY                             POLICY                 ENCRYPTS
------------------------------------------------------------------------------------------------------------------------
alias/data-platform/data        4,131 of 32,768 bytes  AWS::EC2::Instance                DataPlatformConsumers/Worker
DataPlatformKeys/Data           11 statements          AWS::EC2::Volume                  DataPlatformData/Catalogue
                                                       AWS::Backup::BackupVault          ...tformData/Copies/Daily/Vault
                                                       AWS::S3::Bucket                   DataPlatformData/Lake
                                                       AWS::RDS::DBInstance              DataPlatformData/Ledger
                                                       AWS::SecretsManager::Secret       DataPlatformData/PartnerToken
                                                       Custom::SecureStringParameter     ...formData/SigningKey/Resource
                                                       AWS::Redshift::Cluster            DataPlatformData/Warehouse

alias/data-platform/operations  4,705 of 32,768 bytes  AWS::SNS::Topic                   DataPlatformData/Alerts
DataPlatformKeys/Operations     17 statements          AWS::SQS::Queue                   DataPlatformData/Arrivals
                                                       AWS::SQS::Queue                   ...hots/Default/Selector/Failed
                                                       AWS::StepFunctions::StateMachine  ...ots/Default/Selector/Machine
                                                       AWS::Logs::LogGroup               ...Default/Selector/Machine/Log
                                                       AWS::SQS::Queue                   ...hots/Default/Selector/Failed
                                                       AWS::StepFunctions::StateMachine  ...ots/Default/Selector/Machine
                                                       AWS::Logs::LogGroup               ...Default/Selector/Machine/Log
                                                       AWS::SQS::Queue                   DataPlatformData/FailedArrivals
                                                       AWS::Logs::LogGroup               ...a/Ledger/LogGroup-postgresql
                                                       AWS::Logs::LogGroup               ...Data/Ledger/LogGroup-upgrade
                                                       AWS::Logs::LogGroup               DataPlatformData/Logs
                                                       AWS::Logs::LogGroup               DataPlatformNetwork/FlowLogs

alias/data-platform/data        7,529 of 32,768 bytes  AWS::DLM::LifecyclePolicy         DataPlatformData/Copies/Nightly
RecoveryCopies/Data             22 statements          Custom::SecureStringCopy          .../SigningKey/Inap-southeast-2
                                                       Custom::RedshiftSnapshotCopy      ...ta/Copies/Warehouse/Resource
                                                       AWS::S3::Bucket                   DataPlatformData/Lake
                                                       AWS::RDS::DBInstance              DataPlatformData/Ledger
                                                       AWS::SecretsManager::Secret       DataPlatformData/PartnerToken
                                                       AWS::Backup::BackupVault          ...tformData-Copies-Daily/Vault
                                                       AWS::Events::EventBus             ...DatabaseSnapshots/Copier/Bus
                                                       AWS::DynamoDB::Table              ...abaseSnapshots/Copier/Claims
                                                       AWS::SQS::Queue                   ...abaseSnapshots/Copier/Failed
                                                       AWS::StepFunctions::StateMachine  ...baseSnapshots/Copier/Machine
                                                       AWS::Logs::LogGroup               ...Snapshots/Copier/Machine/Log
                                                       AWS::S3::Bucket                   ...tformData-Copies-Lake/Bucket
                                                       AWS::StepFunctions::StateMachine  ...ormData-Copies-Ledger/Search
                                                       AWS::Logs::LogGroup               ...ata-Copies-Ledger/Search/Log
                                                       AWS::Events::EventBus             ...-Copies-Snapshots/Copier/Bus
                                                       AWS::DynamoDB::Table              ...pies-Snapshots/Copier/Claims
                                                       AWS::SQS::Queue                   ...pies-Snapshots/Copier/Failed
                                                       AWS::StepFunctions::StateMachine  ...ies-Snapshots/Copier/Machine
                                                       AWS::Logs::LogGroup               ...Snapshots/Copier/Machine/Log

alias/data-platform/operations  1,592 of 32,768 bytes  AWS::SNS::Topic                   RecoveryCopies/Alerts
RecoveryCopies/Operations       6 statements
"
`);
});

test('references run from the data platform to the copies, and nothing in the other Region refers to it', () => {
  expect(restored.references).toMatchInlineSnapshot(`
{
  "DataPlatformConsumers": [
    "DataPlatformData",
    "DataPlatformKeys",
    "DataPlatformNetwork",
  ],
  "DataPlatformData": [
    "DataPlatformKeys",
    "DataPlatformNetwork",
    "RecoveryCopies",
  ],
  "DataPlatformKeys": [],
  "DataPlatformNetwork": [
    "DataPlatformKeys",
  ],
  "RecoveryCopies": [],
  "RecoveryData": [
    "RecoveryCopies",
    "RecoveryNetwork",
  ],
  "RecoveryNetwork": [
    "RecoveryCopies",
  ],
  "RecoveryReaders": [
    "RecoveryCopies",
  ],
}
`);
  const there = Object.entries(restored.stacks).filter(([id]) => RECOVERY.test(id));
  expect(there.map(([id]) => id).sort()).toEqual(['RecoveryCopies', 'RecoveryData', 'RecoveryNetwork', 'RecoveryReaders']);
  there.forEach(([, template]) => expect(JSON.stringify(template)).not.toMatch(/"StackName":"DataPlatform/));
});

test('what is restored has no finding that is not acknowledged', () => {
  expect(nagFindings(exampleApp('disaster-recovery', RESTORE))).toEqual([]);
});

test('everything that the catalogue can encrypt is encrypted under a key, except logs, and functions without environment', () => {
  expect(restored.unencrypted).toMatchInlineSnapshot(`
{
  "AWS::Lambda::Function": [
    "DataPlatformNetwork/Custom::VpcRestrictDefaultSGCustomResourceProvider/Handler",
    "DataPlatformData/SecureStringWriter/Function",
    "DataPlatformData/BucketNotificationsHandler050a0587b7544547bf325f094a3db834",
    "DataPlatformData/Copies/Warehouse/Function",
    "RecoveryNetwork/Custom::VpcRestrictDefaultSGCustomResourceProvider/Handler",
  ],
  "AWS::Logs::LogGroup": [
    "DataPlatformData/SecureStringWriter/Logs",
    "DataPlatformData/Copies/Warehouse/Logs",
  ],
  "AWS::S3::Bucket": [
    "DataPlatformData/Lake/AccessLogs",
    "DataPlatformData/Warehouse/AccessLogs",
    "DataPlatformData/Warehouse/AuditLogs",
    "RecoveryCopies/DataPlatformData-Copies-Lake/Bucket/AccessLogs",
    "RecoveryData/Warehouse/AccessLogs",
    "RecoveryData/Warehouse/AuditLogs",
  ],
}
`);
});

describe('who decrypts', () => {
  const [SOURCE, COPIES] = ['DataPlatformKeys/Data', 'RecoveryCopies/Data'];
  let model: AccessModel;
  beforeAll(() => {
    model = new AccessModel(readAssembly(exampleApp('disaster-recovery', RESTORE).synth().directory));
  });

  /** Those of the templates who are not denied. */
  const whoDecrypts = (key: string) => model.identities.map(({ constructPath, logicalId }) => constructPath ?? logicalId!)
    .filter((principal) => model.decide({ principal, key, action: 'kms:Decrypt' }).verdict !== 'denied').sort();

  test('what is copied: what copies, and who reads there', () => {
    expect(whoDecrypts(COPIES)).toMatchInlineSnapshot(`
[
  "DataPlatformData/Copies/Daily/Role/Resource",
  "DataPlatformData/Copies/Nightly/Role/Resource",
  "DataPlatformData/Copies/SigningKey/Writerc327b646/Resource",
  "DataPlatformData/Copies/Warehouse/Role/Resource",
  "DataPlatformData/Lake/Replication/Role/Resource",
  "RecoveryCopies/DataPlatformData-Copies-DatabaseSnapshots/Copier/Machine/Role/Resource",
  "RecoveryCopies/DataPlatformData-Copies-Ledger/Search/Role/Resource",
  "RecoveryCopies/DataPlatformData-Copies-Snapshots/Copier/Machine/Role/Resource",
  "RecoveryData/Analyst/Resource",
  "RecoveryReaders/Analyst/Resource",
  "RecoveryReaders/Ingest/Resource",
]
`);
  });

  test('what is at home: who reads there, and what copies', () => {
    expect(whoDecrypts(SOURCE)).toMatchInlineSnapshot(`
[
  "DataPlatformConsumers/Analyst/Resource",
  "DataPlatformConsumers/Ingest/Resource",
  "DataPlatformData/Copies/Daily/Role/Resource",
  "DataPlatformData/Copies/Nightly/Role/Resource",
  "DataPlatformData/Copies/SigningKey/Writerc327b646/Resource",
  "DataPlatformData/Lake/Replication/Role/Resource",
  "DataPlatformData/Loader/Resource",
  "DataPlatformData/SigningKey/Writerf2e94c1a/Resource",
  "RecoveryCopies/DataPlatformData-Copies-DatabaseSnapshots/Copier/Machine/Role/Resource",
  "RecoveryCopies/DataPlatformData-Copies-Snapshots/Copier/Machine/Role/Resource",
]
`);
  });

  test.each(['Analyst', 'Auditor', 'Ingest', 'Operator'])('%s of the data platform decrypts nothing of the copies, and makes no grant for them', (role) => {
    const verdicts = ['Decrypt', 'ReEncryptFrom', 'GenerateDataKey', 'CreateGrant'].map((action) =>
      model.decide({ principal: `DataPlatformConsumers/${role}`, key: COPIES, action: `kms:${action}` }).verdict);

    expect(new Set(verdicts)).toEqual(new Set(['denied']));
  });
});
