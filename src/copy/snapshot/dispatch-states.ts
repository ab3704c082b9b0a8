import { CLAIMS_FOUND, ClaimState, is, number, text } from './claims-calls';
import { CopierMachine, inMillis, NEXT, rest } from './copier-machine';
import { pause } from './settle-states';
import { Failed } from './snapshot-kind';
import { jsonata, States } from './states';

/** How often an execution waits for Amazon EC2 before it leaves the rest to the next one. */
const PATIENCE = 8;
/** Some more than there is room for: an index that lags behind has those that were taken a moment ago. */
const SPARE = 5;

/** Of many that come at once, each execution begins its own copy, where it is among those that there is room for: an index that lags behind may not have it yet. */
const QUEUE = `($found := [${CLAIMS_FOUND}.snapshot]; [$own = false ? $found : $count($found) < $room or $own in $found[[0..$room - 1]] ? $own : []])`;

/** What went wrong, as far as there is room for it where many claims are looked at. @param cause JSONata */
const inShort = (cause: string): object => text(`$substring(${cause}, 0, 300)`);

const TAKEN = '$states.result.Attributes';

/** Copies of what waits, as long as there is room. */
export function dispatchStates(machine: CopierMachine): States {
  const { kind, claims, limit, attempts, keyArn } = machine;
  const has = (pattern: string) => `$contains($cause, ${pattern})`;
  const back = (further: Record<string, unknown>, tried: string, since: string) => ({
    Next: 'PutBack',
    Assign: {
      back: jsonata(`{'snapshot': $claim.snapshot, 'attempts': ${tried}, 'reason': $cause, 'since': ${since}}`), before: jsonata('$claim.attempts'), ...further,
    },
  });
  const copying: Failed = {
    Catch: [{
      ErrorEquals: ['States.ALL'], Next: 'CopyFailed', Output: {}, Assign: { cause: jsonata('$states.errorOutput.Error & \': \' & $states.errorOutput.Cause') },
    }],
  };
  const begun = { Next: NEXT, Assign: { room: jsonata('$room - 1') } };
  return {
    // Those that were settled a moment ago may still be among them. By the ids, because an index lags behind.
    Count: claims.oldest(ClaimState.COPYING, `${limit} + $count($settled)`, {
      Next: NEXT, Assign: { room: jsonata(`$min([$most, ${limit} - $count([$states.result.Items.snapshot.S[$not($ in $settled)]])])`), counted: true },
    }),
    Oldest: claims.oldest(ClaimState.WANTED, `$room + ${SPARE}`, {
      Next: NEXT, Assign: { queue: jsonata(QUEUE), fetched: true },
    }, '$fromMillis($millis())'),
    Take: claims.update({
      snapshot: '$queue[0]',
      set: { state: is(ClaimState.COPYING), since: text('$fromMillis($millis())') },
      remove: ['copy', 'reason'],
      where: ['=', ClaimState.WANTED],
      returns: true,
      onward: {
        Next: 'Copy',
        Assign: {
          claim: jsonata(`{'snapshot': ${TAKEN}.snapshot.S, 'attempts': $number(${TAKEN}.attempts.N), 'made': ${TAKEN}.made.S, 'notice': $parse(${TAKEN}.notice.S)}`),
          queue: jsonata(rest('$queue')),
        },
      },
      overtaken: { Next: NEXT, Assign: { queue: jsonata(rest('$queue')) } },
    }),
    // Never repeated: where the answer is lost, a second call would make a second copy.
    ...kind.copy(keyArn, { Next: 'Record' }, copying),
    Record: {
      ...claims.update({
        snapshot: '$claim.snapshot',
        set: { copy: text('$copy') },
        where: ['=', ClaimState.COPYING],
        onward: { ...begun, Assign: { ...begun.Assign, throttled: 0 } },
        overtaken: begun,
      }),
      // The copy is found by its tag.
      Catch: [{ ErrorEquals: ['States.ALL'], Output: {}, ...begun }],
    },
    CopyFailed: {
      Type: 'Choice',
      Choices: [
        {
          Condition: jsonata(`${has(kind.errors.throttled)} and $throttled < ${PATIENCE}`),
          ...back({
            throttled: jsonata('$throttled + 1'), backOff: jsonata('$ceil($random() * $min([60, $power(2, $throttled + 1)]))'), fetched: false,
          }, '$claim.attempts', '$fromMillis($millis())'),
        },
        {
          Condition: jsonata(`${has(kind.errors.throttled)} or ${has(kind.errors.limit)}`),
          ...back({ room: 0, queue: [] }, '$claim.attempts', '$fromMillis($millis())'),
        },
        {
          Condition: jsonata(`${has(kind.errors.certain)} and $claim.attempts + 1 >= ${attempts}`),
          Next: 'Refuse',
          Assign: {
            refused: jsonata('{\'snapshot\': $claim.snapshot, \'attempts\': $claim.attempts + 1, \'reason\': $cause}'), before: jsonata('$claim.attempts'),
          },
        },
        { Condition: jsonata(has(kind.errors.certain)), ...back({}, '$claim.attempts + 1', inMillis(pause('$claim.attempts'))) },
      ],
      // Perhaps it was begun: what is tagged tells, when there was time for it.
      Default: 'Uncertain',
    },
    Uncertain: {
      ...claims.update({ snapshot: '$claim.snapshot', set: { reason: inShort('$cause') }, where: ['=', ClaimState.COPYING], onward: begun, overtaken: begun }),
      Catch: [{ ErrorEquals: ['States.ALL'], Output: {}, ...begun }],
    },
    PutBack: claims.update({
      snapshot: '$back.snapshot',
      set: { state: is(ClaimState.WANTED), since: text('$back.since'), attempts: number('$back.attempts'), reason: inShort('$back.reason') },
      remove: ['copy'],
      where: ['=', ClaimState.COPYING],
      before: '$before',
      onward: { Next: NEXT },
      overtaken: { Next: NEXT },
    }),
    BackOff: { Type: 'Wait', Seconds: jsonata('$backOff'), Assign: { backOff: 0 }, Next: NEXT },
  };
}
