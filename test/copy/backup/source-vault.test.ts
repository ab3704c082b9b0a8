import { Stack } from 'aws-cdk-lib';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as kms from 'aws-cdk-lib/aws-kms';
import { BackupCopyProps, CustomerManagedKey, ICustomerManagedKey, KmsService } from '../../../src';
import { AccessModel } from '../../../src/access/access-model';
import { keyUses } from '../../../src/access/key-uses';
import { readAssembly } from '../../../src/access/reader/read-assembly';
import { backedUp, diskIn, filesIn } from '../../support/backups';
import { Copies, SYDNEY } from '../../support/copies';
import { theOnly } from '../../support/databases';
import { ACCOUNT, newStack, OTHER_ACCOUNT, REGION } from '../../support/key-stack';

const LONDON = { account: ACCOUNT, region: REGION };
const TYPE = (name: string) => `AWS::Backup::Backup${name}`;
const keyArn = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;

function vaultIn(stack: Stack, key: ICustomerManagedKey = new CustomerManagedKey(stack, 'Mine')) {
  return { sourceVault: new backup.BackupVault(stack, 'Vault', { encryptionKey: key.via(KmsService.BACKUP) }), encryptionKey: key };
}

/** What is in a vault of yours, which has a stack of its own where it is asked to. */
function copiedFrom(stackOf: (copies: Copies) => Stack, references: 'weak' | 'strong' = 'weak') {
  const copies = new Copies(references, LONDON);
  const given = vaultIn(stackOf(copies));
  return { copies, given, made: backedUp(copies.data, [filesIn(copies.data)], given) };
}

const beside = ({ data }: Copies) => data;
const apart = ({ app }: Copies) => newStack(app, 'Vaults', LONDON);

describe.each([['beside it', beside], ['in a stack of its own', apart]])('a vault of yours, %s', (_where, stackOf) => {
  test('is what backups are made in, and no other is made there', () => {
    const { copies, given, made } = copiedFrom(stackOf);
    const all = ['Data', Stack.of(given.sourceVault).stackName].map((name) => copies.template(name));
    const names = new Set(all.flatMap(({ Resources }) => Object.entries(Resources)).filter(([, { Type }]) => Type === TYPE('Vault')).map(([id]) => id));
    const [rule] = theOnly(copies.template('Data'), TYPE('Plan')).Properties.BackupPlan.BackupPlanRule;

    expect(made.vault).toBe(given.sourceVault);
    expect(made.encryptionKey).toBe(given.encryptionKey);
    expect([...names]).toEqual([expect.stringMatching(/^Vault[0-9A-F]{8}$/)]);
    expect(JSON.stringify(rule.TargetBackupVault)).toContain([...names][0]);
    expect(rule.CopyActions[0].DestinationBackupVaultArn).toBe(`arn:aws:backup:${SYDNEY}:${ACCOUNT}:backup-vault:Data-Backups-from-${REGION}`);
  });

  test('is what the events of copies are of', () => {
    const { copies } = copiedFrom(stackOf);

    expect(JSON.stringify(theOnly(copies.template('Data'), 'AWS::Events::Rule').Properties.EventPattern.detail.sourceBackupVaultArn)).toContain('BackupVaultArn');
  });

  test.each(['weak', 'strong'] as const)('has a key that the role uses through AWS Backup of both Regions, and nobody else, by %s references', (references) => {
    const warnings = [jest.spyOn(console, 'warn').mockImplementation(), jest.spyOn(console, 'error').mockImplementation()];
    const { copies, given } = copiedFrom(stackOf, references);
    const users = newStack(copies.app, 'Users', LONDON);
    vaultIn(users);
    const model = new AccessModel(readAssembly(copies.app.synth().directory));
    const key = given.encryptionKey.node.path;
    const ask = (principal: string, of: string, via: string) => model.decide({
      principal, key: of, action: 'kms:GenerateDataKey', context: { 'kms:ViaService': [`${via}.amazonaws.com`], 'kms:CallerAccount': [ACCOUNT] },
    }).verdict;
    warnings.forEach((each) => each.mockRestore());

    expect([REGION, SYDNEY, 'us-east-1'].map((region) => ask('Data/Backups/Role', key, `backup.${region}`))).toEqual(['allowed', 'allowed', 'denied']);
    expect(ask('Data/Backups/Role', key, `s3.${REGION}`)).toBe('denied');
    expect(ask('Data/Backups/Role', 'Users/Mine', `backup.${REGION}`)).toBe('denied');
    expect(keyUses(model, model.key(key)).map(({ type }) => type)).toEqual([TYPE('Vault')]);
  });
});

test('an imported vault is taken with its key, on trust', () => {
  const { data, ...copies } = new Copies('weak', LONDON);
  const sourceVault = backup.BackupVault.fromBackupVaultName(data, 'Vault', 'ledger');
  const encryptionKey = CustomerManagedKey.fromKeyArn(data, 'Mine', keyArn, { services: [KmsService.BACKUP] });
  backedUp(data, [filesIn(data)], { sourceVault, encryptionKey });
  const template = copies.app.synth().getStackByName('Data').template;

  expect(theOnly(template, TYPE('Plan')).Properties.BackupPlan.BackupPlanRule[0].TargetBackupVault).toBe('ledger');
  expect(theOnly(template, 'AWS::Events::Rule').Properties.EventPattern.detail.sourceBackupVaultArn).toEqual([`arn:aws:backup:${REGION}:${ACCOUNT}:backup-vault:ledger`]);
});

test('its key must be handed over where it is imported', () => {
  const { data } = new Copies('weak', LONDON);
  const sourceVault = backup.BackupVault.fromBackupVaultName(data, 'Vault', 'ledger');

  expect(() => backedUp(data, [diskIn(data)], { sourceVault, encryptionKey: CustomerManagedKey.fromKeyArn(data, 'Mine', keyArn) })).toThrow(
    'declare it with services: [KmsService.BACKUP]');
});

test('a vault that was there before can be given, and what was made for it goes', () => {
  const types = (own: boolean) => {
    const copies = new Copies('weak', LONDON);
    const given = vaultIn(copies.data);
    backedUp(copies.data, [filesIn(copies.data)], own ? given : {});
    return Object.values(copies.template('Data').Resources).map(({ Type }) => Type as string).filter((type) => /Vault|KMS/.test(type)).sort();
  };

  expect(types(false)).toEqual([TYPE('Vault'), TYPE('Vault'), 'AWS::KMS::Key', 'AWS::KMS::Key', 'AWS::KMS::Key']);
  expect(types(true)).toEqual([TYPE('Vault'), 'AWS::KMS::Key', 'AWS::KMS::Key']);
});

describe('fails for a vault', () => {
  const of = (given: (copies: Copies) => Partial<BackupCopyProps>) => () => {
    const copies = new Copies('weak', LONDON);
    return backedUp(copies.data, [filesIn(copies.data)], given(copies));
  };
  const DIFFERS = 'SourceVaultKeyDiffers: backups are under the key of their vault, given: Data/Vault, which ';
  const INSTEAD = ', with encryptionKey: Data/Other; give the key that the vault is under, handed to it with via(KmsService.BACKUP) [at Data/Backups]';

  test.each<[string, (copies: Copies) => Partial<BackupCopyProps>, string]>([
    ['without its key', ({ data }) => ({ sourceVault: vaultIn(data).sourceVault }),
      'SourceVaultKeyMissing: backups are under the key of their vault, which must be yours, given: Data/Vault without encryptionKey; give the CustomerManagedKey '
      + 'that it is under [at Data/Backups]'],
    ['with options of another', ({ data }) => ({ ...vaultIn(data), vault: { vaultName: 'ledger', blockRecoveryPointDeletion: true } }),
      'SourceVaultMade: the options of vault are those of one that is made, given: vaultName, blockRecoveryPointDeletion, beside Data/Vault; leave vault or sourceVault out '
      + '[at Data/Backups]'],
    ['of another Region', ({ app }) => vaultIn(newStack(app, 'Far', { account: ACCOUNT, region: SYDNEY })),
      `SourceVaultElsewhere: backups are made in a vault of their own account and Region, given: Far/Vault in ${ACCOUNT} and ${SYDNEY}, for ${ACCOUNT} and ${REGION}; `
      + 'give one that is there, or leave sourceVault out [at Data/Backups]'],
    ['of another account', ({ app }) => vaultIn(newStack(app, 'Far', { account: OTHER_ACCOUNT, region: REGION })),
      `SourceVaultElsewhere: backups are made in a vault of their own account and Region, given: Far/Vault in ${OTHER_ACCOUNT} and ${REGION}, for ${ACCOUNT} and ${REGION}; `
      + 'give one that is there, or leave sourceVault out [at Data/Backups]'],
    ['under another key', ({ data }) => ({ ...vaultIn(data), encryptionKey: new CustomerManagedKey(data, 'Other') }),
      `${DIFFERS}is under Data/Mine${INSTEAD}`],
    ['under a key of the same logical id in another stack', ({ app, data }) => ({
      sourceVault: vaultIn(newStack(app, 'Vaults', LONDON)).sourceVault, encryptionKey: new CustomerManagedKey(data, 'Mine'),
    }), 'SourceVaultKeyDiffers: backups are under the key of their vault, given: Vaults/Vault, which is under Vaults/Mine, with encryptionKey: Data/Mine; '],
    ['under a key that is known by its ARN', ({ data }) => ({
      sourceVault: new backup.BackupVault(data, 'Vault', { encryptionKey: kms.Key.fromKeyArn(data, 'Mine', keyArn) }), encryptionKey: new CustomerManagedKey(data, 'Other'),
    }), `${DIFFERS}is under ${keyArn}${INSTEAD}`],
    ['under the key of AWS Backup', ({ data }) => ({ sourceVault: new backup.BackupVault(data, 'Vault'), encryptionKey: new CustomerManagedKey(data, 'Other') }),
      `${DIFFERS}names no key${INSTEAD}`],
  ])('%s', (_what, given, message) => {
    expect(of(given)).toThrow(message);
  });
});
