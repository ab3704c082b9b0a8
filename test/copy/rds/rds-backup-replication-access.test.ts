import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { keyUses } from '../../../src/access/key-uses';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { serviceGrants } from '../../../src/access/service-grants';
import { describeByReferences } from '../../support/by-references';
import { Copies, ledgerIn, replicated, SYDNEY } from '../../support/copies';
import { ACCOUNT, newStack, REGION } from '../../support/key-stack';
import { References } from '../../support/three-stacks';

const SOURCE = 'Data/Ledger/Key';
const THERE = `Data-copies-${SYDNEY}/Key`;
const COPY = ['Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptTo', 'ReEncryptFrom', 'Decrypt'];

/** Who uses the database, who deploys it with its copies, and who reads there, in stacks of their own. */
function modelOf(references: References): AccessModel {
  const copies = new Copies(references, { account: ACCOUNT, region: REGION });
  const users = newStack(copies.app, 'Users', { account: ACCOUNT, region: REGION });
  const role = (id: string, inlinePolicies?: { [name: string]: iam.PolicyDocument }) => new iam.Role(users, id, {
    assumedBy: new iam.AccountRootPrincipal(), inlinePolicies, roleName: id,
  });
  const ledger = ledgerIn(copies.data, 'Ledger', { enablePerformanceInsights: true });
  const { destinationKey } = replicated(ledger);
  ledger.grantReadSecret(role('App'));
  ledger.grantViewPerformanceInsights(role('Viewer'));
  role('Deployer', {
    Source: (ledger.encryptionKey as CustomerManagedKey).deployPermissions(), There: (destinationKey as CustomerManagedKey).deployPermissions(),
  });
  role('SourceDeployer', { Source: (ledger.encryptionKey as CustomerManagedKey).deployPermissions() });
  role('Bystander');
  return new AccessModel(readAssembly(copies.app.synth().directory));
}

describeByReferences(modelOf, (model) => {
  const ask = (who: string, key: string, action: string) => model().decide({ principal: `Users/${who}`, key, action: `kms:${action}` });

  test.each([SOURCE, THERE].flatMap((key) => COPY.map((action) => [key, action])))('whoever deploys copies through Amazon RDS of both Regions: %s, %s', (key, action) => {
    expect(ask('Deployer', key, action)).toMatchObject({
      verdict: 'conditional',
      conditions: expect.arrayContaining([[{ operator: 'StringEquals', key: 'kms:ViaService', values: [`rds.${SYDNEY}.amazonaws.com`, `rds.${REGION}.amazonaws.com`] }]]),
    });
  });

  test.each([SOURCE, THERE])('whoever deploys lets Amazon RDS make grants for its copies only: %s', (key) => {
    const { verdict, conditions } = ask('Deployer', key, 'CreateGrant');

    expect(verdict).toBe('conditional');
    conditions.forEach((together) => expect(together).toContainEqual({ operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] }));
  });

  test.each(['App', 'Viewer', 'SourceDeployer', 'Bystander'].flatMap((who) => [...COPY, 'CreateGrant'].map((action) => [who, action])))(
    '%s, who has nothing to do there, is denied %s of what is copied', (who, action) => {
      expect(ask(who, THERE, action)).toMatchObject({ verdict: 'denied' });
    });

  test.each(['App', 'Viewer'])('%s decrypts at the source what it is for', (who) => {
    expect(ask(who, SOURCE, 'Decrypt')).toMatchObject({ verdict: 'conditional' });
  });

  test('the copies are under the key there, for which Amazon RDS has grants', () => {
    const key = model().key(THERE);

    expect(keyUses(model(), key).map(({ type, property }) => `${type} ${property}`)).toEqual(['AWS::RDS::DBInstance AutomaticBackupReplicationKmsKeyId']);
    expect(serviceGrants(model(), key).filter(({ resources }) => resources.length > 0).map(({ service, makers }) => [
      service, makers.map(({ identity }) => identity.logicalId!.replace(/[0-9A-F]{8}$/, '')),
    ])).toEqual([['Amazon RDS copies', ['Deployer']]]);
  });

  test.each(['rds.amazonaws.com', 's3.amazonaws.com'])('%s does nothing by itself there', (principal) => {
    expect(model().decide({ principal, key: THERE, action: 'kms:Decrypt' })).toMatchObject({ verdict: 'denied' });
  });
});
