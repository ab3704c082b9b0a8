import { number, text } from './claims-calls';
import { CopierMachine } from './copier-machine';
import { jsonata, States } from './states';

/** What the machine remembers from its start. */
const START = {
  unchecked: [],
  chunk: 10,
  unsettled: [],
  settled: [],
  queue: [],
  expired: [],
  copies: [],
  counted: false,
  fetched: false,
  room: 0,
  throttled: 0,
  backOff: 0,
  pages: 0,
  problem: false,
  own: false,
  swept: true,
};

/** How an execution starts: with a snapshot to copy, with a copy that ended, or to look at everything. */
export function startStates({ kind, claims, limit, retention }: CopierMachine): States {
  const late = retention === undefined ? [] : [{
    Condition: jsonata(`$exists($states.input.wanted) and $toMillis($states.input.wanted.made) <= $millis() - ${retention}`), Next: 'Done',
  }];
  return {
    Start: {
      Type: 'Choice',
      Choices: [
        ...late,
        {
          Condition: jsonata('$exists($states.input.wanted)'),
          Next: 'Claim',
          Assign: {
            ...START,
            notice: jsonata('$states.input.wanted'),
            own: jsonata('$states.input.wanted.snapshot'),
            problem: jsonata('$exists($states.input.wanted.problem) ? $states.input.wanted.problem : false'),
            most: limit,
          },
        },
        {
          Condition: jsonata('$exists($states.input.ended)'),
          Next: 'Ended',
          // One that ended makes room for one: of several that end at once, each would fill all the room.
          Assign: { ...START, ended: jsonata('$states.input.ended'), counted: true, fetched: true, most: 1 },
        },
      ],
      Default: 'InProgress',
      Assign: { ...START, most: limit, swept: retention === undefined },
    },
    Claim: claims.claim('$notice.snapshot', {
      since: text('$fromMillis($millis())'),
      made: text('$fromMillis($toMillis($notice.made))'),
      attempts: number('0'),
      notice: text('$string($notice)'),
    }, '$exists($notice.retryFailed) and $notice.retryFailed ? \'FAILED\' : \'-\'', {
      Next: 'Count',
      Assign: { claim: jsonata('{\'snapshot\': $notice.snapshot, \'attempts\': 0, \'made\': $notice.made, \'notice\': $notice}') },
    }, { Next: 'Done' }),
    Ended: claims.get(kind.endedSnapshot, {
      Next: 'WhatNext',
      // Where the copy is not recorded yet it was begun a moment ago, or its execution stopped: the next look at everything tells which.
      Assign: {
        unchecked: jsonata(`($claim := $states.result.Item; $exists($claim) and $claim.state.S = 'COPYING' and $claim.copy.S = ${kind.endedCopy} ? [{`
          + '\'snapshot\': $claim.snapshot.S, \'attempts\': $number($claim.attempts.N), \'made\': $claim.made.S, \'since\': $claim.since.S, \'copy\': $claim.copy.S, \'reason\': \'\'}] : [])'),
      },
    }),
    Done: { Type: 'Succeed', Output: {} },
  };
}
