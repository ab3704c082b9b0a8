import { CLAIMS_FOUND, ClaimState, is, text } from './claims-calls';
import { CopierMachine, inMillis, NEXT, rest } from './copier-machine';
import { jsonata, States } from './states';

/** How long a copy may be neither found nor recorded: by then it is in every answer of the service that there is one, or none was begun. In milliseconds. */
const GRACE = 15 * 60_000;
/** An answer with the tags of ten copies is as large as a state may have, where they are of ASCII. */
const CHUNK = '$unchecked[[0..$chunk - 1]]';
const MOST_COPYING = 200;

const FIRST = '$unsettled[0]';
/** JSONata: the first of what is to be settled, with one surplus copy less. */
const ONE_LESS = `$append([$merge([${FIRST}, {'surplus': [${FIRST}.surplus[[1..$count(${FIRST}.surplus)]]]}])], ${rest('$unsettled')})`;

/**
 * What is to be done for a claim whose copies are known. One is kept, a finished one if there is, of these the recorded one or the first; others are surplus.
 *
 * A failed one is not that of this attempt where it is not recorded, as long as that of this attempt may be in no answer yet.
 */
const JUDGED = `[${CHUNK}.(
  $claim := $;
  $found := [$copies[of = $claim.snapshot]];
  $others := [$copies[insteadOf = $claim.snapshot]];
  $alive := [$found[state != 'FAILED']];
  $finished := [$alive[state = 'COPIED']];
  $candidates := $count($finished) > 0 ? $finished : $alive;
  $recorded := [$candidates[id = $claim.copy]];
  $kept := $count($recorded) > 0 ? $recorded[0]
    : $count($candidates) > 0 ? $sort($candidates, function($a, $b) { $a.started & $a.id > $b.started & $b.id })[0] : {'id': '', 'state': ''};
  $known := $count($found[id = $claim.copy]) > 0 or $toMillis($claim.since) <= $millis() - ${GRACE};
  $verdict := $kept.state != '' ? $kept.state : $not($known) ? 'BEGUN' : $count($found) > 0 ? 'FAILED' : 'LOST';
  $surplus := [$found[id != $kept.id].id];
  $verdict = 'BEGUN' or ($verdict = 'PENDING' and $count($surplus) = 0) ? [] : {
    'snapshot': $claim.snapshot, 'attempts': $claim.attempts, 'made': $claim.made, 'kept': $kept.id, 'surplus': $surplus, 'verdict': $verdict,
    'reason': $verdict = 'FAILED' ? ($exists($found[0].reason) ? $found[0].reason : 'The copy failed')
      : $count($others) > 0 ? $others[0].reason : 'No copy was found after it was begun' & ($claim.reason = '' ? '' : ', when there was ' & $claim.reason)
  }
)]`.replace(/\n\s*/g, ' ');

/** What became of copies in progress. */
export function settleStates(machine: CopierMachine): States {
  const { kind, claims, attempts } = machine;
  // What is settled copies no longer, whatever an index that lags behind says.
  const settled = { settled: jsonata(`$append($settled, [${FIRST}.snapshot])`), unsettled: jsonata(rest('$unsettled')), counted: false, fetched: false };
  const overtaken = { Next: NEXT, Assign: { unsettled: jsonata(rest('$unsettled')) } };
  const failed = `${FIRST}.verdict in ['FAILED', 'LOST']`;
  return {
    InProgress: claims.oldest(ClaimState.COPYING, String(MOST_COPYING), { Next: NEXT, Assign: { unchecked: jsonata(CLAIMS_FOUND) } }),
    ...kind.find('Find', CHUNK, { Next: 'Judge' }),
    Judge: {
      Type: 'Pass',
      Assign: { unsettled: jsonata(JUDGED), unchecked: jsonata('[$unchecked[[$chunk..$count($unchecked)]]]') },
      Next: NEXT,
    },
    Settle: {
      Type: 'Choice',
      Choices: [
        { Condition: jsonata(`$count(${FIRST}.surplus) > 0`), Next: 'RemoveSurplus' },
        { Condition: jsonata(`${FIRST}.verdict = 'COPIED'`), Next: 'Copied' },
        {
          Condition: jsonata(`${failed} and ${FIRST}.attempts + 1 >= ${attempts}`),
          Next: 'Refuse',
          Assign: {
            refused: jsonata(`{'snapshot': ${FIRST}.snapshot, 'attempts': ${FIRST}.attempts + 1, 'reason': ${FIRST}.reason}`),
            before: jsonata(`${FIRST}.attempts`),
            ...settled,
          },
        },
        {
          Condition: jsonata(failed),
          Next: 'PutBack',
          Assign: {
            back: jsonata(`{'snapshot': ${FIRST}.snapshot, 'attempts': ${FIRST}.attempts + 1, 'reason': ${FIRST}.reason, 'since': ${inMillis(pause(`${FIRST}.attempts`))}}`),
            before: jsonata(`${FIRST}.attempts`),
            ...settled,
          },
        },
      ],
      Default: NEXT,
      Assign: { unsettled: jsonata(rest('$unsettled')) },
    },
    ...kind.remove('RemoveSurplus', `${FIRST}.surplus[0]`, `${FIRST}.snapshot`, { Next: 'Settle', Assign: { unsettled: jsonata(ONE_LESS) } }, {
      Catch: [{
        ErrorEquals: ['States.ALL'],
        Next: 'TellSurplus',
        Output: {},
        Assign: {
          told: jsonata(`{'snapshot': ${FIRST}.snapshot, 'copy': ${FIRST}.surplus[0], 'reason': 'A copy that is not needed could not be deleted: ' & $states.errorOutput.Cause}`),
          unsettled: jsonata(ONE_LESS),
        },
      }],
    }),
    Copied: claims.update({
      snapshot: `${FIRST}.snapshot`,
      set: { state: is(ClaimState.COPIED), copy: text(`${FIRST}.kept`), since: text(`${FIRST}.made`) },
      remove: ['reason'],
      where: ['=', ClaimState.COPYING],
      before: `${FIRST}.attempts`,
      onward: { Next: NEXT, Assign: settled },
      overtaken,
    }),
  };
}

/** JSONata: how long a snapshot waits after something failed, in milliseconds: 5 minutes, half an hour, then three hours. @param attempts those before */
export function pause(attempts: string): string {
  return `$min([10800000, 300000 * $power(6, ${attempts})])`;
}
