import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import fc from 'fast-check';
import { CustomerManagedKey, EncryptedRedshiftProps, KmsService } from '../../src';
import { mostly, orNothing } from '../support/arbitraries';
import { assertKeptOrRefused } from '../support/outcome';
import { FLAGS, templateOf } from '../support/template-difference';
import { newCluster, newServerless, zonedVpc } from '../support/warehouses';

const ARN = 'arn:aws:kms:eu-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const services = [KmsService.REDSHIFT, KmsService.REDSHIFT_SERVERLESS, KmsService.REDSHIFT_ADMIN_SECRET, KmsService.CLOUDWATCH_LOGS];

const KEYS: Record<string, (scope: Construct) => EncryptedRedshiftProps['encryptionKey']> = {
  new: () => undefined,
  given: (scope) => new CustomerManagedKey(scope, 'Key'),
  imported: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN, { services }),
  undeclared: (scope) => CustomerManagedKey.fromKeyArn(scope, 'Key', ARN),
};
const BUCKETS: Record<string, (scope: Construct) => s3.IBucket | undefined> = {
  new: () => undefined,
  given: (scope) => new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.S3_MANAGED }),
  imported: (scope) => s3.Bucket.fromBucketName(scope, 'Logs', 'central-logs'),
  underKms: (scope) => new s3.Bucket(scope, 'Logs', { encryption: s3.BucketEncryption.KMS_MANAGED }),
};

type Kinds = ('isolated' | 'egress' | 'public')[];
type Parameters = Record<string, string> | undefined;

const shapes = fc.record({
  kind: fc.constantFrom('cluster', 'serverless'),
  zones: mostly(fc.constant(3), fc.constant(2)),
  subnets: mostly<Kinds>(fc.constantFrom<Kinds>(['isolated'], ['public', 'egress'], ['public', 'isolated']), fc.constant(['public'])),
  props: fc.record({
    parameters: mostly<Parameters>(orNothing<Record<string, string>>({ require_ssl: 'true' }, { query_group: 'sales' }), fc.constant<Parameters>({ require_ssl: 'false' })),
    enforceSSL: mostly(fc.constant(undefined), orNothing(true, false)),
    removalPolicy: orNothing(RemovalPolicy.SNAPSHOT, RemovalPolicy.RETAIN, RemovalPolicy.DESTROY),
    port: orNothing(5440),
    vpcSubnets: mostly(fc.constant(undefined), fc.constant({ subnetType: ec2.SubnetType.PUBLIC })),
  }, { requiredKeys: [] }),
  clusterProps: fc.record({
    clusterIdentifier: orNothing('sales'),
    numberOfNodes: orNothing(1, 2, 4),
    automatedSnapshotRetention: orNothing(Duration.days(30)),
    snapshotIdentifier: mostly(fc.constant(undefined), fc.constant('sales-2026')),
    adminUsername: orNothing('owner'),
  }, { requiredKeys: [] }),
  auditLogs: mostly(fc.constantFrom('new', 'given', 'imported'), fc.constant('underKms')),
  // What the type does not offer, and a variable or another language may bring along.
  smuggled: fc.constantFrom<object>({}, { encrypted: false }, { publiclyAccessible: true }, { kmsKeyId: undefined }, { masterUserPassword: 'Hunter2hunter2' }),
  key: mostly(fc.constantFrom('new', 'given', 'imported'), fc.constantFrom(...Object.keys(KEYS))),
  verbs: fc.subarray(['grantDataApi', 'grantReadAdminSecret'] as const),
  flags: fc.constantFrom(...Object.keys(FLAGS) as (keyof typeof FLAGS)[]),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

function synthesized(shape: Shape): { shape: Shape; resources: Record<string, any> } {
  const template = templateOf((scope) => {
    const vpc = zonedVpc(scope, shape.zones, ...shape.subnets);
    const shared = { ...shape.smuggled, ...shape.props, vpc, encryptionKey: KEYS[shape.key](scope) };
    const warehouse = shape.kind === 'cluster'
      ? newCluster(scope, { ...shared, ...shape.clusterProps, auditLogsBucket: BUCKETS[shape.auditLogs](scope) })
      : newServerless(scope, shared);
    const role = new iam.Role(scope, 'Role', { assumedBy: new iam.AccountRootPrincipal() });
    shape.verbs.forEach((verb) => warehouse[verb](role));
  }, shape);
  return { shape, resources: template.Resources };
}

/** Whatever is asked for, everything at rest is under a key or in a bucket that can have none, and nobody outside or without TLS is let in. */
function assertPromise({ shape, resources }: ReturnType<typeof synthesized>): void {
  const isKey = (value: any) => value === ARN || resources[value?.['Fn::GetAtt']?.[0]]?.Type === 'AWS::KMS::Key';
  const ofType = (type: string): any[] => Object.values(resources).filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const isCluster = shape.kind === 'cluster';
  const { Properties: store } = resources.Warehouse;
  const [network] = isCluster ? [store] : ofType('AWS::RedshiftServerless::Workgroup');

  expect([store.KmsKeyId, store.MasterPasswordSecretKmsKeyId ?? store.AdminPasswordSecretKmsKeyId].map(isKey)).toEqual([true, true]);
  expect([isCluster ? store.Encrypted : true, store.ManageMasterPassword ?? store.ManageAdminPassword]).toEqual([true, true]);
  expect([network.PubliclyAccessible, network.EnhancedVpcRouting]).toEqual([false, true]);
  ofType('AWS::Logs::LogGroup').forEach(({ KmsKeyId }) => expect(isKey(KmsKeyId)).toBe(true));
  ofType('AWS::S3::Bucket').forEach(({ BucketEncryption }) => expect(JSON.stringify(BucketEncryption)).toContain('"AES256"'));
  expect(JSON.stringify(resources)).not.toContain('Hunter2');

  const parameters = JSON.stringify(isCluster ? ofType('AWS::Redshift::ClusterParameterGroup')[0].Parameters : network.ConfigParameters);
  expect(/"require_ssl","Parameter\w+":"true"/.test(parameters) || shape.props.enforceSSL === false).toBe(true);

  const keyStatements = ofType('AWS::IAM::Policy').flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .filter(({ Action }: any) => JSON.stringify(Action).includes('kms:'));
  keyStatements.forEach(({ Condition }: any) => expect(Condition.StringEquals).toHaveProperty(['kms:ViaService']));
  const mayMakeGrants = keyStatements.filter(({ Action }: any) => [Action].flat().includes('kms:CreateGrant'));
  expect(mayMakeGrants.map(({ Condition }: any) => Condition.Bool)).toEqual(shape.verbs.includes('grantDataApi') ? [{ 'kms:GrantIsForAWSResource': 'true' }] : []);
}

test('every data warehouse keeps the promise, or is refused with a reason', () => {
  assertKeptOrRefused(shapes, synthesized, assertPromise);
});
