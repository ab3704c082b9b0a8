import { RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as redshift from 'aws-cdk-lib/aws-redshift';
import { Construct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';
import { propertyValues, referencesOf } from '../../private/references';
import { assertPrivate, hasPublicSubnets, privateSubnets } from '../private-subnets';

/** Where a data warehouse is. */
interface RedshiftPlace {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly removalPolicy?: RemovalPolicy;
}

/** The subnets that are given, where they are private, or private ones of the VPC. */
export function warehouseSubnets(warehouse: Construct, { vpc, vpcSubnets }: RedshiftPlace, zones?: 'three'): ec2.SelectedSubnets {
  const selected = vpc.selectSubnets(vpcSubnets ?? privateSubnets(warehouse, vpc, zones));
  assertPrivate(warehouse, vpc, selected.hasPublic, 'vpcSubnets');
  return selected;
}

/** The security groups that are given, or one that lets nobody in. */
export function warehouseSecurityGroups(warehouse: Construct, { vpc, securityGroups, removalPolicy }: RedshiftPlace): ec2.ISecurityGroup[] {
  if (securityGroups) {
    return securityGroups;
  }
  const own = new ec2.SecurityGroup(warehouse, 'SecurityGroup', { description: 'Redshift security group', vpc });
  retainWith(removalPolicy, own.node.defaultChild as ec2.CfnSecurityGroup);
  return [own];
}

/** Retains what the warehouse cannot do without, where it is retained itself. */
export function retainWith(removalPolicy: RemovalPolicy | undefined, ...resources: { applyRemovalPolicy(policy: RemovalPolicy): void }[]): void {
  if (removalPolicy === RemovalPolicy.RETAIN || removalPolicy === RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE) {
    resources.forEach((resource) => resource.applyRemovalPolicy(removalPolicy));
  }
}

/** Refuses a subnet group of this app that has public subnets of the VPC. One of another app shows none. */
export function assertPrivateGroup(warehouse: Construct, vpc: ec2.IVpc, cluster: redshift.CfnCluster): void {
  const groups = [...referencesOf(cluster, 'ClusterSubnetGroupName')].filter(redshift.CfnClusterSubnetGroup.isCfnClusterSubnetGroup);
  const isPublic = groups.some((group) => hasPublicSubnets(vpc, propertyValues(group, 'SubnetIds').flat(), (value) => Stack.of(group).resolve(value)));
  assertPrivate(warehouse, vpc, isPublic, 'subnetGroupName');
}

/**
 * Enhanced VPC routing needs three subnets in three Availability Zones; in US West (N. California), which has two, they can share one.
 *
 * @see https://docs.aws.amazon.com/redshift/latest/mgmt/serverless-usage-considerations.html
 */
export function assertThreeZones(warehouse: Construct, { availabilityZones, subnetIds, isPendingLookup }: ec2.SelectedSubnets): void {
  const zones = new Set(availabilityZones.map((zone) => Token.isUnresolved(zone) ? JSON.stringify(Stack.of(warehouse).resolve(zone)) : zone)).size;
  const fewestZones = Stack.of(warehouse).region === 'us-west-1' ? 2 : 3;
  if (!isPendingLookup && !Token.isUnresolved(subnetIds) && (subnetIds.length < 3 || zones < fewestZones)) {
    throw new KmsPatternsError('TooFewZones',
      `Amazon Redshift Serverless wants three subnets in three Availability Zones, given: ${subnetIds.length} in ${zones}; `
      + 'give the VPC private subnets in a third one, such as with availabilityZones of ec2.Vpc: without an account and a Region CDK takes two', warehouse);
  }
}

/** Refuses ports that no workgroup listens on. */
export function assertServerlessPort(warehouse: Construct, port?: number): void {
  const taken = (number: number) => (number >= 5431 && number <= 5455) || (number >= 8191 && number <= 8215);
  if (port !== undefined && !Token.isUnresolved(port) && !taken(port)) {
    throw new KmsPatternsError('PortNotTaken',
      `Amazon Redshift Serverless takes the ports 5431 to 5455 and 8191 to 8215, given: ${port}; write one of them, or leave port out`, warehouse);
  }
}
