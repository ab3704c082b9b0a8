import { handleParameter, ParameterEvent } from './handler/handle-parameter';
import { InvocationContext } from '../private/custom-resource/custom-resource-event';
import { SECONDS_TO_WAIT } from '../private/custom-resource/patience';

/** AWS Lambda calls this with more arguments than it takes. */
export async function handler(event: ParameterEvent, context: InvocationContext): Promise<void> {
  await handleParameter(event, context, SECONDS_TO_WAIT);
}
