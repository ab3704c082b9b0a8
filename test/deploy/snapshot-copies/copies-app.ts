import { type App, Duration, Stack } from 'aws-cdk-lib';
import { CustomerManagedKey, EbsSnapshotCopy, RdsSnapshotCopy, SnapshotDestination, SourceKeys } from '../../../src';

export const HERE = 'eu-west-2';
export const THERE = 'ap-southeast-2';
export const STACK = 'Snapshots';
/** What snapshots of Amazon EBS are chosen by. */
export const CHOSEN = { Key: 'backup', Value: 'daily' };

/** Copies of snapshots in London to Sydney. One copy of a volume is in progress at once, and nothing is tried twice. */
export function buildCopies(app: App): void {
  const stack = new Stack(app, STACK, { env: { region: HERE } });
  const key = new CustomerManagedKey(stack, 'Data', { alias: 'data' });
  const props = {
    destination: SnapshotDestination.inRegion(THERE), sourceKeys: SourceKeys.ofKeys(key), sourceKey: key, attempts: 1, retention: Duration.days(7),
  };
  new EbsSnapshotCopy(stack, 'Volumes', { ...props, tags: { [CHOSEN.Key]: CHOSEN.Value }, copiesAtOnce: 1 });
  new RdsSnapshotCopy(stack, 'Databases', props);
}
