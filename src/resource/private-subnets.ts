import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { KmsPatternsError } from '../private/kms-patterns-error';

/** Subnets without a way to the internet, where the VPC has enough of them, else those with egress only. */
export function privateSubnets(database: Construct, vpc: ec2.IVpc, zones: 'two' | 'three' = 'two'): ec2.SubnetSelection {
  if (vpc.isolatedSubnets.length >= (zones === 'two' ? 2 : 3)) {
    return { subnetType: ec2.SubnetType.PRIVATE_ISOLATED };
  }
  if (vpc.privateSubnets.length === 0) {
    throw new KmsPatternsError('NoPrivateSubnets',
      `a database belongs into private subnets, given: ${vpc.node.path} with ${vpc.publicSubnets.length} public, ${vpc.isolatedSubnets.length} isolated and no `
      + `other private ones; give the VPC isolated subnets in ${zones} Availability Zones`, database);
  }
  return { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS };
}

/** Refuses public subnets. */
export function assertPrivate(database: Construct, vpc: ec2.IVpc, hasPublic: boolean, property: string): void {
  if (hasPublic) {
    throw new KmsPatternsError('PublicSubnets',
      `a database belongs into private subnets, given: public ones of ${vpc.node.path} in ${property}; `
      + 'select isolated subnets or private ones with egress', database);
  }
}

/** Whether some of these ids, as a resource of a stack has them, are public subnets of the VPC. */
export function hasPublicSubnets(vpc: ec2.IVpc, subnetIds: unknown[], resolve: (value: unknown) => unknown): boolean {
  const ids = subnetIds.map((id) => JSON.stringify(id));
  return vpc.publicSubnets.some(({ subnetId }) => ids.includes(JSON.stringify(resolve(subnetId))));
}
