import { CopierMachine, NEXT } from './copier-machine';
import { dispatchStates } from './dispatch-states';
import { expiryStates } from './expiry-states';
import { refuseStates } from './refuse-states';
import { settleStates } from './settle-states';
import { jsonata, States } from './states';
import { startStates } from './wanted-states';

/**
 * The state machine that copies, in Amazon States Language.
 *
 * It starts with a snapshot to copy, `{ wanted }`, with a copy that ended, `{ ended }`, or with neither, to look at everything. A claim is
 * written before a copy is begun, and no execution waits for the end of a copy: what a snapshot costs does not grow with what waits.
 */
export function copierDefinition(machine: CopierMachine): object {
  return {
    Comment: `Copies each ${machine.kind.name} once, under the key of this Region`,
    QueryLanguage: 'JSONata',
    TimeoutSeconds: 3600,
    StartAt: 'Start',
    States: {
      ...startStates(machine),
      ...whatNext(machine),
      ...settleStates(machine),
      ...dispatchStates(machine),
      ...refuseStates(machine),
      ...expiryStates(machine),
    },
  };
}

/** The table of contents: what is settled comes before what is begun, and what is begun before what is deleted. */
function whatNext({ retention }: CopierMachine): States {
  const choice = (Next: string, condition: string) => ({ Condition: jsonata(condition), Next });
  return {
    [NEXT]: {
      Type: 'Choice',
      Choices: [
        choice('Settle', '$count($unsettled) > 0'),
        choice('Find', '$count($unchecked) > 0'),
        choice('RefuseProblem', '$problem != false'),
        choice('BackOff', '$backOff > 0'),
        choice('Count', '$not($counted)'),
        choice('Take', '$room > 0 and $count($queue) > 0'),
        choice('Oldest', '$room > 0 and $not($fetched)'),
        ...retention === undefined ? [] : [choice('Expire', '$not($swept)')],
      ],
      Default: 'Done',
    },
  };
}
