import { App, CfnParameter, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedDatabaseCluster, EncryptedDatabaseInstance, EncryptedDatabaseProps } from '../../../src';
import { AURORA_POSTGRES, POSTGRES, vpcWith, WRITER } from '../../support/databases';
import { SHAPES_ONLY } from '../../support/key-stack';
import { FLAGS, templateOf } from '../../support/template-difference';

const EXPORTS = { cloudwatchLogsExports: ['postgresql', 'iam-db-auth-error'] };

type Given = Pick<EncryptedDatabaseProps, 'cloudwatchLogsRetention' | 'removalPolicy' | 'cloudwatchLogsEncryptionKey'> & { identifier?: string };

function instance(scope: Construct, { identifier: instanceIdentifier, ...given }: Given = {}) {
  return new EncryptedDatabaseInstance(scope, 'Ledger', { engine: POSTGRES, vpc: vpcWith(scope, 'isolated'), instanceIdentifier, ...EXPORTS, ...given });
}
function cluster(scope: Construct, { identifier: clusterIdentifier, ...given }: Given = {}) {
  return new EncryptedDatabaseCluster(scope, 'Ledger', {
    engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(scope, 'isolated'), clusterIdentifier, ...EXPORTS, ...given,
  });
}
const KINDS: ['instance' | 'cluster', typeof instance | typeof cluster][] = [['instance', instance], ['cluster', cluster]];
const ofType = ({ Resources }: { Resources: Record<string, any> }, type: string) =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

function warningsOf(build: (scope: Construct) => void): unknown[] {
  jest.spyOn(console, 'error').mockImplementation();
  const app = new App({ context: FLAGS.recommended, analyticsReporting: false });
  Validations.of(app).addPlugins(SHAPES_ONLY);
  const stack = new Stack(app, 'Data');
  build(stack);
  return Annotations.fromStack(stack).findWarning('/Data/Ledger', Match.anyValue()).map(({ entry }) => entry.data);
}

describe.each(KINDS)('of an %s', (kind, make) => {
  test('are made beforehand under the key, by the name that Amazon RDS gives them', () => {
    const template = templateOf((scope) => make(scope, { identifier: 'Ledger' }));

    const groups = ofType(template, 'AWS::Logs::LogGroup');
    expect(groups.map(([, { Properties, DeletionPolicy }]) => [Properties, DeletionPolicy])).toEqual(EXPORTS.cloudwatchLogsExports.map((log) => [{
      LogGroupName: `/aws/rds/${kind}/ledger/${log}`, KmsKeyId: { 'Fn::GetAtt': ['LedgerKeyA5F78EAE', 'Arn'] }, RetentionInDays: 731,
    }, 'Retain']));
    expect(template.Resources.LedgerB7379752.DependsOn).toEqual(expect.arrayContaining(groups.map(([id]) => id)));
    expect(template.Resources.LedgerKeyA5F78EAE.Properties.KeyPolicy.Statement.map(({ Principal }: any) => Principal.Service))
      .toContainEqual({ 'Fn::Join': ['', ['logs.eu-west-2.', { Ref: 'AWS::URLSuffix' }]] });
  });

  test('are named by an identifier that is known at deployment only', () => {
    const template = templateOf((scope) => make(scope, { identifier: new CfnParameter(scope, 'Name').valueAsString }));

    expect(ofType(template, 'AWS::Logs::LogGroup')[0][1].Properties.LogGroupName)
      .toEqual({ 'Fn::Join': ['', [`/aws/rds/${kind}/`, { Ref: 'Name' }, '/postgresql']] });
  });

  test('keep what they are told to, under a key of their own, and go with a database that goes', () => {
    const template = templateOf((scope) => make(scope, {
      identifier: 'ledger',
      cloudwatchLogsRetention: logs.RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
      cloudwatchLogsEncryptionKey: new CustomerManagedKey(scope, 'Logs'),
    }));

    expect(ofType(template, 'AWS::Logs::LogGroup')[0][1]).toMatchObject({
      Properties: { RetentionInDays: 30, KmsKeyId: { 'Fn::GetAtt': ['Logs6819BB44', 'Arn'] } }, DeletionPolicy: 'Delete',
    });
    expect(ofType(template, 'Custom::LogRetention')).toEqual([]);
  });

  test('are found by log', () => {
    expect(Object.keys(make(new Stack(), { identifier: 'ledger' }).logGroups)).toEqual(EXPORTS.cloudwatchLogsExports);
    expect(make(new Stack()).logGroups).toEqual({});
  });

  test('that Amazon RDS makes itself without a key are warned of', () => {
    expect(warningsOf(make)).toEqual([
      'The exported logs are not encrypted under a key of yours, given: postgresql, iam-db-auth-error without '
      + `${kind}Identifier. Amazon RDS names their log groups by the identifier: give one to a new database, and their log groups are made beforehand `
      + `under the key. To name an existing ${kind} would replace it. [ack: cdk-kms-patterns:logsNotUnderKey]`,
    ]);
  });
});

test('are not warned of where nothing is exported', () => {
  expect(warningsOf((scope) => new EncryptedDatabaseInstance(scope, 'Ledger', { engine: POSTGRES, vpc: vpcWith(scope, 'isolated') }))).toEqual([]);
});
