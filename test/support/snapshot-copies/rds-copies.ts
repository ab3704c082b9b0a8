import { App, Stack } from 'aws-cdk-lib';
import { deployedMachines } from './deployed-machine';
import { CustomerManagedKey, RdsSnapshotCopy, RdsSnapshotCopyProps, SnapshotDestination, SourceKeys } from '../../../src';
import { newApp, newStack } from '../key-stack';
import { Definition } from '../state-machine/definition';

export const THERE = 'Data-copies-ap-southeast-2';

/** Copies of snapshots in London to Sydney, under a key of the app. */
export function rdsCopies(data: Stack, props: Partial<RdsSnapshotCopyProps> = {}, id = 'Copies'): RdsSnapshotCopy {
  return new RdsSnapshotCopy(data, id, {
    destination: SnapshotDestination.inRegion('ap-southeast-2'),
    sourceKeys: props.sourceKeys ?? SourceKeys.ofKeys(new CustomerManagedKey(data, `${id}Key`, { alias: `${id}/data` })),
    ...props,
  });
}

/** The state machines as they are deployed. */
export function rdsMachines(props: Partial<RdsSnapshotCopyProps> = {}, app: App = newApp()): { selecting: Definition; copying: Definition } {
  rdsCopies(newStack(app, 'Data'), props);
  const assembly = app.synth();
  const [[selecting], [copying]] = ['Data', THERE].map((name) => deployedMachines(assembly.getStackByName(name).template));
  return { selecting, copying };
}
