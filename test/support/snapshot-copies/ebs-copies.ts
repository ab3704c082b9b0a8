import { App, Stack } from 'aws-cdk-lib';
import { CopiesWorld, CopiesWorldOptions } from './copies-world';
import { deployedMachines } from './deployed-machine';
import { CustomerManagedKey, EbsSnapshotCopy, EbsSnapshotCopyProps, SnapshotDestination, SourceKeys } from '../../../src';
import { newApp, newStack } from '../key-stack';
import { Definition } from '../state-machine/definition';

export const THERE = 'Data-copies-ap-southeast-2';

/** Copies of snapshots in London to Sydney, under a key of the app. */
export function ebsCopies(data: Stack, props: Partial<EbsSnapshotCopyProps> = {}): EbsSnapshotCopy {
  return new EbsSnapshotCopy(data, 'Copies', {
    destination: SnapshotDestination.inRegion('ap-southeast-2'),
    sourceKeys: props.sourceKeys ?? SourceKeys.ofKeys(new CustomerManagedKey(data, 'Key', { alias: 'data' })),
    ...props,
  });
}

export interface Machines {
  readonly selecting: Definition;
  readonly copying: Definition;
}

/** The state machines as they are deployed. */
export function ebsMachines(props: Partial<EbsSnapshotCopyProps> = {}, app: App = newApp()): Machines {
  ebsCopies(newStack(app, 'Data'), props);
  const assembly = app.synth();
  const [[selecting], [copying]] = ['Data', THERE].map((name) => deployedMachines(assembly.getStackByName(name).template));
  return { selecting, copying };
}

export function ebsWorld(machines: Machines, options: Partial<CopiesWorldOptions> = {}): CopiesWorld {
  return new CopiesWorld({ ...machines, ...options });
}
