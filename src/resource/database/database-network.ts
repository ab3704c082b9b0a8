import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as rds from 'aws-cdk-lib/aws-rds';
import { Construct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

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
  assertPrivate(database, vpc, vpcSubnets, subnetGroup);
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

/** Subnets without a way to the internet, where the VPC has them. Amazon RDS wants two Availability Zones. */
function privateSubnets(database: Construct, vpc: ec2.IVpc): ec2.SubnetSelection {
  if (vpc.isolatedSubnets.length > 1) {
    return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  }
  if (vpc.privateSubnets.length === 0) {
    throw new KmsPatternsError('NoPrivateSubnets',
      `a database belongs into private subnets, given: ${vpc.node.path} with ${vpc.publicSubnets.length} public, ${vpc.isolatedSubnets.length} isolated and no `
      + 'other private ones; give the VPC isolated subnets in two Availability Zones', database);
  }
  return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
}

function assertPrivate(database: Construct, vpc: ec2.IVpc, selection?: ec2.SubnetSelection, group?: rds.ISubnetGroup): void {
  const selected = selection && vpc.selectSubnets(selection);
  if (selected?.hasPublic || publicIn(vpc, group)) {
    throw new KmsPatternsError('PublicSubnets',
      `a database belongs into private subnets, given: public ones of ${vpc.node.path} in ${selected?.hasPublic ? 'vpcSubnets' : 'subnetGroup'}; `
      + 'select isolated subnets or private ones with egress', database);
  }
}

/** Whether a subnet group of this app has public subnets. An imported one shows none. */
function publicIn(vpc: ec2.IVpc, group?: rds.ISubnetGroup): boolean {
  const resource = group?.node.defaultChild;
  if (!rds.CfnDBSubnetGroup.isCfnDBSubnetGroup(resource)) {
    return false;
  }
  const stack = Stack.of(resource);
  const ids = (stack.resolve(resource.subnetIds) as unknown[]).map((id) => JSON.stringify(id));
  return vpc.publicSubnets.some(({ subnetId }) => ids.includes(JSON.stringify(stack.resolve(subnetId))));
}
