import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { assertPrivate, hasPublicSubnets, privateSubnets } from '../private-subnets';

/** Where a database is. */
interface DatabasePlace {
  readonly vpc: ec2.IVpc;
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly subnetGroup?: rds.ISubnetGroup;
  readonly securityGroups?: ec2.ISecurityGroup[];
  readonly removalPolicy?: RemovalPolicy;
}

/** What the L2 would have called its own: a security group with another description is replaced. */
interface NetworkTexts {
  readonly subnetGroupId: string;
  readonly subnetGroup: string;
  readonly securityGroup: string;
}

interface DatabaseNetwork {
  readonly vpcSubnets?: ec2.SubnetSelection;
  readonly subnetGroup: rds.ISubnetGroup;
  readonly securityGroups: ec2.ISecurityGroup[];
}

/** Private subnets and a security group of its own, where none are given. */
export function databaseNetwork(database: Construct, place: DatabasePlace, texts: NetworkTexts): DatabaseNetwork {
  const { vpc, subnetGroup, securityGroups, removalPolicy } = place;
  const vpcSubnets = place.vpcSubnets ?? (subnetGroup ? undefined : privateSubnets(database, vpc));
  assertInPrivateSubnets(database, vpc, vpcSubnets, subnetGroup);
  return {
    vpcSubnets,
    subnetGroup: subnetGroup ?? new rds.SubnetGroup(database, texts.subnetGroupId, {
      description: texts.subnetGroup,
      vpc,
      vpcSubnets,
      removalPolicy: removalPolicy === RemovalPolicy.RETAIN ? removalPolicy : undefined,
    }),
    securityGroups: securityGroups ?? [new ec2.SecurityGroup(database, 'SecurityGroup', { description: texts.securityGroup, vpc })],
  };
}

function assertInPrivateSubnets(database: Construct, vpc: ec2.IVpc, selection?: ec2.SubnetSelection, group?: rds.ISubnetGroup): void {
  assertPrivate(database, vpc, selection !== undefined && vpc.selectSubnets(selection).hasPublic, 'vpcSubnets');
  assertPrivate(database, vpc, publicIn(vpc, group), 'subnetGroup');
}

/** Whether a subnet group of this app has public subnets. An imported one shows none. */
function publicIn(vpc: ec2.IVpc, group?: rds.ISubnetGroup): boolean {
  const resource = group?.node.defaultChild;
  if (!rds.CfnDBSubnetGroup.isCfnDBSubnetGroup(resource)) {
    return false;
  }
  const stack = Stack.of(resource);
  return hasPublicSubnets(vpc, stack.resolve(resource.subnetIds) as unknown[], (value) => stack.resolve(value));
}
