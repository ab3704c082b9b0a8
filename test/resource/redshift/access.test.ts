import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { AccessModel } from '../../../src/access/access-model';
import { keyUses } from '../../../src/access/key-uses';
import { serviceGrants } from '../../../src/access/service-grants';
import { synthesizedTemplates } from '../../support/synthesized-templates';
import { ThreeStacks } from '../../support/three-stacks';
import { newCluster, newServerless, Warehouse } from '../../support/warehouses';

/** What COPY and UNLOAD act as. */
const copyRole = (data: Construct) => [new iam.Role(data, 'Copy', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') })];
const STORES: [string, (stacks: ThreeStacks) => Warehouse, string, string[], string[], string[]][] = [
  ['cluster', ({ data, key }) => newCluster(data, { encryptionKey: key, roles: copyRole(data) }),
    'aws:redshift:arn', ['redshift-data', 'redshift'], [
      'AWS::Redshift::Cluster KmsKeyId', 'AWS::Redshift::Cluster MasterPasswordSecretKmsKeyId',
    ], ['Amazon Redshift', 'Amazon Redshift admin secret']],
  ['namespace', ({ data, key }) => newServerless(data, { encryptionKey: key, roles: copyRole(data) }),
    'aws:redshift-serverless:arn', ['redshift-data', 'redshift-serverless', 'redshift'], [
      'AWS::Logs::LogGroup KmsKeyId', 'AWS::Logs::LogGroup KmsKeyId', 'AWS::Logs::LogGroup KmsKeyId',
      'AWS::RedshiftServerless::Namespace AdminPasswordSecretKmsKeyId', 'AWS::RedshiftServerless::Namespace KmsKeyId',
    ], ['Amazon Redshift Serverless', 'Amazon Redshift admin secret']],
];

const SECRET = ['redshift', 'redshift-serverless', 'secretsmanager'];
const DENIED = { verdict: 'denied', conditions: [] };
const ALLOWED = { verdict: 'allowed', conditions: [] };

/** Whoever has to do with a warehouse, in a stack of their own, and the key in another. */
function modelOf(make: (stacks: ThreeStacks) => Warehouse): AccessModel {
  const stacks = new ThreeStacks('weak', {});
  const warehouse = make(stacks);
  warehouse.grantDataApi(stacks.role('Caller'));
  warehouse.grantReadAdminSecret(stacks.role('Reader'));
  stacks.role('Deployer', { inlinePolicies: { Deploy: stacks.key.deployPermissions() } });
  stacks.role('Bystander');
  return new AccessModel(synthesizedTemplates(stacks.app));
}

describe.each(STORES)('with the key of a %s', (_kind, make, context, services, uses, grantees) => {
  let model: AccessModel;
  beforeAll(() => {
    model = modelOf(make);
  });

  const asked = (who: string, does: string) => {
    const { verdict, conditions } = model.decide({ principal: who === 'Copy' ? 'Data/Copy' : `Users/${who}`, key: 'Keys/Key', action: `kms:${does}` });
    return { verdict, conditions: conditions as readonly (readonly { readonly key: string; readonly values: readonly string[] }[])[] };
  };

  test.each<[who: string, does: string, decision: object]>([
    ['Caller', 'ReEncryptFrom', DENIED],
    ['Caller', 'PutKeyPolicy', DENIED],
    ['Reader', 'GenerateDataKey', DENIED],
    ['Reader', 'CreateGrant', DENIED],
    ['Copy', 'Decrypt', DENIED],
    ['Copy', 'GenerateDataKey', DENIED],
    ['Copy', 'CreateGrant', DENIED],
    ['Bystander', 'Decrypt', DENIED],
    ['Bystander', 'CreateGrant', DENIED],
    ['Deployer', 'DescribeKey', ALLOWED],
    ['Deployer', 'PutKeyPolicy', ALLOWED],
    ['Deployer', 'ScheduleKeyDeletion', ALLOWED],
  ])('%s asks for %s', (who, does, decision) => {
    expect(asked(who, does)).toMatchObject(decision);
  });

  const ofTheWarehouse = [`kms:EncryptionContext:${context}`, expect.stringMatching(/Data\/Warehouse/)];
  test.each<[who: string, does: string, through: string[], condition: unknown[]]>([
    ['Caller', 'CreateGrant', services, ['kms:GrantIsForAWSResource', 'true']],
    ['Caller', 'Decrypt', services, ofTheWarehouse],
    ['Caller', 'Encrypt', services, ofTheWarehouse],
    ['Caller', 'GenerateDataKey', services, ofTheWarehouse],
    ['Reader', 'Decrypt', SECRET, ['kms:EncryptionContext:SecretARN', expect.stringMatching(/MasterPasswordSecretArn>$|secret:redshift!sales-admin-[?]{6}$/)]],
  ])('%s asks for %s, which is allowed through %j, each time under one more condition', (who, does, through, condition) => {
    const { verdict, conditions } = asked(who, does);
    const [vias, others] = [true, false].map((isVia) => conditions.map((all) => all.filter(({ key }) => (key === 'kms:ViaService') === isVia)));

    expect(verdict).toBe('conditional');
    expect(new Set(vias.flatMap((all) => all.flatMap(({ values }) => values)))).toEqual(new Set(through.map((service) => `${service}.<AWS::Region>.amazonaws.com`)));
    expect(vias.map((all) => all.length)).toEqual(conditions.map(() => 1));
    expect(others.map((all) => all.map(({ key, values }) => [key, values[0]]))).toEqual(conditions.map(() => [condition]));
  });

  test.each(['CreateGrant', 'Decrypt', 'Encrypt', 'GenerateDataKey'])('whoever deploys is allowed %s with a service between only', (does) => {
    const { verdict, conditions } = asked('Deployer', does);

    expect(verdict).toBe('conditional');
    expect(conditions).not.toEqual([]);
    conditions.forEach((all) => expect(all).toContainEqual(expect.objectContaining({ key: 'kms:ViaService' })));
  });

  test.each(['Caller', 'Reader', 'Deployer'])('%s decrypts nothing without a service between', (who) => {
    expect(model.decide({ principal: `Users/${who}`, key: 'Keys/Key', action: 'kms:Decrypt', complete: true })).toMatchObject({ verdict: 'denied' });
  });

  test('Amazon Redshift has grants on the key, which who deploys and who calls the Data API let it make', () => {
    const grants = serviceGrants(model, model.key('Keys/Key')).filter(({ resources }) => resources.length > 0);
    const makersOf = (name: string) => grants.filter(({ service }) => service === name)
      .flatMap(({ makers }) => makers.map(({ identity }) => identity.logicalId!.replace(/[0-9A-F]{8}$/, '')));

    expect(new Set(grants.map(({ service }) => service))).toEqual(new Set(grantees));
    expect(new Set(makersOf(grantees[0]))).toEqual(new Set(['Caller', 'Deployer']));
    expect(makersOf(grantees[1])).toContain('Deployer');
    expect(makersOf(grantees[1])).not.toContain('Reader');
  });

  test('all that the warehouse keeps is under it', () => {
    expect(keyUses(model, model.key('Keys/Key')).map(({ type, property }) => `${type} ${property}`).sort()).toEqual(uses);
  });

  test.each(['redshift.amazonaws.com', 'redshift-serverless.amazonaws.com', 'secretsmanager.amazonaws.com', 's3.amazonaws.com'])('%s does nothing by itself', (principal) => {
    expect(model.decide({ principal, key: 'Keys/Key', action: 'kms:GenerateDataKey' })).toMatchObject(DENIED);
  });
});
