import { setTimeout as delay } from 'node:timers/promises';

/**
 * What passes by itself and the SDK does not wait for: the permissions of a role that was just made take effect within a minute or so,
 * Parameter Store takes one change of a parameter at a time, and few calls a second where a stack has hundreds of parameters, and Amazon EC2 may show
 * a setting as it was before.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-throughput.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_general.html#troubleshoot_general_eventual-consistency
 * @see https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html
 */
const PASSING = [
  'AccessDenied', 'AccessDeniedException', 'RequestLimitExceeded', 'Throttling', 'ThrottlingException', 'TooManyUpdates', 'UnauthorizedOperation', 'Unsettled',
];
export const SECONDS_TO_WAIT: readonly number[] = [1, 2, 4, 8, 15, 30];

/** What was changed is not seen yet. */
export class Unsettled extends Error {
  public override readonly name = 'Unsettled';
}

export function isDenied(error: unknown): boolean {
  return error instanceof Error && /^(AccessDenied(Exception)?|UnauthorizedOperation)$/.test(error.name);
}

/** Tries again while it is refused for something that passes. */
export async function patiently<T>(seconds: readonly number[], signal: AbortSignal, attempt: () => Promise<T>): Promise<T> {
  for (const wait of seconds) {
    try {
      return await attempt();
    } catch (error) {
      if (!PASSING.includes((error as Error).name)) {
        throw error;
      }
      await delay(wait * 1000, undefined, { signal });
    }
  }
  return attempt();
}
