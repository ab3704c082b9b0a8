import { EbsDefaultEvent, handleEbsDefault } from './handler/handle-ebs-default';
import { InvocationContext } from '../../private/custom-resource/custom-resource-event';
import { SECONDS_TO_WAIT } from '../../private/custom-resource/patience';

/** AWS Lambda calls this with more arguments than it takes. */
export async function handler(event: EbsDefaultEvent, context: InvocationContext): Promise<void> {
  await handleEbsDefault(event, context, SECONDS_TO_WAIT);
}
