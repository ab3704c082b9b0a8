import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { CustomerManagedKey, ICustomerManagedKey, KmsService } from '../../../src';
import { theOnly } from '../../support/databases';
import { templateOf } from '../../support/template-difference';
import { newCluster, newServerless, WAREHOUSES } from '../../support/warehouses';

const OWN = { 'Fn::GetAtt': ['WarehouseKey8DE8541C', 'Arn'] };
const ANOTHER = { 'Fn::GetAtt': ['Another6390C402', 'Arn'] };
const IMPORTED = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const EU_WEST_2 = { account: '111122223333', region: 'eu-west-2' };
const dataStack = () => new Stack(undefined, 'Data', { env: EU_WEST_2 });

describe.each(WAREHOUSES)('an %s', (name, make) => {
  const isCluster = name === 'EncryptedRedshiftCluster';
  const secretKey = isCluster ? 'MasterPasswordSecretKmsKeyId' : 'AdminPasswordSecretKmsKeyId';
  const managed = isCluster ? 'ManageMasterPassword' : 'ManageAdminPassword';
  const propertiesOf = (given: (scope: Construct) => object) => templateOf((scope) => make(scope, given(scope))).Resources.Warehouse.Properties;

  test('is encrypted under a new key, which stays, with the password of its administrator', () => {
    const { Resources } = templateOf((scope) => make(scope));

    expect(Resources.Warehouse.Properties).toMatchObject({ KmsKeyId: OWN, [secretKey]: OWN, [managed]: true });
    expect(Resources.WarehouseKey8DE8541C).toMatchObject({ UpdateReplacePolicy: 'Retain', Properties: { Description: 'Encrypts Data/Warehouse' } });
  });

  test('is encrypted under a key that another app owns', () => {
    const services = [KmsService.REDSHIFT, KmsService.REDSHIFT_SERVERLESS, KmsService.REDSHIFT_ADMIN_SECRET, KmsService.CLOUDWATCH_LOGS];

    expect(propertiesOf((scope) => ({ encryptionKey: CustomerManagedKey.fromKeyArn(scope, 'Key', IMPORTED, { services }) }))).toMatchObject({
      KmsKeyId: IMPORTED, [secretKey]: IMPORTED,
    });
  });

  test('has the password of its administrator under a key of its own', () => {
    const given = (scope: Construct) => ({ adminSecretEncryptionKey: new CustomerManagedKey(scope, 'Another') });

    expect(propertiesOf(given)).toMatchObject({ KmsKeyId: OWN, [secretKey]: ANOTHER });
  });

  test('refuses connections without TLS, beside what the team sets', () => {
    const template = templateOf((scope) => make(scope, { parameters: { query_group: 'sales', enable_user_activity_logging: 'false' } }));

    expect(JSON.stringify(template)).toMatch(new RegExp([
      '"enable_user_activity_logging","Parameter(Key|Value)":"false"', '"query_group","Parameter(Key|Value)":"sales"', '"require_ssl","Parameter(Key|Value)":"true"',
    ].join('.*')));
  });

  test('lets connections without TLS in where the team says so', () => {
    expect(JSON.stringify(templateOf((scope) => make(scope, { enforceSSL: false })))).not.toContain('require_ssl');
    expect(JSON.stringify(templateOf((scope) => make(scope, { enforceSSL: false, parameters: { require_ssl: 'false' } })))).toContain('"require_ssl"');
  });

  test.each([[undefined, 5439], [5450, 5450]])('lets its network in by its connections: port %s', (port, expected) => {
    const template = templateOf((scope) => make(scope, { port }).connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/16')));

    expect(theOnly(template, 'AWS::EC2::SecurityGroup').Properties.SecurityGroupIngress).toMatchObject([{ CidrIp: '10.0.0.0/16', FromPort: expected }]);
  });

  test('has the L1 as its default child', () => {
    const warehouse = make(dataStack());
    expect(warehouse.node.defaultChild).toBe('cluster' in warehouse ? warehouse.cluster : warehouse.namespace);
  });

  const keys = ['encryptionKey', 'adminSecretEncryptionKey', ...isCluster ? [] : ['cloudwatchLogsEncryptionKey']];
  test.each(keys)('fails for a key of another Region as %s', (property) => {
    const stack = dataStack();
    const key = CustomerManagedKey.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');

    expect(() => make(stack, { [property]: key })).toThrow(
      'KeyOfAnotherRegion: a key encrypts in its own Region only, given: Data/Key in eu-west-1, for eu-west-2; '
      + 'make a CustomerManagedKey in eu-west-2, or leave encryptionKey out [at Data/Warehouse]');
  });

  test.each(keys)('fails for an alias as %s', (property) => {
    const stack = dataStack();
    const alias = new kms.Alias(stack, 'Alias', { aliasName: 'sales', targetKey: new kms.Key(stack, 'Key') });

    // Its type is refused where types are checked.
    expect(() => make(stack, { [property]: alias as unknown as ICustomerManagedKey })).toThrow(
      `AliasAsKey: an alias can move to another key, and Amazon Redshift would stay with the former one, given: Data/Alias as ${property}; `
      + 'give the CustomerManagedKey itself, or CustomerManagedKey.fromKeyArn with the ARN of the key [at Data/Warehouse]');
  });

  test('fails for an asymmetric key', () => {
    const stack = dataStack();
    const key = new CustomerManagedKey(stack, 'Key', { keySpec: kms.KeySpec.RSA_4096, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT });

    expect(() => make(stack, { encryptionKey: key })).toThrow('KeyNotForStorage: AWS services encrypt data with symmetric encryption keys only');
  });

  test.each(['false', 'FALSE', 'off', '0'])('fails for a parameter that lets connections without TLS in: %s', (value) => {
    expect(() => make(dataStack(), { parameters: { require_ssl: value } })).toThrow(
      `TlsNotForced: connections without TLS would be let in, given: require_ssl = '${value}'; `
      + 'leave the parameter out, or write enforceSSL: false [at Data/Warehouse]');
  });
});

describe('a cluster', () => {
  const RESTORED = { snapshotIdentifier: 'sales-2026', databaseName: 'sales', adminUsername: 'owner' };

  test('is restored under the key that is given', () => {
    const { Resources } = templateOf((scope) => newCluster(scope, RESTORED));

    expect(Resources.Warehouse.Properties).toMatchObject({
      SnapshotIdentifier: 'sales-2026', Encrypted: true, KmsKeyId: OWN, ManageMasterPassword: true, MasterPasswordSecretKmsKeyId: OWN,
    });
  });

  test('that is restored has the port of its snapshot', () => {
    const template = templateOf((scope) => newCluster(scope, RESTORED).connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/16')));

    expect(theOnly(template, 'AWS::EC2::SecurityGroupIngress').Properties.FromPort).toEqual({ 'Fn::GetAtt': ['Warehouse', 'Endpoint.Port'] });
  });

  test('tells its address and port', () => {
    const stack = dataStack();
    const { clusterEndpoint } = newCluster(stack);

    expect(stack.resolve(clusterEndpoint.socketAddress)).toEqual({
      'Fn::Join': ['', [{ 'Fn::GetAtt': ['Warehouse', 'Endpoint.Address'] }, ':', { 'Fn::GetAtt': ['Warehouse', 'Endpoint.Port'] }]],
    });
  });

  test.each<[string, object, string]>([
    ['without its names', { snapshotIdentifier: 'sales-2026' }, 'sales-2026 without databaseName and adminUsername'],
    ['without its database', { snapshotIdentifier: 'sales-2026', adminUsername: 'owner' }, 'sales-2026 without databaseName'],
    ['without its administrator', { snapshotIdentifier: 'sales-2026', databaseName: 'sales' }, 'sales-2026 without adminUsername'],
  ])('fails for a snapshot %s, which would replace it once they are right', (_what, given, names) => {
    expect(() => newCluster(dataStack(), given)).toThrow(
      `NamesOfSnapshotNotGiven: a restored cluster keeps the database and the administrator of its snapshot, given: ${names}; `
      + 'write the names that the snapshot has [at Data/Warehouse]');
  });

  test('fails for what is said of a snapshot that is not given', () => {
    expect(() => newCluster(dataStack(), { snapshotClusterIdentifier: 'sales', snapshotOwnerAccount: '444455556666' })).toThrow(
      'SnapshotNotGiven: an empty cluster would be made, given: snapshotClusterIdentifier and snapshotOwnerAccount without snapshotIdentifier; '
      + 'write snapshotIdentifier, or leave them out [at Data/Warehouse]');
  });
});

describe('a namespace', () => {
  test('has its logs under the key, in log groups that are made beforehand', () => {
    const { Resources } = templateOf((scope) => newServerless(scope));
    const groups = Object.entries<any>(Resources).filter(([, { Type }]) => Type === 'AWS::Logs::LogGroup');

    expect(groups.map(([, { Properties }]) => Properties)).toEqual(['connectionlog', 'useractivitylog', 'userlog'].map((log) => ({
      LogGroupName: `/aws/redshift/sales/${log}`, KmsKeyId: OWN, RetentionInDays: 731,
    })));
    expect(Resources.Warehouse.DependsOn).toEqual(groups.map(([id]) => id));
  });

  test('has its logs under a key of their own', () => {
    const { Resources } = templateOf((scope) => newServerless(scope, { cloudwatchLogsEncryptionKey: new CustomerManagedKey(scope, 'Another') }));

    expect(Object.values<any>(Resources).filter(({ Type }) => Type === 'AWS::Logs::LogGroup').map(({ Properties }) => Properties.KmsKeyId))
      .toEqual([ANOTHER, ANOTHER, ANOTHER]);
  });

  test('tells the address and port of its workgroup', () => {
    const stack = dataStack();

    expect(stack.resolve(newServerless(stack).workgroupEndpoint.hostname)).toEqual({ 'Fn::GetAtt': ['WarehouseWorkgroup507BB996', 'Workgroup.Endpoint.Address'] });
  });
});
