import { CfnParameter, SecretValue, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedDatabaseCluster, EncryptedDatabaseInstance, EncryptedDatabaseProps } from '../../../src';
import { AURORA_POSTGRES, POSTGRES, theOnly, vpcWith, WRITER } from '../../support/databases';
import { templateOf } from '../../support/template-difference';

type Given = Partial<Pick<EncryptedDatabaseProps, 'credentials' | 'snapshotCredentials' | 'manageMasterUserPassword' | 'masterUserSecretEncryptionKey'>>
  & { snapshotIdentifier?: string };

const DATABASES: ['instance' | 'cluster', (scope: Construct, given: Given) => EncryptedDatabaseInstance | EncryptedDatabaseCluster][] = [
  ['instance', (scope, given) => new EncryptedDatabaseInstance(scope, 'Ledger', {
    engine: POSTGRES, vpc: vpcWith(scope, 'isolated'), encryptionKey: new CustomerManagedKey(scope, 'Key'), ...given,
  })],
  ['cluster', (scope, given) => new EncryptedDatabaseCluster(scope, 'Ledger', {
    engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(scope, 'isolated'), encryptionKey: new CustomerManagedKey(scope, 'Key'), ...given,
  })],
];
const KEY = { 'Fn::GetAtt': ['Key961B73FD', 'Arn'] };
const RESTORED = { snapshotIdentifier: 'ledger-2026' };
const MANAGED = { manageMasterUserPassword: true };

describe.each(DATABASES)('of an %s', (_kind, make) => {
  const propertiesOf = (given: (scope: Construct) => Given) => templateOf((scope) => make(scope, given(scope))).Resources.LedgerB7379752.Properties;
  const secretOf = (given: Given) => theOnly(templateOf((scope) => make(scope, given)), 'AWS::SecretsManager::Secret').Properties;

  test('has a generated password in a secret under the key', () => {
    expect(secretOf({})).toMatchObject({ KmsKeyId: KEY, GenerateSecretString: { SecretStringTemplate: '{"username":"postgres"}' } });
    expect(secretOf({ credentials: rds.Credentials.fromGeneratedSecret('owner') })).toMatchObject({ KmsKeyId: KEY });
    expect(secretOf({ ...RESTORED, snapshotCredentials: rds.SnapshotCredentials.fromGeneratedSecret('owner') })).toMatchObject({ KmsKeyId: KEY });
  });

  test.each<[string, Given, object]>([
    ['new', MANAGED, { MasterUsername: 'postgres', ManageMasterUserPassword: true, MasterUserSecret: { KmsKeyId: KEY } }],
    ['named', { ...MANAGED, credentials: rds.Credentials.fromUsername('owner') },
      { MasterUsername: 'owner', ManageMasterUserPassword: true, MasterUserSecret: { KmsKeyId: KEY } }],
    ['restored', { ...MANAGED, ...RESTORED }, { ManageMasterUserPassword: true, MasterUserSecret: { KmsKeyId: KEY } }],
  ])('has a password that Amazon RDS manages, in a secret under the key: %s', (_source, given, expected) => {
    expect(propertiesOf(() => given)).toMatchObject(expected);
    expect(propertiesOf(() => given)).not.toHaveProperty('MasterUserPassword');
  });

  test('has its secret under a key of its own', () => {
    const ofItsOwn = { 'Fn::GetAtt': ['SecretsA3BCC2E9', 'Arn'] };
    const given = (scope: Construct) => ({ masterUserSecretEncryptionKey: new CustomerManagedKey(scope, 'Secrets') });

    expect(propertiesOf((scope) => ({ ...MANAGED, ...given(scope) }))).toMatchObject({ KmsKeyId: KEY, MasterUserSecret: { KmsKeyId: ofItsOwn } });
  });

  test('keeps the password of its snapshot', () => {
    const properties = propertiesOf(() => RESTORED);

    expect(Object.keys(properties).filter((name) => name.startsWith('Master') || name.startsWith('Manage'))).toEqual([]);
    expect(make(new Stack(), RESTORED).secret).toBeUndefined();
  });

  test('has the password of a secret that is given, under the key that this one has', () => {
    const given = (scope: Construct) => ({ credentials: rds.Credentials.fromSecret(new secretsmanager.Secret(scope, 'Given')) });
    const template = templateOf((scope) => make(scope, given(scope)));

    expect(theOnly(template, 'AWS::SecretsManager::Secret').Properties).not.toHaveProperty('KmsKeyId');
    expect(template.Resources.Key961B73FD.Properties.KeyPolicy.Statement.map(({ Sid }: any) => Sid)).not.toContain('UseThroughSecretsManager');
  });

  test.each<[string, (scope: Construct) => SecretValue]>([
    ['a secret', () => SecretValue.secretsManager('ledger')],
    ['a SecureString parameter', () => SecretValue.ssmSecure('/ledger', '1')],
    ['a parameter of the template', (scope) => SecretValue.cfnParameter(new CfnParameter(scope, 'Password', { noEcho: true }))],
  ])('has the password that %s has', (_where, password) => {
    expect(propertiesOf((scope) => ({ credentials: rds.Credentials.fromPassword('owner', password(scope)) }))).toMatchObject({
      MasterUsername: 'owner', MasterUserPassword: expect.anything(),
    });
  });

  test.each<[string, Given]>([
    ['new', { credentials: rds.Credentials.fromPassword('owner', SecretValue.unsafePlainText('hunter2')) }],
    ['restored', { ...RESTORED, snapshotCredentials: rds.SnapshotCredentials.fromPassword(SecretValue.unsafePlainText('hunter2')) }],
  ])('fails for a password in plain text, without repeating it: %s', (_source, given) => {
    expect(() => make(new Stack(undefined, 'Data'), given)).toThrow(
      'PasswordInTemplate: the template would hold the password in plain text, given: credentials with a literal password; '
      + 'leave the password out, or refer to a secret with Credentials.fromSecret [at Data/Ledger]');
  });

  test('fails for a key in the credentials, which would not be handed over', () => {
    const stack = new Stack(undefined, 'Data');
    const encryptionKey = new kms.Key(stack, 'Other');

    expect(() => make(stack, { credentials: rds.Credentials.fromGeneratedSecret('owner', { encryptionKey }) })).toThrow(
      'KeyGivenInCredentials: the key of the secret is handed over by the library, given: Data/Other in the credentials; '
      + 'give the CustomerManagedKey as masterUserSecretEncryptionKey, or leave it out [at Data/Ledger]');
  });

  test('fails for credentials of another source', () => {
    expect(() => make(new Stack(undefined, 'Data'), { ...RESTORED, credentials: rds.Credentials.fromUsername('owner') })).toThrow(
      'CredentialsOfAnotherSource: a restored database keeps the master user of its snapshot, given: credentials; '
      + 'write snapshotCredentials, or manageMasterUserPassword: true [at Data/Ledger]');
    expect(() => make(new Stack(undefined, 'Data'), { snapshotCredentials: rds.SnapshotCredentials.fromGeneratedSecret('owner') })).toThrow(
      'CredentialsOfAnotherSource: without a snapshot there is no master user to keep, given: snapshotCredentials; '
      + 'write credentials, or manageMasterUserPassword: true [at Data/Ledger]');
  });
});
