import { App, Environment, Stack } from 'aws-cdk-lib';
import { ACCOUNT, newApp, newStack, REGION } from './key-stack';
import { MultiRegionKey, MultiRegionKeyProps, MultiRegionReplicaKey, MultiRegionReplicaKeyOptions } from '../../src';

export const THERE = 'eu-west-1';

/** The stacks of a primary key and of a replica in another Region. */
export class TwoRegionsKey {
  public readonly here: Stack;
  public readonly there: Stack;
  public readonly primary: MultiRegionKey;

  constructor(props?: MultiRegionKeyProps, public readonly app: App = newApp(), here: Environment = { account: ACCOUNT, region: REGION },
    there: Environment = { account: ACCOUNT, region: THERE }) {
    this.here = newStack(app, 'Keys', here);
    this.there = newStack(app, 'KeysThere', there);
    this.primary = new MultiRegionKey(this.here, 'Key', props);
  }

  public replica(options?: MultiRegionReplicaKeyOptions, id = 'Key'): MultiRegionReplicaKey {
    return this.primary.replicaIn(this.there, id, options);
  }
}
