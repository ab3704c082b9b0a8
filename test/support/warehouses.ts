import { Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { EncryptedRedshiftCluster, EncryptedRedshiftClusterProps, EncryptedRedshiftServerless, EncryptedRedshiftServerlessProps } from '../../src';

export type Warehouse = EncryptedRedshiftCluster | EncryptedRedshiftServerless;

type Kind = 'isolated' | 'egress' | 'public';

const SUBNETS: Record<Kind, ec2.SubnetConfiguration> = {
  isolated: { name: 'Isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
  egress: { name: 'Egress', subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS },
  public: { name: 'Public', subnetType: ec2.SubnetType.PUBLIC },
};

/** A VPC with subnets of these kinds in so many Availability Zones. */
export function zonedVpc(scope: Construct, zones: number, ...kinds: Kind[]): ec2.Vpc {
  const { region } = Stack.of(scope);
  return new ec2.Vpc(scope, 'Vpc', {
    availabilityZones: ['a', 'b', 'c'].slice(0, zones).map((letter) => `${region}${letter}`),
    natGateways: kinds.includes('egress') ? 1 : 0,
    subnetConfiguration: kinds.map((kind) => SUBNETS[kind]),
    restrictDefaultSecurityGroup: false,
  });
}

export function newCluster(scope: Construct, given: Partial<EncryptedRedshiftClusterProps> = {}): EncryptedRedshiftCluster {
  return new EncryptedRedshiftCluster(scope, 'Warehouse', { vpc: given.vpc ?? zonedVpc(scope, 3, 'isolated'), nodeType: 'ra3.large', ...given });
}

export function newServerless(scope: Construct, given: Partial<EncryptedRedshiftServerlessProps> = {}): EncryptedRedshiftServerless {
  return new EncryptedRedshiftServerless(scope, 'Warehouse', { vpc: given.vpc ?? zonedVpc(scope, 3, 'isolated'), namespaceName: 'sales', ...given });
}

/** Both kinds, as rows of a table. */
export const WAREHOUSES: ['EncryptedRedshiftCluster' | 'EncryptedRedshiftServerless', (scope: Construct, given?: object) => Warehouse][] = [
  ['EncryptedRedshiftCluster', newCluster],
  ['EncryptedRedshiftServerless', newServerless],
];
