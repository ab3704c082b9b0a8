import * as iam from 'aws-cdk-lib/aws-iam';
import * as rds from 'aws-cdk-lib/aws-rds';
import { EncryptedDatabaseCluster, EncryptedDatabaseInstance, EncryptedDatabaseProps } from '../../../src';
import { AURORA_POSTGRES, ORACLE, POSTGRES, vpcWith, WRITER } from '../../support/databases';
import { ACCOUNT, KEY_ARN, OTHER_ACCOUNT, REGION, ThreeStacks } from '../../support/three-stacks';

type Database = EncryptedDatabaseInstance | EncryptedDatabaseCluster;
type Given = Partial<EncryptedDatabaseProps> & { engine?: never };

const DATABASES: ['instance' | 'cluster', (stacks: ThreeStacks, given?: object) => Database, string][] = [
  ['instance', ({ data, key }, given = {}) => new EncryptedDatabaseInstance(data, 'Ledger', {
    engine: POSTGRES, vpc: vpcWith(data, 'isolated'), encryptionKey: key, ...given,
  }), 'DbiResourceId'],
  ['cluster', ({ data, key }, given = {}) => new EncryptedDatabaseCluster(data, 'Ledger', {
    engine: AURORA_POSTGRES, ...WRITER, vpc: vpcWith(data, 'isolated'), encryptionKey: key, ...given,
  }), 'DBClusterResourceId'],
];
const MANAGED = { manageMasterUserPassword: true };
const INSIGHTS = { enablePerformanceInsights: true };
const VIA = (...services: string[]) => services.map((service) => `${service}.${REGION}.amazonaws.com`);

function granted(make: (stacks: ThreeStacks, given?: object) => Database, given: object, grant: (database: Database, role: iam.IGrantable) => void) {
  const stacks = new ThreeStacks();
  stacks.role('Bystander');
  grant(make(stacks, given), stacks.role());
  return stacks.synth();
}

/** All statements of the users' stack. */
function statements(synthesized: ReturnType<typeof granted>): any[] {
  return synthesized.resources('Users').filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

describe.each(DATABASES)('of an %s', (_kind, make, resourceId) => {
  test('who connects needs nothing of the key', () => {
    const synthesized = granted(make, {}, (database, role) => database.grantConnect(role, 'app'));

    expect(synthesized.identityStatements('Users')).toEqual([]);
    expect(statements(synthesized)).toEqual([{
      Action: 'rds-db:connect',
      Effect: 'Allow',
      Resource: { 'Fn::Join': ['', [`arn:aws:rds-db:${REGION}:${ACCOUNT}:dbuser:`, { 'Fn::GetAtt': ['LedgerB7379752', resourceId] }, '/app']] },
    }]);
  });

  test.each<[string, object, string[], object]>([
    ['that Amazon RDS manages', MANAGED, ['rds', 'secretsmanager'], { 'Fn::GetAtt': ['LedgerB7379752', 'MasterUserSecret.SecretArn'] }],
    ['that CDK made', {}, ['secretsmanager'], { Ref: 'LedgerSecretAttachmentB400729F' }],
  ])('who reads a secret %s decrypts this secret only', (_secret, given, services, secretArn) => {
    const synthesized = granted(make, given, (database, role) => database.grantReadSecret(role));

    expect(synthesized.identityStatements('Users')).toEqual([{
      Action: 'kms:Decrypt',
      Condition: {
        StringEquals: { 'kms:ViaService': services.length > 1 ? VIA(...services) : VIA(...services)[0] },
        StringLike: { 'kms:EncryptionContext:SecretARN': [secretArn] },
      },
      Effect: 'Allow',
      Resource: KEY_ARN,
    }]);
    expect(statements(synthesized)[0]).toMatchObject({ Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'], Resource: secretArn });
  });

  test('who views Performance Insights decrypts those of its instances only', () => {
    const synthesized = granted(make, INSIGHTS, (database, role) => database.grantViewPerformanceInsights(role));
    const instance = { 'Fn::GetAtt': [expect.stringMatching(/^Ledger(B7379752|Writer64F8D671)$/), 'DbiResourceId'] };

    expect(synthesized.identityStatements('Users')).toEqual([{
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Condition: {
        StringEquals: {
          'kms:ViaService': VIA('rds')[0],
          'kms:EncryptionContext:aws:pi:service': 'rds',
          'kms:EncryptionContext:service': 'pi',
          'kms:EncryptionContext:aws:rds:db-id': [instance],
        },
      },
      Effect: 'Allow',
      Resource: KEY_ARN,
    }]);
    expect(statements(synthesized)[0]).toMatchObject({
      Action: expect.arrayContaining(['pi:GetResourceMetrics', 'pi:DescribeDimensionKeys']),
      Resource: { 'Fn::Join': ['', [`arn:aws:pi:${REGION}:${ACCOUNT}:metrics/rds/`, instance]] },
    });
  });

  test('the key policy names none of them', () => {
    const synthesized = granted(make, { ...MANAGED, ...INSIGHTS }, (database, role) => {
      database.grantReadSecret(role);
      database.grantViewPerformanceInsights(role);
    });

    expect(JSON.stringify(synthesized.keyPolicy())).not.toContain('Consumer');
    expect(synthesized.dependenciesOfKeys).toEqual([]);
    expect(synthesized.keyPolicy()).toContainEqual({
      Sid: 'GrantsThroughServices',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: '*',
      Condition: { StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': VIA('rds', 'secretsmanager') }, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    });
  });

  test('the ARN of a role of the app stands for the role', () => {
    const stacks = new ThreeStacks();
    make(stacks).grantConnect(new iam.ArnPrincipal(stacks.role().roleArn), 'app');

    expect(statements(stacks.synth()).map(({ Action }) => Action)).toEqual(['rds-db:connect']);
  });

  test('a role of another account reads a secret that CDK made by its resource policy', () => {
    const stacks = new ThreeStacks();
    const partner = new iam.Role(stacks.stackOf(OTHER_ACCOUNT), 'Partner', { roleName: 'partner', assumedBy: new iam.AccountRootPrincipal() });
    make(stacks).grantReadSecret(partner);

    expect(stacks.synth().keyPolicy().map(({ Sid }) => Sid)).toContain(`Account${OTHER_ACCOUNT}ThroughSecretsManager`);
  });

  const VERBS: [string, string, (database: Database, grantee: iam.IGrantable) => void][] = [
    ['grantConnect', 'rds-db:connect', (database, grantee) => database.grantConnect(grantee, 'app')],
    ['grantReadSecret', 'secretsmanager:GetSecretValue and kms:Decrypt', (database, grantee) => database.grantReadSecret(grantee)],
    ['grantViewPerformanceInsights', 'pi:GetResourceMetrics and kms:Decrypt and kms:GenerateDataKey',
      (database, grantee) => database.grantViewPerformanceInsights(grantee)],
  ];
  test.each(VERBS)('fails %s for whom no IAM policy here reaches', (_verb, actions, grant) => {
    const stacks = new ThreeStacks();
    const foreign = iam.Role.fromRoleArn(stacks.users, 'Operator', `arn:aws:iam::${OTHER_ACCOUNT}:role/operator`);

    expect(() => grant(make(stacks, { ...MANAGED, ...INSIGHTS }), foreign)).toThrow(
      'GranteeOutOfReach: Amazon RDS looks at the IAM policy of the caller only, and at callers of the database\'s account only, '
      + 'given: Users/Operator, whose policy is out of reach here or elsewhere; grant to a role or user of this account that the app can change, '
      + `or allow ${actions} there [at Data/Ledger]`);
  });

  test.each<[string, Given, (database: Database, role: iam.IGrantable) => void, string]>([
    ['to connect where IAM decides nothing', { iamAuthentication: false }, (database, role) => database.grantConnect(role, 'app'),
      'IamAuthenticationOff: IAM decides nothing about who connects to this database, given: grantConnect; leave iamAuthentication: false out where the engine '
      + 'takes IAM authentication, else connect with a password: grantReadSecret [at Data/Ledger]'],
    ['to view Performance Insights that are off', {}, (database, role) => database.grantViewPerformanceInsights(role),
      'InsightsOff: Performance Insights is off, given: grantViewPerformanceInsights; turn it on with enablePerformanceInsights: true [at Data/Ledger]'],
    ['to read a secret that is not known', { snapshotIdentifier: 'ledger-2026' } as Given, (database, role) => database.grantReadSecret(role),
      'NoSecret: the password of the master user is in no secret that is known here, given: grantReadSecret; '
      + 'write manageMasterUserPassword: true, and Amazon RDS makes one [at Data/Ledger]'],
  ])('fails %s', (_what, given, grant, message) => {
    const stacks = new ThreeStacks();
    expect(() => grant(make(stacks, given), stacks.role())).toThrow(message);
  });
});

test('who uses the Data API decrypts the secret of the cluster only', () => {
  const synthesized = granted(DATABASES[1][1], MANAGED, (database, role) => (database as EncryptedDatabaseCluster).grantDataApiAccess(role));

  expect(synthesized.identityStatements('Users')).toMatchObject([{
    Action: 'kms:Decrypt', Condition: { StringLike: { 'kms:EncryptionContext:SecretARN': [{ 'Fn::GetAtt': ['LedgerB7379752', 'MasterUserSecret.SecretArn'] }] } },
  }]);
  expect(synthesized.resources('Data').find(({ Type }) => Type === 'AWS::RDS::DBCluster')!.Properties.EnableHttpEndpoint).toBe(true);
});

test('an engine without IAM authentication lets nobody connect by it', () => {
  const stacks = new ThreeStacks();
  const database = DATABASES[0][1](stacks, { engine: ORACLE, enforceSSL: false });

  expect(() => database.grantConnect(stacks.role(), 'app')).toThrow('IamAuthenticationOff: ');
});

test.each(DATABASES)('AWS Secrets Manager rotates the secret that CDK made of an %s, and that of another user', (_kind, make) => {
  const stacks = new ThreeStacks();
  const database = make(stacks, { credentials: rds.Credentials.fromGeneratedSecret('owner') });
  database.addRotationSingleUser();
  database.addRotationMultiUser('App', {
    secret: new rds.DatabaseSecret(stacks.data, 'App', { username: 'app', masterSecret: database.secret }).attach(
      database instanceof EncryptedDatabaseInstance ? database.instance : database.cluster),
  });

  expect(stacks.synth().resources('Data').filter(({ Type }) => Type === 'AWS::SecretsManager::RotationSchedule')).toHaveLength(2);
});

test.each(DATABASES)('fails to rotate the secret of an %s that Amazon RDS rotates', (_kind, make) => {
  expect(() => make(new ThreeStacks(), MANAGED).addRotationSingleUser()).toThrow('Cannot add rotation when `manageMasterUserPassword` is enabled');
});
