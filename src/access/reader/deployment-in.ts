import { RegionInfo } from 'aws-cdk-lib/region-info';
import { UNKNOWN_DEPLOYMENT } from '../template/deployment-unknowns';
import { Deployment } from '../template/template';

/** An account and a Region, as far as they are known. */
export interface Environment {
  readonly account?: string;
  readonly region?: string;
}

/** A deployment in an environment; the partition is that of the Region. */
export function deploymentIn({ account, region }: Environment, unknown: Deployment = UNKNOWN_DEPLOYMENT): Deployment {
  const partition = region === undefined ? undefined : RegionInfo.get(region).partition;
  return { account: account ?? unknown.account, region: region ?? unknown.region, partition: partition ?? unknown.partition };
}
