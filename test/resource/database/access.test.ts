import { EncryptedDatabaseCluster, EncryptedDatabaseInstance } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { keyUses } from '../../../src/access/key-uses';
import { serviceGrants } from '../../../src/access/service-grants';
import { AURORA_POSTGRES, POSTGRES, vpcWith, WRITER } from '../../support/databases';
import { synthesizedTemplates } from '../../support/synthesized-templates';
import { ThreeStacks } from '../../support/three-stacks';

const OF_THE_DATABASE = { manageMasterUserPassword: true, enablePerformanceInsights: true, cloudwatchLogsExports: ['postgresql'] };
const DATABASES: [string, (stacks: ThreeStacks) => EncryptedDatabaseInstance | EncryptedDatabaseCluster, string, string[]][] = [
  ['instance', ({ data, key }) => new EncryptedDatabaseInstance(data, 'Ledger', {
    engine: POSTGRES, vpc: vpcWith(data, 'isolated'), encryptionKey: key, instanceIdentifier: 'ledger', ...OF_THE_DATABASE,
  }), 'LedgerB7379752.DbiResourceId', [
    'AWS::Logs::LogGroup KmsKeyId', 'AWS::RDS::DBInstance KmsKeyId', 'AWS::RDS::DBInstance MasterUserSecret.KmsKeyId',
    'AWS::RDS::DBInstance PerformanceInsightsKMSKeyId',
  ]],
  ['cluster', ({ data, key }) => new EncryptedDatabaseCluster(data, 'Ledger', {
    engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(data, 'isolated'), encryptionKey: key, clusterIdentifier: 'ledger', ...OF_THE_DATABASE,
  }), 'LedgerWriter64F8D671.DbiResourceId', [
    'AWS::Logs::LogGroup KmsKeyId', 'AWS::RDS::DBCluster KmsKeyId', 'AWS::RDS::DBCluster MasterUserSecret.KmsKeyId',
    'AWS::RDS::DBCluster PerformanceInsightsKmsKeyId',
  ]],
];

const via = (...services: string[]) =>
  ({ operator: 'StringEquals', key: 'kms:ViaService', values: services.map((service) => `${service}.<AWS::Region>.amazonaws.com`) });
const context = (operator: string, key: string, value: string) => ({ operator, key: `kms:EncryptionContext:${key}`, values: [value] });
const FOR_AWS = { operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] };
const DENIED = { verdict: 'denied', conditions: [] };
const conditional = (...conditions: object[][]) => ({ verdict: 'conditional', conditions });

/** Whoever has to do with a database, in a stack of their own, and the key in another. */
function modelOf(make: (stacks: ThreeStacks) => EncryptedDatabaseInstance | EncryptedDatabaseCluster): AccessModel {
  const stacks = new ThreeStacks('weak', {});
  const database = make(stacks);
  database.grantReadSecret(stacks.role('App'));
  database.grantConnect(stacks.role('User'), 'app');
  database.grantViewPerformanceInsights(stacks.role('Viewer'));
  stacks.role('Deployer', { inlinePolicies: { Deploy: stacks.key.deployPermissions() } });
  stacks.role('Bystander');
  return new AccessModel(synthesizedTemplates(stacks.app));
}

describe.each(DATABASES)('with the key of an %s', (_kind, make, resourceId, uses) => {
  let model: AccessModel;
  beforeAll(() => {
    model = modelOf(make);
  });

  const SECRET = context('StringLike', 'SecretARN', '<Data/LedgerB7379752.MasterUserSecret.SecretArn>');
  const INSIGHTS = [
    context('StringEquals', 'aws:pi:service', 'rds'),
    context('StringEquals', 'service', 'pi'),
    context('StringEquals', 'aws:rds:db-id', `<Data/${resourceId}>`),
  ];

  test.each<[who: string, does: string, decision: object]>([
    ['App', 'Decrypt', conditional([via('rds', 'secretsmanager'), SECRET])],
    ['App', 'GenerateDataKey', DENIED],
    ['App', 'CreateGrant', DENIED],
    ['Viewer', 'Decrypt', conditional([via('rds'), ...INSIGHTS])],
    ['Viewer', 'GenerateDataKey', conditional([via('rds'), ...INSIGHTS])],
    ['Viewer', 'CreateGrant', DENIED],
    ['User', 'Decrypt', DENIED],
    ['User', 'GenerateDataKey', DENIED],
    ['User', 'CreateGrant', DENIED],
    ['User', 'DescribeKey', DENIED],
    ['Bystander', 'Decrypt', DENIED],
    ['Deployer', 'CreateGrant', conditional([via('rds'), FOR_AWS], [via('rds', 'secretsmanager'), FOR_AWS])],
    ['Deployer', 'DescribeKey', { verdict: 'allowed', conditions: [] }],
    ['Deployer', 'PutKeyPolicy', { verdict: 'allowed', conditions: [] }],
    ['Deployer', 'ScheduleKeyDeletion', { verdict: 'allowed', conditions: [] }],
  ])('%s asks for %s', (who, does, decision) => {
    expect(model.decide({ principal: `Users/${who}`, key: 'Keys/Key', action: `kms:${does}` })).toMatchObject(decision);
  });

  test.each(['App', 'Viewer', 'Deployer'])('%s decrypts nothing without a service between', (who) => {
    expect(model.decide({ principal: `Users/${who}`, key: 'Keys/Key', action: 'kms:Decrypt', complete: true })).toMatchObject({ verdict: 'denied' });
  });

  test('Amazon RDS has grants on the key for the database, which only who deploys lets it make', () => {
    const grants = serviceGrants(model, model.key('Keys/Key')).filter(({ resources }) => resources.length > 0);

    expect(new Set(grants.map(({ service }) => service))).toEqual(new Set(['Amazon RDS', 'Amazon RDS master user secret']));
    grants.forEach(({ makers }) => expect(makers.map(({ identity }) => identity.logicalId)).toEqual([expect.stringMatching(/^Deployer/)]));
  });

  test('all that the database keeps is under it', () => {
    expect(keyUses(model, model.key('Keys/Key')).map(({ type, property }) => `${type} ${property}`).sort()).toEqual(uses);
  });

  test.each(['rds.amazonaws.com', 'secretsmanager.amazonaws.com', 's3.amazonaws.com'])('%s does nothing by itself', (principal) => {
    expect(model.decide({ principal, key: 'Keys/Key', action: 'kms:GenerateDataKey' })).toMatchObject(DENIED);
  });
});
