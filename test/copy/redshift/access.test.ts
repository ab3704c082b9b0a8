import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, ICustomerManagedKey } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { keyUses } from '../../../src/access/key-uses';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { Copies, SYDNEY } from '../../support/copies';
import { ACCOUNT, newStack, REGION } from '../../support/key-stack';
import { References } from '../../support/three-stacks';
import { clusterIn, copied, copiedServerless, namespaceIn } from '../../support/warehouse-copies';
import { Warehouse } from '../../support/warehouses';

const SOURCE = 'Data/Warehouse/Key';
const THERE = `Data-copies-${SYDNEY}/Key`;
const USE = ['Decrypt', 'Encrypt', 'GenerateDataKey'];

/** Who queries a warehouse, and who deploys it with its copies, in a stack of their own. */
function modelOf(
  references: References, warehouseIn: (copies: Copies) => { warehouse: Warehouse; destinationKey: ICustomerManagedKey },
): AccessModel {
  const copies = new Copies(references, { account: ACCOUNT, region: REGION });
  const users = newStack(copies.app, 'Users', { account: ACCOUNT, region: REGION });
  const role = (id: string, inlinePolicies?: { [name: string]: iam.PolicyDocument }) => new iam.Role(users, id, {
    assumedBy: new iam.AccountRootPrincipal(), inlinePolicies, roleName: id,
  });
  const { warehouse, destinationKey } = warehouseIn(copies);
  const permissionsOf = (key: ICustomerManagedKey) => (key as CustomerManagedKey).deployPermissions();
  warehouse.grantDataApi(role('Analyst'));
  role('Deployer', { Source: permissionsOf(warehouse.encryptionKey), There: permissionsOf(destinationKey) });
  role('SourceDeployer', { Source: permissionsOf(warehouse.encryptionKey) });
  role('Bystander');
  return new AccessModel(readAssembly(copies.app.synth().directory));
}

const silence = () => {
  jest.spyOn(console, 'warn').mockImplementation();
  jest.spyOn(console, 'error').mockImplementation();
};

describe.each(['weak', 'strong'] as const)('of a cluster, by %s references', (references) => {
  let model: AccessModel;
  beforeAll(() => {
    silence();
    model = modelOf(references, ({ data }) => {
      const warehouse = clusterIn(data);
      return { warehouse, destinationKey: copied(warehouse).destinationKey };
    });
  });

  const ask = (principal: string, key: string, action: string) => model.decide({ principal, key, action: `kms:${action}` });

  test.each(['Data/WarehouseCopies/Role', 'Users/Deployer'].flatMap((who) => USE.map((action) => [who, action])))(
    '%s, who makes the grant there, is let in through Amazon Redshift only: %s', (who, action) => {
      const { verdict, conditions } = ask(who, THERE, action);

      expect(verdict).toBe('conditional');
      conditions.forEach((together) => expect(together).toContainEqual({
        operator: 'StringEquals', key: 'kms:ViaService', values: [`redshift-data.${SYDNEY}.amazonaws.com`, `redshift.${SYDNEY}.amazonaws.com`],
      }));
    });

  test.each(['Data/WarehouseCopies/Role', 'Users/Deployer'])('%s lets Amazon Redshift make grants for its resources only', (who) => {
    const { verdict, conditions } = ask(who, THERE, 'CreateGrant');

    expect(verdict).toBe('conditional');
    conditions.forEach((together) => expect(together).toContainEqual({ operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] }));
  });

  test.each(['Data/WarehouseCopies/Role', 'Users/Deployer'].flatMap((who) => ['RetireGrant', 'RevokeGrant'].map((action) => [who, action])))(
    '%s ends the grant there through Amazon Redshift only: %s', (who, action) => {
      const { verdict, conditions } = ask(who, THERE, action);

      expect(verdict).toBe('conditional');
      conditions.forEach((together) => expect(JSON.stringify(together)).toContain(`redshift.${SYDNEY}.amazonaws.com`));
    });

  test.each(['Analyst', 'SourceDeployer', 'Bystander'])('%s does not end it', (who) => {
    expect(ask(`Users/${who}`, THERE, 'RevokeGrant')).toMatchObject({ verdict: 'denied' });
  });

  test.each([...USE, 'CreateGrant'])('the function has nothing to do with the key of the cluster: %s', (action) => {
    expect(ask('Data/WarehouseCopies/Role', SOURCE, action)).toMatchObject({ verdict: 'denied' });
  });

  test.each(['Analyst', 'SourceDeployer', 'Bystander'].flatMap((who) => [...USE, 'CreateGrant'].map((action) => [who, action])))(
    '%s, who has nothing to do there, is denied %s of what is copied', (who, action) => {
      expect(ask(`Users/${who}`, THERE, action)).toMatchObject({ verdict: 'denied' });
    });

  test('whoever queries the cluster is let in at the source', () => {
    expect(ask('Users/Analyst', SOURCE, 'Decrypt')).toMatchObject({ verdict: 'conditional' });
  });

  test('the copies are under the key there', () => {
    expect(keyUses(model, model.key(THERE)).map(({ type, property }) => `${type} ${property}`)).toEqual(['Custom::RedshiftSnapshotCopy DestinationKeyArn']);
  });

  test.each(['redshift.amazonaws.com', 's3.amazonaws.com'])('%s does nothing by itself there', (principal) => {
    expect(ask(principal, THERE, 'Decrypt')).toMatchObject({ verdict: 'denied' });
  });
});

describe.each(['weak', 'strong'] as const)('of a namespace, by %s references', (references) => {
  let model: AccessModel;
  beforeAll(() => {
    silence();
    model = modelOf(references, ({ data }) => {
      const warehouse = namespaceIn(data);
      return { warehouse, destinationKey: copiedServerless(warehouse).destinationKey };
    });
  });

  const ask = (who: string, key: string, action: string) => model.decide({ principal: `Users/${who}`, key, action: `kms:${action}` });

  test.each([SOURCE, THERE].flatMap((key) => [...USE, 'CreateGrant'].map((action) => [key, action])))(
    'whoever deploys copies through Amazon Redshift of both Regions: %s, %s', (key, action) => {
      const { verdict, conditions } = ask('Deployer', key, action);

      expect(verdict).toBe('conditional');
      expect(JSON.stringify(conditions)).toContain(`"redshift-serverless.${SYDNEY}.amazonaws.com","redshift-serverless.${REGION}.amazonaws.com"`);
    });

  test.each(['Analyst', 'SourceDeployer', 'Bystander'].flatMap((who) => [...USE, 'CreateGrant'].map((action) => [who, action])))(
    '%s, who has nothing to do there, is denied %s of what is copied', (who, action) => {
      expect(ask(who, THERE, action)).toMatchObject({ verdict: 'denied' });
    });

  test('the copies are under the key there', () => {
    expect(keyUses(model, model.key(THERE)).map(({ type, property }) => `${type} ${property}`)).toEqual([
      'AWS::RedshiftServerless::Namespace SnapshotCopyConfigurations.DestinationKmsKeyId',
    ]);
  });
});
