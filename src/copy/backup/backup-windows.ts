import { Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** The times that AWS Backup gives a backup. */
export interface BackupWindows {
  readonly startWindow?: Duration;
  readonly completionWindow?: Duration;
}

const HOUR = 60;
/** A hundred years. */
const LONGEST = 52_560_000;

/**
 * AWS Backup refuses others when the plan is deployed.
 *
 * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRuleInput.html
 */
export function assertWindows(scope: IConstruct, { startWindow, completionWindow }: BackupWindows): void {
  const start = minutesOf(startWindow);
  assertWindow(scope, 'startWindow', startWindow, HOUR);
  assertWindow(scope, 'completionWindow', completionWindow, start === undefined ? 1 : start + HOUR);
}

/** Where they are known before deployment. */
function minutesOf(window?: Duration): number | undefined {
  return window?.isUnresolved() ? undefined : window?.toMinutes({ integral: false });
}

function assertWindow(scope: IConstruct, name: string, window: Duration | undefined, least: number): void {
  const minutes = minutesOf(window);
  if (minutes !== undefined && (!Number.isInteger(minutes) || minutes < least || minutes > LONGEST)) {
    throw new KmsPatternsError('BackupWindowInvalid',
      `${name} is ${least.toLocaleString('en')} to ${LONGEST.toLocaleString('en')} whole minutes here, given: ${window!.toHumanString()}; `
      + 'a backup may wait an hour or longer, and take an hour more than it may wait: write for example { startWindow: Duration.hours(1), completionWindow: Duration.hours(12) }',
      scope);
  }
}
