import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { inDestination } from './in-destination';
import { NewestCopyAlarm, wholeHours } from './newest-copy-alarm';
import { CopyList, newestCopyDefinition } from './newest-copy-definition';
import { EncryptedMachine } from './snapshot/encrypted-machine';
import { ICustomerManagedKey } from '../key/i-customer-managed-key';

/** What is looked for, and where. */
export interface NewestCopySearch {
  readonly maxAge: Duration;
  /** The stack of the copies, and the key there. */
  readonly stack: Stack;
  readonly key: ICustomerManagedKey;
  /** How the copies are found. */
  readonly lists: readonly CopyList[];
  /** Lets the calls be made. */
  readonly statements: iam.PolicyStatement[];
  /** What an execution says where it finds too few: `No copy of sales from eu-west-2 is`. */
  readonly tooFew: string;
  /** How many young copies there are to be. */
  readonly wanted?: string;
}

/**
 * The alarm of copies that nothing tells of: a state machine where they are looks for a young one every half hour, and fails where there is none.
 * It rings when no execution of an hour has found one, and when there was none at all.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export function newestCopySearch(copy: Construct, { maxAge, stack, key, lists, statements, tooFew, wanted = '1' }: NewestCopySearch): cloudwatch.Alarm {
  const hours = wholeHours(copy, maxAge);
  const there = inDestination(copy, stack);
  const search = new EncryptedMachine(there, 'Search', {
    definition: newestCopyDefinition({
      partition: stack.partition, lists, hours, wanted, cause: `${tooFew} younger than ${hours} hours in ${stack.region}`,
    }),
    key,
    statements,
  });
  search.startOn(new events.Rule(there, 'Look', {
    schedule: events.Schedule.rate(Duration.minutes(30)), description: `Looks for a young copy of ${copy.node.path}`,
  }), events.RuleTargetInput.fromObject({}));
  return NewestCopyAlarm.ofFindings(there, 'NewestCopy', maxAge, search.machine.metricSucceeded({ period: Duration.hours(1), statistic: 'Sum' })).alarm;
}
