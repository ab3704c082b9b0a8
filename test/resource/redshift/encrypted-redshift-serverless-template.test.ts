import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as redshiftserverless from 'aws-cdk-lib/aws-redshiftserverless';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedRedshiftServerless, EncryptedRedshiftServerlessProps, KmsService } from '../../../src';
import { Place, templateDifference, templateOf } from '../../support/template-difference';
import { newServerless, zonedVpc } from '../../support/warehouses';

type Shape = Omit<EncryptedRedshiftServerlessProps, 'vpc' | 'encryptionKey' | 'roles'>;
type Namespace = Partial<redshiftserverless.CfnNamespaceProps>;
type Workgroup = Partial<redshiftserverless.CfnWorkgroupProps>;

const NAMESPACE = 'Resources.Warehouse';
const WORKGROUP = 'Resources.WarehouseWorkgroup507BB996.Properties';
const LOGS = ['connectionlog', 'useractivitylog', 'userlog'];
const LOG_GROUPS = /^Resources\.WarehouseLogGroup(connection|useractivity|user)log[0-9A-F]{8}$/;

const SHAPES: [string, Shape, Namespace, Workgroup, string[]][] = [
  ['nothing more', { namespaceName: 'sales' }, {}, {}, ['FinalSnapshotName']],
  ['named, with capacity and a port', {
    namespaceName: 'sales', workgroupName: 'analysts', databaseName: 'sales', adminUsername: 'owner', baseCapacity: 8, maxCapacity: 64, port: 5440, trackName: 'trailing',
  }, { dbName: 'sales', adminUsername: 'owner' }, { workgroupName: 'analysts', baseCapacity: 8, maxCapacity: 64, port: 5440, trackName: 'trailing' }, ['FinalSnapshotName']],
  ['with a final snapshot of its own', { namespaceName: 'sales', finalSnapshotName: 'last', finalSnapshotRetention: Duration.days(90) },
    { finalSnapshotName: 'last', finalSnapshotRetentionPeriod: 90 }, {}, []],
];
const PLACES: [string, Place][] = [
  ['with the recommended feature flags', { flags: 'recommended' }],
  ['without feature flags', { flags: 'none' }],
  ['in a nested stack', { nested: true }],
];

function plain(namespaceProps: Namespace, workgroupProps: Workgroup, place: Place) {
  return templateOf((scope) => {
    const key = new CustomerManagedKey(scope, 'Key');
    key.via(KmsService.CLOUDWATCH_LOGS);
    const vpc = zonedVpc(scope, 3, 'isolated');
    const role = new iam.Role(scope, 'Copy', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') });
    const around = new Construct(scope, 'Warehouse');
    const group = new ec2.SecurityGroup(around, 'SecurityGroup', { vpc, description: 'Redshift security group' });
    const namespace = new redshiftserverless.CfnNamespace(around, 'Default', {
      namespaceName: 'sales',
      dbName: 'dev',
      adminUsername: 'admin',
      manageAdminPassword: true,
      adminPasswordSecretKmsKeyId: key.via(KmsService.REDSHIFT_ADMIN_SECRET).keyArn,
      kmsKeyId: key.via(KmsService.REDSHIFT_SERVERLESS).keyArn,
      iamRoles: [role.roleArn],
      ...namespaceProps,
    });
    new redshiftserverless.CfnWorkgroup(around, 'Workgroup', {
      workgroupName: 'sales',
      namespaceName: namespace.ref,
      subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
      securityGroupIds: [group.securityGroupId],
      ...workgroupProps,
    });
  }, place);
}

function ours(shape: Shape, place: Place = {}) {
  return templateOf((scope) => {
    const encryptionKey = new CustomerManagedKey(scope, 'Key');
    const vpc = zonedVpc(scope, 3, 'isolated');
    const role = new iam.Role(scope, 'Copy', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') });
    new EncryptedRedshiftServerless(scope, 'Warehouse', { vpc, encryptionKey, roles: [role], ...shape });
  }, place);
}

describe.each(PLACES)('%s', (_place, place) => {
  test.each(SHAPES)('equals a CfnNamespace and a CfnWorkgroup under the same key, but for what makes it safer: %s', (_shape, shape, namespace, workgroup, further) => {
    const { added, removed, changed } = templateDifference(plain(namespace, workgroup, place), ours(shape, place));

    expect({ removed, changed }).toEqual({ removed: {}, changed: {} });
    expect(Object.keys(added).filter((path) => !LOG_GROUPS.test(path)).sort()).toEqual([
      `${NAMESPACE}.DeletionPolicy`, `${NAMESPACE}.DependsOn`, ...further.map((property) => `${NAMESPACE}.Properties.${property}`),
      `${NAMESPACE}.Properties.LogExports`, `${NAMESPACE}.UpdateReplacePolicy`,
      `${WORKGROUP}.ConfigParameters`, `${WORKGROUP}.EnhancedVpcRouting`, `${WORKGROUP}.PubliclyAccessible`,
    ].sort());
    expect(Object.keys(added).filter((path) => LOG_GROUPS.test(path))).toHaveLength(LOGS.length);
    expect(added).toMatchObject({
      [`${NAMESPACE}.Properties.LogExports`]: LOGS, [`${WORKGROUP}.EnhancedVpcRouting`]: true, [`${WORKGROUP}.PubliclyAccessible`]: false,
    });
  });
});

test('has the logical id of a CfnNamespace with the same id', () => {
  const { Resources } = templateOf((scope) => new redshiftserverless.CfnNamespace(scope, 'Warehouse', { namespaceName: 'sales' }));

  expect(Object.keys(Resources)).toEqual(['Warehouse']);
  expect(ours({}).Resources.Warehouse.Type).toBe('AWS::RedshiftServerless::Namespace');
});

test('takes names of its path', () => {
  const { Resources } = ours({});

  expect(Resources.Warehouse.Properties.NamespaceName).toMatch(/^data-warehouse-[0-9a-f]{8}$/);
  expect(Resources.WarehouseWorkgroup507BB996.Properties.WorkgroupName).toBe(Resources.Warehouse.Properties.NamespaceName);
});

test.each<[string, RemovalPolicy | undefined, object]>([
  ['with a last snapshot by itself', undefined, { DeletionPolicy: 'Delete', Properties: { FinalSnapshotName: 'sales-final-snapshot' } }],
  ['with a last snapshot', RemovalPolicy.SNAPSHOT, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete', Properties: { FinalSnapshotName: 'sales-final-snapshot' } }],
  ['without one', RemovalPolicy.DESTROY, { DeletionPolicy: 'Delete', Properties: expect.not.objectContaining({ FinalSnapshotName: expect.anything() }) }],
  ['not at all', RemovalPolicy.RETAIN, { DeletionPolicy: 'Retain', Properties: expect.not.objectContaining({ FinalSnapshotName: expect.anything() }) }],
])('goes %s', (_how, removalPolicy, expected) => {
  expect(ours({ namespaceName: 'sales', removalPolicy }).Resources.Warehouse).toMatchObject(expected);
});

test('retains with the namespace what it cannot do without', () => {
  const { Resources } = ours({ namespaceName: 'sales', removalPolicy: RemovalPolicy.RETAIN });

  expect([Resources.WarehouseWorkgroup507BB996, Resources.WarehouseSecurityGroup3F27703C].map(({ DeletionPolicy }) => DeletionPolicy)).toEqual(['Retain', 'Retain']);
});

test.each<[RemovalPolicy | undefined, string]>([[undefined, 'Retain'], [RemovalPolicy.DESTROY, 'Delete']])('keeps its logs, unless all is to be deleted: %s', (removalPolicy, kept) => {
  const groups = Object.values<any>(ours({ namespaceName: 'sales', removalPolicy }).Resources).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');

  expect(groups.map(({ DeletionPolicy }) => DeletionPolicy)).toEqual([kept, kept, kept]);
});

test('has a default role, which is one of its roles', () => {
  const { Resources } = templateOf((scope) => {
    const role = (id: string) => new iam.Role(scope, id, { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') });
    const defaultRole = role('Ordinary');
    newServerless(scope, { defaultRole, roles: [role('Copy'), defaultRole] });
  });
  const arn = (prefix: string) => ({ 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${prefix}`)), 'Arn'] });

  expect(Resources.Warehouse.Properties).toMatchObject({ DefaultIamRoleArn: arn('Ordinary'), IamRoles: [arn('Ordinary'), arn('Copy')] });
});
