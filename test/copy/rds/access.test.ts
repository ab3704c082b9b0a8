import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, SourceKeys } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { describeByReferences } from '../../support/by-references';
import { Copies, ledgerIn, SYDNEY } from '../../support/copies';
import { ACCOUNT, newStack, REGION } from '../../support/key-stack';
import { rdsCopies, THERE } from '../../support/snapshot-copies/rds-copies';
import { References } from '../../support/three-stacks';

const SOURCE = 'Data/Data';
const DESTINATION = `${THERE}/Key`;
const COPIER = `${THERE}/Data-Copies/Copier/Machine/Role`;
const COPY = ['Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptTo', 'ReEncryptFrom', 'Decrypt'];

/** A database under the key of what is copied, who uses it, and who has copies made. */
function modelOf(references: References): AccessModel {
  const copies = new Copies(references, { account: ACCOUNT, region: REGION });
  const users = newStack(copies.app, 'Users', { account: ACCOUNT, region: REGION });
  const role = (id: string) => new iam.Role(users, id, { assumedBy: new iam.AccountRootPrincipal(), roleName: id });
  const key = new CustomerManagedKey(copies.data, 'Data', { alias: 'data' });
  const ledger = ledgerIn(copies.data, 'Ledger', { encryptionKey: key, enablePerformanceInsights: true });
  const made = rdsCopies(copies.data, { sourceKeys: SourceKeys.ofKeys(key) });
  ledger.grantReadSecret(role('App'));
  ledger.grantViewPerformanceInsights(role('Viewer'));
  made.grantBackfill(role('Backfiller'));
  role('Bystander');
  return new AccessModel(readAssembly(copies.app.synth().directory));
}

describeByReferences(modelOf, (model) => {
  const decide = (principal: string, key: string, action: string) => model().decide({ principal, key, action: `kms:${action}` });

  test.each([SOURCE, DESTINATION].flatMap((key) => COPY.map((action) => [key, action])))('what copies uses keys through Amazon RDS only: %s, %s', (key, action) => {
    const { verdict, conditions } = decide(COPIER, key, action);

    expect(verdict).toBe('conditional');
    expect(conditions).toContainEqual([{ operator: 'StringEquals', key: 'kms:ViaService', values: [`rds.${SYDNEY}.amazonaws.com`, `rds.${REGION}.amazonaws.com`] }]);
    conditions.forEach((together) => expect(together).toContainEqual(expect.objectContaining({ key: 'kms:ViaService' })));
  });

  test.each([SOURCE, DESTINATION])('what copies makes grants for Amazon RDS only: %s', (key) => {
    const { verdict, conditions } = decide(COPIER, key, 'CreateGrant');

    expect(verdict).toBe('conditional');
    conditions.forEach((together) => expect(together).toContainEqual({ operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] }));
  });

  test.each(['App', 'Viewer', 'Backfiller', 'Bystander'].flatMap((who) => [...COPY, 'CreateGrant'].map((action) => [who, action])))(
    '%s is denied %s of what is copied', (who, action) => {
      expect(decide(`Users/${who}`, DESTINATION, action)).toMatchObject({ verdict: 'denied' });
    });

  test.each(['Backfiller', 'Bystander'].flatMap((who) => COPY.map((action) => [who, action])))('%s is denied %s of the key of the source', (who, action) => {
    expect(decide(`Users/${who}`, SOURCE, action)).toMatchObject({ verdict: 'denied' });
  });
});
