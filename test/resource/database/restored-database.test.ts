import { Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as rds from 'aws-cdk-lib/aws-rds';
import {
  CustomerManagedKey, EncryptedDatabaseCluster, EncryptedDatabaseInstance, EncryptedDatabaseInstanceProps, ICustomerManagedKey, KmsService,
  RestorePoint,
} from '../../../src';
import { templateProperties } from '../../../src/private/template-properties';
import { Copies, ledgerIn, replicated, SYDNEY } from '../../support/copies';
import { AURORA_POSTGRES, POSTGRES, theOnly, vpcWith, WRITER } from '../../support/databases';
import { ACCOUNT, REGION } from '../../support/key-stack';

const BACKUPS = `arn:aws:rds:${SYDNEY}:${ACCOUNT}:auto-backup:ab-l2ijcexjp7xq7hoj4siexample`;
const SNAPSHOT = `arn:aws:rds:${REGION}:${ACCOUNT}:snapshot:ledger-2026`;
const CLUSTER_SNAPSHOT = `arn:aws:rds:${REGION}:${ACCOUNT}:cluster-snapshot:ledger-2026`;

const beside = (region = SYDNEY) => new Stack(undefined, 'There', { env: { account: ACCOUNT, region } });
const restored = (stack: Stack, from: Partial<EncryptedDatabaseInstanceProps>, encryptionKey: ICustomerManagedKey = new CustomerManagedKey(stack, 'Key')) =>
  new EncryptedDatabaseInstance(stack, 'Ledger', { engine: POSTGRES, vpc: vpcWith(stack, 'isolated'), encryptionKey, ...from });
const restoredCluster = (stack: Stack, snapshotIdentifier: string, encryptionKey?: ICustomerManagedKey) => new EncryptedDatabaseCluster(stack, 'Catalogue', {
  engine: AURORA_POSTGRES, ...WRITER, vpc: stack.node.tryFindChild('Vpc') as never ?? vpcWith(stack, 'isolated'), snapshotIdentifier, encryptionKey,
});
const warningsOf = (stack: Stack) => Annotations.fromStack(stack).findWarning('*', Match.anyValue()).map(({ entry }) => String(entry.data));

beforeEach(() => {
  jest.spyOn(console, 'error').mockImplementation();
  jest.spyOn(console, 'warn').mockImplementation();
});

describe.each(['weak', 'strong'] as const)('in the Region of the copies, by %s references', (references) => {
  const world = () => {
    const copies = new Copies(references, { account: ACCOUNT, region: REGION });
    return { copies, ...replicated(ledgerIn(copies.data)) };
  };

  test.each(['in the stack of the copies', 'beside it'])('an instance and a cluster are restored under the key there, %s', (where) => {
    const { copies, destinationStack, destinationKey } = world();
    const stack = where === 'beside it' ? new Stack(copies.app, 'Restored', { env: { account: ACCOUNT, region: SYDNEY } }) : destinationStack;
    restored(stack, { snapshotIdentifier: 'ledger-2026' }, destinationKey);
    restoredCluster(stack, 'catalogue-2026', destinationKey);
    const assembly = copies.app.synth();
    const { template, dependencies } = assembly.getStackByName(stack.stackName);
    const instance = Object.values<any>(template.Resources).find(({ Properties }) => Properties?.DBSnapshotIdentifier);
    const cluster = theOnly(template, 'AWS::RDS::DBCluster');
    const { KeyPolicy } = theOnly(assembly.getStackByName(destinationStack.stackName).template, 'AWS::KMS::Key').Properties;

    expect(Object.keys(instance.Properties)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(KmsKeyId|StorageEncrypted)$/)]));
    expect(cluster.Properties).toMatchObject({ SnapshotIdentifier: 'catalogue-2026', StorageEncrypted: true });
    expect(cluster.Properties.KmsKeyId).toEqual(stack.resolve(destinationKey.keyArn));
    expect(KeyPolicy.Statement.map(({ Sid }: any) => Sid)).toEqual(expect.arrayContaining(['UseThroughRds', 'UseThroughRdsCopies']));
    // The way back would be a cycle: what is restored needs nothing of the source.
    expect(dependencies.map(({ id }) => id)).not.toContain('Data');
  });
});

test.each<[string, Partial<EncryptedDatabaseInstanceProps>]>([
  ['a snapshot', { snapshotIdentifier: 'ledger-2026' }],
  ['replicated backups', { restorePoint: RestorePoint.latest(BACKUPS) }],
])('an instance is restored from %s with the storage of its source, unless another one is given', (_from, source) => {
  const storageOf = (allocatedStorage?: number) => {
    const { instance } = restored(beside(), { ...source, allocatedStorage });
    return (instance.node.defaultChild as rds.CfnDBInstance).allocatedStorage;
  };

  expect(storageOf()).toBeUndefined();
  expect(storageOf(500)).toBe('500');
});

describe('from replicated backups', () => {
  const propertiesOf = (restorePoint: RestorePoint) => {
    const { instance } = restored(beside(), { restorePoint });
    return templateProperties(instance.node.defaultChild as rds.CfnDBInstance);
  };

  test.each([
    ['the latest', RestorePoint.latest(BACKUPS), { UseLatestRestorableTime: true }],
    ['a time', RestorePoint.at(BACKUPS, '2026-11-28T18:45:00Z'), { RestoreTime: '2026-11-28T18:45:00Z' }],
  ])('an instance is restored to %s, and has their key', (_when, restorePoint, expected) => {
    const properties = propertiesOf(restorePoint);

    expect(properties).toMatchObject({ SourceDBInstanceAutomatedBackupsArn: BACKUPS, ...expected });
    expect(Object.entries(properties).filter(([name, value]) => value !== undefined
      && /^(KmsKeyId|StorageEncrypted|MasterUsername|DBSnapshotIdentifier|UseLatest.*|RestoreTime)$/.test(name))).toEqual(Object.entries(expected));
  });

  test('an instance is restored to what is known at deployment only', () => {
    const lazy = (text: string) => Lazy.string({ produce: () => text });

    expect(propertiesOf(RestorePoint.at(lazy(BACKUPS), lazy('2026-11-28T18:45:00Z')))).toMatchObject({
      SourceDBInstanceAutomatedBackupsArn: BACKUPS, RestoreTime: '2026-11-28T18:45:00Z',
    });
  });

  test('nobody looks at their key, which is a warning', () => {
    const stack = beside();
    restored(stack, { restorePoint: RestorePoint.latest(BACKUPS) });

    expect(warningsOf(stack)).toContain(
      'The instance gets the key of its backups, or none where the backups are not encrypted, whatever key is given, and neither Amazon RDS nor CloudFormation '
      + `says so, given: ${BACKUPS}. See with aws rds describe-db-instance-automated-backups --db-instance-automated-backups-arn whether its KmsKeyId is `
      + 'There/Key, and acknowledge this. [ack: cdk-kms-patterns:snapshotKeyNotSeen]');
  });

  test('the master user and its password are those of the backups, or managed by Amazon RDS', () => {
    const stack = beside();
    const { secret } = restored(stack, { restorePoint: RestorePoint.latest(BACKUPS), manageMasterUserPassword: true });

    expect(stack.resolve(secret!.secretArn)).toEqual({ 'Fn::GetAtt': ['LedgerB7379752', 'MasterUserSecret.SecretArn'] });
    expect(restored(beside(), { restorePoint: RestorePoint.latest(BACKUPS) }).secret).toBeUndefined();
  });

  test('fails without their key', () => {
    expect(() => restored(beside(), { restorePoint: RestorePoint.latest(BACKUPS), encryptionKey: undefined })).toThrow(
      `SnapshotKeyNotGiven: Amazon RDS keeps the key of the backups when it restores an instance, given: ${BACKUPS} without encryptionKey; `
      + 'give the key that they are replicated under [at There/Ledger]');
  });

  test.each(['ab-l2ijcexjp7xq7hoj4siexample', SNAPSHOT])('fails for %s, which is no ARN of backups', (arn) => {
    expect(() => restored(beside(), { restorePoint: RestorePoint.latest(arn) })).toThrow(
      `AutomatedBackupsInvalid: replicated backups are named by their ARN, given: '${arn}'; write the DBInstanceAutomatedBackupsArn that `
      + 'aws rds describe-db-instance-automated-backups shows in the Region of the instance [at There/Ledger]');
  });

  test.each(['2026-11-28', '2026-11-28T18:45:00', '2026-11-28T18:45:00+01:00', '2026-13-28T18:45:00Z', 'yesterday'])('fails for the time %s', (time) => {
    expect(() => restored(beside(), { restorePoint: RestorePoint.at(BACKUPS, time) })).toThrow(
      `RestoreTimeInvalid: an instance is restored to a time in UTC, given: '${time}'; write for example 2026-11-28T18:45:00Z, or RestorePoint.latest [at There/Ledger]`);
  });

  test('fails for a snapshot beside them', () => {
    expect(() => restored(beside(), { restorePoint: RestorePoint.latest(BACKUPS), snapshotIdentifier: 'ledger-2026' })).toThrow(
      'RestoredTwice: an instance is restored from one source, given: snapshotIdentifier and restorePoint; leave one of them out [at There/Ledger]');
  });
});

test.each<[string, string, (stack: Stack) => unknown]>([
  ['a snapshot', SNAPSHOT, (stack) => restored(stack, { snapshotIdentifier: SNAPSHOT })],
  ['a snapshot of a Multi-AZ DB cluster', CLUSTER_SNAPSHOT, (stack) => restored(stack, { clusterSnapshotIdentifier: CLUSTER_SNAPSHOT })],
  ['a snapshot of a cluster', CLUSTER_SNAPSHOT, (stack) => restoredCluster(stack, CLUSTER_SNAPSHOT)],
  ['replicated backups', BACKUPS, (stack) => restored(stack, { restorePoint: RestorePoint.latest(BACKUPS) })],
])('fails for %s of another Region', (_what, arn, restore) => {
  const region = arn === BACKUPS ? REGION : SYDNEY;

  expect(() => restore(beside(region))).toThrow(
    `SnapshotOfAnotherRegion: Amazon RDS restores what is in the Region of the database, given: ${arn}, for ${region}; `
    + `copy it to ${region} under a key there, and give the name of the copy [at There/`);
});

test('takes a snapshot of its Region by its ARN, and any where the Region is known at deployment only', () => {
  expect(() => restored(beside(REGION), { snapshotIdentifier: SNAPSHOT })).not.toThrow();
  expect(() => restored(new Stack(undefined, 'Agnostic'), { snapshotIdentifier: SNAPSHOT })).not.toThrow();
});

test('a restored instance is under an imported key, which must let Amazon RDS in', () => {
  const arn = `arn:aws:kms:${SYDNEY}:${ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
  const stack = beside();

  expect(() => restored(stack, { snapshotIdentifier: 'ledger-2026' }, CustomerManagedKey.fromKeyArn(stack, 'Imported', arn))).toThrow('KeyPolicyNotOurs');
  expect(() => restored(beside(), { snapshotIdentifier: 'ledger-2026' }, CustomerManagedKey.fromKeyArn(stack, 'Ready', arn, { services: [KmsService.RDS] }))).not.toThrow();
});
