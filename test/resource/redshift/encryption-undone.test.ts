import { App, Aspects, CfnResource, IAspect, IPropertyInjector, Stack, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { EncryptedRedshiftCluster, EncryptedRedshiftServerless } from '../../../src';
import { SHAPES_ONLY } from '../../support/key-stack';
import { FLAGS } from '../../support/template-difference';
import { newCluster, newServerless, WAREHOUSES } from '../../support/warehouses';

type Change = (resource: CfnResource) => void;

function synthesized(build: (scope: Construct) => void, propertyInjectors: IPropertyInjector[] = []) {
  jest.spyOn(console, 'error').mockImplementation();
  const app = new App({ context: FLAGS.recommended, analyticsReporting: false, propertyInjectors });
  Validations.of(app).addPlugins(SHAPES_ONLY);
  const stack = new Stack(app, 'Data', { env: { account: '111122223333', region: 'eu-west-2' } });
  build(stack);
  return Template.fromStack(stack).toJSON().Resources;
}

function aspect(type: string, change: Change): IAspect {
  return { visit: (node: IConstruct) => CfnResource.isCfnResource(node) && node.cfnResourceType === type && change(node) };
}

const set = (property: string, value: unknown): Change => (resource) => Object.assign(resource, { [property]: value });
const CLUSTER = 'AWS::Redshift::Cluster';
const NAMESPACE = 'AWS::RedshiftServerless::Namespace';
const WORKGROUP = 'AWS::RedshiftServerless::Workgroup';

const CHANGES: [typeof WAREHOUSES[number][0], string, string, string, unknown][] = [
  ['EncryptedRedshiftCluster', 'encryptionKey', CLUSTER, 'encrypted', false],
  ['EncryptedRedshiftCluster', 'encryptionKey', CLUSTER, 'kmsKeyId', undefined],
  ['EncryptedRedshiftCluster', 'encryptionKey', CLUSTER, 'kmsKeyId', 'alias/aws/redshift'],
  ['EncryptedRedshiftCluster', 'adminSecretEncryptionKey', CLUSTER, 'manageMasterPassword', false],
  ['EncryptedRedshiftCluster', 'adminSecretEncryptionKey', CLUSTER, 'masterPasswordSecretKmsKeyId', undefined],
  ['EncryptedRedshiftCluster', 'adminSecretEncryptionKey', CLUSTER, 'masterUserPassword', 'Hunter2hunter2'],
  ['EncryptedRedshiftCluster', 'publiclyAccessible', CLUSTER, 'publiclyAccessible', true],
  ['EncryptedRedshiftCluster', 'enhancedVpcRouting', CLUSTER, 'enhancedVpcRouting', undefined],
  ['EncryptedRedshiftCluster', 'enforceSSL', CLUSTER, 'clusterParameterGroupName', 'default.redshift-1.0'],
  ['EncryptedRedshiftCluster', 'enforceSSL', 'AWS::Redshift::ClusterParameterGroup', 'parameters', []],
  ['EncryptedRedshiftCluster', 'enforceSSL', 'AWS::Redshift::ClusterParameterGroup', 'parameters', [{ parameterName: 'require_ssl', parameterValue: 'false' }]],
  ['EncryptedRedshiftCluster', 'auditLogsBucket', CLUSTER, 'loggingProperties', undefined],
  ['EncryptedRedshiftCluster', 'auditLogsBucket', 'AWS::S3::Bucket', 'bucketEncryption', {
    serverSideEncryptionConfiguration: [{ serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms' } }],
  }],
  ['EncryptedRedshiftServerless', 'encryptionKey', NAMESPACE, 'kmsKeyId', undefined],
  ['EncryptedRedshiftServerless', 'adminSecretEncryptionKey', NAMESPACE, 'manageAdminPassword', false],
  ['EncryptedRedshiftServerless', 'adminSecretEncryptionKey', NAMESPACE, 'adminPasswordSecretKmsKeyId', undefined],
  ['EncryptedRedshiftServerless', 'adminSecretEncryptionKey', NAMESPACE, 'adminUserPassword', 'Hunter2hunter2'],
  ['EncryptedRedshiftServerless', 'cloudwatchLogsEncryptionKey', 'AWS::Logs::LogGroup', 'kmsKeyId', undefined],
  ['EncryptedRedshiftServerless', 'publiclyAccessible', WORKGROUP, 'publiclyAccessible', true],
  ['EncryptedRedshiftServerless', 'enhancedVpcRouting', WORKGROUP, 'enhancedVpcRouting', false],
  ['EncryptedRedshiftServerless', 'enforceSSL', WORKGROUP, 'configParameters', undefined],
  ['EncryptedRedshiftServerless', 'enforceSSL', WORKGROUP, 'configParameters', [{ parameterKey: 'require_ssl', parameterValue: 'false' }]],
];
const makeOf = Object.fromEntries(WAREHOUSES);

test.each(CHANGES)('%s fails for an aspect that changes %s: of %s %s to %j', (name, undone, type, property, value) => {
  expect(() => synthesized((scope) => Aspects.of(makeOf[name](scope)).add(aspect(type, set(property, value))))).toThrow(
    `[Data/Warehouse] EncryptionUndone: a property injector, an aspect or a mixin changed ${undone} of the database inside; `
    + `leave this database out of it, or give what you want to ${name}`);
});

test('names all that an aspect changes', () => {
  const change: Change = (resource) => Object.assign(resource, { kmsKeyId: undefined, publiclyAccessible: true });

  expect(() => synthesized((scope) => Aspects.of(newCluster(scope)).add(aspect(CLUSTER, change)))).toThrow(
    'changed encryptionKey, publiclyAccessible of the database inside');
});

test.each(WAREHOUSES)('an %s leaves alone what is given on purpose', (_name, make) => {
  expect(() => synthesized((scope) => make(scope, { enforceSSL: false, parameters: { enable_user_activity_logging: 'false' } }))).not.toThrow();
});

describe('property injectors', () => {
  const injector = (constructUniqueId: string, inject: (props: any) => any): IPropertyInjector =>
    ({ constructUniqueId, inject: (props) => inject(props) });

  test('fail that take the key of the log groups away', () => {
    const take = (props: logs.LogGroupProps) => ({ ...props, encryptionKey: undefined });

    expect(() => synthesized((scope) => newServerless(scope), [injector(logs.LogGroup.PROPERTY_INJECTION_ID, take)])).toThrow(
      'changed cloudwatchLogsEncryptionKey of the database inside');
  });

  test('fail that force a key on the bucket of audit logs', () => {
    const force = (props: s3.BucketProps) => props.serverAccessLogsBucket ? { ...props, encryption: s3.BucketEncryption.KMS_MANAGED } : props;

    expect(() => synthesized((scope) => newCluster(scope), [injector(s3.Bucket.PROPERTY_INJECTION_ID, force)])).toThrow(
      'AuditLogsNotDeliverable: Amazon Redshift writes audit logs to buckets with SSE-S3 only, given: Data/Warehouse/AuditLogs');
  });

  test.each<[string, string, (scope: Construct) => void, string]>([
    ['a cluster', EncryptedRedshiftCluster.PROPERTY_INJECTION_ID, (scope) => newCluster(scope), 'Warehouse'],
    ['a namespace', EncryptedRedshiftServerless.PROPERTY_INJECTION_ID, (scope) => newServerless(scope), 'WarehouseWorkgroup507BB996'],
  ])('give %s what nobody gave', (_what, id, build, resource) => {
    expect(synthesized(build, [injector(id, (props) => ({ port: 5450, ...props }))])[resource].Properties.Port).toBe(5450);
  });
});
