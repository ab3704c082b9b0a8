import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import { Construct } from 'constructs';
import { CustomerManagedKey, EncryptedRedshiftCluster, EncryptedRedshiftClusterProps, KmsService } from '../../../src';
import { Place, templateDifference, templateOf } from '../../support/template-difference';
import { zonedVpc } from '../../support/warehouses';

type Shape = Omit<EncryptedRedshiftClusterProps, 'vpc' | 'encryptionKey' | 'nodeType' | 'roles'>;
type L1 = Partial<redshift.CfnClusterProps>;

const CLUSTER = 'Resources.Warehouse.Properties';
const ANY = expect.anything();

/** What is there beside an L1 in the same subnets and security group. */
const HARDENED = {
  [`${CLUSTER}.AllowVersionUpgrade`]: true,
  [`${CLUSTER}.AutomatedSnapshotRetentionPeriod`]: 7,
  [`${CLUSTER}.ClusterParameterGroupName`]: { Ref: 'WarehouseParameterGroup41E5FFD7' },
  [`${CLUSTER}.EnhancedVpcRouting`]: true,
  [`${CLUSTER}.LoggingProperties`]: { BucketName: { Ref: 'WarehouseAuditLogsFE0093FF' } },
  [`${CLUSTER}.PubliclyAccessible`]: false,
  'Resources.Warehouse.DependsOn': ['WarehouseAuditLogsPolicy95770A58'],
  'Resources.Warehouse.DeletionPolicy': 'Snapshot',
  'Resources.Warehouse.UpdateReplacePolicy': 'Snapshot',
  'Resources.WarehouseAccessLogs4B360937': ANY,
  'Resources.WarehouseAccessLogsPolicyAF93F79F': ANY,
  'Resources.WarehouseAuditLogsFE0093FF': ANY,
  'Resources.WarehouseAuditLogsPolicy95770A58': ANY,
  'Resources.WarehouseParameterGroup41E5FFD7': ANY,
};
const without = (...properties: string[]) => Object.fromEntries(Object.entries(HARDENED).filter(([path]) => !properties.some((name) => path.endsWith(`.${name}`))));

const SHAPES: [string, Shape, L1, object][] = [
  ['nothing more', {}, {}, HARDENED],
  ['several nodes in two Availability Zones, named', {
    clusterIdentifier: 'sales', numberOfNodes: 2, multiAz: true, databaseName: 'sales', adminUsername: 'owner', port: 5440,
  }, { clusterIdentifier: 'sales', clusterType: 'multi-node', numberOfNodes: 2, multiAz: true, dbName: 'sales', masterUsername: 'owner', port: 5440 }, HARDENED],
  ['settings of its own', {
    automatedSnapshotRetention: Duration.days(30),
    manualSnapshotRetention: Duration.days(365),
    allowVersionUpgrade: false,
    preferredMaintenanceWindow: 'sun:23:45-mon:00:15',
    maintenanceTrackName: 'trailing',
    availabilityZone: 'eu-west-2a',
    availabilityZoneRelocation: true,
  }, {
    automatedSnapshotRetentionPeriod: 30,
    manualSnapshotRetentionPeriod: 365,
    allowVersionUpgrade: false,
    preferredMaintenanceWindow: 'sun:23:45-mon:00:15',
    maintenanceTrackName: 'trailing',
    availabilityZone: 'eu-west-2a',
    availabilityZoneRelocation: true,
  }, without('AllowVersionUpgrade', 'AutomatedSnapshotRetentionPeriod')],
  ['restored from a snapshot of another account', {
    snapshotIdentifier: 'sales-2026', snapshotClusterIdentifier: 'sales', snapshotOwnerAccount: '444455556666', databaseName: 'sales', adminUsername: 'owner',
  }, { snapshotIdentifier: 'sales-2026', snapshotClusterIdentifier: 'sales', ownerAccount: '444455556666', dbName: 'sales', masterUsername: 'owner' }, HARDENED],
];
const PLACES: [string, Place][] = [
  ['with the recommended feature flags', { flags: 'recommended' }],
  ['without feature flags', { flags: 'none' }],
  ['in a nested stack', { nested: true }],
];

function plain(l1: L1, place: Place = {}) {
  return templateOf((scope) => {
    const key = new CustomerManagedKey(scope, 'Key');
    const vpc = zonedVpc(scope, 2, 'isolated');
    const role = new iam.Role(scope, 'Copy', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') });
    const around = new Construct(scope, 'Warehouse');
    const group = new ec2.SecurityGroup(around, 'SecurityGroup', { vpc, description: 'Redshift security group' });
    const subnets = new redshift.CfnClusterSubnetGroup(around, 'Subnets', {
      description: 'Subnets for Warehouse Redshift cluster', subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
    });
    new redshift.CfnCluster(around, 'Default', {
      clusterType: 'single-node',
      nodeType: 'ra3.large',
      dbName: 'dev',
      masterUsername: 'admin',
      manageMasterPassword: true,
      masterPasswordSecretKmsKeyId: key.via(KmsService.REDSHIFT_ADMIN_SECRET).keyArn,
      encrypted: true,
      kmsKeyId: key.via(KmsService.REDSHIFT).keyArn,
      clusterSubnetGroupName: subnets.ref,
      vpcSecurityGroupIds: [group.securityGroupId],
      iamRoles: [role.roleArn],
      ...l1,
    });
  }, place);
}

function ours(shape: Shape, place: Place = {}) {
  return templateOf((scope) => {
    const encryptionKey = new CustomerManagedKey(scope, 'Key');
    const vpc = zonedVpc(scope, 2, 'isolated');
    const role = new iam.Role(scope, 'Copy', { assumedBy: new iam.ServicePrincipal('redshift.amazonaws.com') });
    new EncryptedRedshiftCluster(scope, 'Warehouse', { vpc, nodeType: 'ra3.large', encryptionKey, roles: [role], ...shape });
  }, place);
}

describe.each(PLACES)('%s', (_place, place) => {
  test.each(SHAPES)('equals a redshift.CfnCluster under the same key, but for what makes it safer: %s', (_shape, shape, l1, added) => {
    expect(templateDifference(plain(l1, place), ours(shape, place))).toEqual({ added, removed: {}, changed: {} });
  });
});

test('has the logical id of a redshift.CfnCluster with the same id', () => {
  const { Resources } = templateOf((scope) => {
    new redshift.CfnCluster(scope, 'Warehouse', { clusterType: 'single-node', nodeType: 'ra3.large', dbName: 'dev', masterUsername: 'admin' });
  });

  expect(Object.keys(Resources)).toEqual(['Warehouse']);
  expect(ours({}).Resources.Warehouse.Type).toBe('AWS::Redshift::Cluster');
});

test('stays in the subnet group of the cluster whose place it takes', () => {
  const group = (scope: Construct, vpc: ec2.IVpc) => new redshift.CfnClusterSubnetGroup(scope, 'Group', {
    description: 'Sales', subnetIds: vpc.isolatedSubnets.map(({ subnetId }) => subnetId),
  });
  const { Resources } = templateOf((scope) => {
    const vpc = zonedVpc(scope, 2, 'public', 'isolated');
    new EncryptedRedshiftCluster(scope, 'Warehouse', { vpc, nodeType: 'ra3.large', subnetGroupName: group(scope, vpc).ref });
  });

  expect(Resources.Warehouse.Properties.ClusterSubnetGroupName).toEqual({ Ref: 'Group' });
  expect(Object.values<any>(Resources).filter(({ Type }) => Type === 'AWS::Redshift::ClusterSubnetGroup')).toHaveLength(1);
});

test('retains with the cluster what it cannot do without', () => {
  const { Resources } = ours({ removalPolicy: RemovalPolicy.RETAIN });

  expect(Object.entries<any>(Resources).filter(([id, { DeletionPolicy }]) => id.startsWith('Warehouse') && DeletionPolicy === 'Retain').map(([id]) => id).sort()).toEqual([
    'Warehouse', 'WarehouseAccessLogs4B360937', 'WarehouseAuditLogsFE0093FF', 'WarehouseParameterGroup41E5FFD7', 'WarehouseSecurityGroup3F27703C',
    'WarehouseSubnets3181FF03',
  ]);
});

test('goes without a snapshot where the team says so', () => {
  expect(ours({ removalPolicy: RemovalPolicy.DESTROY }).Resources.Warehouse).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
});
