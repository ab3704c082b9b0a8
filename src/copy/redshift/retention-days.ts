import { Duration } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { KmsPatternsError } from '../../private/kms-patterns-error';

/** What Amazon Redshift takes as -1. */
export const UNTIL_DELETED = -1;

/** How long copies are kept, in days, as Amazon Redshift takes it. */
export function retentionDays(copy: IConstruct, property: string, most: number, retention: Duration): number {
  const days = retention.isUnresolved() ? 1 : retention.toDays({ integral: false });
  if (!Number.isInteger(days) || days < 1 || days > most) {
    throw new KmsPatternsError('RetentionInvalid',
      `Amazon Redshift keeps such copies for 1 to ${most.toLocaleString('en')} whole days, given: ${days} days as ${property}; write for example Duration.days(14)`, copy);
  }
  return retention.toDays();
}
