import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import {
  CustomerManagedKey, EncryptedDatabaseCluster, EncryptedDatabaseInstance, EncryptedDatabaseProps, ICustomerManagedKey, KmsService,
} from '../../../src';
import { AURORA_POSTGRES, ORACLE, POSTGRES, theOnly, vpcWith, WRITER } from '../../support/databases';
import { templateOf } from '../../support/template-difference';

type Given = Partial<EncryptedDatabaseProps>;

const DATABASES: ['instance' | 'cluster', (scope: Construct, given: Given) => EncryptedDatabaseInstance | EncryptedDatabaseCluster, string][] = [
  ['instance', (scope, given) => new EncryptedDatabaseInstance(scope, 'Ledger', { engine: POSTGRES, vpc: vpcWith(scope, 'isolated'), ...given }),
    'PerformanceInsightsKMSKeyId'],
  ['cluster', (scope, given) => new EncryptedDatabaseCluster(scope, 'Ledger', {
    engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(scope, 'isolated'), ...given,
  }), 'PerformanceInsightsKmsKeyId'],
];
const KEYS = ['encryptionKey', 'performanceInsightEncryptionKey', 'masterUserSecretEncryptionKey', 'cloudwatchLogsEncryptionKey'] as const;
const OWN = { 'Fn::GetAtt': ['LedgerKeyA5F78EAE', 'Arn'] };
const EU_WEST_2 = { account: '111122223333', region: 'eu-west-2' };

describe.each(DATABASES)('an %s', (_kind, make, insightsProperty) => {
  const propertiesOf = (given: (scope: Construct) => Given) => templateOf((scope) => make(scope, given(scope))).Resources.LedgerB7379752.Properties;

  test('is encrypted under a new key, which stays', () => {
    const { Resources } = templateOf((scope) => make(scope, {}));

    expect(Resources.LedgerB7379752.Properties).toMatchObject({ StorageEncrypted: true, KmsKeyId: OWN });
    expect(Resources.LedgerB7379752.Properties).not.toHaveProperty(insightsProperty);
    expect(Resources.LedgerKeyA5F78EAE).toMatchObject({ UpdateReplacePolicy: 'Retain', Properties: { Description: 'Encrypts Data/Ledger' } });
  });

  test('is encrypted under a given key, here or of another stack', () => {
    const given = make(new Stack(), {}).encryptionKey;
    expect(given).toBeInstanceOf(CustomerManagedKey);

    const imported = (scope: Construct) => CustomerManagedKey.fromKeyArn(scope, 'Key', 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab', {
      services: [KmsService.RDS, KmsService.SECRETS_MANAGER],
    });
    expect(propertiesOf((scope) => ({ encryptionKey: imported(scope) }))).toMatchObject({
      StorageEncrypted: true, KmsKeyId: 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    });
  });

  test.each<[string, Given]>([
    ['it is turned on', { enablePerformanceInsights: true }],
    ['its data are kept', { performanceInsightRetention: rds.PerformanceInsightRetention.DEFAULT }],
    ['it is advanced', {
      databaseInsightsMode: rds.DatabaseInsightsMode.ADVANCED, performanceInsightRetention: rds.PerformanceInsightRetention.MONTHS_15,
    }],
  ])('has Performance Insights under the key where %s', (_how, given) => {
    expect(propertiesOf(() => given)).toMatchObject({ [insightsProperty]: OWN });
  });

  test('has Performance Insights under a key of their own, which turns them on', () => {
    const given = (scope: Construct) => ({ performanceInsightEncryptionKey: new CustomerManagedKey(scope, 'Insights') });

    expect(propertiesOf(given)).toMatchObject({ KmsKeyId: OWN, [insightsProperty]: { 'Fn::GetAtt': ['InsightsC4CE1CC7', 'Arn'] } });
    expect(propertiesOf((scope) => ({ ...given(scope), enablePerformanceInsights: false }))).not.toHaveProperty(insightsProperty);
  });

  test('lets its network in by its connections', () => {
    const template = templateOf((scope) => make(scope, {}).connections.allowDefaultPortFrom(ec2.Peer.ipv4('10.0.0.0/16')));

    expect(theOnly(template, 'AWS::EC2::SecurityGroupIngress').Properties).toMatchObject({
      CidrIp: '10.0.0.0/16', FromPort: { 'Fn::GetAtt': ['LedgerB7379752', 'Endpoint.Port'] },
    });
  });

  test('has the L2 as its default child', () => {
    const database = make(new Stack(), {});
    expect(database.node.defaultChild).toBe(database instanceof EncryptedDatabaseInstance ? database.instance : database.cluster);
  });

  test.each(KEYS)('fails for a key of another Region as %s', (property) => {
    const stack = new Stack(undefined, 'Data', { env: EU_WEST_2 });
    const key = CustomerManagedKey.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab');

    expect(() => make(stack, { [property]: key })).toThrow(
      'KeyOfAnotherRegion: a key encrypts in its own Region only, given: Data/Key in eu-west-1, for eu-west-2; '
      + 'make a CustomerManagedKey in eu-west-2, or leave encryptionKey out [at Data/Ledger]');
  });

  test.each(KEYS)('fails for an alias as %s', (property) => {
    const stack = new Stack(undefined, 'Data', { env: EU_WEST_2 });
    const alias = new kms.Alias(stack, 'Alias', { aliasName: 'ledger', targetKey: new kms.Key(stack, 'Key') });

    // Its type is refused where types are checked.
    expect(() => make(stack, { [property]: alias as unknown as ICustomerManagedKey })).toThrow(
      `AliasAsKey: an alias can move to another key, and the database would be replaced, given: Data/Alias as ${property}; `
      + 'give the CustomerManagedKey itself, or CustomerManagedKey.fromKeyArn with the ARN of the key [at Data/Ledger]');
  });

  test('fails for an asymmetric key', () => {
    const stack = new Stack(undefined, 'Data', { env: EU_WEST_2 });
    const key = new CustomerManagedKey(stack, 'Key', { keySpec: kms.KeySpec.RSA_4096, keyUsage: kms.KeyUsage.ENCRYPT_DECRYPT });

    expect(() => make(stack, { encryptionKey: key })).toThrow('KeyNotForStorage: AWS services encrypt data with symmetric encryption keys only');
  });
});

describe('an instance', () => {
  const make = (given: object) => (scope: Construct) => new EncryptedDatabaseInstance(scope, 'Ledger', { engine: POSTGRES, vpc: vpcWith(scope, 'isolated'), ...given });

  test.each(['snapshotIdentifier', 'clusterSnapshotIdentifier'] as const)('is restored under the key of its snapshot, which Amazon RDS keeps: %s', (source) => {
    const { Resources } = templateOf((scope) => make({ [source]: 'ledger-2026', encryptionKey: new CustomerManagedKey(scope, 'Key') })(scope));
    const { Properties } = Resources.LedgerB7379752;

    expect(Properties).toMatchObject({ [source === 'snapshotIdentifier' ? 'DBSnapshotIdentifier' : 'DBClusterSnapshotIdentifier']: 'ledger-2026' });
    expect(Object.keys(Properties)).not.toEqual(expect.arrayContaining([expect.stringMatching(/^(KmsKeyId|StorageEncrypted)$/)]));
    expect(Resources.Key961B73FD.Properties.KeyPolicy.Statement.map(({ Sid }: any) => Sid)).toContain('UseThroughRds');
  });

  test('of an engine that an option group tells to force TLS has no parameter for it', () => {
    const optionGroup = (scope: Construct) => new rds.OptionGroup(scope, 'Options', {
      engine: ORACLE, configurations: [{ name: 'NATIVE_NETWORK_ENCRYPTION', settings: { 'SQLNET.ENCRYPTION_SERVER': 'REQUIRED' } }],
    });
    const { Resources } = templateOf((scope) => make({ engine: ORACLE, enforceSSL: false, optionGroup: optionGroup(scope) })(scope));
    const { Properties } = Resources.LedgerB7379752;

    expect(Properties).toMatchObject({ OptionGroupName: { Ref: 'Options66AB347B' } });
    expect(Properties).not.toHaveProperty('DBParameterGroupName');
    expect(Properties).not.toHaveProperty('EnableIAMDatabaseAuthentication');
  });

  test('has a read replica in the same Region under its key, its insights under a key that is handed over', () => {
    const template = templateOf((scope) => {
      const source = make({})(scope);
      new rds.DatabaseInstanceReadReplica(scope, 'Replica', {
        sourceDatabaseInstance: source.instance,
        vpc: scope.node.findChild('Vpc') as ec2.Vpc,
        vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
        instanceType: new ec2.InstanceType('m7g.large'),
        performanceInsightEncryptionKey: source.encryptionKey.via(KmsService.RDS),
      });
    });

    const replica: any = Object.values<any>(template.Resources).find(({ Type, Properties }) => Type === 'AWS::RDS::DBInstance' && Properties.SourceDBInstanceIdentifier);
    expect(replica.Properties).toMatchObject({ PerformanceInsightsKMSKeyId: OWN });
    expect(replica.Properties).not.toHaveProperty('KmsKeyId');
  });

  test.each([
    ['snapshotIdentifier', 'describe-db-snapshots --db-snapshot-identifier'],
    ['clusterSnapshotIdentifier', 'describe-db-cluster-snapshots --db-cluster-snapshot-identifier'],
  ])('warns that nobody looks at the key of a snapshot: %s', (source, describe) => {
    jest.spyOn(console, 'error').mockImplementation();
    const stack = new Stack(undefined, 'Data');
    make({ [source]: 'ledger-2026', encryptionKey: new CustomerManagedKey(stack, 'Key') })(stack);

    expect(Annotations.fromStack(stack).findWarning('/Data/Ledger', Match.anyValue()).map(({ entry }) => entry.data)).toEqual([
      'The instance gets the key of its snapshot, or none where the snapshot is not encrypted, whatever key is given, and neither Amazon RDS nor '
      + `CloudFormation says so, given: ledger-2026. See with aws rds ${describe} whether its KmsKeyId is Data/Key, and acknowledge this. `
      + '[ack: cdk-kms-patterns:snapshotKeyNotSeen]',
    ]);
  });

  test.each(['snapshotIdentifier', 'clusterSnapshotIdentifier'])('fails for a snapshot without its key: %s', (source) => {
    expect(() => make({ [source]: 'ledger-2026' })(new Stack(undefined, 'Data'))).toThrow(
      'SnapshotKeyNotGiven: Amazon RDS keeps the key of the snapshot when it restores an instance, given: ledger-2026 without encryptionKey; '
      + 'copy the snapshot under a key of yours, and give that key [at Data/Ledger]');
  });

  test('fails for a read replica where Amazon RDS manages the password, which it refuses', () => {
    const replicated = (given: object) => templateOf((scope) => {
      const source = make(given)(scope);
      new rds.DatabaseInstanceReadReplica(scope, 'Replica', {
        sourceDatabaseInstance: source.instance,
        vpc: scope.node.findChild('Vpc') as ec2.Vpc,
        vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
        instanceType: new ec2.InstanceType('m7g.large'),
      });
    });

    expect(() => replicated({ manageMasterUserPassword: true })).toThrow(
      '[Data/Ledger] ReadReplicaRefused: Amazon RDS makes no read replicas of an instance whose password it manages, given: Data/Replica/Resource; '
      + 'leave manageMasterUserPassword: true out at their source');
    expect(() => replicated({})).not.toThrow();
  });
});

describe('a cluster', () => {
  const make = (scope: Construct, given: object) => new EncryptedDatabaseCluster(scope, 'Ledger', {
    engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(scope, 'isolated'), ...given,
  });
  const writer = (given: (scope: Construct) => object) => templateOf((scope) => make(scope, given(scope))).Resources.LedgerWriter64F8D671.Properties;

  test('is restored under the key, which Amazon Aurora encrypts it under', () => {
    expect(templateOf((scope) => make(scope, { snapshotIdentifier: 'ledger-2026' })).Resources.LedgerB7379752.Properties).toMatchObject({
      SnapshotIdentifier: 'ledger-2026', StorageEncrypted: true, KmsKeyId: OWN,
    });
  });

  test('has the insights of an instance under its key', () => {
    const insights = { enablePerformanceInsights: true };

    expect(writer(() => ({ writer: rds.ClusterInstance.serverlessV2('Writer', insights) }))).toMatchObject({ PerformanceInsightsKMSKeyId: OWN });
    expect(writer((scope) => ({
      writer: rds.ClusterInstance.serverlessV2('Writer', insights),
      performanceInsightEncryptionKey: new CustomerManagedKey(scope, 'Insights'),
    }))).toMatchObject({ PerformanceInsightsKMSKeyId: { 'Fn::GetAtt': ['InsightsC4CE1CC7', 'Arn'] } });
  });

  test('has no instance that is open to the public', () => {
    expect(writer(() => ({}))).toMatchObject({ PubliclyAccessible: false });
    expect(() => make(new Stack(undefined, 'Data'), { writer: rds.ClusterInstance.provisioned('Writer', { publiclyAccessible: true }) })).toThrow(
      'PubliclyAccessible: a database belongs into private subnets, given: Data/Ledger/Default/Writer/Resource with publiclyAccessible: true; '
      + 'leave it out [at Data/Ledger]');
  });
});
