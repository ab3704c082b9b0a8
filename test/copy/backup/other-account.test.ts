import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { CustomerManagedKey, KmsService, SnapshotDestination } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { backedUp, diskIn, ordersIn } from '../../support/backups';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';
import { References } from '../../support/three-stacks';

const LONDON = { account: ACCOUNT, region: REGION };
const LINKED = `arn:aws:iam::${OTHER_ACCOUNT}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
const IMPORTED = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

/** Backups of London in one account, copied to Sydney in another. */
function rescued(references: References, make: (data: Stack) => Construct[]) {
  const copies = new Copies(references, LONDON);
  const there = newStack(copies.app, 'Rescue', { account: OTHER_ACCOUNT, region: SYDNEY });
  const key = new CustomerManagedKey(there, 'Key');
  const backups = backedUp(copies.data, make(copies.data), { destinations: [SnapshotDestination.ofStack(there, key)] });
  return { copies, backups };
}

function importedVolume(data: Stack, backupAccounts?: string[]): ec2.CfnVolume {
  const key = CustomerManagedKey.fromKeyArn(data, 'Key', IMPORTED, { services: [KmsService.EBS, KmsService.EBS_COPIES], backupAccounts });
  return new ec2.CfnVolume(data, 'Volume', { availabilityZone: `${REGION}a`, size: 1, encrypted: true, kmsKeyId: key.via(KmsService.EBS).keyArn });
}

const statementsOf = (template: { Resources: Record<string, any> }, logicalId: RegExp): any[] =>
  Object.entries(template.Resources).find(([id, { Type }]) => Type === 'AWS::KMS::Key' && logicalId.test(id))![1].Properties.KeyPolicy.Statement;

describe.each(['weak', 'strong'] as const)('by %s references', (references) => {
  test('the vault there lets the account of the source copy into it', () => {
    const { copies } = rescued(references, (data) => [diskIn(data)]);
    const vault = theOnly(copies.template('Rescue'), 'AWS::Backup::BackupVault').Properties;

    expect(vault.AccessPolicy.Statement).toEqual([expect.objectContaining({
      Sid: `CopiesOf${ACCOUNT}`, Effect: 'Allow', Action: 'backup:CopyIntoBackupVault', Resource: '*',
    })]);
    expect(JSON.stringify(vault.AccessPolicy.Statement[0].Principal)).toContain(`:iam::${ACCOUNT}:root`);
  });

  test('the source names nothing of it but the ARN of its vault', () => {
    const { copies } = rescued(references, (data) => [diskIn(data)]);
    const template = copies.template('Data');
    const [rule] = theOnly(template, 'AWS::Backup::BackupPlan').Properties.BackupPlan.BackupPlanRule;

    expect(JSON.stringify(template)).not.toMatch(/GetStackOutput|ImportValue/);
    expect(JSON.stringify(rule.CopyActions)).toContain(`:backup:${SYDNEY}:${OTHER_ACCOUNT}:backup-vault:Data-Backups-from-${REGION}`);
  });

  test('the service-linked role for AWS Backup of that account reads what stays under the key of its source, once', () => {
    const { copies } = rescued(references, (data) => {
      const disk = diskIn(data);
      const key = disk.encryptionKey.via(KmsService.EBS).keyArn;
      return [disk, new ec2.CfnVolume(data, 'Second', { availabilityZone: `${REGION}a`, size: 1, encrypted: true, kmsKeyId: key })];
    });
    const linked = statementsOf(copies.template('Data'), /^DiskKey/).filter(({ Sid }) => Sid.includes('Backup'));
    const only = { StringEquals: { 'kms:CallerAccount': OTHER_ACCOUNT } };

    expect(linked.map(({ Sid, Principal, Action }) => ({ Sid, Principal, Action }))).toEqual([
      { Sid: `GrantsByBackupOf${OTHER_ACCOUNT}`, Principal: { AWS: '*' }, Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'] },
      { Sid: `UseByBackupOf${OTHER_ACCOUNT}`, Principal: { AWS: '*' }, Action: ['kms:DescribeKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom'] },
    ]);
    linked.forEach(({ Condition }) => expect(Condition).toMatchObject(only));
    linked.forEach(({ Condition }) => expect(JSON.stringify(Condition.ArnEquals['aws:PrincipalArn'])).toContain(`:iam::${OTHER_ACCOUNT}:role/aws-service-role/`));
    expect(linked[0].Condition.Bool).toEqual({ 'kms:GrantIsForAWSResource': 'true' });
  });

  test('and nothing of what is copied under the key of the vault', () => {
    const { copies } = rescued(references, (data) => [ordersIn(data)]);
    const template = copies.template('Data');

    [/^OrdersKey/, /^BackupsKey/].forEach((id) => expect(JSON.stringify(statementsOf(template, id))).not.toContain(OTHER_ACCOUNT));
  });

  test('the proof lets that role in, and not the account of it', () => {
    jest.spyOn(console, 'warn').mockImplementation();
    const { copies } = rescued(references, (data) => [diskIn(data)]);
    const model = new AccessModel(readAssembly(copies.app.synth().directory));
    const ask = (principal: string, key: string, action: string) => model.decide({
      principal, key, action: `kms:${action}`, context: { 'kms:ViaService': [`ec2.${SYDNEY}.amazonaws.com`] },
    }).verdict;

    expect(['ReEncryptFrom', 'GenerateDataKeyWithoutPlaintext'].map((action) => ask(LINKED, 'Data/Disk/Key', action))).toEqual(['allowed', 'allowed']);
    expect(ask(LINKED, 'Data/Disk/Key', 'Decrypt')).toBe('denied');
    expect(ask(LINKED, 'Rescue/Key', 'GenerateDataKeyWithoutPlaintext')).toBe('allowed');
    ['ReEncryptFrom', 'Decrypt'].forEach((action) => expect(ask(`arn:aws:iam::${OTHER_ACCOUNT}:role/Other`, 'Data/Disk/Key', action)).toBe('denied'));
    expect(ask('Data/Backups/Role', 'Rescue/Key', 'ReEncryptTo')).toBe('denied');
  });
});

test('fails for a source under an imported key whose policy does not say so, with the statements', () => {
  expect(() => rescued('weak', (data) => [importedVolume(data)])).toThrow(new RegExp(
    `^KeyPolicyNotOurs: .*"Sid":"UseByBackupOf${OTHER_ACCOUNT}".*"Sid":"GrantsByBackupOf${OTHER_ACCOUNT}".*declare it with backupAccounts: \\['${OTHER_ACCOUNT}'\\] \\[at Data/Key\\]$`));
});

test('takes it where it is said', () => {
  const { backups } = rescued('weak', (data) => [importedVolume(data, [OTHER_ACCOUNT])]);

  expect(backups.copies[0].destinationRegion).toBe(SYDNEY);
});

test.each<[string, string | undefined, string | undefined, string]>([
  ['the source', undefined, OTHER_ACCOUNT, `Rescue in ${OTHER_ACCOUNT}, and Data`],
  ['the destination', ACCOUNT, undefined, `Data in ${ACCOUNT}, and Rescue`],
])('fails where the account of %s alone is known at deployment only', (_whose, from, to, given) => {
  const copies = new Copies('weak', { account: from, region: REGION });
  const there = newStack(copies.app, 'Rescue', { account: to, region: SYDNEY });
  const destinations = [SnapshotDestination.ofStack(there, new CustomerManagedKey(there, 'Key'))];

  expect(() => backedUp(copies.data, [diskIn(copies.data)], { destinations })).toThrow(
    `CopyAccountUnknown: copies to another account need other statements than copies within one, given: ${given} without an account; give both stacks an env `
    + 'with an account [at Data/Backups]');
});
