import { failureReason } from './failure-reason';
import { Call } from './redshift-call';
import { SnapshotCopy } from './snapshot-copy';
import { SnapshotCopyProperties } from './snapshot-copy-properties';
import { answer } from '../../../private/custom-resource/answer';
import { CustomResourceEvent, InvocationContext } from '../../../private/custom-resource/custom-resource-event';
import { patiently, Unsettled } from '../../../private/custom-resource/patience';

export type SnapshotCopyEvent = CustomResourceEvent<SnapshotCopyProperties>;

const DOING = { Create: 'Starting', Update: 'Changing', Delete: 'Stopping' };

/** What passes by itself: a cluster is busy with a change for a while, AWS KMS has too many calls, and copies to a Region are off for a time. */
const PASSING = /^(InvalidClusterState|DependentServiceRequestThrottling|CopyToRegionDisabled)Fault$/;

/**
 * Starts, changes or stops the copies of a cluster's snapshots for CloudFormation.
 *
 * @param seconds how long to wait for what passes, before each new attempt
 */
export async function handleSnapshotCopy(event: SnapshotCopyEvent, context: InvocationContext, seconds: readonly number[]): Promise<void> {
  const { RequestType, ResourceProperties, OldResourceProperties } = event;
  // It never changes: what a change leaves behind, the change itself puts away.
  const physicalId = event.PhysicalResourceId ?? ResourceProperties.GrantName;
  const doing = `${DOING[RequestType]} the copies of snapshots of ${ResourceProperties.ClusterIdentifier}`;

  await answer(event, context, { physicalId, failure: `${doing} took too long; deploy again` }, async (signal) => {
    const call: Call = async (attempt) => patiently(seconds, signal, async () => {
      try {
        return await attempt();
      } catch (error) {
        throw PASSING.test((error as Error).name) ? new Unsettled(`${(error as Error).name}: ${(error as Error).message}`) : error;
      }
    });
    try {
      const copy = new SnapshotCopy(ResourceProperties, call);
      const former = RequestType === 'Update' && OldResourceProperties ? new SnapshotCopy(OldResourceProperties, call) : undefined;
      const notes = await (RequestType === 'Delete' ? copy.delete() : copy.put(former));
      return { physicalId, note: notes.length > 0 ? notes.join('; ') : undefined };
    } catch (error) {
      return { physicalId, failure: failureReason(error, doing) };
    }
  });
}
