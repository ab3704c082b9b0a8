import * as iam from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, KEY_ARN, OTHER_ACCOUNT, REGION, ThreeStacks } from '../../support/three-stacks';
import { newCluster, newServerless, Warehouse, WAREHOUSES } from '../../support/warehouses';

type Kind = typeof WAREHOUSES[number][0];
type Make = (stacks: ThreeStacks) => Warehouse;

const via = (...services: string[]) => services.map((service) => `${service}.${REGION}.amazonaws.com`);
const arn = (rest: string) => `arn:aws:redshift:${REGION}:${ACCOUNT}:${rest}`;
const WAREHOUSE = { Ref: 'Warehouse' };
const WORKGROUP = { 'Fn::GetAtt': ['WarehouseWorkgroup507BB996', 'Workgroup.WorkgroupArn'] };
const CLUSTER = { 'Fn::Join': ['', [arn('cluster:'), WAREHOUSE]] };
const NAMESPACE = { 'Fn::GetAtt': ['Warehouse', 'Namespace.NamespaceArn'] };
const NAMESPACE_OF_THE_DATA_API = {
  'Fn::Join': ['', [`arn:aws:redshift-serverless:${REGION}:${ACCOUNT}:namespace:`, { 'Fn::GetAtt': ['Warehouse', 'Namespace.NamespaceId'] }]],
};

const KINDS: [Kind, Make, { services: string[]; context: string; arns: unknown[]; secret: unknown; warehouse: unknown; logsIn: string[] }][] = [
  ['EncryptedRedshiftCluster', ({ data, key }) => newCluster(data, { encryptionKey: key }), {
    services: ['redshift-data', 'redshift'],
    context: 'aws:redshift:arn',
    arns: [CLUSTER],
    secret: { 'Fn::GetAtt': ['Warehouse', 'MasterPasswordSecretArn'] },
    warehouse: CLUSTER,
    // At the name of a database.
    logsIn: [],
  }],
  ['EncryptedRedshiftServerless', ({ data, key }) => newServerless(data, { encryptionKey: key }), {
    services: ['redshift-data', 'redshift-serverless', 'redshift'],
    context: 'aws:redshift-serverless:arn',
    arns: [NAMESPACE, NAMESPACE_OF_THE_DATA_API],
    secret: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:redshift!sales-admin-??????`,
    warehouse: WORKGROUP,
    logsIn: ['redshift-serverless:GetCredentials'],
  }],
];

function granted(make: Make, grant: (warehouse: Warehouse, role: iam.IGrantable) => void) {
  const stacks = new ThreeStacks();
  stacks.role('Bystander');
  grant(make(stacks), stacks.role());
  return stacks.synth();
}

/** All statements of the users' stack. */
function statements(synthesized: ReturnType<typeof granted>): any[] {
  return synthesized.resources('Users').filter(({ Type }) => Type === 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
}

describe.each(KINDS)('of an %s', (_kind, make, { services, context, arns, secret, warehouse, logsIn }) => {
  test('who uses the Data API makes its grant on the key, and uses the key for this warehouse only', () => {
    const through = { 'kms:ViaService': via(...services) };

    expect(granted(make, (store, role) => store.grantDataApi(role)).identityStatements('Users')).toEqual([
      {
        Action: 'kms:CreateGrant',
        Condition: { StringEquals: through, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
        Effect: 'Allow',
        Resource: KEY_ARN,
      },
      {
        Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: through, StringLike: { [`kms:EncryptionContext:${context}`]: arns } },
        Effect: 'Allow',
        Resource: KEY_ARN,
      },
      { Action: 'kms:DescribeKey', Condition: { StringEquals: through }, Effect: 'Allow', Resource: KEY_ARN },
    ]);
  });

  test('who uses the Data API sends statements to this warehouse, and reads the results of its own', () => {
    expect(statements(granted(make, (store, role) => store.grantDataApi(role))).slice(0, 2)).toEqual([
      {
        Action: [...['BatchExecuteStatement', 'DescribeTable', 'ExecuteStatement', 'ListDatabases', 'ListSchemas', 'ListTables']
          .map((name) => `redshift-data:${name}`), ...logsIn],
        Effect: 'Allow',
        Resource: warehouse,
      },
      {
        Action: ['CancelStatement', 'DescribeStatement', 'GetStatementResult', 'ListStatements'].map((name) => `redshift-data:${name}`),
        Condition: { StringEquals: { 'redshift-data:statement-owner-iam-userid': '${aws:userid}' } },
        Effect: 'Allow',
        Resource: '*',
      },
    ]);
  });

  test('who reads the secret decrypts this secret only', () => {
    const synthesized = granted(make, (store, role) => store.grantReadAdminSecret(role));

    expect(synthesized.identityStatements('Users')).toEqual([{
      Action: 'kms:Decrypt',
      Condition: {
        StringEquals: { 'kms:ViaService': via('redshift-serverless', 'redshift', 'secretsmanager') },
        StringLike: { 'kms:EncryptionContext:SecretARN': [secret] },
      },
      Effect: 'Allow',
      Resource: KEY_ARN,
    }]);
    expect(statements(synthesized)[0]).toMatchObject({ Action: ['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'].sort(), Resource: secret });
  });

  test('the key policy names none of them', () => {
    const synthesized = granted(make, (store, role) => {
      store.grantDataApi(role);
      store.grantReadAdminSecret(role);
    });

    expect(JSON.stringify(synthesized.keyPolicy())).not.toContain('Consumer');
    expect(synthesized.dependenciesOfKeys).toEqual([]);
    expect(synthesized.keyPolicy()).toContainEqual({
      Sid: 'GrantsThroughServices',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: ['kms:CreateGrant', 'kms:ListGrants', 'kms:RevokeGrant'],
      Resource: '*',
      Condition: {
        StringEquals: { 'kms:CallerAccount': ACCOUNT, 'kms:ViaService': via(...services, 'secretsmanager', 'redshift-serverless').sort().filter(isNew) },
        Bool: { 'kms:GrantIsForAWSResource': 'true' },
      },
    });
  });

  test('the ARN of a role of the app stands for the role', () => {
    const stacks = new ThreeStacks();
    make(stacks).grantDataApi(new iam.ArnPrincipal(stacks.role().roleArn));

    expect(statements(stacks.synth()).map(({ Action }) => [Action].flat()).flat()).toEqual(expect.arrayContaining(['redshift-data:ExecuteStatement', 'kms:CreateGrant']));
  });

  const resource = context === 'aws:redshift:arn' ? 'cluster' : 'namespace';
  test.each<[string, string, (store: Warehouse, grantee: iam.IGrantable) => void]>([
    ['grantDataApi', 'redshift-data:ExecuteStatement and kms:CreateGrant', (store, grantee) => store.grantDataApi(grantee)],
    ['grantReadAdminSecret', 'secretsmanager:GetSecretValue and kms:Decrypt', (store, grantee) => store.grantReadAdminSecret(grantee)],
  ])('fails %s for whom no IAM policy here reaches', (_verb, actions, grant) => {
    const stacks = new ThreeStacks();
    const foreign = iam.Role.fromRoleArn(stacks.users, 'Operator', `arn:aws:iam::${OTHER_ACCOUNT}:role/operator`);

    expect(() => grant(make(stacks), foreign)).toThrow(
      `GranteeOutOfReach: Amazon Redshift looks at the IAM policy of the caller only, and at callers of the ${resource}'s account only, `
      + 'given: Users/Operator, whose policy is out of reach here or elsewhere; grant to a role or user of this account that the app can change, '
      + `or allow ${actions} there [at Data/Warehouse]`);
  });
});

const isNew = (value: string, index: number, all: string[]) => all.indexOf(value) === index;
const database = (name: string) => ({ 'Fn::Join': ['', [arn('dbname:'), WAREHOUSE, `/${name}`]] });
const user = (name: string) => ({ 'Fn::Join': ['', [arn('dbuser:'), WAREHOUSE, `/${name}`]] });

test.each<[string, object, object, object]>([
  ['the first database, as itself', {}, {}, { Action: 'redshift:GetClusterCredentialsWithIAM', Resource: database('dev') }],
  ['the first database by its name', { databaseName: 'sales' }, {}, { Action: 'redshift:GetClusterCredentialsWithIAM', Resource: database('sales') }],
  ['another database', {}, { database: 'marts' }, { Action: 'redshift:GetClusterCredentialsWithIAM', Resource: database('marts') }],
  ['all databases', {}, { database: '*' }, { Action: 'redshift:GetClusterCredentialsWithIAM', Resource: database('*') }],
  ['a user', {}, { databaseUser: 'reports' }, { Action: 'redshift:GetClusterCredentials', Resource: [database('dev'), user('reports')] }],
])('a caller of the Data API logs in to a cluster: %s', (_what, props, options, expected) => {
  const stacks = new ThreeStacks();
  newCluster(stacks.data, { ...props, encryptionKey: stacks.key }).grantDataApi(stacks.role(), options);

  expect(statements(stacks.synth())[2]).toMatchObject(expected);
});
