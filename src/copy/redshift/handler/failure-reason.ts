import { isDenied, Unsettled } from '../../../private/custom-resource/patience';
import { Refusal } from '../../../private/custom-resource/refusal';

/** What went wrong, for whoever reads the events of the stack. No call of this function has a secret to quote. */
export function failureReason(error: unknown, doing: string): string {
  const { name, message, $metadata } = error as Error & { $metadata?: { requestId?: string } };
  const told = message.replace(/\.$/, '');
  if (error instanceof Refusal) {
    return `${doing} failed: ${message}`;
  }
  if (error instanceof Unsettled) {
    return `${doing} failed: ${told}; deploy again when that has passed`;
  }
  const request = $metadata?.requestId ? ` (request ID ${$metadata.requestId})` : '';
  const mend = isDenied(error) ? '. To mend it: look at the policies of the keys in both Regions, and of your organization' : '';
  return `${doing} failed: ${name}: ${told}${request}${mend}`;
}
