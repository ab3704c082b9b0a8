import { jsonata, repeatable, States } from './snapshot/states';

/** A call that lists copies, under the names that AWS Step Functions uses: those of the AWS SDK for Java 2. */
export interface CopyList {
  /** After the names of states. */
  readonly suffix: string;
  /** Such as `rds:describeDBInstanceAutomatedBackups`. */
  readonly call: string;
  /** What stands for the size of a page among the arguments. */
  readonly size: string;
  /** What stands for the next page, among the arguments and in the answer. */
  readonly marker: string;
  /** The list in an answer. */
  readonly list: string;
  /** JSONata: whether one of the list is a copy of what is looked for. */
  readonly isCopy: string;
  /** JSONata: as of when it is. */
  readonly time: string;
}

/** What the definition of the state machine names. */
export interface SearchMachine {
  readonly partition: string;
  readonly lists: readonly CopyList[];
  /** How old a copy may be, in hours. */
  readonly hours: number;
  /** How many copies are to be that young. */
  readonly wanted: string;
  /** What it says where there are fewer. */
  readonly cause: string;
}

/** Some 100 kB, where AWS Step Functions takes 256. */
const PAGE = 50;

/**
 * The state machine that looks for young copies, in Amazon States Language: it fails where there is none.
 *
 * Nothing but pages is asked for: whether a name of another Region is known where the copies are differs from service to service.
 */
export function newestCopyDefinition({ partition, lists, hours, wanted, cause }: SearchMachine): object {
  const enough = jsonata(`$found >= ${wanted}`);
  const listed = lists.map(({ suffix, call, size, marker, list, isCopy, time }, i): States => {
    const next = `$states.result.${marker}`;
    return {
      [`Look${suffix}`]: repeatable(`arn:${partition}:states:::aws-sdk:${call}`, {
        Arguments: jsonata(`$merge([{'${size}': ${PAGE}}, $token = '' ? {} : {'${marker}': $token}])`),
        Output: {},
        Assign: {
          found: jsonata(`$found + $count($states.result.${list}[${isCopy} and ($type(${time}) = 'string' ? $toMillis(${time}) >= $since : false)])`),
          token: jsonata(`$type(${next}) = 'string' ? ${next} : ''`),
        },
        Next: `Enough${suffix}`,
      }),
      [`Enough${suffix}`]: {
        Type: 'Choice',
        Choices: [{ Condition: enough, Next: 'Found' }, { Condition: jsonata('$token != \'\''), Next: `Look${suffix}` }],
        Default: i + 1 < lists.length ? `Look${lists[i + 1].suffix}` : 'NoneFound',
      },
    };
  });
  return {
    Comment: 'Looks for young copies, and fails where there is none',
    QueryLanguage: 'JSONata',
    TimeoutSeconds: 900,
    StartAt: 'Start',
    States: {
      Start: { Type: 'Pass', Output: {}, Assign: { since: jsonata(`$millis() - ${hours * 3_600_000}`), found: 0, token: '' }, Next: `Look${lists[0].suffix}` },
      ...Object.assign({}, ...listed) as States,
      Found: { Type: 'Succeed' },
      NoneFound: { Type: 'Fail', Error: 'NoYoungCopy', Cause: cause },
    },
  };
}
