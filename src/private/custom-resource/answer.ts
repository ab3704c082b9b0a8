import { setTimeout as delay } from 'node:timers/promises';
import { CustomResourceEvent, InvocationContext } from './custom-resource-event';

/** What became of a request. */
export interface Outcome {
  readonly physicalId: string;
  /** Why it failed, in words that may be read by anyone. */
  readonly failure?: string;
  /** What was not done although it succeeded, and why, in such words. */
  readonly note?: string;
}

/** What CloudFormation is told must fit in 4,096 bytes altogether. */
const LONGEST_REASON = 1200;
const TIME_TO_ANSWER_MS = 15_000;
const ATTEMPTS = 5;

/**
 * Does the work of a request within the time of the function, and tells CloudFormation and the log what became of it, whatever happens:
 * what is not answered keeps the stack waiting. The work must stop at the signal, and never throw.
 *
 * @throws where CloudFormation cannot be told: AWS Lambda then delivers the request again
 */
export async function answer(
  event: CustomResourceEvent<unknown>, context: InvocationContext, late: Outcome, work: (signal: AbortSignal) => Promise<Outcome>,
): Promise<void> {
  const deadline = new AbortController();
  // Not AbortSignal.timeout: its timer does not keep the function waiting.
  const timer = setTimeout(() => deadline.abort(), Math.max(context.getRemainingTimeInMillis() - TIME_TO_ANSWER_MS, 0));
  const tooLate = new Promise<Outcome>((resolve) => deadline.signal.addEventListener('abort', () => resolve(late)));
  const outcome = await Promise.race([work(deadline.signal), tooLate]);
  clearTimeout(timer);
  await tell(event, outcome);
  const { RequestType, RequestId, LogicalResourceId } = event;
  // Nothing else of the event: its ResponseURL lets whoever reads it answer.
  console.info(JSON.stringify({
    RequestType, RequestId, LogicalResourceId, PhysicalResourceId: outcome.physicalId, Failure: outcome.failure, Note: outcome.note,
  }));
}

async function tell(event: CustomResourceEvent<unknown>, { physicalId, failure, note }: Outcome): Promise<void> {
  const { ResponseURL, StackId, RequestId, LogicalResourceId } = event;
  const body = Buffer.from(JSON.stringify({
    Status: failure === undefined ? 'SUCCESS' : 'FAILED',
    Reason: (failure ?? note)?.slice(0, LONGEST_REASON),
    PhysicalResourceId: physicalId,
    StackId,
    RequestId,
    LogicalResourceId,
    NoEcho: true,
  }));
  let problem = '';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // Bytes, because fetch gives text a content type, which the signature of the URL does not have.
    const response = await fetch(ResponseURL, { method: 'PUT', body, signal: AbortSignal.timeout(TIME_TO_ANSWER_MS / (ATTEMPTS + 1)) })
      .catch((error: Error) => error);
    if (!(response instanceof Error) && response.ok) {
      return;
    }
    problem = response instanceof Error ? response.name : `HTTP status ${response.status}`;
    await delay(50 * 2 ** attempt);
  }
  throw new Error(`CloudFormation could not be told what became of ${LogicalResourceId}: ${problem}`);
}
