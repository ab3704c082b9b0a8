import { SelectingKind } from './snapshot-kind';
import { jsonata, repeatable, State, States } from './states';

/** Who sends the events that snapshots are to be copied, and what they are called. */
export const NOTICE_SOURCE = 'cdk-kms-patterns';
export const NOTICE_TYPE = 'Snapshot To Copy';

/** What the definition of a selecting state machine names. */
export interface SelectorMachine {
  readonly kind: SelectingKind;
  readonly name: string;
  readonly partition: string;
  readonly busArn: string;
  /** Of the construct: its own snapshots to copy carry it. */
  readonly address: string;
}

/** As many as Amazon EventBridge takes at once, and somewhat less than it takes of them, 256 KiB. */
const BATCH = 10;
const BATCH_BYTES = 200_000;
/** A history has 25,000 events at most, and a page some 15 of them. */
const PAGES = 1000;

/**
 * The state machine that says which snapshots are to be copied, in Amazon States Language.
 *
 * It starts with an event of Amazon EventBridge, or with `{ days, retryFailed }` to look at all snapshots, or at those that were made in the last `days` days.
 */
export function selectorDefinition(machine: SelectorMachine): object {
  return {
    Comment: `Says which ${machine.name} is to be copied`,
    QueryLanguage: 'JSONata',
    StartAt: 'Start',
    States: { ...ofEvent(machine), ...ofAll(machine) },
  };
}

function ofEvent({ kind, ...machine }: SelectorMachine): States {
  const all = jsonata('{\'days\': $exists($states.input.days) ? $states.input.days : 0, \'retryFailed\': $exists($states.input.retryFailed) and $states.input.retryFailed}');
  return {
    Start: {
      Type: 'Choice',
      Choices: [{
        Condition: jsonata('$exists($states.input.detail)'),
        Next: 'Describe',
        Assign: { ids: jsonata(`[${kind.createdIds}]`), tells: jsonata(kind.tellsOfMissing), asked: { days: 0, retryFailed: false }, notices: [], missing: false, look: 1 },
      }],
      Default: 'Page',
      Assign: { asked: all, notices: [], token: jsonata('$exists($states.input.token) ? $states.input.token : \'\''), pages: 0 },
    },
    ...kind.describe('Describe', { Next: 'NextIds' }),
    NextIds: {
      Type: 'Choice',
      Choices: [
        { Condition: jsonata('$missing and $look = 1'), Next: 'LookAgain', Assign: { look: 2 } },
        { Condition: jsonata('$count($notices) > 0'), Next: 'Put' },
        { Condition: jsonata(`$count($ids) > ${BATCH}`), Next: 'Describe', Assign: { ids: jsonata(`[$ids[[${BATCH}..$count($ids)]]]`), look: 1 } },
      ],
      Default: 'Done',
    },
    // A service may not know yet what it told of a moment ago.
    LookAgain: { Type: 'Wait', Seconds: 60, Next: 'Describe' },
    Put: { ...put(machine, '$notices'), Next: 'NextIds', Assign: { notices: [], missing: false } },
    Done: { Type: 'Succeed', Output: {} },
  };
}

function ofAll({ kind, ...machine }: SelectorMachine): States {
  return {
    ...kind.page('Page', { Next: 'NextPage', Assign: { pages: jsonata('$pages + 1') } }),
    NextPage: {
      Type: 'Choice',
      Choices: [
        { Condition: jsonata('$count($notices) > 0'), Next: 'PutAll' },
        { Condition: jsonata(`$token != '' and $pages < ${PAGES}`), Next: 'Page' },
        { Condition: jsonata('$token != \'\''), Next: 'Continue' },
      ],
      Default: 'Done',
    },
    PutAll: {
      Type: 'Map',
      Items: jsonata('$notices'),
      ItemBatcher: { MaxItemsPerBatch: BATCH, MaxInputBytesPerBatch: BATCH_BYTES },
      MaxConcurrency: 5,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'PutBatch',
        States: { PutBatch: { ...put(machine, '$states.input.Items'), End: true } },
      },
      Output: {},
      Assign: { notices: [] },
      Next: 'NextPage',
    },
    Continue: repeatable(`arn:${machine.partition}:states:::aws-sdk:sfn:startExecution`, {
      Arguments: { StateMachineArn: jsonata('$states.context.StateMachine.Id'), Input: jsonata('$string($merge([$asked, {\'token\': $token}]))') },
      Output: {},
      Next: 'Done',
    }),
  };
}

/** The task fails where an entry fails, and is repeated as a whole: what is said twice is copied once. */
function put({ partition, busArn, address }: Omit<SelectorMachine, 'kind'>, notices: string): State {
  return repeatable(`arn:${partition}:states:::events:putEvents`, {
    Arguments: {
      Entries: jsonata(`[${notices}.{'EventBusName': '${busArn}', 'Source': '${NOTICE_SOURCE}', 'DetailType': '${NOTICE_TYPE}', `
        + `'Detail': $merge([$, {'copier': '${address}'}])}]`),
    },
    Output: {},
  });
}
