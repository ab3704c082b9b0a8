import { App, Fn, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import { theOnly } from '../../support/databases';
import { newApp } from '../../support/key-stack';
import { templateOf } from '../../support/template-difference';
import { newCluster, newServerless, WAREHOUSES, zonedVpc } from '../../support/warehouses';

const EU_WEST_2 = { account: '111122223333', region: 'eu-west-2' };
const dataStack = (region = 'eu-west-2') => new Stack(undefined, 'Data', { env: { account: '111122223333', region } });

describe.each(WAREHOUSES)('an %s', (name, make) => {
  const type = name === 'EncryptedRedshiftCluster' ? 'AWS::Redshift::ClusterSubnetGroup' : 'AWS::RedshiftServerless::Workgroup';

  test.each<[Parameters<typeof zonedVpc>[2][], string]>([
    [['public', 'egress', 'isolated'], 'Isolated'],
    [['public', 'egress'], 'Egress'],
    [['isolated'], 'Isolated'],
  ])('of a VPC with subnets %j is in those named %s', (kinds, subnets) => {
    const template = templateOf((scope) => make(scope, { vpc: zonedVpc(scope, 3, ...kinds) }));

    const { SubnetIds } = theOnly(template, type).Properties;
    expect(SubnetIds.map(({ Ref }: { Ref: string }) => Ref)).toEqual([1, 2, 3].map((n) => expect.stringMatching(`^Vpc${subnets}Subnet${n}Subnet`)));
  });

  test('is in the subnets and has the security groups that are given', () => {
    const template = templateOf((scope) => {
      const vpc = zonedVpc(scope, 3, 'public', 'egress', 'isolated');
      const securityGroups = [new ec2.SecurityGroup(scope, 'Group', { vpc })];
      make(scope, { vpc, securityGroups, vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS } });
    });

    expect(JSON.stringify(theOnly(template, type).Properties.SubnetIds)).toMatch(/VpcEgressSubnet1.*VpcEgressSubnet2/);
    expect(Object.keys(template.Resources).filter((id) => id.startsWith('WarehouseSecurityGroup'))).toEqual([]);
  });

  test.each<[string, (vpc: ec2.IVpc) => ec2.SubnetSelection]>([
    ['by type', () => ({ subnetType: ec2.SubnetType.PUBLIC })],
    ['by name', () => ({ subnetGroupName: 'Public' })],
    ['one by one', (vpc) => ({ subnets: [...vpc.isolatedSubnets, vpc.publicSubnets[1]] })],
  ])('fails for public subnets %s', (_how, vpcSubnets) => {
    const stack = dataStack();
    const vpc = zonedVpc(stack, 3, 'public', 'isolated');

    expect(() => make(stack, { vpc, vpcSubnets: vpcSubnets(vpc) })).toThrow(
      'PublicSubnets: a database belongs into private subnets, given: public ones of Data/Vpc in vpcSubnets; '
      + 'select isolated subnets or private ones with egress [at Data/Warehouse]');
  });

  test('fails for a VPC with public subnets only', () => {
    const stack = dataStack();
    const zones = name === 'EncryptedRedshiftCluster' ? 'two' : 'three';

    expect(() => make(stack, { vpc: zonedVpc(stack, 3, 'public') })).toThrow(
      'NoPrivateSubnets: a database belongs into private subnets, given: Data/Vpc with 3 public, 0 isolated and no other private ones; '
      + `give the VPC isolated subnets in ${zones} Availability Zones [at Data/Warehouse]`);
  });

  test('takes a VPC that is looked up', () => {
    const app: App = newApp();
    const stack = new Stack(app, 'Data', { env: EU_WEST_2 });
    make(stack, { vpc: ec2.Vpc.fromLookup(stack, 'Vpc', { isDefault: false, vpcName: 'data' }) });

    expect(() => app.synth()).not.toThrow();
  });
});

test('a cluster fails for a subnet group of this app with public subnets', () => {
  const stack = dataStack();
  const vpc = zonedVpc(stack, 2, 'public', 'isolated');
  const group = new redshift.CfnClusterSubnetGroup(stack, 'Group', { description: 'Sales', subnetIds: vpc.publicSubnets.map(({ subnetId }) => subnetId) });

  expect(() => newCluster(stack, { vpc, subnetGroupName: group.ref })).toThrow(
    'PublicSubnets: a database belongs into private subnets, given: public ones of Data/Vpc in subnetGroupName; '
    + 'select isolated subnets or private ones with egress [at Data/Warehouse]');
});

test('a cluster takes a subnet group that another app owns', () => {
  const { Resources } = templateOf((scope) => newCluster(scope, { subnetGroupName: 'sales' }));

  expect(Resources.Warehouse.Properties.ClusterSubnetGroupName).toBe('sales');
});

describe('a workgroup', () => {
  test('fails for subnets in two Availability Zones', () => {
    const stack = dataStack();

    expect(() => newServerless(stack, { vpc: zonedVpc(stack, 2, 'egress', 'public') })).toThrow(
      'TooFewZones: Amazon Redshift Serverless wants three subnets in three Availability Zones, given: 2 in 2; give the VPC private subnets in a third one, '
      + 'such as with availabilityZones of ec2.Vpc: without an account and a Region CDK takes two [at Data/Warehouse]');
  });

  test('fails for three subnets that share an Availability Zone', () => {
    const stack = dataStack();
    const vpc = zonedVpc(stack, 2, 'egress', 'isolated', 'public');

    expect(() => newServerless(stack, { vpc, vpcSubnets: { subnets: [...vpc.isolatedSubnets, vpc.privateSubnets[0]] } })).toThrow('given: 3 in 2; ');
  });

  test('takes them in US West (N. California), which has two', () => {
    const stack = dataStack('us-west-1');
    const vpc = zonedVpc(stack, 2, 'egress', 'isolated', 'public');

    expect(() => newServerless(stack, { vpc, vpcSubnets: { subnets: [...vpc.isolatedSubnets, vpc.privateSubnets[0]] } })).not.toThrow();
  });

  test('fails where a VPC without an account and a Region has two Availability Zones', () => {
    const stack = new Stack(undefined, 'Data');

    expect(() => newServerless(stack, { vpc: new ec2.Vpc(stack, 'Vpc') })).toThrow('TooFewZones: ');
  });

  test('takes subnets of three Availability Zones that are known at deployment only', () => {
    const stack = new Stack(undefined, 'Data');
    const vpc = new ec2.Vpc(stack, 'Vpc', { availabilityZones: [0, 1, 2].map((n) => Fn.select(n, Fn.getAzs())) });

    expect(() => newServerless(stack, { vpc })).not.toThrow();
  });

  test.each([5430, 5456, 8190, 8216, 443])('fails for the port %s', (port) => {
    expect(() => newServerless(dataStack(), { port })).toThrow(
      `PortNotTaken: Amazon Redshift Serverless takes the ports 5431 to 5455 and 8191 to 8215, given: ${port}; `
      + 'write one of them, or leave port out [at Data/Warehouse]');
  });

  test.each([5431, 5455, 8191, 8215])('takes the port %s', (port) => {
    expect(newServerless(dataStack(), { port }).workgroup.port).toBe(port);
  });
});
