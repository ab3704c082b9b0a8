import { App, Aspects, CfnResource, IAspect, IPropertyInjector, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';
import { EncryptedDatabaseCluster, EncryptedDatabaseInstance } from '../../../src';
import { AURORA_POSTGRES, POSTGRES, vpcWith, WRITER } from '../../support/databases';
import { SHAPES_ONLY } from '../../support/key-stack';
import { FLAGS } from '../../support/template-difference';

type Given = Record<string, unknown>;
type Change = (resource: CfnResource) => void;

const EXPORTS = { cloudwatchLogsExports: ['postgresql'], enablePerformanceInsights: true };
const DATABASES: ['EncryptedDatabaseInstance' | 'EncryptedDatabaseCluster', (scope: Construct, given?: Given) => Construct][] = [
  ['EncryptedDatabaseInstance', (scope, given = {}) => new EncryptedDatabaseInstance(scope, 'Ledger', {
    engine: POSTGRES, vpc: vpcWith(scope, 'isolated'), instanceIdentifier: 'ledger', ...EXPORTS, ...given,
  })],
  ['EncryptedDatabaseCluster', (scope, given = {}) => new EncryptedDatabaseCluster(scope, 'Ledger', {
    engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(scope, 'isolated'), clusterIdentifier: 'ledger', ...EXPORTS, ...given,
  })],
];
const MANAGED = { manageMasterUserPassword: true };

function synthesized(build: (scope: Construct) => void, propertyInjectors: IPropertyInjector[] = []) {
  jest.spyOn(console, 'error').mockImplementation();
  const app = new App({ context: FLAGS.recommended, analyticsReporting: false, propertyInjectors });
  Validations.of(app).addPlugins(SHAPES_ONLY);
  const stack = new Stack(app, 'Data');
  build(stack);
  return Template.fromStack(stack).toJSON().Resources;
}

function aspect(type: string, change: Change): IAspect {
  return { visit: (node: IConstruct) => CfnResource.isCfnResource(node) && node.cfnResourceType === type && change(node) };
}

describe.each(DATABASES)('%s', (name, make) => {
  const type = name === 'EncryptedDatabaseInstance' ? 'AWS::RDS::DBInstance' : 'AWS::RDS::DBCluster';
  const groupType = name === 'EncryptedDatabaseInstance' ? 'AWS::RDS::DBParameterGroup' : 'AWS::RDS::DBClusterParameterGroup';
  const groupName = name === 'EncryptedDatabaseInstance' ? 'dbParameterGroupName' : 'dbClusterParameterGroupName';
  const set = (property: string, value: unknown): Change => (resource) => Object.assign(resource, { [property]: value });

  test.each<[string, Given, string, Change]>([
    ['storageEncryptionKey', {}, type, set('storageEncrypted', false)],
    ['storageEncryptionKey', {}, type, set('kmsKeyId', 'alias/aws/rds')],
    ['performanceInsightEncryptionKey', {}, type, set('performanceInsightsKmsKeyId', undefined)],
    ['performanceInsightEncryptionKey', {}, 'AWS::RDS::DBInstance', (resource) => Object.assign(resource, {
      enablePerformanceInsights: true, performanceInsightsKmsKeyId: 'alias/aws/rds',
    })],
    ['masterUserSecretEncryptionKey', MANAGED, type, set('masterUserSecret', undefined)],
    ['masterUserSecretEncryptionKey', MANAGED, type, set('manageMasterUserPassword', false)],
    ['masterUserSecretEncryptionKey', {}, 'AWS::SecretsManager::Secret', set('kmsKeyId', undefined)],
    ['cloudwatchLogsEncryptionKey', {}, 'AWS::Logs::LogGroup', set('kmsKeyId', undefined)],
    ['publiclyAccessible', {}, 'AWS::RDS::DBInstance', set('publiclyAccessible', true)],
    ['enforceSSL', {}, type, set(groupName, 'default.postgres17')],
    ['enforceSSL', {}, groupType, set('parameters', { 'rds.force_ssl': '0' })],
    ['enforceSSL', {}, groupType, set('parameters', {})],
  ])('fails for an aspect that changes %s with %j of %s', (undone, given, resourceType, change) => {
    expect(() => synthesized((scope) => Aspects.of(make(scope, given)).add(aspect(resourceType, change)))).toThrow(
      `[Data/Ledger] EncryptionUndone: a property injector, an aspect or a mixin changed ${undone} of the database inside; `
      + `leave this database out of it, or give what you want to ${name}`);
  });

  test('names all that an aspect changes', () => {
    const change: Change = (resource) => Object.assign(resource, { kmsKeyId: undefined, performanceInsightsKmsKeyId: undefined });

    expect(() => synthesized((scope) => Aspects.of(make(scope)).add(aspect(type, change)))).toThrow(
      'changed storageEncryptionKey, performanceInsightEncryptionKey of the database inside');
  });

  test('leaves alone what is given on purpose', () => {
    expect(() => synthesized((scope) => make(scope, { enforceSSL: false, deletionProtection: false, ...MANAGED }))).not.toThrow();
  });

  const injector = (constructUniqueId: string, inject: (props: any) => any): IPropertyInjector =>
    ({ constructUniqueId, inject: (props) => inject(props) });
  const inner = name === 'EncryptedDatabaseInstance' ? rds.DatabaseInstance : rds.DatabaseCluster;

  test.each<[string, string, (props: any) => any]>([
    ['storageEncryptionKey', inner.PROPERTY_INJECTION_ID, (props) => ({ ...props, storageEncryptionKey: undefined })],
    ['masterUserSecretEncryptionKey', secretsmanager.Secret.PROPERTY_INJECTION_ID, (props) => ({ ...props, encryptionKey: undefined })],
    ['cloudwatchLogsEncryptionKey', logs.LogGroup.PROPERTY_INJECTION_ID, (props) => ({ ...props, encryptionKey: undefined })],
    ['enforceSSL', rds.ParameterGroup.PROPERTY_INJECTION_ID, (props) => ({ ...props, parameters: {} })],
  ])('fails for a property injector that takes %s away: of %s', (undone, id, inject) => {
    expect(() => synthesized(make, [injector(id, inject)])).toThrow(`changed ${undone} of the database inside`);
  });

  test('takes properties that are injected where none are given', () => {
    const ours = name === 'EncryptedDatabaseInstance' ? EncryptedDatabaseInstance : EncryptedDatabaseCluster;
    const resources = synthesized(make, [
      injector(ours.PROPERTY_INJECTION_ID, (props) => ({ deletionProtection: false, ...props })),
      injector(inner.PROPERTY_INJECTION_ID, (props) => ({ preferredMaintenanceWindow: 'sun:23:45-mon:00:15', ...props })),
    ]);

    expect(resources.LedgerB7379752.Properties).toMatchObject({ DeletionProtection: false, PreferredMaintenanceWindow: 'sun:23:45-mon:00:15' });
  });
});

test('a restored instance fails for an aspect that gives it a key, which Amazon RDS would ignore', () => {
  const give: Change = (resource) => Object.assign(resource, { kmsKeyId: 'alias/aws/rds', storageEncrypted: true });

  expect(() => synthesized((scope) => {
    const { encryptionKey } = new EncryptedDatabaseInstance(scope, 'Other', { engine: POSTGRES, vpc: vpcWith(scope, 'isolated') });
    const restored = new EncryptedDatabaseInstance(scope, 'Ledger', {
      engine: POSTGRES, vpc: scope.node.findChild('Vpc') as never, snapshotIdentifier: 'ledger-2026', encryptionKey,
    });
    Aspects.of(restored).add(aspect('AWS::RDS::DBInstance', give));
  })).toThrow('changed storageEncryptionKey of the database inside');
});
