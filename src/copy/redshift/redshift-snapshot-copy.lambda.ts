import { checkNewestCopy, NewestCopyQuestion } from './handler/check-newest-copy';
import { handleSnapshotCopy, SnapshotCopyEvent } from './handler/handle-snapshot-copy';
import { InvocationContext } from '../../private/custom-resource/custom-resource-event';
import { SECONDS_TO_WAIT } from '../../private/custom-resource/patience';

/** AWS Lambda calls this with more arguments than it takes. */
export async function handler(event: SnapshotCopyEvent | NewestCopyQuestion, context: InvocationContext): Promise<void> {
  await ('NewestCopyOf' in event ? checkNewestCopy(event) : handleSnapshotCopy(event, context, SECONDS_TO_WAIT));
}
