import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { CustomerManagedKey, EncryptedBucket } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { keyUses } from '../../../src/access/key-uses';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { backedUp, diskIn, ordersIn } from '../../support/backups';
import { describeByReferences } from '../../support/by-references';
import { Copies, ledgerIn, SYDNEY } from '../../support/copies';
import { ACCOUNT, newStack, REGION } from '../../support/key-stack';
import { References } from '../../support/three-stacks';

const THERE = `Data-copies-${SYDNEY}/Key`;
const VAULT = 'Data/Backups/Key';
const ROLE = 'Data/Backups/Role';
const RESTORE_ROLE = `Data-copies-${SYDNEY}/Data-Backups/RestoreRole`;
const USE = ['Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptTo', 'ReEncryptFrom', 'Decrypt', 'CreateGrant'];

/** Who uses what is backed up, who deploys, and who restores there, in stacks of their own. */
function modelOf(references: References): AccessModel {
  const copies = new Copies(references, { account: ACCOUNT, region: REGION });
  const users = newStack(copies.app, 'Users', { account: ACCOUNT, region: REGION });
  const over = newStack(copies.app, 'Over', { account: ACCOUNT, region: SYDNEY });
  const role = (id: string, inlinePolicies?: { [name: string]: iam.PolicyDocument }) => new iam.Role(id === 'Restorer' ? over : users, id, {
    assumedBy: new iam.AccountRootPrincipal(), inlinePolicies, roleName: id,
  });
  const invoices = new EncryptedBucket(copies.data, 'Invoices');
  const ledger = ledgerIn(copies.data);
  const orders = ordersIn(copies.data);
  const disk = diskIn(copies.data);
  const { encryptionKey, copies: [made] } = backedUp(copies.data, [disk, ledger, orders, backup.BackupResource.fromArn(invoices.bucket.bucketArn)]);
  invoices.grantRead(role('Reader'));
  orders.grantReadData(role('Clerk'));
  disk.grantAttachVolume(role('Worker'));
  made.grantRestore(role('Restorer'));
  role('Deployer', {
    Source: (encryptionKey as CustomerManagedKey).deployPermissions(), There: (made.destinationKey as CustomerManagedKey).deployPermissions(),
  });
  role('Bystander');
  return new AccessModel(readAssembly(copies.app.synth().directory));
}

describeByReferences(modelOf, (model) => {
  const ask = (principal: string, key: string, action: string, via?: string) => model().decide({
    principal, key, action: `kms:${action}`, context: via ? { 'kms:ViaService': [`${via}.amazonaws.com`], 'kms:CallerAccount': [ACCOUNT] } : undefined,
  }).verdict;

  test.each([VAULT, THERE].flatMap((key) => ['GenerateDataKey', 'Decrypt'].flatMap((action) => [REGION, SYDNEY].map((region) => [key, action, region]))))(
    'the role of backups uses the key of each vault, through AWS Backup of both Regions: %s, %s, %s', (key, action, region) => {
      expect(ask(ROLE, key, action, `backup.${region}`)).toBe('allowed');
      expect(ask(ROLE, key, action, 'backup.us-east-1')).toBe('denied');
    });

  test.each([
    ...['Data/Disk/Key', THERE].flatMap((key) => ['ReEncryptFrom', 'ReEncryptTo', 'GenerateDataKeyWithoutPlaintext'].map((action) => [key, action, 'ec2'])),
    ...['Data/Ledger/Key', THERE].flatMap((key) => ['ReEncryptFrom', 'GenerateDataKey', 'Decrypt'].map((action) => [key, action, 'rds'])),
  ])('and the key of what stays under the key of its source, and that of the copies, through its service of both Regions: %s, %s, %s', (key, action, service) => {
    expect([REGION, SYDNEY, 'us-east-1'].map((region) => ask(ROLE, key, action, `${service}.${region}`))).toEqual(['allowed', 'allowed', 'denied']);
  });

  test.each([['Data/OrdersKey', `dynamodb.${REGION}`], ['Data/Invoices/Key', `s3.${REGION}`]])('and decrypts what is copied under the key of the vault: %s, %s', (key, via) => {
    expect(ask(ROLE, key, 'Decrypt', via)).toBe('allowed');
    expect(ask(ROLE, key, 'Decrypt')).toBe('conditional');
  });

  test.each([
    ['ReEncryptTo', `ec2.${SYDNEY}`], ['Decrypt', `rds.${SYDNEY}`], ['Decrypt', `dynamodb.${SYDNEY}`], ['GenerateDataKey', `s3.${SYDNEY}`], ['Decrypt', `backup.${SYDNEY}`],
  ])('the role of restores uses the key there, and it alone: %s, %s', (action, via) => {
    expect(ask(RESTORE_ROLE, THERE, action, via)).toBe('allowed');
    [VAULT, 'Data/Ledger/Key', 'Data/Disk/Key', 'Data/Invoices/Key'].forEach((key) => expect(ask(RESTORE_ROLE, key, 'Decrypt', `backup.${REGION}`)).toBe('denied'));
  });

  test.each(['Reader', 'Clerk', 'Worker', 'Bystander'].flatMap((who) => USE.map((action) => [who, action])))(
    '%s, who has nothing to do with backups, is denied %s of what is in the vaults', (who, action) => {
      [VAULT, THERE].forEach((key) => expect(ask(`Users/${who}`, key, action)).toBe('denied'));
    });

  test.each(USE)('who restores is denied %s: the role does it', (action) => {
    [VAULT, THERE].forEach((key) => expect(ask('Over/Restorer', key, action)).toBe('denied'));
  });

  test.each([VAULT, THERE])('whoever deploys makes the vault, and grants for AWS Backup only: %s', (key) => {
    expect(['Decrypt', 'GenerateDataKey'].map((action) => ask('Users/Deployer', key, action))).toEqual(['conditional', 'conditional']);
    const { verdict, conditions } = model().decide({ principal: 'Users/Deployer', key, action: 'kms:CreateGrant' });

    expect(verdict).toBe('conditional');
    conditions.forEach((together) => expect(together).toContainEqual({ operator: 'Bool', key: 'kms:GrantIsForAWSResource', values: ['true'] }));
  });

  test('the vault is what is under each key, as far as it is in templates', () => {
    [VAULT, THERE].forEach((key) => expect(keyUses(model(), model().key(key)).map(({ type, property }) => `${type} ${property}`)).toEqual(['AWS::Backup::BackupVault EncryptionKeyArn']));
  });

  test.each(['backup.amazonaws.com', 'ec2.amazonaws.com', 'rds.amazonaws.com'])('%s does nothing by itself', (principal) => {
    [VAULT, THERE].forEach((key) => expect(ask(principal, key, 'Decrypt')).toBe('denied'));
  });
});
