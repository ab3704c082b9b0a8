import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { EncryptedDatabaseCluster, EncryptedDatabaseInstance, EncryptedDatabaseProps } from '../../../src';
import { AURORA_POSTGRES, POSTGRES, theOnly, vpcWith, WRITER } from '../../support/databases';
import { templateOf } from '../../support/template-difference';

type Given = Pick<EncryptedDatabaseProps, 'vpc' | 'vpcSubnets' | 'subnetGroup'>;

const DATABASES: [string, (scope: Construct, props: Given) => void][] = [
  ['an instance', (scope, props) => new EncryptedDatabaseInstance(scope, 'Ledger', { engine: POSTGRES, ...props })],
  ['a cluster', (scope, props) => new EncryptedDatabaseCluster(scope, 'Ledger', { engine: AURORA_POSTGRES, ...WRITER, ...props })],
];

describe.each(DATABASES)('%s', (_what, make) => {
  test.each<[Parameters<typeof vpcWith>[1][], string]>([
    [['public', 'egress', 'isolated'], 'Isolated'],
    [['public', 'egress'], 'Egress'],
    [['isolated'], 'Isolated'],
  ])('of a VPC with subnets %j is in those named %s', (kinds, name) => {
    const template = templateOf((scope) => make(scope, { vpc: vpcWith(scope, ...kinds) }));

    const { SubnetIds } = theOnly(template, 'AWS::RDS::DBSubnetGroup').Properties;
    expect(SubnetIds.map(({ Ref }: { Ref: string }) => Ref)).toEqual([1, 2].map((n) => expect.stringMatching(`^Vpc${name}Subnet${n}Subnet`)));
  });

  test('is in the subnets that are given', () => {
    const template = templateOf((scope) => make(scope, {
      vpc: vpcWith(scope, 'public', 'egress', 'isolated'), vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
    }));

    expect(JSON.stringify(theOnly(template, 'AWS::RDS::DBSubnetGroup').Properties.SubnetIds)).toMatch(/VpcEgressSubnet1.*VpcEgressSubnet2/);
  });

  test('is in a subnet group that another app owns', () => {
    const template = templateOf((scope) => make(scope, {
      vpc: vpcWith(scope, 'public', 'isolated'), subnetGroup: rds.SubnetGroup.fromSubnetGroupName(scope, 'Group', 'ledger'),
    }));

    expect(Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::RDS::DBSubnetGroup')).toEqual([]);
    expect(JSON.stringify(template)).toContain('"DBSubnetGroupName":"ledger"');
  });

  test.each<[string, string, (scope: Construct, vpc: ec2.IVpc) => object]>([
    ['subnets by type', 'vpcSubnets', () => ({ vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC } })],
    ['subnets by name', 'vpcSubnets', () => ({ vpcSubnets: { subnetGroupName: 'Public' } })],
    ['subnets one by one', 'vpcSubnets', (_scope, vpc) => ({ vpcSubnets: { subnets: [vpc.isolatedSubnets[0], vpc.publicSubnets[1]] } })],
    ['a group', 'subnetGroup', (scope, vpc) => ({
      subnetGroup: new rds.SubnetGroup(scope, 'Group', { vpc, vpcSubnets: { subnetType: ec2.SubnetType.PUBLIC }, description: 'Ledger' }),
    })],
  ])('fails for public %s', (_given, property, place) => {
    const stack = new Stack(undefined, 'Data');
    const vpc = vpcWith(stack, 'public', 'isolated');

    expect(() => make(stack, { vpc, ...place(stack, vpc) })).toThrow(
      `PublicSubnets: a database belongs into private subnets, given: public ones of Data/Vpc in ${property}; `
      + 'select isolated subnets or private ones with egress [at Data/Ledger]');
  });

  test('fails for a VPC with public subnets only', () => {
    const stack = new Stack(undefined, 'Data');

    expect(() => make(stack, { vpc: vpcWith(stack, 'public') })).toThrow(
      'NoPrivateSubnets: a database belongs into private subnets, given: Data/Vpc with 2 public, 0 isolated and no other private ones; '
      + 'give the VPC isolated subnets in two Availability Zones [at Data/Ledger]');
  });
});
